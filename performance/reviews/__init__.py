"""What a review needs besides its rows: who reads it, what is asked and missing, what lies beside it, what it scores."""
