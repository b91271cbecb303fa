"""The list of what is always true names tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = (ROOT / "docs" / "invariants.md").read_text()


def test_every_invariant_names_tests_that_exist():
    named = set(re.findall(r"`((?:test_|Test)\w+)`", LIST))
    sources = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    defined = set(re.findall(r"(?:def|class) (test_\w+|Test\w+)", sources))

    assert len(named) > 50
    assert sorted(named - defined) == []


def test_all_fifteen_are_there():
    rows = [line.split("|")[1:4] for line in LIST.splitlines() if re.match(r"\| \d", line)]

    assert [number.strip() for number, _sentence, _tests in rows] == [str(number) for number in range(1, 16)]
    assert all("`" in tests for _number, _sentence, tests in rows)
