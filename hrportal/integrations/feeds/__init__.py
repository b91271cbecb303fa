"""What others fetch by themselves: a person's calendar, and a client's nightly export."""
