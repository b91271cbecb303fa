"""What every storyteller needs to know: the writer of rows, the calendar, who is who, and how good people really are."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from random import Random

from django.db.models import Count

from hrportal.common.paths import ids_of
from hrportal.home.demo import company
from hrportal.home.demo.cast import Cast
from hrportal.home.demo.days import Calendar
from hrportal.home.demo.ground import Ground
from hrportal.home.demo.rows import Rows
from hrportal.home.demo.wording import luck_of
from hrportal.people.enums import UnitKind
from hrportal.people.models import Employee, OrgUnit

AT_ONE_TABLE = 60
FEWEST_TALKED_ABOUT, MOST_TALKED_ABOUT = 25, 130


@dataclass(eq=False)
class World:
    """`texts` is the share of people whose reviews, goals and feedback are told in words."""

    rows: Rows
    ground: Ground
    calendar: Calendar
    cast: Cast
    seed: int
    texts: float
    families: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        heads = {business.code: business.departments[0].family for business in company.BUSINESSES}
        self.families = {
            job.pk: key[0] if isinstance(key, tuple) else heads.get(str(key), "finance")
            for key, job in self.ground.jobs.items()
        }

    def luck(self, *key: object) -> Random:
        """Draws that depend on the seed and these words alone."""
        return luck_of(self.seed, *key)

    def is_told(self, employee_id: int) -> bool:
        """Whether this person's story is told in words; always for the six and the manager's team."""
        return self.texts >= 1 or employee_id in self.in_focus or self.luck("told", employee_id).random() < self.texts

    def ability(self, employee_id: int) -> float:
        """How good somebody truly is, around zero."""
        return self.luck("ability", employee_id).gauss(0, 0.6)

    @lru_cache(maxsize=4096)  # noqa: B019  (one world per load)
    def leniency(self, manager_id: int) -> float:
        """How much higher (or lower) a manager rates than others would."""
        return self.luck("leniency", manager_id).gauss(0, 0.55)

    @cached_property
    def in_focus(self) -> frozenset[int]:
        team = Employee.objects.filter(manager=self.cast["manager"]).values_list("pk", flat=True)
        return self.cast.ids | frozenset(team)

    @cached_property
    def tables(self) -> dict[int, int]:
        """Unit id to the id of the unit whose reviews are calibrated with it; the units above sit at no such table."""
        units = {unit.pk: unit for unit in OrgUnit.objects.only("pk", "path", "kind")}
        heads = self._heads_below()
        return {
            pk: table
            for pk, unit in units.items()
            if (table := next((above for above in ids_of(unit.path)[1:] if heads[above] <= AT_ONE_TABLE), None))
        }

    def _heads_below(self) -> dict[int, int]:
        """Unit id to the number of people in it and below."""
        here = dict(
            Employee.objects.employed()
            .order_by()
            .values_list("org_unit")
            .annotate(n=Count("pk"))
            .values_list("org_unit", "n")
        )
        total: dict[int, int] = dict.fromkeys(here, 0)
        for pk, path in OrgUnit.objects.values_list("pk", "path"):
            for above in ids_of(path):
                total[above] = total.get(above, 0) + here.get(pk, 0)
        return total

    def partner_of(self, unit_path: str) -> int:
        """The HR partner of the business unit that a unit belongs to; the head of HR where there is none."""
        found = (who for path, who in self.cast.partners.items() if unit_path.startswith(path))
        return next(found, self.cast["hrleader"].pk)

    @cached_property
    def talked_about(self) -> OrgUnit:
        """The part of the company around the manager whose people a talent review talks about: large enough for a table."""
        home = self.cast["manager"].org_unit
        above = OrgUnit.objects.filter(pk__in=ids_of(home.path if home else "")[1:]).order_by("-path")
        heads = self._heads_below()
        fitting = [unit for unit in above if FEWEST_TALKED_ABOUT <= heads[unit.pk] <= MOST_TALKED_ABOUT]
        return fitting[0] if fitting else above[0]

    @cached_property
    def people_talked_about(self) -> frozenset[int]:
        return frozenset(Employee.objects.employed().in_unit(self.talked_about).values_list("pk", flat=True))

    @cached_property
    def business_units(self) -> list[OrgUnit]:
        return list(OrgUnit.objects.filter(kind=UnitKind.BUSINESS_UNIT).order_by("pk"))
