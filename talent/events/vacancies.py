"""What is announced of vacancies: ids only, never from where somebody came nor how ready they were."""

from collections.abc import Sequence

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record, record_many
from talent.models import Vacancy


def vacancies_opened(vacancies: Sequence[Vacancy], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.vacancy_opened", [_entry(vacancy, vacancy.former_id) for vacancy in vacancies], by=by)


def vacancy_edited(vacancy: Vacancy, *, by: Actor | None) -> Fact:
    return _about("talent.vacancy_edited", vacancy, by)


def vacancies_taken(vacancies: Sequence[Vacancy], *, by: Actor | None) -> list[Fact]:
    """Somebody was found on a seat whose vacancy is open; how they came there is HR's to say."""
    return record_many("talent.vacancy_taken", [_entry(vacancy, vacancy.proposed_id) for vacancy in vacancies], by=by)


def vacancy_filled(vacancy: Vacancy, *, by: Actor | None) -> Fact:
    return _about("talent.vacancy_filled", vacancy, by)


def vacancy_cancelled(vacancy: Vacancy, *, by: Actor | None) -> Fact:
    return _about("talent.vacancy_cancelled", vacancy, by)


def vacancy_outcome_noted(vacancy: Vacancy, *, by: Actor | None) -> Fact:
    return _about("talent.vacancy_outcome_noted", vacancy, by)


def _about(topic: str, vacancy: Vacancy, by: Actor | None) -> Fact:
    entry = _entry(vacancy, vacancy.filled_by_id or vacancy.former_id)
    return record(topic, vacancy, by=by, person_id=entry.person_id, version=entry.version, data=entry.data)


def _entry(vacancy: Vacancy, person_id: int | None) -> Entry:
    data = {"position": vacancy.position_id, "plan": vacancy.plan_id}
    return Entry(vacancy, person_id, version=vacancy.version, data=data)
