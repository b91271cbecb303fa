"""The pages of administrators about API clients, and of everybody about their own access tokens."""
