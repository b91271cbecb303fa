"""What performance shows on the pages of other rooms."""


def fill_slots() -> None:
    """Offer panels to the slots that `people` defines."""
