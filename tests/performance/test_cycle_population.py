"""Who is in a cycle and who is not: everyone is in, or out for exactly one reason, whatever the rules say together."""

import datetime
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact
from hrportal.people.models import Employee
from performance import actions
from performance.cycles.population import people_to_come, people_without_review, population_of
from performance.enums import CycleKind, CycleState, LeftOut
from performance.models import ReviewExemption
from tests.factories.people import EmployeeFactory, JobFactory, OrgUnitFactory
from tests.factories.performance import ReviewCycleFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def draft():
    return ReviewCycleFactory(state=CycleState.DRAFT)


def reason_for(cycle, person):
    return population_of(cycle).everyone.get(pk=person.pk).left_out


def test_each_rule_leaves_out_for_its_own_reason(draft):
    unit = OrgUnitFactory()
    team = OrgUnitFactory(parent=unit)
    job = JobFactory(family="Sales")
    place = {"org_unit": unit, "job": job, "hired_on": datetime.date(2020, 1, 1)}
    people = {
        "": EmployeeFactory(**place),
        LeftOut.LEFT: EmployeeFactory(**place, status="left"),
        LeftOut.BY_NAME: EmployeeFactory(**place),
        LeftOut.EXEMPT: EmployeeFactory(**place),
        LeftOut.NO_UNIT: EmployeeFactory(**place | {"org_unit": None}),
        LeftOut.ELSEWHERE: EmployeeFactory(**place | {"org_unit": OrgUnitFactory()}),
        LeftOut.UNIT: EmployeeFactory(**place | {"org_unit": team}),
        LeftOut.JOB: EmployeeFactory(**place | {"job": JobFactory(family="Finance")}),
        LeftOut.HIRED_LATE: EmployeeFactory(**place | {"hired_on": datetime.date(2026, 7, 1)}),
    }
    added = EmployeeFactory(org_unit=OrgUnitFactory())
    actions.exempt_from_reviews(people[LeftOut.EXEMPT], by=None, reason="Long illness")
    cycle = actions.edit_cycle(
        draft,
        by=None,
        org_units=[unit],
        excluded_units=[team],
        included_people=[added],
        excluded_people=[people[LeftOut.BY_NAME]],
        job_families=["Sales"],
        hired_until=datetime.date(2026, 6, 30),
    )

    found = {reason: reason_for(cycle, person) for reason, person in people.items()}

    assert found == {reason: str(reason) for reason in people}
    assert reason_for(cycle, added) == ""


def test_an_exemption_ends_with_its_day(draft):
    person = EmployeeFactory()
    exemption = actions.exempt_from_reviews(person, by=None, reason="Sabbatical", until=TODAY)
    assert reason_for(draft, person) == LeftOut.EXEMPT

    actions.end_exemption(exemption, by=None)

    assert reason_for(draft, person) == ""
    assert ReviewExemption.objects.get().reason == "Sabbatical"
    assert sorted(Fact.objects.values_list("topic", flat=True)) == [
        "performance.review_exemption_ended",
        "performance.review_exemption_made",
    ]


def test_an_exemption_wants_a_reason_and_a_day_to_come():
    person = EmployeeFactory()

    with pytest.raises(ActionError):
        actions.exempt_from_reviews(person, by=None, reason=" ")
    with pytest.raises(ActionError):
        actions.exempt_from_reviews(person, by=None, reason="Gone", until=TODAY - datetime.timedelta(days=1))

    assert not ReviewExemption.objects.exists()


def test_a_cycle_of_anniversaries_takes_in_those_whose_day_is_near():
    cycle = ReviewCycleFactory(
        kind=CycleKind.ANNIVERSARY,
        starts_on=TODAY - datetime.timedelta(days=10),
        ends_on=TODAY + datetime.timedelta(days=200),
        opens_days_before=20,
    )

    def hired(days):
        return EmployeeFactory(hired_on=(TODAY + datetime.timedelta(days=days)).replace(year=TODAY.year - 3))

    near, past, next_one, after_that, outside = hired(20), hired(-5), hired(22), hired(100), hired(-30)
    new, unknown = EmployeeFactory(hired_on=TODAY), EmployeeFactory(hired_on=None)

    assert set(people_without_review(cycle)) == {near, past}
    assert list(people_to_come(cycle)) == [next_one, after_that]
    assert reason_for(cycle, outside) == reason_for(cycle, new) == LeftOut.NO_DAY
    assert reason_for(cycle, unknown) == LeftOut.NO_HIRE_DATE


@pytest.mark.one_database
class PopulationProperties(TestCase):
    """Random companies under random rules."""

    @classmethod
    def setUpTestData(cls):
        luck = random.Random(7)
        top = OrgUnitFactory()
        cls.units = [top, OrgUnitFactory(parent=top), OrgUnitFactory(), OrgUnitFactory(parent=top)]
        jobs = [JobFactory(family=family) for family in ("Sales", "Finance", "")]
        days = [datetime.date(2019, 2, 28), datetime.date(2020, 2, 29), datetime.date(2026, 3, 1), None]
        cls.people = [
            EmployeeFactory(
                org_unit=luck.choice([None, *cls.units]),
                job=luck.choice([None, *jobs]),
                hired_on=luck.choice(days),
                status=luck.choice(["active", "active", "leave", "left"]),
            )
            for _ in range(30)
        ]
        for person in luck.sample(cls.people, 3):
            actions.exempt_from_reviews(person, by=None, reason="For a while")
        cls.cycle = ReviewCycleFactory(state=CycleState.DRAFT)

    @given(rules=st.data())
    @settings(suppress_health_check=list(HealthCheck))
    def test_everyone_is_in_or_out_for_exactly_one_reason(self, rules):
        some_units = st.lists(st.sampled_from(self.units), max_size=2, unique=True)
        some_people = st.lists(st.sampled_from(self.people), max_size=4, unique=True)
        kind = rules.draw(st.sampled_from(CycleKind))
        cycle = actions.edit_cycle(
            self.cycle,
            by=None,
            kind=kind,
            months_after_hire=6 if kind == CycleKind.PROBATION else None,
            org_units=rules.draw(some_units),
            excluded_units=rules.draw(some_units),
            included_people=rules.draw(some_people),
            excluded_people=rules.draw(some_people),
            job_families=rules.draw(st.lists(st.sampled_from(["Sales", "Finance"]), unique=True)),
            hired_until=rules.draw(st.sampled_from([None, datetime.date(2020, 12, 31)])),
        )
        population = population_of(cycle)

        groups = [population.included, *(population.left_out(reason) for reason in LeftOut)]
        members = [person.pk for group in groups for person in group]

        assert sorted(members) == sorted(Employee.objects.values_list("pk", flat=True))
        assert sum(population.counts.values()) == len(members)
        has_rule = bool(
            cycle.org_units.count() + cycle.excluded_units.count() + len(cycle.job_families) or cycle.hired_until
        )
        if cycle.included_people.exists() and not has_rule:
            assert set(population.included) <= set(cycle.included_people.all())


def test_the_numbers_of_a_population_take_one_query_whatever_its_size(draft):
    for _size in (1, 3):
        EmployeeFactory.create_batch(_size)
        with CaptureQueriesContext(connection) as captured:
            _ = population_of(draft).excluded

        assert len([query for query in captured if "COUNT" in query["sql"]]) == 1


def test_people_named_and_no_rule_are_exactly_these(draft):
    named, left_out, other = EmployeeFactory(), EmployeeFactory(), EmployeeFactory()

    cycle = actions.edit_cycle(draft, by=None, included_people=[named, left_out], excluded_people=[left_out])

    assert list(population_of(cycle).included) == list(people_without_review(cycle)) == [named]
    assert reason_for(cycle, other) == LeftOut.NOT_NAMED
    assert reason_for(cycle, left_out) == LeftOut.BY_NAME


@pytest.mark.parametrize("rule", ["org_units", "excluded_units", "job_families", "hired_until"])
def test_people_named_beside_a_rule_are_added(draft, rule):
    unit = OrgUnitFactory()
    person = EmployeeFactory(org_unit=unit, job=JobFactory(family="Sales"), hired_on=datetime.date(2020, 1, 1))
    named = EmployeeFactory(org_unit=OrgUnitFactory(), job=JobFactory(family="Finance"), hired_on=TODAY)
    rules = {
        "org_units": [unit],
        "excluded_units": [named.org_unit],
        "job_families": ["Sales"],
        "hired_until": datetime.date(2020, 12, 31),
    }

    cycle = actions.edit_cycle(draft, by=None, included_people=[named], **{rule: rules[rule]})

    assert set(population_of(cycle).included) == {person, named}
