"""API clients: OAuth 2 client credentials, opaque tokens, scopes, and acting for a person."""
