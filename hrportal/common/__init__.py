"""Common ground: what every room uses and nothing in it knows a room."""
