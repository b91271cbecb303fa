"""Talks every two weeks between the people one signs in as and those around them, and what they ask each other."""

import datetime
from random import Random

from django.utils import timezone

from hrportal.home.demo.days import at, days
from hrportal.home.demo.wording import Writer
from hrportal.home.demo.world import World
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from performance.enums import FeedbackKind, FeedbackVisibility, MeetingState, RequestState, Rhythm
from performance.models import (
    ActionItem,
    AgendaItem,
    Feedback,
    FeedbackRequest,
    Meeting,
    OneToOne,
    PrivateNote,
)

PAST = 4
FORTNIGHT = 14

AGENDA = (
    "Where {work} stands, and what you need from me",
    "Holiday in spring: who covers {work}?",
    "How the talk with {partner} went",
    "What I would like to learn this half-year",
    "Too many meetings on Tuesdays",
    "The hand-over of {work_2}",
)
NOTES = (
    "{work_cap} is on its way. We agreed to decide on the open question by the end of next week.\n\n{partner_cap} wants an answer; {first} drafts it.",
    "Talked about workload. {work_cap} comes first, {work_2} can wait for two weeks.",
    "{first} would like to lead {work} next time. We try it with a smaller one first.",
    "Short one today. No surprises, both content with the start.",
)
PROMISES = (
    "Write to {partner} about the date",
    "Send the one-page version of {work}",
    "Ask HR about the course",
    "Find two hours a week without meetings",
    "Show {first} how {work_2} is set up",
)
PRIVATE = "Ask how the move went. Give more praise for {work} this time."
QUESTIONS = (
    "How did my part of {work} come across to you, and what should I do differently next time?",
    "When we worked on {work}: what helped you, and what got in your way?",
    "What is one thing I could do better in meetings with {partner}?",
)
ABOUT_ANOTHER = "You worked with {first} on {work}. What should they keep doing, and what would make them better?"
DECLINED = "We only met twice this quarter; somebody who was on {work} can tell you more."


def tell_one_to_ones(world: World) -> None:
    """Series of those in focus with their managers: a few talks behind them, one ahead."""
    here = Employee.objects.filter(pk__in=world.in_focus, status=EmploymentStatus.ACTIVE, manager__isnull=False)
    for person in here.select_related("manager").order_by("pk"):
        luck = world.luck("talks", person.pk)
        writer = Writer(luck, person.first_name, world.families[person.job_id or 0])
        if person.manager and not person.manager.has_left:
            _Talks(world, person, luck, writer).tell()


def tell_feedback_requests(world: World) -> None:
    """What those in focus asked colleagues, and what colleagues ask them."""
    here = Employee.objects.filter(pk__in=world.in_focus, status=EmploymentStatus.ACTIVE).order_by("pk")
    people = list(here)
    for place, person in enumerate(people):
        luck = world.luck("asks", person.pk)
        writer = Writer(luck, person.first_name, world.families[person.job_id or 0])
        others = [other for other in (people[place - 1], people[place - 2], people[place - 3]) if other.pk != person.pk]
        for state, other in zip(
            (RequestState.OPEN, RequestState.ANSWERED, RequestState.DECLINED), others, strict=False
        ):
            _ask(world, person, other, state, luck, writer)
    _ask_about_another(world)


def _ask(
    world: World, person: Employee, other: Employee, state: RequestState, luck: Random, writer: Writer
) -> FeedbackRequest:
    asked_on = world.calendar.yesterday - days(luck.randint(1, 9))
    row = FeedbackRequest(
        asker=person,
        about=person,
        asked=other,
        question=writer.line(QUESTIONS),
        due_on=world.calendar.today + days(luck.randint(2, 10)),
        state=state,
        asked_at=at(asked_on, luck),
    )
    if state != RequestState.OPEN:
        row.settled_at = at(world.calendar.yesterday, luck)
    if state == RequestState.DECLINED:
        row.reason = writer.line((DECLINED,))
    world.rows.add(row)
    if state == RequestState.ANSWERED:
        _answer(world, row, luck, writer)
    return row


def _answer(world: World, row: FeedbackRequest, luck: Random, writer: Writer) -> None:
    world.rows.add(
        Feedback(
            giver_id=row.asked_id,
            recipient_id=row.about_id,
            request=row,
            kind=FeedbackKind.OBSERVATION,
            visibility=FeedbackVisibility.RECIPIENT,
            text=writer.line(
                (
                    "Your first sentence about {work} is always about the customer. Keep that. Let {partner} finish before you answer.",
                )
            ),
            given_at=row.settled_at or timezone.now(),
        )
    )


def _ask_about_another(world: World) -> None:
    """The manager asks a colleague of the employee about the employee."""
    manager, person = world.cast["manager"], world.cast["employee"]
    colleague = Employee.objects.employed().filter(manager=manager).exclude(pk=person.pk).order_by("pk").first()
    if colleague is None:
        return
    luck = world.luck("asks about", person.pk)
    writer = Writer(luck, person.first_name, world.families[person.job_id or 0])
    world.rows.add(
        FeedbackRequest(
            asker=manager,
            about=person,
            asked=colleague,
            question=writer.line((ABOUT_ANOTHER,)),
            due_on=world.calendar.today + days(5),
            asked_at=at(world.calendar.yesterday, luck),
        )
    )


class _Talks:
    """One series, told from its first meeting to the one ahead."""

    def __init__(self, world: World, person: Employee, luck: Random, writer: Writer) -> None:
        self.world, self.rows, self.person, self.luck, self.writer = world, world.rows, person, luck, writer
        ahead = world.calendar.today + days(luck.randint(0, 6))
        while ahead.weekday() > 4:
            ahead += days(1)
        self.ahead = ahead
        self.series = self.rows.add(
            OneToOne(
                manager=person.manager,
                employee=person,
                rhythm=Rhythm.FORTNIGHTLY,
                first_on=ahead - days(FORTNIGHT * PAST),
                started_at=at(ahead - days(FORTNIGHT * PAST + 7), luck),
            )
        )

    def tell(self) -> None:
        for number in range(PAST, 0, -1):
            self._held(self.ahead - days(FORTNIGHT * number), is_skipped=self.luck.random() < 0.15)
        planned = self._meeting(self.ahead, MeetingState.PLANNED)
        for position, title in enumerate(self.luck.sample(AGENDA, 3), start=1):
            self._item(title, position, self.world.calendar.yesterday)
        for title in self.luck.sample(PROMISES, 2):
            self._promise(title)
        private = self.writer.line((PRIVATE,))
        self.rows.add(PrivateNote(meeting=planned, author_id=self._two[0], text=private, version=2))

    def _held(self, day: datetime.date, *, is_skipped: bool) -> None:
        meeting = self._meeting(day, MeetingState.SKIPPED if is_skipped else MeetingState.HELD)
        if is_skipped:
            return
        for position, title in enumerate(self.luck.sample(AGENDA, 2), start=1):
            self._item(title, position, day - days(3), meeting)

    def _meeting(self, day: datetime.date, state: MeetingState) -> Meeting:
        meeting = Meeting(one_to_one=self.series, slot_on=day, held_on=day, state=state)
        if state == MeetingState.HELD:
            meeting.notes, meeting.version = self.writer.line(NOTES), 4
            meeting.noted_by_id, meeting.noted_at = self.luck.choice(self._two), at(day, self.luck)
        if state != MeetingState.PLANNED:
            meeting.settled_at = at(day, self.luck)
        return self.rows.add(meeting)

    def _item(self, title: str, position: int, day: datetime.date, meeting: Meeting | None = None) -> None:
        self.rows.add(
            AgendaItem(
                one_to_one=self.series,
                title=self.writer.line((title,)),
                position=position,
                added_by_id=self.luck.choice(self._two),
                added_at=at(day, self.luck),
                discussed_in=meeting,
            )
        )

    def _promise(self, title: str) -> None:
        self.rows.add(
            ActionItem(
                one_to_one=self.series,
                owner_id=self.luck.choice(self._two),
                title=self.writer.line((title,)),
                due_on=self.world.calendar.today + days(self.luck.randint(-3, 12)),
                agreed_at=at(self.ahead - days(FORTNIGHT), self.luck),
            )
        )

    @property
    def _two(self) -> tuple[int, int]:
        return self.person.manager_id or self.person.pk, self.person.pk
