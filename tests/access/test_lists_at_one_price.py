"""A list of talent or calibration that is taken away asks as often for three rows as for one; how each comes to its rows is
said in `rows`, and a list of which nothing is said there fails."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hrportal.people.enums import Role
from hrportal.people.exports import all_list_kinds
from tests.access.rows import ROWS
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

ROOMS = ("talent.", "calibration.")
KINDS = sorted({kind.name for kind in all_list_kinds() if kind.name.startswith(ROOMS)} | ROWS.keys())


@pytest.mark.parametrize("name", KINDS)
def test_three_rows_ask_no_more_often_than_one(client, name):
    assert name in ROWS, f"say in tests/access/rows how {name} comes to a row more"
    reader, rows = make_user(Role.HR_LEADER), ROWS[name]
    client.force_login(reader)
    about = rows.about(reader)
    found, prices = [], []
    for more in (1, 2):
        for _ in range(more):
            rows.another(reader, about)
        taken(client, name, rows.query(about))  # what is asked once and remembered
        with CaptureQueriesContext(connection) as asked:
            found.append(taken(client, name, rows.query(about)))
        prices.append(len(asked))

    assert found[0]
    assert len(found[1]) == len(found[0]) if rows.is_counted else len(found[1]) >= len(found[0]) + 2
    assert found[0] != found[1]
    assert prices[0] == prices[1]


def taken(client, name: str, query: str) -> list[list[str]]:
    """The lines of a list's file, below its header."""
    answer = client.post(reverse("home:list_export", args=[name]), {"query": query, "format": "csv"})
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode())))[1:]
