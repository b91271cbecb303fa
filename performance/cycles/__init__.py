"""What cycles are made from: who is in them, which day is whose, and what is late."""
