"""By what name talent and performance know where something came from: opaque to them, read back here."""

SOURCE = "performance.review:"


def source_of(review_id: int) -> str:
    """What the other side knows a review by."""
    return f"{SOURCE}{review_id}"


def review_id_of(source: str) -> int | None:
    """The review behind a source, or None where it names something else."""
    number = source.removeprefix(SOURCE).partition(":")[0]
    return int(number) if source.startswith(SOURCE) and number.isdigit() else None


def part_of(source: str) -> str:
    """What a source says after the review: `need:7`, `focus`, or nothing."""
    return source.removeprefix(SOURCE).partition(":")[2]
