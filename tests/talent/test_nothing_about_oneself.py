"""Nobody learns of a talent review what it says about themselves or about those they report to, nor from any number in it.

For each way of standing around a meeting one world is built in which three of its people are hidden from the viewer:
themselves, their manager, and whoever is above that. Then everything that talent reviews answer is asked for, for every
row there is: every route of the URLconf (one added later is asked too), what can be taken away, the audit trail, notices,
what waits for one. No answer names a hidden person or their card, and all stay the same, to the byte, when something
happens to the hidden cards and when these are not there at all.
"""

import functools
import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db.models import Q
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.checks import all_routes
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.people import exports
from hrportal.people.models import User
from talent.actions import review_board as board
from talent.actions import talent_reviews as steps
from talent.models import BoxMove, BoxPlacement, MemberDecision, MemberNote, ReviewMember, ReviewTask, TalentReview
from tests.access.routes import every_route
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.talent import TalentProfileFactory
from tests.factories.talent_reviews import (
    ReviewMemberFactory,
    ReviewSeatFactory,
    TalentReviewFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROLES = ("participant", "facilitator", "partner", "leader", "executive")
OURS = ("talent:talent_review", "talent:review_", "api:talent-reviews")
# What else tells of talent reviews. There a name may stand for another reason, an id of ours or our words may not.
ELSEWHERE = ("home:fact_list", "home:my_work", "notices:", "talent:profile_detail", "talent:profile_pdf")
# Ids that occur nowhere else, so that they can be looked for in a text.
CARDS, TASKS = 7_310_000, 8_420_000
# Who may see to a task about somebody the viewer sees: whoever is above that person, as the directory says.
OWNERS = re.compile(r"/decide/$")
OTHER_PARAMETERS = {"member": ReviewMember, "task": ReviewTask}


def make_meeting(role: str, state: str) -> SimpleNamespace:
    """A meeting with three people its viewer sees and three they may not meet."""
    unit = OrgUnitFactory()
    crown = EmployeeFactory(org_unit=unit, **_called("Hiddencrown"))
    boss = EmployeeFactory(org_unit=unit, manager=crown, **_called("Hiddenboss"))
    viewer = EmployeeFactory(org_unit=unit, manager=boss, last_name="Viewer")
    writer = EmployeeFactory(org_unit=unit, last_name="Writer")
    seen = [EmployeeFactory(org_unit=unit, last_name=f"Seen{place}", manager=viewer) for place in range(3)]
    review = TalentReviewFactory(
        org_unit=unit,
        state=state,
        owner=writer,
        facilitator=viewer if role == "facilitator" else None,
        prepared_at=timezone.now(),
        concluded_at=timezone.now() if state == "concluded" else None,
    )
    for person in {viewer, writer} if role == "participant" else {writer}:
        ReviewSeatFactory(review=review, employee=person)
    for number, person in enumerate([crown, boss, viewer, *seen]):
        _lay(review, person, writer, number)
    TalentProfileFactory(employee=seen[0])
    account = {
        "participant": lambda: make_user("manager", employee=viewer),
        "facilitator": lambda: make_user("employee", employee=viewer),
        "partner": lambda: make_user("hrbp", employee=viewer, unit=unit),
        "leader": lambda: make_user("hrleader", employee=viewer),
        "executive": lambda: make_user("executive", employee=viewer, unit=unit),
    }[role]()
    hidden = {"own": viewer, "manager": boss, "chain": crown}
    return SimpleNamespace(review=review, writer=writer, hidden=hidden, user=User.objects.get(pk=account.pk))


def _called(name: str) -> dict[str, str]:
    return {"last_name": name, "employee_number": f"HID-{name}", "work_email": f"{name.lower()}@example.com"}


def _lay(review: TalentReview, person, writer, number: int) -> None:
    member = ReviewMemberFactory(pk=CARDS + 7 * number, review=review, employee=person)
    if review.state == "preparing":
        return
    decision = {"member": member, "what": f"What of {person.last_name}", "reason": f"Why of {person.last_name}"}
    made = MemberDecision.objects.create(kind="trajectory", trajectory="up", **decision)
    ReviewTask.objects.create(
        pk=TASKS + 7 * number,
        decision=made,
        title=f"Task of {person.last_name}",
        owner=writer,
        due_on=timezone.localdate(),
    )
    if review.is_decided:
        BoxPlacement.objects.create(member=member, box=5, label="Core", rationale=f"Placed {person.last_name}")


def hidden_cards(meeting: SimpleNamespace) -> list[ReviewMember]:
    hidden = ReviewMember.objects.filter(employee__in=meeting.hidden.values())
    return list(hidden.select_related("review").order_by("pk"))


def write_notes(meeting: SimpleNamespace) -> None:
    """Before the meeting: somebody writes about the hidden ones, and their figures change."""
    for card in hidden_cards(meeting):
        MemberNote.objects.create(member=card, employee=meeting.writer, box=9, note="Words of a hidden note")
        ReviewMember.objects.filter(pk=card.pk).update(box=None, figures_box=None, potential=None)


def move_and_decide(meeting: SimpleNamespace) -> None:
    """At the table: the hidden ones are moved, talked about, read again; something more is decided about them."""
    write_notes(meeting)
    for card in hidden_cards(meeting):
        board.move_member(card, by=None, box=9, version=card.version, rationale="Words of a hidden move")
        board.discuss_member(card, by=None, is_discussed=True)
    board.take_figures(hidden_cards(meeting), by=None)
    for card in hidden_cards(meeting):
        _decide_more(card, meeting)


def decide_otherwise(meeting: SimpleNamespace) -> None:
    """After the meeting: what was decided about the hidden ones is different, and their tasks are done."""
    for card in hidden_cards(meeting):
        words = {"box": 9, "rationale": "Words of a hidden decision"}
        BoxPlacement.objects.filter(member=card).update(label="Hidden label", rested_on_stale=[], **words)
        ReviewMember.objects.filter(pk=card.pk).update(is_discussed=True, **words)
        _decide_more(card, meeting)
    ReviewTask.objects.filter(decision__member__in=hidden_cards(meeting)).update(
        state="done", note="Words of a hidden end"
    )


def _decide_more(card: ReviewMember, meeting: SimpleNamespace) -> None:
    made = MemberDecision.objects.create(member=card, kind="retention", what="Words of a hidden deed", reason="Because")
    ReviewTask.objects.create(
        decision=made, title="Words of a hidden task", owner=meeting.writer, due_on=timezone.localdate()
    )


def take_away(meeting: SimpleNamespace) -> None:
    """The hidden ones are on no list at all."""
    cards = hidden_cards(meeting)
    ReviewTask.objects.filter(decision__member__in=cards).delete()
    for rows in (MemberDecision, BoxPlacement, BoxMove, MemberNote):
        rows.objects.filter(member__in=cards).delete()
    ReviewMember.objects.filter(pk__in=[card.pk for card in cards]).delete()


class Visit:
    """Everything the viewer is answered, by address."""

    def __init__(self, meeting: SimpleNamespace) -> None:
        self.pages, self.api = Client(), APIClient()
        self.pages.force_login(meeting.user)
        self.principal = ActingPrincipal("test", frozenset(Scope.values), User.objects.get(pk=meeting.user.pk))
        self.api.force_authenticate(self.principal)
        self.queries = ["", f"review={meeting.review.pk}"]
        # Rows are asked for even when they are gone: an address answers the same then.
        self.urls = list(addresses())

    def answers(self) -> dict[str, str]:
        found = {url: self.read(name, url) for name, url in self.urls}
        for url in [url for url in found if url.endswith("/board/")]:
            found[f"{url}?view=list"] = self.read("", f"{url}?view=list")
            found[f"{url} for htmx"] = said(self.pages.get(url, headers={"HX-Request": "true"}))
        for url in [url for url in found if url.endswith("/compare/")]:
            query = "&".join(f"cards={CARDS + 7 * number}" for number in range(6))
            found[f"{url}?{query}"] = self.read("", f"{url}?{query}")
        return found | dict(self.lists())

    def read(self, name: str, url: str) -> str:
        self.pages.cookies.pop("messages", None)  # what one address says to the next page belongs to neither
        return said((self.api if name.startswith("api:") else self.pages).get(url))

    def lists(self) -> Iterator[tuple[str, str]]:
        """What can be taken away of talent reviews, as it would stand in the file."""
        for name, kind in sorted(exports._kinds.items()):
            if name.startswith("talent.review_") and kind.is_open_to(self.principal):
                for query in self.queries:
                    rows = kind.rows(self.principal, QueryDict(query))
                    yield (
                        f"list {name} {query}",
                        repr([[str(column.value(row)) for column in kind.columns()] for row in rows]),
                    )


def said(answer) -> str:
    """An answer as text, with its status and its stamp, without what is new in every answer."""
    text = b"".join(answer).decode(errors="replace") if answer.streaming else answer.content.decode(errors="replace")
    for pattern in (
        r'name="csrfmiddlewaretoken" value="\w+"',
        r'"X-CSRFToken": "\w+"',
        r'nonce="[^"]+"',
        r'"request_id": ?"[^"]*"',
        r"<code[^>]*>[0-9a-f]{16,}</code>",
        r"could read (it|them) on [^<]*",  # a document says when it was made
    ):
        text = re.sub(pattern, "", text)
    return f"{answer.status_code} {answer.get('ETag', '')} {answer.get('Location', '')}\n{text}"


def addresses() -> Iterator[tuple[str, str]]:
    """Every GET of talent reviews with every row its address may lead to, and the pages that tell of them elsewhere."""
    yield from addresses_of("GET", (*OURS, *ELSEWHERE))


@functools.cache
def names_of(method: str) -> frozenset[str]:
    """The names of every route with this method; found once, for it asks each view."""
    return frozenset(route.name for route in every_route() if route.method == method)


def addresses_of(method: str, beginnings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    asked = names_of(method)
    for _path, name, pattern in all_routes():
        if name in asked and name.startswith(beginnings):
            for parameters in arguments_of(name, list(pattern.pattern.converters)):
                yield name, reverse(name, kwargs=parameters)


def arguments_of(name: str, parameters: list[str]) -> list[dict[str, int]]:
    """Every row an address may lead to. A parameter that is new has to be said here."""
    if not parameters:
        return [{}]
    unknown = set(parameters) - {"pk", *OTHER_PARAMETERS}
    assert not unknown, f"say in test_nothing_about_oneself.py what {unknown} of {name} leads to"
    rows = [pk for model in rows_of(name) for pk in model.objects.order_by("pk").values_list("pk", flat=True)]
    other = next((each for each in parameters if each in OTHER_PARAMETERS), None)
    if other is None:
        return [{"pk": pk} for pk in rows]
    others = OTHER_PARAMETERS[other].objects.order_by("pk").values_list("pk", flat=True)
    return [{"pk": pk, other: number} for pk in rows for number in others]


def rows_of(name: str) -> list:
    from hrportal.notices.models import Notice  # noqa: PLC0415
    from talent.models import TalentProfile  # noqa: PLC0415

    beginnings = {
        "talent:talent_review": TalentReview,
        "api:talent-reviews": TalentReview,
        "talent:review_member": ReviewMember,
        "talent:review_task": ReviewTask,
        "talent:profile": TalentProfile,
        "notices:": Notice,
    }
    return [model for beginning, model in beginnings.items() if name.startswith(beginning)]


def leaks(meeting: SimpleNamespace, answers: dict[str, str]) -> list[str]:
    """Which answers name somebody hidden, their card or task. The viewer's own name is on every page."""
    elsewhere = {url for _name, url in addresses_of("GET", ELSEWHERE)}
    found = []
    for address, text in answers.items():
        for why, person in meeting.hidden.items():
            card = ReviewMember.objects.get(employee=person)
            tasks = ReviewTask.objects.filter(decision__member=card).values_list("pk", flat=True)
            words = {str(card.pk), *map(str, tasks), *(f"{each} {person.last_name}" for each in ("of", "Placed"))}
            if why != "own" and address not in elsewhere and not OWNERS.search(address):
                words |= {person.last_name, person.employee_number, person.work_email}
            # an id that one wrote into the address oneself may stand in a refusal, or in what was asked to compare
            found += [f"{address} tells of {why}: {word}" for word in words if word in text and word not in address]
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The addresses whose answers differ, each with the first word that does."""
    return [
        f"{address}: {next((pair for pair in zip(text.split(), after[address].split(), strict=False) if len({*pair}) > 1), 'longer')}"
        for address, text in before.items()
        if after.get(address, text) != text
    ]


HAPPENS = {"preparing": write_notes, "open": move_and_decide, "concluded": decide_otherwise}
# Everybody in every state takes minutes; the table at its meeting and HR after it do not.
ALWAYS = {("participant", "open")}


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("role", "state"),
    [
        pytest.param(role, state, marks=[] if (role, state) in ALWAYS else [pytest.mark.long])
        for role in ROLES
        for state in HAPPENS
        if role != "executive" or state == "concluded"
    ],
)
def test_no_answer_names_a_hidden_person_or_moves_with_them(role, state, settings, monkeypatch):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]
    monkeypatch.setattr("hrportal.common.pdf.render_pdf", lambda *document: render_to_string(*document).encode())
    meeting = make_meeting(role, state)
    visit = Visit(meeting)

    before = visit.answers()
    HAPPENS[state](meeting)
    after = visit.answers()

    assert sum(text.startswith("200") for text in before.values()) > 12
    assert leaks(meeting, before) + leaks(meeting, after) == []
    assert changed(before, after) == []
    assert not [address for address, text in after.items() if "Words of a hidden" in text]

    take_away(meeting)

    assert changed(before, visit.answers()) == []


@pytest.mark.parametrize("role", ROLES)
def test_everybody_meets_the_people_they_may_see(role):
    """The crawl would find nothing in a world where nobody sees anything."""
    meeting = make_meeting(role, "concluded")

    seen = ReviewMember.objects.visible_to(meeting.user).values_list("employee__last_name", flat=True)

    assert set(seen) == {"Seen0", "Seen1", "Seen2"}


@pytest.mark.parametrize("role", ["leader", pytest.param("participant", marks=pytest.mark.long)])
def test_a_hidden_card_is_answered_like_one_that_is_not_there_and_nothing_happens_to_it(role, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]
    meeting = make_meeting(role, "open")
    visit, facts, missing = Visit(meeting), Fact.objects.count(), 9_999_999
    hidden = {card.pk for card in hidden_cards(meeting)}
    hidden |= set(ReviewTask.objects.filter(decision__member__in=hidden).values_list("pk", flat=True))

    told = []
    for name, url in addresses_of("POST", OURS):
        number = next((pk for pk in hidden if f"/{pk}/" in url), None)
        if number is None:
            continue
        client = visit.api if name.startswith("api:") else visit.pages
        answers = [client.post(each) for each in (url, url.replace(f"/{number}/", f"/{missing}/"))]
        texts = [said(answer).replace(str(number), "").replace(str(missing), "") for answer in answers]
        if answers[0].status_code != 404 or texts[0] != texts[1]:
            told.append(f"{name} {answers[0].status_code} {texts}")

    assert told == []
    assert Fact.objects.count() == facts


def test_notices_of_a_meeting_tell_of_nobody_on_its_list(settings):
    """Steps of the meeting are told alike to somebody on its list and to somebody who is not."""
    from hrportal.notices.models import Notice  # noqa: PLC0415

    meeting = make_meeting("participant", "open")
    other = ReviewSeatFactory(review=meeting.review).employee

    steps.conclude_talent_review(meeting.review, by=None)

    told = Notice.objects.filter(Q(employee=meeting.hidden["own"]) | Q(employee=other))
    assert len({(notice.kind, str(notice.words)) for notice in told}) <= 1
    assert not Notice.objects.filter(employee__in=[meeting.hidden["manager"], meeting.hidden["chain"]]).exists()
