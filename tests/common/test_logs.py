"""Log lines tell what went wrong, never what somebody wrote."""

import logging
from logging.config import DictConfigurator
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from hrportal.common.checks import all_routes
from hrportal.common.logs import SecretAddresses
from hrportal.integrations.feeds.actions import make_link
from hrportal.journal.delivery import _note_failure
from tests.factories.people import EmployeeFactory, make_user


def formatter() -> logging.Formatter:
    """What writes the lines of the portal's own handler."""
    return DictConfigurator({"version": 1}).configure_formatter(dict(settings.LOGGING["formatters"]["json"]))


def line_for(error: Exception) -> str:
    told = (type(error), error, error.__traceback__)
    return formatter().format(logging.LogRecord("hrportal", logging.ERROR, "", 0, "failed", None, told))


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


# Parameters of routes that are keys, and what stands there.
KEYS = {"token": "s3cret-key", "uidb64": "Mw", "uidb36": "3", "key": "s3cret-key"}


def addresses_with_keys() -> list[str]:
    """An address of every route that has a key in it."""
    found = []
    for _path, name, pattern in all_routes():
        parameters = set(pattern.pattern.regex.groupindex)
        if parameters & {"token", "uidb64", "uidb36"}:
            found.append(reverse(name, kwargs={parameter: KEYS[parameter] for parameter in parameters}))
    return found


def test_no_address_that_is_a_key_is_in_a_line_of_the_portal_or_of_the_server():
    addresses = addresses_with_keys()
    assert len(addresses) >= 3

    for address in addresses:
        own = formatter().format(logging.LogRecord("django", logging.WARNING, "", 0, "Not Found: %s", (address,), None))
        server = logging.LogRecord(
            "gunicorn", logging.INFO, "", 0, '"%(r)s" 200', ({"r": f"GET {address} HTTP/1.1"},), None
        )
        SecretAddresses().filter(server)

        assert "s3cret" not in own + server.getMessage(), address
        assert server.getMessage().endswith(' HTTP/1.1" 200')


@pytest.mark.django_db
@pytest.mark.parametrize("status", [200, 404, 429, 500])
def test_the_address_of_a_calendar_is_in_no_line_whatever_comes_of_it(client, caplog, monkeypatch, settings, status):
    token = make_link(by=make_user())[1] if status != 404 else "s3cret"
    settings.API_RATE_LIMITS = {"calendar": 0} if status != 429 else {"calendar": 1}
    if status == 500:
        monkeypatch.setattr("hrportal.integrations.feeds.views.calendars.calendar_of", lambda _link: 1 / 0)
    client.raise_request_exception = False
    caplog.set_level(logging.DEBUG)

    answers = [client.get(f"/calendar/{token}.ics") for _ in range(2)]

    lines = [formatter().format(record) for record in caplog.records]
    assert answers[-1].status_code == status
    assert (status == 200) or any("/calendar/" in line for line in lines)
    assert not [line for line in lines if token in line]
