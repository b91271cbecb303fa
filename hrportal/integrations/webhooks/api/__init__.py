"""Webhooks over REST: a client looks after its own."""
