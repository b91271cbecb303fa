"""Requests to the outside: where they may lead, and how one is made. Webhooks and chat go through here, and nothing goes past it."""
