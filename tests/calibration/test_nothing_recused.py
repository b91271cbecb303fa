"""Nobody at a table ever receives a row they are recused from, nor a number that has it in it.

For each place at a table one world is built in which six people are hidden from its viewer: themselves, their manager,
whoever is above that, and three about whom a conflict is declared: in this session, in the one above, in the one below.
Then everything that calibration answers is asked for, for every row there is: every route of the URLconf (a route added
later is asked too), the lists that can be taken away, the audit trail, what waits for one.

Two questions are put to the answers. Does any of them name a hidden person, or the id of their card or review? And do
they stay the same, to the byte, when something happens to the hidden cards, or when these are not there at all?
"""

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import NoReverseMatch, reverse
from rest_framework.test import APIClient

from calibration.actions import lock_session, mark_discussed, move_card, open_pre_read, open_session, put_on_agenda
from calibration.models import (
    CalibrationSession,
    Card,
    CardMove,
    Decision,
    HandOver,
    ManagerEvidence,
    PreReadAnswer,
    Recusal,
    Suggestion,
)
from hrportal.common.checks import all_routes
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.people import exports
from hrportal.people.models import User
from performance.models import Answer, Review, ReviewCycle, TemplateQuestion
from tests.access.parameters import KINDS
from tests.access.routes import every_route
from tests.factories.calibration import ParticipantFactory, SessionFactory, submitted_review
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewCycleFactory, part_of, rating_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROLES = ("participant", "facilitator", "partner", "leader")
# What else tells of calibration: the audit trail and what waits for somebody. There a name may stand for another reason.
ELSEWHERE = ("home:fact_list", "home:my_work")
# Ids that occur nowhere else, so that they can be looked for in a text.
REVIEWS, CARDS = 7_310_000, 8_420_000
# What a route's `pk` leads to, by the names of tests/access/parameters.py. None is something that exists only after a
# review is completed, which is after the table: a page of HR's work, read by the rights to reviews and profiles.
ROWS = {
    "session": CalibrationSession,
    "card": Card,
    "calibrated_review": Review,
    "calibrated_cycle": ReviewCycle,
    "decision": Decision,
    "recusal": Recusal,
    "finding": ManagerEvidence,
    "suggestion": Suggestion,
    "handover": HandOver,
    "rating": None,
    "skill": None,
    "readiness_audit": None,
    "readiness_audit_of_client": None,
    "reconciliation": None,
    "difference": None,
}
EVIDENCE = {
    "calibration:finding": "finding",
    "calibration:suggestion": "suggestion",
    "api:calibration-evidence": "finding",
    "api:calibration-suggestions": "suggestion",
}


def make_table(role: str) -> SimpleNamespace:
    """A session with one under it, being prepared, and everybody around it; `hidden` is what its viewer may not meet."""
    unit, cycle = OrgUnitFactory(), ReviewCycleFactory(state="calibration")
    top = EmployeeFactory(
        org_unit=unit, last_name="Hiddentop", employee_number="HID-TOP", work_email="hid.top@example.com"
    )
    boss = EmployeeFactory(
        org_unit=unit,
        manager=top,
        last_name="Hiddenboss",
        employee_number="HID-BOSS",
        work_email="hid.boss@example.com",
    )
    viewer = EmployeeFactory(org_unit=unit, manager=boss, last_name="Viewer")
    conflicts = [
        EmployeeFactory(
            org_unit=unit,
            last_name=f"Hidden{name}",
            employee_number=f"HID-{name}",
            work_email=f"hid.{name}@example.com",
        )
        for name in ("here", "above", "below")
    ]
    writer = EmployeeFactory(org_unit=unit, last_name="Writer")
    seen = [EmployeeFactory(org_unit=unit, last_name=f"Seen{place}", manager=writer) for place in range(3)]
    leads = viewer if role == "facilitator" else EmployeeFactory(last_name="Leads")
    above = SessionFactory(name="The table", cycle=cycle, org_unit=unit, facilitator=leads)
    below = SessionFactory(name="The small table", cycle=cycle, org_unit=unit, facilitator=leads, parent=above)
    for table in (above, below):
        for person in {writer, viewer} if role == "participant" else {writer}:
            ParticipantFactory(session=table, employee=person)
    here, over, under = conflicts
    lying = {above: [top, here, over, seen[0]], below: [viewer, boss, under, seen[1], seen[2]]}
    reviewers = {viewer: boss, boss: top}
    for table, people in lying.items():
        for person in people:
            _lay(table, person, reviewers.get(person, writer))
    # In the session the card lies in, in the one under it, in the one above it.
    for table, about in ((above, here), (below, over), (above, under)):
        Recusal.objects.create(session=table, employee=viewer, about=about, reason="Family")
    account = {
        "participant": lambda: make_user("manager", employee=viewer),
        "facilitator": lambda: make_user("employee", employee=viewer),
        "partner": lambda: make_user("hrbp", employee=viewer, unit=unit),
        "leader": lambda: make_user("hrleader", employee=viewer),
    }[role]()
    hidden = {"own": viewer, "manager": boss, "chain": top, "here": here, "above": over, "below": under}
    return SimpleNamespace(
        above=above, below=below, viewer=viewer, writer=writer, hidden=hidden, user=User.objects.get(pk=account.pk)
    )


def _lay(table: CalibrationSession, person, reviewer) -> None:
    number = Card.objects.count()
    cycle = table.cycle
    review = submitted_review(
        cycle, 3, pk=REVIEWS + 7 * number, employee=person, reviewer=reviewer, org_unit=person.org_unit
    )
    question = TemplateQuestion.objects.filter(section__template=cycle.template).first()
    Answer.objects.create(part=part_of(review), question=question, text=f"Words about {person.last_name}")
    rating = rating_of(cycle, 3)
    Card.objects.create(pk=CARDS + 7 * number, session=table, review=review, proposed_rating=rating, rating=rating)


def hidden_cards(table: SimpleNamespace) -> list[Card]:
    return list(
        Card.objects.filter(review__employee__in=table.hidden.values())
        .select_related("session", "review__cycle")
        .order_by("pk")
    )


def ask_the_table(table: SimpleNamespace) -> None:
    for each in (table.above, table.below):
        open_pre_read(each, by=None)


def open_the_table(table: SimpleNamespace) -> None:
    ask_the_table(table)
    for each in (table.below, table.above):
        each.refresh_from_db()
        open_session(each, by=None)


def lock_the_table(table: SimpleNamespace) -> None:
    open_the_table(table)
    for each in (table.below, table.above):
        each.refresh_from_db()
        if each.state == "open":
            lock_session(each, by=None)


BEGINNINGS = {"asked": ask_the_table, "open": open_the_table, "locked": lock_the_table}


def answer_and_plan(table: SimpleNamespace) -> None:
    """Before the meeting: others say what they think of the hidden ones, and put them on the agenda."""
    for card in hidden_cards(table):
        PreReadAnswer.objects.create(
            card=card,
            employee=table.writer,
            answer="question",
            note="Words of a hidden answer",
            about_rating_id=card.proposed_rating_id,
        )
        put_on_agenda(card, by=None, note="Words of a hidden note")


def move_and_discuss(table: SimpleNamespace) -> None:
    """At the table: the hidden ones are moved, talked about, put on the agenda."""
    answer_and_plan(table)
    for card in hidden_cards(table):
        move_card(
            card,
            by=None,
            rating=rating_of(card.review.cycle, 5),
            version=card.version,
            rationale="Words of a hidden move",
            reason="results",
        )
        mark_discussed(card, by=None, is_discussed=True)


def decide_otherwise(table: SimpleNamespace) -> None:
    """After the lock: what was decided about the hidden ones is different, and they are further on."""
    cards = hidden_cards(table)
    five = rating_of(table.above.cycle, 5)
    reviews = [card.review_id for card in cards]
    Decision.objects.filter(review__in=reviews).update(rating=five, rationale="Words of a hidden decision")
    Card.objects.filter(pk__in=[card.pk for card in cards]).update(rating=five, rationale="Words of a hidden decision")
    CardMove.objects.bulk_create(CardMove(card=card, from_rating=card.rating, to_rating=five) for card in cards)


def take_away(table: SimpleNamespace) -> None:
    """The hidden ones are on no board at all."""
    PreReadAnswer.objects.filter(card__in=hidden_cards(table)).delete()
    CardMove.objects.filter(card__in=hidden_cards(table)).delete()
    Decision.objects.filter(review__employee__in=table.hidden.values()).delete()
    Card.objects.filter(review__employee__in=table.hidden.values()).delete()


class Visit:
    """Everything the viewer is answered, by address."""

    def __init__(self, table: SimpleNamespace) -> None:
        self.pages, self.api = Client(), APIClient()
        self.pages.force_login(table.user)
        self.table = table
        self.principal = ActingPrincipal("test", frozenset(Scope.values), User.objects.get(pk=table.user.pk))
        self.api.force_authenticate(self.principal)

    def answers(self) -> dict[str, str]:
        found = {url: self.read(name, url) for name, url in addresses()}
        for address in [found_url for found_url in found if "/board/" in found_url]:
            for view in ("list", "distribution", "managers"):
                found[f"{address}?view={view}"] = self.read("", f"{address}?view={view}")
            found[f"{address} for htmx"] = said(self.pages.get(address, headers={"HX-Request": "true"}))
        return found | {f"list {name}": text for name, text in self.lists()}

    def read(self, name: str, url: str) -> str:
        self.pages.cookies.pop("messages", None)  # what one address says to the next page belongs to neither
        return said((self.api if name.startswith("api:") else self.pages).get(url))

    def lists(self) -> Iterator[tuple[str, str]]:
        """What can be taken away of calibration, as it would stand in the file."""
        for name, kind in sorted(exports._kinds.items()):
            if name.startswith("calibration.") and kind.is_open_to(self.principal):
                rows = [
                    [str(column.value(row)) for column in kind.columns()]
                    for row in kind.rows(self.principal, QueryDict())
                ]
                yield name, repr(rows)


def said(answer) -> str:
    """An answer as text, with its status and its stamp, without what is new in every answer."""
    text = b"".join(answer).decode(errors="replace") if answer.streaming else answer.content.decode(errors="replace")
    for pattern in (
        r'name="csrfmiddlewaretoken" value="\w+"',
        r'"X-CSRFToken": "\w+"',
        r'nonce="[^"]+"',
        r'"request_id": ?"[^"]*"',
        r"<code[^>]*>[0-9a-f]{16,}</code>",
    ):
        text = re.sub(pattern, "", text)
    return f"{answer.status_code} {answer.get('ETag', '')} {answer.get('Location', '')}\n{text}"


def addresses() -> Iterator[tuple[str, str]]:
    """Every GET of calibration with every row its address may lead to, and the pages that tell of it elsewhere."""
    readable = {route.name for route in every_route() if route.method == "GET"}
    for _path, name, pattern in all_routes():
        if name not in readable or not name.startswith(("calibration:", "api:calibration", *ELSEWHERE)):
            continue
        parameters = list(pattern.pattern.converters)
        if not parameters:
            yield name, reverse(name)
        for row in rows_of(name) if parameters else []:
            for rest in others(parameters, row):
                yield name, reverse(name, kwargs={"pk": row, **rest})


def others(parameters: list[str], session: int) -> list[dict[str, int]]:
    """Parameters beside `pk`. A new one has to be said here."""
    unknown = set(parameters) - {"pk", "card", "file_format", "list_name"}
    assert not unknown, f"say in test_nothing_recused.py what {unknown} leads to"
    if "card" in parameters:
        return [{"card": pk} for pk in Card.objects.filter(session=session).values_list("pk", flat=True)]
    return [{}]


def rows_of(name: str) -> list[int]:
    kinds = EVIDENCE | KINDS
    beginnings = [beginning for beginning in kinds if name.startswith(beginning)]
    kind = kinds[max(beginnings, key=len)]
    assert kind in ROWS, f"say in test_nothing_recused.py what rows {kind} ({name}) are"
    rows = ROWS[kind]
    return list(rows.objects.order_by("pk").values_list("pk", flat=True)) if rows else []


def forbidden(table: SimpleNamespace) -> dict[str, set[str]]:
    """What may not stand in an answer, by person: what they are called, and the ids of their card and review.

    The viewer's own name is on every page; those about whom they declared a conflict stand in their own declarations.
    """
    words = {}
    for why, person in table.hidden.items():
        card = Card.objects.get(review__employee=person)
        ids = {str(card.pk), str(card.review_id), f"Words about {person.last_name}"}
        called = {person.last_name, person.employee_number, person.work_email} if why != "own" else set()
        words[why] = ids | called
    return words


# Where HR completes a review that was in no session: a page about the review, read by the right to it.
UNCALIBRATED = re.compile(r"/reviews/\d+/complete-uncalibrated/$")
OWN_DECLARATIONS = re.compile(r"/recusals/|/calibration-recusals/|/sessions/\d+/$")


def leaks(table: SimpleNamespace, answers: dict[str, str]) -> list[str]:
    found = []
    elsewhere = {reverse(name) for name in ELSEWHERE}
    for address, text in answers.items():
        for why, words in forbidden(table).items():
            if address in elsewhere or UNCALIBRATED.search(address):
                continue
            ids = {word for word in words if word.isdecimal() or word.startswith("Words")}
            declared = why in ("here", "above", "below") and OWN_DECLARATIONS.search(address)
            for word in ids if declared else words:
                # an id that one wrote into the address oneself may stand in a refusal
                if word in text and not (word in address and not text.startswith("200")):
                    found.append(f"{address} tells of {why}: {word}")
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The addresses whose answers differ, each with the first line that does. What is gone with a row is asked no more."""
    return [
        f"{address}: {next((pair for pair in zip(text.split(), after[address].split(), strict=False) if len({*pair}) > 1), 'longer')}"
        for address, text in before.items()
        if after.get(address, text) != text
    ]


# Every place at the table in every state of it takes minutes; each place and each state once does not.
ALWAYS = {("participant", "asked")}


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("role", "state"),
    [
        pytest.param(role, state, marks=[] if (role, state) in ALWAYS else [pytest.mark.long])
        for role in ROLES
        for state in BEGINNINGS
    ],
)
def test_no_answer_names_a_hidden_person_or_moves_with_them(role, state, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]
    table = make_table(role)
    BEGINNINGS[state](table)
    happens = {"asked": answer_and_plan, "open": move_and_discuss, "locked": decide_otherwise}[state]
    visit = Visit(table)

    before = visit.answers()
    happens(table)
    after = visit.answers()

    assert sum(text.startswith("200") for text in before.values()) > 15
    assert leaks(table, before) + leaks(table, after) == []
    assert changed(before, after) == []
    assert not [address for address, text in after.items() if "Words of a hidden" in text]

    take_away(table)

    assert changed(before, visit.answers()) == []


@pytest.mark.parametrize("role", ROLES)
def test_everybody_meets_the_cards_they_may_see(role):
    """The crawl would find nothing in a world where nobody sees anything."""
    table = make_table(role)
    open_the_table(table)

    seen = {
        card.review.employee.last_name
        for card in Card.objects.visible_to(table.user).select_related("review__employee")
    }

    assert seen == {"Seen0", "Seen1", "Seen2"}


@pytest.mark.parametrize("role", ROLES)
def test_a_hidden_card_is_answered_like_one_that_is_not_there_and_nothing_happens_to_it(role, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]
    table = make_table(role)
    open_the_table(table)
    visit = Visit(table)
    facts, missing = Fact.objects.count(), 9_999_999

    told = []
    for name, at, card in deeds():
        for hidden in hidden_cards(table):
            client = visit.api if name.startswith("api:") else visit.pages
            answers = [client.post(address_of(name, at, card, hidden.session_id, pk)) for pk in (hidden.pk, missing)]
            texts = [said(answer).replace(str(hidden.pk), "").replace(str(missing), "") for answer in answers]
            if answers[0].status_code != 404 or texts[0] != texts[1]:
                told.append(f"{name} {answers[0].status_code} {texts}")

    assert told == []
    assert Fact.objects.count() == facts


def deeds() -> Iterator[tuple[str, str, str]]:
    """Every POST whose address names a card."""
    writes = {route.name for route in every_route() if route.method == "POST"}
    for _path, name, pattern in all_routes():
        parameters = pattern.pattern.converters
        if name not in writes or not name.startswith(("calibration:", "api:calibration")):
            continue
        if "card" in parameters:
            yield name, "pk", "card"
        elif "pk" in parameters and name.startswith("calibration:card"):
            yield name, "", "pk"


def address_of(name: str, at: str, card: str, session: int, number: int) -> str:
    found = {card: number} | ({at: session} if at else {})
    try:
        return reverse(name, kwargs=found)
    except NoReverseMatch as error:
        raise AssertionError(f"say in test_nothing_recused.py what {name} takes") from error
