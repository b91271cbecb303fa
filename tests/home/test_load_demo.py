"""Loading a demo company: any size, on any day, the same for the same seed, and never over somebody's data."""

import datetime
import hashlib

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from hrportal.home.demo.cast import PASSWORD, find_cast
from hrportal.home.demo.days import Calendar
from hrportal.home.demo.load import load_company
from hrportal.home.demo.rows import Rows
from hrportal.journal.chain import verify_chain
from hrportal.journal.models import Fact
from hrportal.people.models import Employee, OrgUnit
from performance.models import Review

THE_SIX = ("employee", "manager", "hrbp", "hrleader", "executive", "admin")


def _fingerprint() -> str:
    rows = [
        *Employee.objects.order_by("pk").values_list("pk", "first_name", "last_name", "path", "hired_on", "work_email"),
        *Review.objects.order_by("pk").values_list(
            "employee", "state", "proposed_rating", "final_rating", "submitted_at"
        ),
        *Fact.objects.exclude(topic="people.role_granted").order_by("pk").values_list("hash"),
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _print_of_a_company(seed: int) -> str:
    with transaction.atomic():
        load_company(60, seed=seed, today=timezone.localdate(), texts=0)
        found = _fingerprint()
        transaction.set_rollback(True)
    return found


def test_same_seed_makes_the_same_company(db):
    first, again, other = (_print_of_a_company(seed) for seed in (1, 1, 2))

    assert first == again
    assert first != other


@pytest.mark.parametrize(("size", "day"), [(60, (2027, 1, 1)), (75, (2028, 2, 29)), (210, (2026, 12, 31))])
def test_any_size_on_any_day(db, size, day):
    load_company(size, seed=size, today=datetime.date(*day), texts=0)

    assert Employee.objects.exclude(status="left").count() == size
    assert len(find_cast(Calendar(datetime.date(*day))).ids) == 6
    assert verify_chain().problems == []


def test_command_refuses_known_passwords_in_production(db, settings):
    settings.IS_PRODUCTION = True

    with pytest.raises(CommandError, match="--accounts"):
        call_command("load_demo")

    assert not Employee.objects.exists()


def test_command_says_how_to_sign_in(db, capsys, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "http://localhost:8123")

    call_command("load_demo", employees=60, texts=0)

    said = capsys.readouterr().out
    assert "http://localhost:8123/" in said
    assert all(name in said for name in (*THE_SIX, PASSWORD))


def test_rows_keep_what_copy_could_garble(db):
    rows = Rows()
    unit = rows.add(OrgUnit(code="a\\b", name="tab\tline\nreturn\r\\N ünï"))

    rows.close()

    assert OrgUnit.objects.get(pk=unit.pk).name == "tab\tline\nreturn\r\\N ünï"
    assert OrgUnit.objects.create(code="next", name="next").pk == unit.pk + 1
