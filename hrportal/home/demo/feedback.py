"""What people tell each other between reviews."""

import datetime

from hrportal.home.demo import phrases
from hrportal.home.demo.days import at, days
from hrportal.home.demo.wording import Writer
from hrportal.home.demo.world import World
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from performance.enums import FeedbackKind, FeedbackVisibility
from performance.models import Feedback

KINDS = [FeedbackKind.PRAISE] * 5 + [FeedbackKind.COACHING] * 2 + [FeedbackKind.OBSERVATION] * 2
SEEN_BY = {
    FeedbackKind.PRAISE: (FeedbackVisibility.EVERYONE, FeedbackVisibility.RECIPIENT_AND_MANAGER),
    FeedbackKind.COACHING: (FeedbackVisibility.RECIPIENT, FeedbackVisibility.RECIPIENT_AND_MANAGER),
    FeedbackKind.OBSERVATION: (FeedbackVisibility.RECIPIENT, FeedbackVisibility.GIVER),
}
NEARBY = 24


def tell_feedback(world: World) -> None:
    """Each person hears from some of those who sit near them; who does well is praised more."""
    here = Employee.objects.filter(status=EmploymentStatus.ACTIVE, hired_on__lt=world.calendar.today - days(30))
    columns = here.order_by("pk").values_list("pk", "first_name", "manager_id", "job_id", "hired_on")
    near: list[int] = []
    for person, first, manager, job, hired_on in columns.iterator(chunk_size=2000):
        if world.is_told(person):
            givers = [who for who in (*near, manager) if who]
            _tell_about(world, person, first, world.families[job], hired_on or world.calendar.yesterday, givers)
        near = [*near[-NEARBY:], person]


def _tell_about(world: World, person: int, first: str, family: str, hired_on: datetime.date, givers: list[int]) -> None:
    luck, yesterday = world.luck("heard", person), world.calendar.yesterday
    count = (
        luck.randint(3, 6) if person in world.in_focus else luck.choice((0, 1, 2, 3, 4)) + (world.ability(person) > 0.4)
    )
    for giver in luck.sample(givers, min(count, len(givers))):
        kind = luck.choice(KINDS)
        day = max(yesterday - days(int(luck.expovariate(1 / 90))), hired_on + days(20))
        world.rows.add(
            Feedback(
                giver_id=giver,
                recipient_id=person,
                kind=kind,
                visibility=luck.choice(SEEN_BY[kind]),
                text=Writer(luck, first, family).line(phrases.FEEDBACK[kind]),
                competency=luck.choice(tuple(world.ground.competencies.values())) if luck.random() < 0.4 else None,
                given_at=at(min(day, yesterday), luck),
            )
        )
