"""How each list of talent and calibration comes to a row more."""

from tests.access.rows import calibration, capability, mobility, people, retention, reviews, succession

ROWS = (
    calibration.ROWS | capability.ROWS | mobility.ROWS | people.ROWS | retention.ROWS | reviews.ROWS | succession.ROWS
)
