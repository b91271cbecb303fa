"""Notices in Slack and Teams: who connected what, and what is posted there."""
