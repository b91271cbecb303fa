"""The front door: passwords, identity providers, second factors and sessions. Rights are not given here but in people."""
