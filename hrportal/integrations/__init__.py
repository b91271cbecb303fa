"""Integrations: the REST API's entry, its clients, and everything that speaks to other systems."""
