"""The generated reference is the one of this code."""

import pytest

from hrportal.integrations.reference import api_reference
from tests.support.pages import DOCS
from tests.support.schema import schema_of_api

pytestmark = pytest.mark.one_database


def test_the_reference_is_what_the_schema_says():
    written = (DOCS / "api-reference.md").read_text(encoding="utf-8")

    assert written == api_reference(schema_of_api()), "make api-reference"


def test_a_row_says_who_may_and_what_comes():
    (row,) = [
        row for row in api_reference(schema_of_api()).splitlines() if row.startswith("| POST | `employees/bulk/`")
    ]

    assert "| `employees:write` | 200 |" in row
