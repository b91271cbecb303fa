"""Numbers as they stand in addresses and forms."""

LONGEST = 18


def is_number(text: str) -> bool:
    """Whether digits say a number that a row or a count can have. Python itself reads none of thousands of digits."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST
