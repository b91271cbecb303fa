"""How much is answered at once."""

USUAL_RESULTS = 100
MOST_RESULTS = 200
# Beyond all rows there are, and within the numbers a database counts by.
FARTHEST = 10**15
MOST_TOKENS = 2
REQUESTS_KEPT_DAYS = 30
