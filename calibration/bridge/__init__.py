"""What the hand-over reads and leaves on both sides."""
