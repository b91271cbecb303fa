"""Trying to find out who said what in a 360 round, by every door there is, and failing (invariants 2 and 9).

The attackers are everybody who can fetch anything: the subject, the manager, their manager, HR, the administrator, other
raters, strangers, clients. What they have is what they fetch, before and after one more answer, and arithmetic.
"""

import datetime
import itertools
import re
from collections import Counter
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact, Job
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from performance import actions
from performance.actions.rounds import mind_round
from performance.enums import ANONYMOUS
from performance.models import AnswerSheet, FeedbackRound, Rater, RoundAnswer, SheetAnswer
from performance.rounds.anonymity import answers_in, holds_all, publishable, readable
from performance.rounds.results import results_for
from tests.factories.people import EmployeeFactory, make_chain, make_user
from tests.factories.performance import FeedbackRoundFactory, RaterFactory, answer_sheet

GROUPS = [str(group) for group in ANONYMOUS]
SIZES = st.dictionaries(st.sampled_from(GROUPS), st.integers(0, 9), max_size=len(GROUPS))
FEWEST = st.integers(3, 6)


class TestArithmetic:
    """Figures are sums over cells; whoever adds and subtracts them gets a union of cells, and each is large enough."""

    @given(SIZES, FEWEST)
    def test_no_difference_of_published_figures_leaves_fewer_than_promised(self, sizes, fewest):
        cells = publishable(sizes, fewest)

        for people in reachable(cells, holds_all(cells, sizes), sizes):
            assert answers_in(people, sizes) >= fewest

    @given(SIZES, FEWEST, st.sets(st.sampled_from(GROUPS)))
    def test_nor_does_it_for_somebody_who_knows_their_own_answer(self, sizes, fewest, own):
        cells = readable(publishable(sizes, fewest), sizes, fewest, own)

        for people in reachable(cells, holds_all(cells, sizes), sizes):
            assert answers_in(people, sizes) - len(people & own) >= fewest

    @given(SIZES, FEWEST, st.lists(st.sets(st.sampled_from(GROUPS)), max_size=4))
    def test_readers_who_compare_what_they_get_learn_no_more_than_was_published(self, sizes, fewest, readers):
        published = publishable(sizes, fewest)

        for own in readers:
            assert set(readable(published, sizes, fewest, own)) <= set(published)

    @given(SIZES, FEWEST)
    def test_cells_do_not_overlap_and_a_total_leaves_nothing_out(self, sizes, fewest):
        cells = publishable(sizes, fewest)
        times = Counter(group for cell in cells for group in cell)

        assert set(times.values()) <= {1}
        if holds_all(cells, sizes):
            assert sum(answers_in(cell, sizes) for cell in cells) == sum(sizes.values())
        else:
            missing = sum(sizes.values()) - sum(answers_in(cell, sizes) for cell in cells)
            assert 0 <= missing < fewest

    @pytest.mark.parametrize(
        ("sizes", "cells"),
        [
            ({"peer": 2}, []),
            ({"peer": 3}, [{"peer"}]),
            ({"peer": 3, "report": 2}, [{"peer"}]),
            ({"peer": 3, "report": 2, "external": 1}, [{"peer"}, {"report", "external"}]),
            ({"peer": 1, "report": 1}, []),
            ({"peer": 5, "report": 4}, [{"peer"}, {"report"}]),
        ],
    )
    def test_small_groups_are_shown_together_or_not_at_all(self, sizes, cells):
        assert [set(cell) for cell in publishable(sizes, 3)] == cells


def reachable(cells, has_total, sizes):
    """Every set of groups whose sum follows from the published sums: 0 or 1 times each group, by any whole factors."""
    figures = [*cells, *([frozenset(group for group in sizes if sizes[group])] if has_total else [])]
    for factors in itertools.product((-1, 0, 1), repeat=len(figures)):
        times = Counter()
        for factor, figure in zip(factors, figures, strict=True):
            for group in figure:
                times[group] += factor if sizes.get(group) else 0
        alone = {group for group, count in times.items() if count == 1}
        if alone and set(times.values()) <= {0, 1}:
            yield frozenset(alone)


@pytest.fixture
def cast(db):
    """A round that collects, and everybody who could look: one of each, with an account."""
    top, middle, subject, *_rest = make_chain(3)
    peers, reports = EmployeeFactory.create_batch(4), EmployeeFactory.create_batch(3, manager=subject)
    round_ = FeedbackRoundFactory(subject=subject, state="collecting")
    for group, people in (("peer", peers), ("report", reports), ("skip_level", [top])):
        for person in people:
            RaterFactory(round=round_, group=group, employee=person)
    RaterFactory.create_batch(3, round=round_, group="external")
    users = {
        "subject": make_user(employee=subject),
        "manager": make_user(employee=middle),
        "top": make_user(employee=top),
        "peer": make_user(employee=peers[0]),
        "report": make_user(employee=reports[0]),
        "leader": make_user(Role.HR_LEADER),
        "partner": make_user(Role.HRBP),
        "admin": make_user(Role.ADMIN),
        "stranger": make_user(),
    }
    return round_, users


PAGES = [
    "/",
    "/performance/rounds/?show=to_answer",
    "/performance/rounds/?show=own",
    "/performance/rounds/?show=team",
    "/performance/rounds/?show=all&state=collecting",
    "/performance/rounds/{round}/",
    "/performance/rounds/{round}/results.csv",
    "/performance/rounds/{round}/results.xlsx",
    "/performance/rounds/answers/{answered}/",
    "/performance/feedback/",
    "/people/{subject}/",
    "/audit/",
    "/notices/",
]
RESOURCES = [
    "feedback-rounds/",
    "feedback-rounds/?state=collecting",
    "feedback-rounds/?state=closed,shared",
    "feedback-rounds/{round}/",
    "feedback-rounds/{round}/results/",
    "feedback-round-answers/",
    "feedback-round-answers/?state=handed_in",
    "feedback-round-answers/{answered}/",
    "feedback/",
    "jobs/",
    "changes/",
]
MOVING = [
    (rb'name="csrfmiddlewaretoken" value="[^"]*"', b""),
    (rb'"X-CSRFToken": "[^"]*"', b""),
    (rb'"(request_id|instance)":"[^"]*"', b""),
    (rb"nonce-[\w+/=-]+", b""),
]


def everything(round_, users, answered) -> dict[str, bytes]:
    """All that everybody can fetch now, through pages and API, each in any order they may ask for."""
    words = {"round": round_.pk, "answered": answered.pk, "subject": round_.subject_id}
    seen = {}
    for name, user in users.items():
        browser, caller = Client(), APIClient()
        browser.force_login(user)
        caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), type(user).objects.get(pk=user.pk)))
        for path in PAGES:
            seen[f"{name} {path}"] = still(browser.get(path.format(**words)))
        for path in RESOURCES:
            seen[f"{name} api {path}"] = still(caller.get(f"/api/v1/{path.format(**words)}"))
    alone = APIClient()
    alone.force_authenticate(ClientPrincipal("alone", frozenset(Scope.values)))
    for path in RESOURCES:
        seen[f"client {path}"] = still(alone.get(f"/api/v1/{path.format(**words)}"))
    return seen


def still(answer) -> bytes:
    """An answer without what differs from one request to the next."""
    content = answer.content
    for pattern, nothing in MOVING:
        content = re.sub(pattern, nothing, content)
    return str(answer.status_code).encode() + content


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return [name for name in before if before[name] != after[name]]


def writes_and_hands_in(rater: Rater) -> None:
    """As a rater does it: saves twice, hands in."""
    sheet = AnswerSheet.objects.select_related("rater__round").get(rater=rater)
    rating, _second, text = rater.round.template.questions.all()
    sheet = actions.save_answers(sheet, version=1, answers={rating.pk: {"rating": 2}})
    sheet = actions.save_answers(sheet, version=2, answers={text.pk: {"text": "Never lets me finish a sentence."}})
    actions.hand_in_answers(sheet)


@pytest.mark.django_db
@pytest.mark.one_database
class TestWhileAnswersComeIn:
    @pytest.mark.parametrize("already", [0, 2])  # the first answer, and the one that makes it enough
    def test_nothing_anybody_can_fetch_changes_when_one_more_answer_comes_in(
        self, cast, already, deliver_events, settings
    ):
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]
        round_, users = cast
        *earlier, last = round_.raters.filter(group="peer", employee__user=None)[: already + 1]
        for rater in earlier:
            answer_sheet(rater)
        deliver_events()
        before = everything(round_, users, last)

        writes_and_hands_in(last)
        deliver_events()

        assert before["manager /performance/rounds/{round}/"].startswith(b"200")
        assert differences(before, everything(round_, users, last)) == []

    def test_nor_when_somebody_declines(self, cast, deliver_events, settings):
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]
        round_, users = cast
        last = round_.raters.filter(group="peer").last()
        before = everything(round_, users, last)

        actions.decline_to_answer(AnswerSheet.objects.select_related("rater__round").get(rater=last))
        deliver_events()

        assert differences(before, everything(round_, users, last)) == []

    def test_the_journal_hears_nothing_of_an_answer(self, cast):
        round_, _users = cast
        facts, notices, jobs = Fact.objects.count(), Notice.objects.count(), Job.objects.count()

        writes_and_hands_in(round_.raters.filter(group="peer").last())

        assert (Fact.objects.count(), Notice.objects.count(), Job.objects.count()) == (facts, notices, jobs)

    def test_nobody_but_the_rater_reads_a_sheet_whatever_their_rights(self, cast):
        round_, users = cast
        rater = round_.raters.get(employee=users["peer"].employee)
        answer_sheet(rater)

        readers = {name for name, user in users.items() if AnswerSheet.objects.visible_to(user).filter(rater=rater)}

        assert readers == {"peer"}

    def test_enough_is_told_once_a_day_and_only_to_those_who_run_the_round(self, cast):
        round_, users = cast
        raters = round_.raters.filter(group="peer")
        for rater in raters[:3]:
            answer_sheet(rater)
        shown = self.progress(round_, users["manager"])
        assert not any(group["is_enough"] for group in shown)

        mind_round(round_)
        assert [group["group"] for group in self.progress(round_, users["manager"]) if group["is_enough"]] == ["peer"]
        before = self.progress(round_, users["manager"])
        answer_sheet(raters[3])
        mind_round(round_)

        assert self.progress(round_, users["manager"]) == before
        assert {tuple(group) for group in before} == {("group", "asked", "is_enough")}
        assert self.progress(round_, users["subject"]) == []

    @staticmethod
    def progress(round_, user):
        caller = APIClient()
        caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), type(user).objects.get(pk=user.pk)))
        return caller.get(f"/api/v1/feedback-rounds/{round_.pk}/").json()["progress"]

    def test_reminding_says_the_same_whoever_is_missing(self, cast, client):
        round_, users = cast
        client.force_login(users["manager"])
        url = reverse("performance:round_remind", args=[round_.pk])
        first = client.post(url, follow=True)
        facts = [(fact.topic, fact.data) for fact in Fact.objects.all()]
        for rater in round_.raters.all():
            answer_sheet(rater)

        second = client.post(url, follow=True)

        assert still(first) == still(second)
        assert facts == [("performance.raters_reminded", {})]

    @pytest.mark.parametrize(
        "query", ["?ordering=sheet", "?raters__sheet__state=handed_in", "?answered=true", "?modified_after=2026-01-01"]
    )
    def test_the_api_has_no_filter_or_order_that_would_tell(self, cast, query):
        caller = APIClient()
        caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), cast[1]["leader"]))

        assert caller.get(f"/api/v1/feedback-rounds/{query}").status_code == 400


@pytest.fixture
def closed(cast):
    """The round after closing: four peers, two of three reports, one above, two of three outside, self and manager."""
    round_, users = cast
    answering = [
        *round_.raters.filter(group__in=["self", "manager", "skip_level", "peer"]),
        *round_.raters.filter(group="report")[:2],
        *round_.raters.filter(group="external")[:2],
    ]
    for number, rater in enumerate(answering):
        answer_sheet(rater, rating=number % 5 + 1, text=f"Text {rater.pk}")
    FeedbackRound.objects.update(due_on=timezone.localdate() - datetime.timedelta(days=1))
    mind_round(round_)
    round_.refresh_from_db()
    return round_, users


@pytest.mark.django_db
class TestOnceItIsClosed:
    def test_no_row_links_a_person_to_an_answer_or_says_when(self, closed):
        round_, _users = closed

        assert not AnswerSheet.objects.exists()
        assert not SheetAnswer.objects.exists()
        assert not RoundAnswer.objects.filter(group__in=GROUPS).exclude(author=None).exists()
        columns = {field.name for field in RoundAnswer._meta.get_fields()}
        assert columns == {"id", "round", "question", "group", "author", "rating", "text"}
        assert {field.name for field in Rater._meta.concrete_fields} == {
            "id",
            "round",
            "group",
            "employee",
            "name",
            "email",
            "state",
            "link_number",
        }
        assert set(round_.raters.values_list("state", flat=True)) == {"invited"}

    def test_the_order_of_ids_is_drawn_by_lot(self, cast, monkeypatch):
        round_, _users = cast
        for number, rater in enumerate(round_.raters.all()):
            answer_sheet(rater, text=f"{number}")
        drawn = []
        monkeypatch.setattr(
            "performance.actions.rounds.SystemRandom.shuffle",
            lambda self, rows: (drawn.append(len(rows)), rows.reverse())[0],
        )
        FeedbackRound.objects.update(due_on=timezone.localdate() - datetime.timedelta(days=1))
        mind_round(round_)

        texts = list(RoundAnswer.objects.exclude(text="").order_by("pk").values_list("text", flat=True))
        assert drawn == [RoundAnswer.objects.count()]
        assert texts == sorted(texts, key=int, reverse=True)

    def test_small_groups_show_neither_figure_nor_number_nor_text_of_their_own(self, closed):
        round_, users = closed
        results = results_for(users["leader"], round_)

        shown = {(figure.key, figure.count) for result in results.questions for figure in result.figures}
        texts = {group.key: group.texts for result in results.questions for group in result.texts}
        assert shown == {("self", 1), ("manager", 1), ("peer", 4), ("others", 5), ("total", 9)}
        assert set(texts) == {"self", "manager", "peer", "others"}
        assert len(texts["others"]) == 5

    def test_a_question_few_answered_is_kept_where_the_others_are_shown(self, cast):
        round_, users = cast
        rating, second, _text = round_.template.questions.all()
        for number, rater in enumerate(round_.raters.filter(group="peer")):
            answer_sheet(rater)
            if number < 2:
                SheetAnswer.objects.filter(sheet__rater=rater, question=second).update(rating=None)
        FeedbackRound.objects.update(due_on=timezone.localdate() - datetime.timedelta(days=1))
        mind_round(round_)
        round_.refresh_from_db()

        results = {result.question: result for result in results_for(users["leader"], round_).questions}

        assert [figure.key for figure in results[rating].figures] == ["peer", "total"]
        assert (results[second].figures, results[second].is_partly_kept) == ([], True)

    def test_a_competency_is_summed_from_published_figures_only(self, cast):
        round_, users = cast
        rating, second, _text = round_.template.questions.all()
        second.competency = rating.competency
        second.save()
        for number, rater in enumerate(round_.raters.filter(group="peer")):
            answer_sheet(rater, rating=5)
            kept = SheetAnswer.objects.filter(sheet__rater=rater, question=second)
            kept.update(rating=None if number < 2 else 1)
        FeedbackRound.objects.update(due_on=timezone.localdate() - datetime.timedelta(days=1))
        mind_round(round_)
        round_.refresh_from_db()

        (together,) = results_for(users["leader"], round_).competencies

        assert {figure.key: figure.mean for figure in together.figures} == {"peer": Decimal(5), "total": Decimal(5)}

    def test_who_was_asked_gets_less_and_never_something_else(self, cast):
        round_, users = cast
        partner = users["leader"]
        RaterFactory(round=round_, group="report", employee=partner.employee)
        for rater in [
            *round_.raters.filter(group="peer"),
            *round_.raters.filter(group="report").order_by("-pk")[:3],
        ]:
            answer_sheet(rater)
        FeedbackRound.objects.update(due_on=timezone.localdate() - datetime.timedelta(days=1))
        mind_round(round_)
        round_.refresh_from_db()

        own, others = (keys_for(user, round_) for user in (partner, users["manager"]))

        assert others == {"peer", "report", "total"}
        assert own == {"peer"}

    def test_page_export_and_api_show_one_and_the_same(self, closed, client):
        round_, users = closed
        client.force_login(users["leader"])
        page = client.get(reverse("performance:round_detail", args=[round_.pk])).content.decode()
        lines = client.get(reverse("performance:round_export", args=[round_.pk, "csv"])).content.decode()
        caller = APIClient()
        caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), users["leader"]))
        api = caller.get(f"/api/v1/feedback-rounds/{round_.pk}/results/").json()

        assert [result["question"]["text"] for result in api["questions"]] == [
            "Listens",
            "Decides",
            "What should stay?",
        ]
        figures = [(figure["mean"], figure["count"]) for result in api["questions"] for figure in result["figures"]]
        assert [tuple(line.split(",")[3:5]) for line in lines.splitlines() if re.search(r",\d+,\d\.\d,", line)] == [
            (str(count), mean) for mean, count in figures
        ]
        for secret in ("skip_level", "Managers above the manager", "People outside the company", "Reports"):
            assert secret not in lines
            assert secret not in page
        assert not any(
            person.employee and person.employee.name in page for person in round_.raters.filter(group="peer")
        )

    def test_no_text_of_a_rater_meets_the_journal_or_a_notice(self, closed, deliver_events):
        round_, users = closed
        actions.share_round(round_, by=users["manager"])
        deliver_events()

        said = " ".join(
            [
                *map(str, Fact.objects.values_list("data", flat=True)),
                *map(str, Notice.objects.values_list("words", flat=True)),
            ]
        )

        assert "Text" not in said
        assert not Fact.objects.filter(subject_type__in=["performance.answersheet", "performance.roundanswer"]).exists()
        assert not re.search(
            r"\d",
            " ".join(notice.title for notice in Notice.objects.all())
            .replace("360", "")
            .replace(round_.subject.name, ""),
        )

    def test_results_do_not_move_any_more(self, closed):
        round_, users = closed
        before = results_for(users["leader"], round_)
        for step in (
            lambda: actions.begin_collecting(round_, by=None),
            lambda: actions.close_round(round_, by=None),
            lambda: actions.nominate_raters(round_, by=None, group="peer", people=[EmployeeFactory()]),
            lambda: actions.edit_round(round_, by=None, due_on=timezone.localdate() + datetime.timedelta(days=9)),
            lambda: actions.withdraw_round(round_, by=None, reason="Again"),
            lambda: actions.renew_link(round_.raters.filter(group="external").first(), by=None),
        ):
            with pytest.raises(ActionError):
                step()

        assert results_for(users["leader"], round_) == before


def keys_for(user, round_) -> set[str]:
    """The keys of all figures somebody is shown."""
    results = results_for(type(user).objects.get(pk=user.pk), round_)
    return {figure.key for result in results.questions for figure in result.figures}


@pytest.mark.django_db
def test_the_change_feed_says_nothing_of_rounds(cast, deliver_events):
    round_, users = cast
    actions.remind_raters(round_, by=users["manager"])
    deliver_events()
    call_command("verify_journal", verbosity=0)
    alone = APIClient()
    alone.force_authenticate(ClientPrincipal("alone", frozenset(Scope.values)))

    topics = {change["topic"] for change in alone.get("/api/v1/changes/").json()["results"]}

    assert Fact.objects.filter(topic="performance.raters_reminded").exists()
    assert not any("round" in topic or "rater" in topic for topic in topics)
