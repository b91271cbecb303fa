"""Around the table: what happens before and beside the board."""
