"""Where taking an import back meets others: a seat or an address they have by now, a ring, the last administrators."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from hrportal.people.importing.forest import depths_of, rings_of
from hrportal.people.importing.resolving import DEEPEST, KEEP
from hrportal.people.importing.stepping import Step
from hrportal.people.models import Employee


class Stored(NamedTuple):
    """What is stored of somebody that concerns others."""

    manager: str | None
    position: str | None
    work_email: str


class Claim(NamedTuple):
    """What goes back of one person that concerns others. KEEP is for what stays as it is."""

    manager: str | None = KEEP
    position: str | None = KEEP
    work_email: str = KEEP
    is_end: bool = False

    def gives(self, name: str) -> bool:
        """Whether they no longer have what they have now."""
        return getattr(self, name) is not KEEP

    def wants(self, name: str) -> bool:
        """Whether they get something back."""
        return self.gives(name) and bool(getattr(self, name))


@dataclass
class Claims:
    """Everybody's claims by employee number; and in the end who is left where they are, and who keeps their address."""

    of: dict[str, Claim] = field(default_factory=dict)
    stay_where: set[str] = field(default_factory=set)
    keep_address: set[str] = field(default_factory=set)

    def add(self, step: Step) -> None:
        """Take up what a step would do."""
        back = step.back.get
        claim = Claim(back("manager", KEEP), back("position", KEEP), back("work_email", KEEP), step.is_end)
        if claim != Claim():
            self.of[step.change.employee_number] = claim

    def settle(self, administrators: Set[str]) -> None:
        """Leave people where they are if going back would take what others have, close a ring, or leave no administrator.

        Each of these may stand in the way of another, so it is asked until nothing new is found.
        """
        stored = _stored() if any(claim.wants(name) for claim in self.of.values() for name in Stored._fields) else {}
        while self._one_stays(stored, administrators):
            pass

    def _one_stays(self, stored: Mapping[str, Stored], administrators: Set[str]) -> bool:
        blocked = {*self._out_of_line(stored), *self._second_holders(stored, "position")}
        if administrators and all(number in self.of and self.of[number].is_end for number in administrators):
            blocked |= administrators
        for number in blocked:
            self.of[number] = Claim(work_email=self.of[number].work_email)
        addressless = set(self._second_holders(stored, "work_email"))
        for number in addressless:
            self.of[number] = self.of[number]._replace(work_email=KEEP)
        self.stay_where |= blocked
        self.keep_address |= addressless
        return bool(blocked or addressless)

    def _out_of_line(self, stored: Mapping[str, Stored]) -> Iterator[str]:
        """Those whose old manager is by now below them, or too deep."""
        managers = {
            number: self.of[number].manager if self._gives(number, "manager") else row.manager
            for number, row in stored.items()
        }
        rings = rings_of(managers)
        odd = [number for ring in rings for number in ring]
        if not rings:
            odd = [number for number, depth in depths_of(managers).items() if depth > DEEPEST]
        return (number for number in odd if self._gives(number, "manager"))

    def _second_holders(self, stored: Mapping[str, Stored], name: str) -> list[str]:
        """Those who would get back what somebody else has by now, and keeps."""
        holders = {
            value.lower(): number
            for number, row in stored.items()
            if (value := getattr(row, name)) and not self._gives(number, name)
        }
        wanted = {number: getattr(claim, name).lower() for number, claim in self.of.items() if claim.wants(name)}
        return [number for number, value in wanted.items() if holders.setdefault(value, number) != number]

    def _gives(self, number: str, name: str) -> bool:
        return number in self.of and self.of[number].gives(name)


def _stored() -> dict[str, Stored]:
    rows = Employee.objects.order_by().values_list(
        "employee_number", "manager__employee_number", "position__code", "work_email"
    )
    return {number: Stored(*values) for number, *values in rows.iterator()}
