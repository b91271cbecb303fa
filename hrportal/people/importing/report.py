"""What an import did or would do."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hrportal.people.importing.comparing import Change, Kind
from hrportal.people.importing.rows import RowError

SHOWN = 20
MOST_LEAVERS = 0.1


@dataclass
class Report:
    """Counts, the first changes field by field, and every row that did not go in as written."""

    is_applied: bool = False
    rows: int = 0
    ignored_columns: tuple[str, ...] = ()
    new_codes: dict[str, list[str]] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    counts: Counter[Kind] = field(default_factory=Counter)
    first_changes: list[Change] = field(default_factory=list)
    # Of so many people of the source so many leave.
    people: int = 0
    leaving: int = 0

    def note(self, change: Change) -> None:
        """Count a change, and keep it if it is among the first."""
        self.counts[change.kind] += 1
        if len(self.first_changes) < SHOWN:
            self.first_changes.append(change)

    @property
    def ends_too_many(self) -> bool:
        """Whether so many leave that the file may not be what it is taken for."""
        return self.leaving > MOST_LEAVERS * self.people

    @property
    def refused(self) -> int:
        """How many lines have something wrong with them."""
        return len({error.line for error in self.errors})

    def write_errors(self, file: Path) -> None:
        """Every error as line, column, value, reason."""
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["line", "column", "value", "reason"])
            for error in sorted(self.errors, key=lambda error: error.line):
                writer.writerow([error.line, error.column, _harmless(error.value), _harmless(error.reason)])


def _harmless(text: str) -> str:
    """A text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
