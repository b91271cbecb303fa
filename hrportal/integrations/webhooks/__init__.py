"""Webhooks: facts told to other systems as they happen, signed as Standard Webhooks 1.0 has it."""
