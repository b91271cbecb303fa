"""The benchmarks run on any company, take back what they write, and call a broken promise by its name."""

import pytest
from django.utils import timezone

from benchmarks import imports, measuring
from benchmarks.bulk import measure_bulk
from benchmarks.measuring import Result, table_of
from benchmarks.pages import measure_board, measure_pages
from calibration.models import CardMove
from hrportal.home.demo.load import load_company
from hrportal.journal.models import Fact
from hrportal.people.models import Employee
from performance.models import Review
from talent.models import CalibratedRating, PlanItem


def result(**changes) -> Result:
    return Result(**{"name": "a", "size": 1, "floor_name": "b", "floor": 1.0, "taken": 2.0} | changes)


@pytest.fixture
def company(db, monkeypatch):
    monkeypatch.setattr(measuring, "REPEATS", 1)
    monkeypatch.setattr(imports, "RUNS", 1)
    load_company(60, seed=1, today=timezone.localdate(), texts=0)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "shown"),
        ({"most_ratio": 2}, "kept"),
        ({"most_ratio": 1.9}, "missed"),
        ({"most_ratio": 3, "queries": 4, "most_queries": 3}, "missed"),
        ({"most_ratio": 3, "queries": 3, "most_queries": 3}, "kept"),
    ],
)
def test_verdict_follows_from_ratio_and_queries(changes, verdict):
    assert result(**changes).verdict == verdict


def test_table_shows_every_result():
    lines = table_of([result(), result(name="longer", taken=0.002)]).splitlines()

    assert len(lines) == 3
    assert lines[2].startswith("longer")
    assert "2.0 ms" in lines[2]


def test_bulk_work_is_measured_and_taken_back(company):
    before = [model.objects.count() for model in (Employee, Review, Fact, CalibratedRating, PlanItem)]

    results = list(measure_bulk(30))

    assert [model.objects.count() for model in (Employee, Review, Fact, CalibratedRating, PlanItem)] == before
    assert all(found.size and found.taken > 0 and found.floor > 0 for found in results)


def test_pages_answer_within_the_promised_queries(company):
    empty, *pages = measure_pages()

    assert len(pages) == 6
    assert empty.taken > empty.floor
    assert [(page.name, page.queries) for page in pages if page.queries > page.most_queries] == []


@pytest.mark.long
def test_a_board_answers_within_the_promised_queries_and_is_as_it_was_afterwards(company):
    before = CardMove.objects.count()

    parts = list(measure_board())

    assert [part.name for part in parts if part.queries > part.most_queries] == []
    assert len(parts) == 6
    assert CardMove.objects.count() == before
