"""What the strategy of a family of jobs would propose, and who is left out and why, as lists to take away.

Both follow from levels of reviews. Beyond the number of people a page previews they are worked out in the background.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from calibration.bridge.proposing import WHY_NOT, family_people, preview_of
from hrportal.common.batches import batched
from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import CHUNK, ListKind, Portions, list_kind
from hrportal.people.lists import person_columns
from hrportal.people.models import Competency, Employee

READERS = HR_ROLES | {Role.INTEGRATION}


def _people(user: Any, query: QueryDict) -> QuerySet[Employee]:
    """Those of the family in the query (`family`) whom the reader looks after."""
    may = user.viewer.may_use("ratings:read") and user.has_perm("calibration.propose_from_strategy")
    return family_people(query.get("family", ""), user) if may else Employee.objects.none()


def _of(people: Sequence[Any]) -> QuerySet[Employee]:
    return Employee.objects.filter(pk__in=people)


@dataclass(frozen=True)
class Proposed:
    """One competency, and to how many it would be proposed."""

    competency: Competency
    people: int


class Proposals:
    """By competency, most people first; as long to work out as there are people."""

    def __init__(self, people: QuerySet[Employee]) -> None:
        self.people = people

    def __len__(self) -> int:
        return self.people.count()

    def __iter__(self) -> Iterator[Proposed]:
        counts: Counter[int] = Counter()
        for portion in batched(self.people.order_by("pk").values_list("pk", flat=True).iterator(CHUNK), CHUNK):
            counts.update(preview_of(_of(portion)).competencies)
        names = Competency.objects.in_bulk(counts)
        rows = [Proposed(names[pk], many) for pk, many in counts.items()]
        yield from sorted(rows, key=lambda row: (-row.people, row.competency.name))


def _proposal_columns() -> Sequence[Column]:
    return [
        Column(_("Competency"), lambda row: row.competency),
        Column(_("Would be proposed to, people"), lambda row: row.people),
    ]


def _proposals(user: Any, query: QueryDict) -> Proposals:
    return Proposals(_people(user, query))


@dataclass(frozen=True)
class LeftOut:
    """Somebody to whom nothing would be proposed, and why."""

    employee: Employee
    why: str


def _left_out_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(_("Unit"), lambda row: row.employee.org_unit),
        Column(_("Job"), lambda row: row.employee.job),
        Column(_("Why nothing is proposed"), lambda row: WHY_NOT[row.why]),
    ]


def _left_out(user: Any, query: QueryDict) -> Portions:
    people = _people(user, query).select_related("job", "org_unit")
    return Portions(people.order_by("last_name", "first_name", "pk"), _with_reasons)


def _with_reasons(people: list[Employee]) -> Iterator[LeftOut]:
    left_out = preview_of(_of([person.pk for person in people])).left_out
    why = {pk: reason for reason, left in left_out.items() for pk in left}
    yield from (LeftOut(person, why[person.pk]) for person in people if person.pk in why)


PROPOSALS = list_kind(
    ListKind(
        "calibration.strategy_proposals",
        _("What the strategy would propose"),
        _proposal_columns,
        _proposals,
        READERS,
    )
)
LEFT_OUT = list_kind(
    ListKind(
        "calibration.strategy_left_out",
        _("To whom the strategy proposes nothing"),
        _left_out_columns,
        _left_out,
        READERS,
    )
)
