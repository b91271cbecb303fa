"""360 rounds around the manager's team: one at every step, so that each of the six finds something to do or to read."""

from dataclasses import dataclass
from random import Random

from hrportal.home.demo.days import at, days
from hrportal.home.demo.world import World
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from performance.enums import ANONYMOUS, RaterGroup, RaterState, RoundQuestionKind, RoundState
from performance.models import AnswerSheet, FeedbackRound, Rater, RoundAnswer, RoundQuestion, RoundTemplate

RATED = (
    ("delivery", "Does what was promised, or says early that it will not work."),
    ("collaboration", "Makes the work of others easier."),
    ("collaboration", "Hears people out before deciding."),
    ("communication", "Says clearly what is meant, also when it is unpleasant."),
    ("people", "Gives feedback one can do something with."),
    ("learning", "Changes a view when the facts speak against it."),
)
KEEP, CHANGE = "What should this person keep doing?", "What one change would help you most?"
KEPT = (
    "Answers within the hour when the line stands still, and never makes me feel that I asked too late.",
    "Writes down what we agreed. It sounds small and saves us a meeting a week.",
    "Asks the question that everybody else was too polite to ask.",
    "Takes the blame outside and sorts it out inside. People notice.",
    "Explains the why, so that I can decide the next case without asking.",
)
CHANGED = (
    "Bring us in before the plan is finished, not to bless it afterwards.",
    "Say no more often. Three things done would help us more than five begun.",
    "Leave a pause in the meeting; the quieter ones would use it.",
    "Pass the interesting work on now and then, others want to grow as well.",
    "Short mails. I read the first two lines on the way to the hall.",
)
OUTSIDE = (
    ("Petra Lindqvist", "p.lindqvist@aquamonitor.example"),
    ("Samir Haddad", "s.haddad@nordlab.example"),
    ("Ines Duarte", "i.duarte@rioagua.example"),
)


@dataclass(frozen=True)
class People:
    """Those a round is told with, without anybody twice."""

    manager: Employee
    team: list[Employee]
    others: list[Employee]


def tell_rounds(world: World) -> None:
    """A template, a round that is shared, one that collects, one to agree to, one to share, one about the manager."""
    _template(world, is_copy=False)
    people = _people(world)
    if len(people.team) < 4 or len(people.others) < 4:
        return
    employee, first, second, third = people.team[:4]
    _told(world, employee, people, RoundState.SHARED, due=-40)
    _told(world, third, people, RoundState.CLOSED, due=-2)
    _told(world, first, people, RoundState.COLLECTING, due=9)
    _told(world, second, people, RoundState.NOMINATING, due=18)
    _told(world, people.manager, people, RoundState.COLLECTING, due=6)


def _people(world: World) -> People:
    manager, employee = world.cast["manager"], world.cast["employee"]
    active = Employee.objects.filter(status=EmploymentStatus.ACTIVE).exclude(pk__in=world.cast.ids)
    team = active.filter(manager=manager).order_by("pk")
    others = active.filter(org_unit__path__startswith=manager.org_unit.path[:-6] if manager.org_unit else "")
    apart = others.exclude(manager=manager).filter(job__level__lt=6).order_by("pk")
    return People(manager, [employee, *team], list(apart[:6]))


def _template(world: World, *, is_copy: bool) -> tuple[RoundTemplate, list[RoundQuestion]]:
    template = world.rows.add(
        RoundTemplate(
            name="Working with others",
            introduction="Think of the last six months. Rate what you have seen yourself and leave the rest out.",
            is_copy=is_copy,
        )
    )
    rated = [RoundQuestion(text=text, competency=world.ground.competencies.get(code)) for code, text in RATED]
    texts = [RoundQuestion(text=text, kind=RoundQuestionKind.TEXT) for text in (KEEP, CHANGE)]
    for order, question in enumerate([*rated, *texts], start=1):
        question.template, question.order = template, order
        world.rows.add(question)
    return template, [*rated, *texts]


def _told(world: World, subject: Employee, people: People, state: RoundState, *, due: int) -> None:
    luck, today = world.luck("round", subject.pk, str(state)), world.calendar.today
    opened = today + days(min(due, 0) - 24)
    template, questions = _template(world, is_copy=True)
    round_ = world.rows.add(
        FeedbackRound(
            subject=subject,
            template=template,
            opened_by_id=subject.manager_id,
            opened_at=at(opened, luck),
            due_on=today + days(due),
            state=state,
            closed_at=at(today + days(due + 1), luck) if due < 0 else None,
            shared_at=at(today + days(due + 4), luck) if state == RoundState.SHARED else None,
        )
    )
    raters = list(_raters(world, round_, subject, people))
    if state == RoundState.COLLECTING:
        for rater in raters:
            world.rows.add(AnswerSheet(rater=rater))
    if round_.has_results:
        _say(world, round_, raters, questions, luck)


def _raters(world: World, round_: FeedbackRound, subject: Employee, people: People) -> list[Rater]:
    """Who is asked: the subject, their manager, and peers or, about the manager, the team; for one of them people outside."""
    about_manager = subject.pk == people.manager.pk
    near = people.others[:4] if about_manager else [one for one in people.team if one.pk != subject.pk][:3]
    named = [(RaterGroup.SELF, subject.pk), (RaterGroup.MANAGER, subject.manager_id)]
    named += [(RaterGroup.PEER, one.pk) for one in (near if about_manager else [*near, people.others[0]])]
    if about_manager:
        named += [(RaterGroup.REPORT, one.pk) for one in people.team[:4]]
    is_waiting = round_.state == RoundState.NOMINATING
    raters = [
        world.rows.add(Rater(round=round_, group=group, employee_id=pk, state=_state(group, is_waiting)))
        for group, pk in named
        if pk is not None
    ]
    if round_.state == RoundState.SHARED:
        raters += [
            world.rows.add(
                Rater(round=round_, group=RaterGroup.EXTERNAL, name=name, email=email, state=RaterState.INVITED)
            )
            for name, email in OUTSIDE
        ]
    return raters


def _state(group: str, is_waiting: bool) -> RaterState:
    if not is_waiting:
        return RaterState.INVITED
    return RaterState.NOMINATED if group in ANONYMOUS else RaterState.APPROVED


def _say(
    world: World, round_: FeedbackRound, raters: list[Rater], questions: list[RoundQuestion], luck: Random
) -> None:
    """What was answered, as it is after closing: without names, in an order drawn by lot."""
    said = []
    for number, rater in enumerate(raters):
        is_open = rater.group not in ANONYMOUS
        for question in questions:
            if rater.group == RaterGroup.SELF and question.kind == RoundQuestionKind.TEXT:
                continue
            answer = RoundAnswer(
                round=round_,
                question=question,
                group=rater.group,
                author_id=rater.employee_id if is_open else None,
            )
            if question.kind == RoundQuestionKind.TEXT:
                answer.text = (KEPT if question.text == KEEP else CHANGED)[number % len(KEPT)]
            else:
                answer.rating = max(1, min(5, round(luck.gauss(3.7, 0.8))))
            said.append(answer)
    luck.shuffle(said)
    for answer in said:
        world.rows.add(answer)
