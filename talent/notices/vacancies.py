"""What HR is told about vacancies of critical roles: one fell vacant, somebody was found on one. Whose is on the page."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.sending import Message, notify
from hrportal.people.models import Employee, Position
from talent.models import Successor, Vacancy
from talent.partners import Partners

GROUP = _("Succession")

VACANT = notice_kind(
    "talent.vacancy_opened",
    _("A critical role is vacant: begin with its bench"),
    when=_("Nobody sits on the seat of a critical role any longer."),
    group=GROUP,
    is_confidential=True,
)
TAKEN = notice_kind(
    "talent.vacancy_taken",
    _("Somebody took the seat of a vacant critical role: say how it was filled"),
    when=_("The directory shows somebody on the seat of a critical role whose vacancy is open."),
    group=GROUP,
    is_confidential=True,
)


def vacancies_found(vacancies: Sequence[Vacancy]) -> None:
    """Tell who looks after each seat, once."""
    _tell(VACANT, vacancies, "opened")


def vacancies_taken(vacancies: Sequence[Vacancy]) -> None:
    """Ask who looks after each seat, once for each person found there."""
    _tell(TAKEN, vacancies, "taken")


def _tell(kind: NoticeKind, vacancies: Sequence[Vacancy], what: str) -> None:
    if not vacancies:
        return
    readers = _readers(vacancies)
    notify(
        kind,
        [
            Message(reader.pk, f"vacancy-{vacancy.pk}-{what}-{vacancy.proposed_id or ''}", vacancy.get_absolute_url())
            for vacancy in vacancies
            if (reader := readers[vacancy.pk])
        ],
    )


def _readers(vacancies: Sequence[Vacancy]) -> dict[int, Employee | None]:
    """Who is told of each: somebody of HR whom neither the seat nor its bench concerns, so that the page opens for them."""
    partners, concerned = Partners.read(), _concerned(vacancies)
    seats = Position.objects.select_related("org_unit").in_bulk([vacancy.position_id for vacancy in vacancies])
    return {
        vacancy.pk: (partners.leaders_only if vacancy.plan and vacancy.plan.is_private else partners).for_seat(
            seats[vacancy.position_id].org_unit, concerned[vacancy.pk]
        )
        for vacancy in vacancies
    }


def _concerned(vacancies: Sequence[Vacancy]) -> dict[int, set[int]]:
    """The people a vacancy says something about: those on its bench and who was found on the seat."""
    benches: dict[int | None, set[int]] = defaultdict(set)
    plans = [vacancy.plan_id for vacancy in vacancies if vacancy.plan_id]
    for plan, employee in Successor.objects.standing().filter(plan__in=plans).values_list("plan", "employee"):
        benches[plan].add(employee)
    return {
        vacancy.pk: benches[vacancy.plan_id] | ({vacancy.proposed_id} if vacancy.proposed_id else set())
        for vacancy in vacancies
    }
