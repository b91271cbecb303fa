"""Rows written in bulk hold what was given, whatever is in it."""

import pytest

from hrportal.common.copying import reserve_ids, write_values
from hrportal.people.models import EmployeeImport, ImportChange

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
