"""Log lines tell what went wrong, never what somebody wrote."""

import logging
from logging.config import DictConfigurator
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from hrportal.journal.delivery import _note_failure
from tests.factories.people import EmployeeFactory


def line_for(error: Exception) -> str:
    """The line as the portal's own handler writes it."""
    formatters = settings.LOGGING["formatters"]
    formatter = DictConfigurator({"version": 1}).configure_formatter(dict(formatters["json"]))
    told = (type(error), error, error.__traceback__)
    return formatter.format(logging.LogRecord("hrportal", logging.ERROR, "", 0, "failed", None, told))


@pytest.mark.django_db
@pytest.mark.both_databases
def test_the_row_a_database_refuses_is_in_no_log_line():
    number = EmployeeFactory(employee_number="N-77-" + "SECRET").employee_number
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        EmployeeFactory(employee_number=number)

    line = line_for(refused.value)

    assert "IntegrityError" in line
    assert number not in line


def test_neither_is_it_in_an_error_that_came_of_it_nor_in_what_is_kept_of_a_delivery():
    written = "What she wrote\nover two lines"
    refusal = IntegrityError(
        f'new row violates check constraint "review"\nDETAIL:  Failing row contains (7, {written}).'
    )
    later = RuntimeError("could not go on")
    later.__cause__ = refusal

    line = line_for(later)
    delivery = SimpleNamespace(pk=1, subscriber="s", attempts=0, save=lambda **fields: None)
    _note_failure(delivery, refusal)

    assert "could not go on" in line
    assert "check constraint" in line
    assert "she wrote" not in line
    assert delivery.last_error == 'IntegrityError: new row violates check constraint "review"'
