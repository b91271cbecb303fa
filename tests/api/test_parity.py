"""What the pages can do the API can do: `parity.csv` names, for each page that changes something, the operation that does
the same, or why there is none. A new page has to say which it is."""

import csv
from pathlib import Path

TABLE = Path(__file__).with_name("parity.csv")
MATRIX = Path(__file__).parents[1] / "access" / "matrix.csv"
# Pages without an operation. This list only ever gets shorter.
ON_THE_PAGE_ONLY = {
    "calibration:card_agenda_discuss",
    "calibration:strategy_propose",
    "talent:mentor_offer",
    "talent:mentoring_wish",
    "talent:mentors_match",
    "talent:potential_colleague_name",
    "talent:potential_rater_withdraw",
    "talent:reward_cycle_edit",
}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_page_that_changes_something_is_in_the_table():
    pages = {row["route"] for row in read(MATRIX) if row["method"] == "POST" and not row["route"].startswith("api:")}

    assert {row["page"] for row in read(TABLE)} == pages


def test_every_row_names_an_operation_there_is_or_a_reason():
    operations = {row["route"] for row in read(MATRIX) if row["method"] != "GET"}

    wrong = [row["page"] for row in read(TABLE) if bool(row["why_not"]) == (row["operation"] in operations)]

    assert wrong == []


def test_holes_are_known():
    holes = {row["page"] for row in read(TABLE) if row["why_not"] == "only on the page so far"}

    assert holes == ON_THE_PAGE_ONLY
