"""SCIM 2.0: identity providers tell who may sign in, and where wished who works here (RFC 7643 and RFC 7644)."""
