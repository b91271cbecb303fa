"""Whole tables for a data warehouse, every night."""
