"""Rows written in bulk hold what was given, whatever is in it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hrportal.common.copying import FEW, reserve_ids, write_rows, write_values
from hrportal.people.models import EmployeeImport, ImportChange, Location

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.parametrize("text", ["plain", "", "\\N", "a\tb", "two\nlines\r", "back\\slash", 'Zoë "Z" 李'])
def test_texts_and_documents_come_back_as_they_were_given(text):
    imported = EmployeeImport.objects.create(file_name="x.csv")
    documents = {"fields": {"last_name": [None, text]}, "history": {}, "account": {}, "conflicts": [text]}

    write_values(
        ImportChange,
        ["employee_import_id", "employee_id", "employee_number", "name", "kind", *documents],
        [(imported.pk, None, text, text, "hired", *documents.values())],
    )

    change = ImportChange.objects.get()
    assert (change.employee_id, change.employee_number, change.name) == (None, text, text)
    assert (change.fields, change.history, change.conflicts) == (documents["fields"], {}, [text])


def test_reserved_ids_are_free_and_distinct():
    taken = EmployeeImport.objects.create(file_name="x.csv").pk

    ids = reserve_ids(EmployeeImport, 3)

    assert len({taken, *ids}) == 4


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1])
def test_rows_come_back_with_their_ids_as_the_database_holds_them(count):
    rows = [Location(code=f"L{place}", name=f"At\t{place}") for place in range(count)]

    written = write_rows(iter(rows))

    assert written == rows
    stored = Location.objects.in_bulk()
    assert [vars_of(stored[row.pk]) for row in written] == [vars_of(row) for row in rows]
    later = Location.objects.create(code="later", name="Numbered after them")
    assert later.pk not in {row.pk for row in written}


@pytest.mark.parametrize("count", [2, FEW + 2])
def test_a_row_that_the_database_refuses_takes_all_with_it_and_leaves_the_transaction_in_order(count):
    rows = [Location(code=f"L{place}", name="Somewhere") for place in range(count - 1)]

    with pytest.raises(IntegrityError), transaction.atomic():
        write_rows([*rows, Location(code="L0", name="The same again")])

    assert not Location.objects.exists()


def test_what_was_written_can_be_changed_and_saved():
    row = write_rows([EmployeeImport(file_name=f"{place}.csv") for place in range(FEW + 1)])[-1]

    row.finished_at = timezone.now()
    row.save()

    assert EmployeeImport.objects.filter(finished_at=None).count() == FEW


def vars_of(row):
    """What a row holds, without what the database only gives back."""
    return {name: value for name, value in vars(row).items() if name != "_state"}
