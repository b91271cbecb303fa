"""Rewards: what a round comes to, the files that go in and out, and the work in the background."""
