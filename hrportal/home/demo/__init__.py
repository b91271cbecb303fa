"""A believable company of any size, made from a seed and the day: for trying the portal out and for measuring it."""
