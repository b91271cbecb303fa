"""Nothing that was written is ever lost: it is in the part, in something that grew from it, or among its earlier versions."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hrportal.common.actions import StaleVersion
from performance import actions
from performance.enums import Side, VersionCause
from performance.models import PartVersion
from tests.factories.people import CompetencyFactory, EmployeeFactory, make_user
from tests.factories.performance import ReviewFactory, everything_written, part_of, required_question


def save(review, text, *, by=None, **changes):
    part = part_of(review)
    question = required_question(review.cycle).pk
    return actions.save_part(part, by=by, version=part.version, changes={"answers": {question: text}, **changes})


def kept_texts(review):
    question = str(required_question(review.cycle).pk)
    versions = PartVersion.objects.filter(part__review=review).order_by("pk")
    return [(kept.cause, kept.content["answers"].get(question)) for kept in versions]


@pytest.mark.django_db
class TestVersions:
    def test_a_text_that_grows_keeps_nothing(self):
        review = ReviewFactory()
        for text in ("Good", "Good year", "A Good year, really"):
            save(review, text)

        assert kept_texts(review) == []

    def test_what_a_save_takes_away_is_kept_before_it_goes(self):
        review = ReviewFactory()
        save(review, "A long and careful text")

        save(review, "Short")

        assert kept_texts(review) == [(VersionCause.REPLACED, "A long and careful text")]

    def test_another_author_begins_with_the_text_of_the_first_kept_under_their_name(self):
        review = ReviewFactory()
        first, second = make_user(employee=review.reviewer), make_user()
        save(review, "First", by=first)

        save(review, "First and second", by=second)

        assert PartVersion.objects.get().author == first.employee
        assert part_of(review).author == second.employee

    def test_minutes_later_a_state_is_kept_though_it_only_grew(self):
        review = ReviewFactory()
        part = save(review, "Before lunch")
        part.saved_at = timezone.now() - datetime.timedelta(minutes=6)
        part.save()

        save(review, "Before lunch and after")

        assert kept_texts(review) == [(VersionCause.SAVED, "Before lunch")]

    def test_handing_in_and_sending_back_keep_it_once(self):
        review = ReviewFactory()
        part = part_of(review)
        actions.save_part(part, by=None, version=1, changes=everything_written(review))

        review = actions.submit_review(review, by=None)
        actions.return_review(review, by=None, reason="More, please")

        assert kept_texts(review) == [(VersionCause.SUBMITTED, "A good year.")]

    def test_an_earlier_version_comes_back_and_what_it_replaces_is_kept(self):
        review, competency = ReviewFactory(), CompetencyFactory()
        need = {"competency": competency.pk, "description": "Delegate"}
        save(review, "The first draft", development_needs=[need])
        save(review, "Nonsense", development_needs=[])
        part = part_of(review)

        actions.restore_version(part, PartVersion.objects.get(), by=None, version=part.version)

        content = actions.content_of(part_of(review))
        assert list(content["answers"].values()) == ["The first draft"]
        assert content["development_needs"] == [need]
        assert [text for _cause, text in kept_texts(review)] == ["The first draft", "Nonsense"]

    def test_starting_afresh_empties_the_part_and_keeps_it(self):
        review, successor = ReviewFactory(), EmployeeFactory()
        save(review, "Written by the first", by=make_user(employee=review.reviewer))
        actions.reassign_review(review, to=successor, by=None, reason="Gone")
        part = part_of(review)

        actions.start_afresh(part, by=make_user(employee=successor), version=part.version)

        assert list(actions.content_of(part_of(review))["answers"].values()) == [""]
        assert kept_texts(review) == [(VersionCause.MOVED, "Written by the first")]

    def test_ratings_without_a_word_are_kept_when_somebody_starts_afresh(self):
        review = ReviewFactory()
        level = review.cycle.scale.levels.first()
        part = part_of(review)
        part = actions.save_part(part, by=None, version=part.version, changes={"overall_rating": level.pk})

        actions.start_afresh(part, by=None, version=part.version)

        assert part_of(review).overall_rating is None
        assert PartVersion.objects.get().content["overall_rating"] == level.pk

    def test_a_form_that_asks_for_no_needs_is_started_afresh_and_brought_back(self):
        review = ReviewFactory()
        review.cycle.template.sections.filter(kind="development").delete()
        part = save(review, "The first draft")

        part = actions.start_afresh(part, by=None, version=part.version)
        actions.restore_version(part, PartVersion.objects.get(), by=None, version=part.version)

        assert list(actions.content_of(part_of(review))["answers"].values()) == ["The first draft"]

    def test_a_stale_tab_brings_nothing_back(self):
        review = ReviewFactory()
        save(review, "One")
        save(review, "Two")

        with pytest.raises(StaleVersion):
            actions.restore_version(part_of(review), PartVersion.objects.get(), by=None, version=1)

        assert list(actions.content_of(part_of(review))["answers"].values()) == ["Two"]

    def test_drafts_of_a_self_assessment_are_the_writers_own(self):
        review = ReviewFactory(state="self_assessment")
        part = part_of(review, Side.SELF)
        question = required_question(review.cycle).pk
        for text in ("Too honest", "Polite"):
            part = actions.save_part(part, by=None, version=part.version, changes={"answers": {question: text}})
        employee, manager = make_user(employee=review.employee), make_user(employee=review.reviewer)
        save(review, "About them")
        save(review, "Other words")

        own = PartVersion.objects.visible_to(employee).values_list("part__side", flat=True)
        managers = PartVersion.objects.visible_to(manager).values_list("part__side", flat=True)
        assert (list(own), list(managers)) == ([Side.SELF], [Side.MANAGER])


@pytest.mark.django_db
def test_the_list_of_versions_costs_the_same_for_one_and_three(client):
    review = ReviewFactory()
    writers = [make_user(employee=review.reviewer), make_user(), make_user(), make_user()]
    client.force_login(writers[0])
    url, counts = reverse("performance:part_versions", args=[review.pk, "manager"]), []
    save(review, "0", by=writers[0])
    for number in range(1, 4):
        save(review, str(number), by=writers[number])
        if number in {1, 3}:
            with CaptureQueriesContext(connection) as captured:
                page = client.get(url).content.decode()
                assert len(re.findall(r"/versions/\d+/", page)) == number
            counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_a_version_is_compared_escaped_and_brought_back_on_its_page(client):
    review = ReviewFactory()
    client.force_login(make_user(employee=review.reviewer))
    save(review, "Old <b>words</b>", by=review.reviewer.user)
    save(review, "New words", by=review.reviewer.user)
    kept = PartVersion.objects.get()

    page = client.get(reverse("performance:part_version", args=[review.pk, "manager", kept.pk])).content.decode()
    client.post(
        reverse("performance:version_restore", args=[review.pk, "manager", kept.pk]),
        {"version": part_of(review).version},
    )

    assert "<del>" in page
    assert "&lt;b&gt;" in page
    assert list(actions.content_of(part_of(review))["answers"].values()) == ["Old <b>words</b>"]


def grew_from(old, new):
    letters = iter(new)
    return all(letter in letters for letter in old)


class WritingMachine(RuleBasedStateMachine):
    """Two people and any texts, in any order: saved, handed on, handed in, sent back, begun anew, brought back."""

    def __init__(self):
        super().__init__()
        self.review = ReviewFactory()
        self.people = [make_user(employee=self.review.reviewer), make_user()]
        self.accepted = []

    @rule(text=st.text(alphabet="abc ", max_size=6), who=st.integers(0, 1))
    def write(self, text, who):
        save(self.review, text, by=self.people[who])
        self.accepted.append(text)

    @rule()
    def hand_in_and_back(self):
        part = part_of(self.review)
        actions.save_part(part, by=None, version=part.version, changes=everything_written(self.review))
        actions.submit_review(self.review, by=None)
        actions.return_review(self.review, by=None, reason="Again")

    @rule()
    def begin_anew(self):
        part = part_of(self.review)
        actions.start_afresh(part, by=self.people[0], version=part.version)

    @rule()
    def bring_back(self):
        kept, part = PartVersion.objects.filter(part__review=self.review).last(), part_of(self.review)
        if kept:
            actions.restore_version(part, kept, by=self.people[1], version=part.version)

    @rule()
    def pass_on(self):
        actions.reassign_review(self.review, to=EmployeeFactory(), by=None, reason="Gone")

    @invariant()
    def every_text_is_found(self):
        found = [text for _cause, text in kept_texts(self.review) if text]
        found += actions.content_of(part_of(self.review))["answers"].values()
        assert all(any(grew_from(text, other) for other in found) for text in self.accepted if text)


class TestWritingMachine(WritingMachine.TestCase, TestCase):
    settings = settings(stateful_step_count=12, suppress_health_check=list(HealthCheck))
