"""The doors of SCIM: those for programs (`protocol`) and the pages of administrators (`pages`)."""
