"""Everything people read is there in German, too, and whoever wants it gets it, signed in or not."""

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from hrportal.people.enums import Role
from tests.factories.calibration import SessionFactory
from tests.factories.people import make_user
from tests.factories.performance import ReviewCycleFactory, ReviewFactory
from tests.home.texts import compiled, entries_of, texts_in_code

GERMAN = Path(settings.BASE_DIR) / "locale" / "de" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%\.\df|%%|\{\w+\}|</?\w+>")


@pytest.fixture(scope="module")
def catalogue():
    return entries_of(GERMAN / "django.po")


def test_every_text_is_in_the_german_catalogue_and_none_that_is_gone(catalogue):
    said, translated = texts_in_code(), {entry.text for entry in catalogue}

    assert sorted(said - translated) == []
    assert sorted(translated - said) == []


def test_every_text_has_a_german_that_somebody_looked_at(catalogue):
    missing = [entry.text for entry in catalogue if entry.is_fuzzy or not all(entry.translations)]

    assert missing == []


def test_plurals_have_both_forms(catalogue):
    assert [entry.text for entry in catalogue if len(entry.translations) != (2 if entry.plural else 1)] == []


def test_a_translation_fills_in_what_the_original_does(catalogue):
    wrong = [
        (entry.text.words, german)
        for entry in catalogue
        for german in entry.translations
        if placeholders(german) not in (placeholders(entry.text.words), placeholders(entry.plural))
    ]

    assert wrong == []


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def test_the_compiled_catalogue_is_that_of_the_texts(catalogue):
    assert compiled(GERMAN / "django.mo") == {entry.text.key: entry.translations for entry in catalogue}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("route", "title"),
    [
        ("home:my_work", "Meine Aufgaben"),
        ("people:employee_list", "Verzeichnis"),
        ("performance:review_list", "Beurteilungen"),
        ("performance:objective_list", "Ziele"),
        ("calibration:session_list", "Kalibrierungssitzungen"),
        ("talent:bench_list", "Nachfolge"),
    ],
)
def test_a_page_of_each_app_speaks_german(client, route, title):
    ReviewFactory()
    SessionFactory()
    client.force_login(make_user(Role.HR_LEADER))

    shown = client.get(reverse(route), headers={"accept-language": "de-DE,de;q=0.9"}).content.decode()

    assert '<html lang="de"' in shown
    assert f"{title}</h1>" in shown


@pytest.mark.django_db
def test_days_are_written_as_germans_write_them(client):
    day = datetime.date(2031, 3, 9)
    cycle = ReviewCycleFactory(state="draft", manager_due_on=day)
    client.force_login(make_user(Role.HR_LEADER))

    shown = client.get(reverse("performance:cycle_detail", args=[cycle.pk]), headers={"accept-language": "de"})

    with translation.override("de"):
        assert date_format(day, "SHORT_DATE_FORMAT") == "09.03.2031"
    assert "09.03.2031" in shown.content.decode() or "9. März 2031" in shown.content.decode()


def test_no_english_day_can_be_read_as_another():
    moment = datetime.datetime(2031, 3, 9, 14, 5, tzinfo=datetime.UTC)

    with translation.override("en"):
        assert date_format(moment, "SHORT_DATE_FORMAT") == "9\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2031"
        assert date_format(moment, "SHORT_DATETIME_FORMAT") == "9\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2031, 14:05"


@pytest.mark.django_db
def test_a_date_field_keeps_the_form_that_browsers_read(client):
    cycle = ReviewCycleFactory(state="draft", manager_due_on=datetime.date(2031, 3, 9))
    client.force_login(make_user(Role.HR_LEADER))

    shown = client.get(reverse("performance:cycle_edit", args=[cycle.pk]), headers={"accept-language": "de"})

    assert 'value="2031-03-09"' in shown.content.decode()


@pytest.mark.django_db
def test_the_choice_is_kept_and_leads_back_to_the_page(client):
    client.force_login(make_user())

    answer = choose(client, "de", next=reverse("people:employee_list") + "?q=a")

    assert answer["Location"] == reverse("people:employee_list") + "?q=a"
    assert "Meine Aufgaben" in client.get(reverse("home:my_work")).content.decode()
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME]["max-age"] == 365 * 24 * 3600


@pytest.mark.django_db
def test_the_choice_goes_over_what_the_browser_prefers(client):
    choose(client, "en")

    assert '<html lang="en"' in client.get(reverse("account_login"), headers={"accept-language": "de"}).content.decode()


@pytest.mark.django_db
def test_it_can_be_chosen_before_signing_in_and_stays_afterwards(client):
    before = client.get(reverse("account_login")).content.decode()
    choose(client, "de", next=reverse("account_login"))
    chosen = client.get(reverse("account_login")).content.decode()
    client.force_login(make_user())

    assert reverse("home:language_choose") in before
    assert '<html lang="de"' in chosen
    assert "Meine Aufgaben" in client.get(reverse("home:my_work")).content.decode()


@pytest.mark.django_db
def test_a_choice_leads_to_no_other_house_and_to_no_unknown_language(client):
    answer = choose(client, "xx", next="https://elsewhere.test/")

    assert answer["Location"] == "/"
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def choose(client, language: str, **data):
    return client.post(reverse("home:language_choose"), {"language": language, **data})
