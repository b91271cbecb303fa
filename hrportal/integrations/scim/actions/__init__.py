"""Every write that comes over SCIM, and the writes about its clients."""
