"""The skills inventory: what counts, who sees it, where it comes from."""

import csv
import datetime
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from talent.actions import SkillRecord, record_skills
from talent.models import SkillAssessment, TalentProfile
from tests.factories.people import (
    CompetencyFactory,
    EmployeeFactory,
    JobFactory,
    OrgUnitFactory,
    RoleProfileEntryFactory,
    make_user,
)
from tests.factories.talent import SkillAssessmentFactory, TalentProfileFactory

pytestmark = pytest.mark.django_db


def a_record(person, review=1, version=1, *, year=2025, shared=False, **levels):
    return SkillRecord(
        employee_id=person.pk,
        source=f"performance.review:{review}",
        source_version=version,
        assessed_on=datetime.date(year, 12, 31),
        levels={int(pk): level for pk, level in levels.get("levels", {}).items()},
        shared_at=timezone.now() if shared else None,
    )


def current():
    rows = SkillAssessment.objects.current().order_by("competency", "kind")
    return [(row.competency_id, row.level, row.source_version) for row in rows]


def seen_on(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def test_the_newest_counts_and_an_older_review_never_overwrites_it():
    person, competency = EmployeeFactory(), CompetencyFactory()
    newer = a_record(person, 2, year=2026, levels={competency.pk: 4})
    older = a_record(person, 1, year=2025, levels={competency.pk: 2})

    record_skills([newer])
    record_skills([older])

    assert current() == [(competency.pk, 4, 1)]
    before = SkillAssessment.objects.get(level=2)
    assert (before.assessed_on, before.valid_to) == (datetime.date(2025, 12, 31), datetime.date(2026, 12, 31))


def test_a_correction_replaces_all_its_source_said_before_and_keeps_it():
    person, first, second = EmployeeFactory(), CompetencyFactory(), CompetencyFactory()
    record_skills([a_record(person, levels={first.pk: 2, second.pk: 3})])

    record_skills([a_record(person, version=2, levels={first.pk: 4})])
    record_skills([a_record(person, version=1, levels={first.pk: 2, second.pk: 3})])

    assert current() == [(first.pk, 4, 2)]
    assert SkillAssessment.objects.filter(replaced_at__isnull=False).count() == 2


def test_what_is_taken_back_lets_the_older_one_count_again():
    person, competency = EmployeeFactory(), CompetencyFactory()
    record_skills([a_record(person, 1, year=2024, levels={competency.pk: 2})])
    record_skills([a_record(person, 2, year=2025, levels={competency.pk: 4})])

    record_skills([a_record(person, 2, version=2, year=2025)])

    assert current() == [(competency.pk, 2, 1)]
    assert SkillAssessment.objects.get(level=2).valid_to is None


def test_each_kind_of_source_keeps_a_line_of_its_own():
    profile, competency = TalentProfileFactory(), CompetencyFactory()
    SkillAssessmentFactory(profile=profile, competency=competency, kind="certificate", level=5)

    record_skills([a_record(profile.employee, levels={competency.pk: 2})])

    assert sorted(SkillAssessment.objects.current().values_list("kind", "level")) == [("certificate", 5), ("review", 2)]


def test_nothing_found_makes_no_profile_and_the_same_again_changes_nothing():
    person, competency = EmployeeFactory(), CompetencyFactory()
    assert record_skills([a_record(person)]) == 0
    assert not TalentProfile.objects.exists()

    assert record_skills([a_record(person, levels={competency.pk: 2})]) == 1
    assert record_skills([a_record(person, levels={competency.pk: 5})]) == 0

    assert current() == [(competency.pk, 2, 1)]
    assert Fact.objects.filter(topic__startswith="talent.skills").count() == 1


steps = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=7)


@given(told=steps, order=st.randoms(use_true_random=False))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_reviews_and_corrections_ends_the_same(told, order):
    """Reviews 1 to 3 of three years at versions 1 to 3, in whatever order and however often."""
    first, second = CompetencyFactory(), CompetencyFactory()

    def found(review, version):
        levels = {first.pk: 1 + (review + version) % 5}
        return levels if version == 2 else levels | {second.pk: 1 + (review * version) % 5}

    def after(steps):
        person = EmployeeFactory()
        for review, version in steps:
            number = person.pk * 10 + review
            record_skills([a_record(person, number, version, year=2022 + review, levels=found(review, version))])
        rows = SkillAssessment.objects.current().filter(profile__employee=person).order_by("competency")
        return [(row.competency_id, row.level, row.source_version, row.assessed_on) for row in rows]

    shuffled = told * 2
    order.shuffle(shuffled)

    assert after(shuffled) == after(sorted(told))


def test_people_see_their_own_once_shared_and_the_older_one_until_then():
    person = make_user()
    profile, competency = TalentProfileFactory(employee=person.employee), CompetencyFactory(name="Negotiation")
    for year, level, shared in ((2024, 2, True), (2025, 5, False)):
        record_skills([a_record(profile.employee, year, year=year, shared=shared, levels={competency.pk: level})])

    mine = SkillAssessment.objects.current_for(person)

    assert [row.level for row in mine] == [2]
    record_skills([a_record(profile.employee, 2025, year=2025, shared=True, levels={competency.pk: 5})])
    assert [row.level for row in SkillAssessment.objects.current_for(person)] == [5]


def test_who_sees_whose_skills():
    unit = OrgUnitFactory()
    boss = EmployeeFactory(org_unit=unit)
    person = EmployeeFactory(manager=boss, org_unit=unit)
    SkillAssessmentFactory(profile=TalentProfileFactory(employee=person))
    users = {
        "own": make_user(employee=person),
        "manager": make_user(employee=boss),
        "partner": make_user(Role.HRBP, unit=unit),
        "other partner": make_user(Role.HRBP, unit=OrgUnitFactory()),
        "leader": make_user(Role.HR_LEADER),
        "executive": make_user(Role.EXECUTIVE, unit=unit),
        "admin": make_user(Role.ADMIN),
        "stranger": make_user(),
    }

    seen = {name for name, user in users.items() if SkillAssessment.objects.visible_to(user).exists()}

    assert seen == {"manager", "partner", "leader", "executive"}


def test_ones_own_page_shows_my_skills_and_what_the_job_asks_for(client):
    job = JobFactory()
    person = make_user(employee=EmployeeFactory(job=job))
    entry = RoleProfileEntryFactory(job=job, level_today=4, level_in_24_months=5)
    skill = SkillAssessmentFactory(
        profile=TalentProfileFactory(employee=person.employee), competency=entry.competency, shared_at=timezone.now()
    )
    client.force_login(person)

    page = seen_on(client, reverse("people:employee_detail", args=[person.employee_id]))

    assert "My skills" in page
    assert entry.competency.name in page
    assert "4 today" in page
    assert "5 in 24 months" in page
    assert reverse("calibration:skill_lineage", args=[skill.pk]) in page


def test_an_empty_inventory_says_how_it_fills(client):
    person = make_user()
    client.force_login(person)

    page = seen_on(client, reverse("people:employee_detail", args=[person.employee_id]))

    assert "Levels your manager gives in a review arrive here" in page


def test_a_colleagues_page_shows_no_skills(client):
    colleague = make_user()
    person = EmployeeFactory()
    skill = SkillAssessmentFactory(profile=TalentProfileFactory(employee=person), shared_at=timezone.now())
    client.force_login(colleague)

    assert skill.competency.name not in seen_on(client, reverse("people:employee_detail", args=[person.pk]))


def test_the_profile_lists_skills_with_a_constant_number_of_questions(client):
    leader = make_user(Role.HR_LEADER)
    client.force_login(leader)
    counts = []
    for many in (1, 3):
        profile = TalentProfileFactory()
        skills = [SkillAssessmentFactory(profile=profile) for _ in range(many)]
        url = reverse("talent:profile_detail", args=[profile.pk])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            page = seen_on(client, url)
        counts.append(len(queries))
        assert all(skill.competency.name in page for skill in skills)

    assert counts[0] == counts[1]


def test_the_api_lists_the_current_ones_by_person_and_hides_them_without_the_scope_for_ratings():
    profile, competency = TalentProfileFactory(), CompetencyFactory()
    SkillAssessmentFactory()
    record_skills([a_record(profile.employee, 1, year=2024, levels={competency.pk: 2})])
    record_skills([a_record(profile.employee, 2, year=2025, levels={competency.pk: 4})])

    def listed(*scopes):
        api = APIClient()
        api.force_authenticate(ClientPrincipal("sync", frozenset(scopes)))
        return api.get(reverse("api:skills-list"), {"employee": profile.employee_id}).json()["results"]

    (row,) = listed("talent:read", "ratings:read")
    assert (row["level"], row["kind"], row["competency"]["name"]) == (4, "review", competency.name)
    assert row["lineage"]["review"] == 2
    assert listed("talent:read") == []


def test_the_api_gives_people_their_own_shared_skills_only():
    person = make_user()
    profile = TalentProfileFactory(employee=person.employee)
    shared = SkillAssessmentFactory(profile=profile, shared_at=timezone.now())
    hidden = SkillAssessmentFactory(profile=profile)
    api = APIClient()
    api.force_authenticate(ActingPrincipal("app", frozenset({"act_for", "talent:read", "ratings:read"}), person))

    rows = api.get(reverse("api:skills-list")).json()["results"]

    assert [row["id"] for row in rows] == [shared.pk]
    assert api.get(reverse("api:skills-detail", args=[hidden.pk])).status_code == 404


CONTROL = re.compile(r'action="(/exports/talent.person_skills/)".*?name="query" value="([^"]*)"', re.DOTALL)


def taken_away(client, url):
    """The file that the control on a person's page gives: competency, level, who found it, whether it counts, what the job asks."""
    [(action, query)] = CONTROL.findall(seen_on(client, url))
    file = client.post(action, {"query": query, "format": "csv"}).content.decode()
    return [(row[2], row[3], row[4], row[8], row[11]) for row in list(csv.reader(io.StringIO(file)))[1:]]


def test_a_persons_levels_are_taken_away_as_their_page_shows_them(client):
    manager = make_user()
    person = make_user(employee=EmployeeFactory(manager=manager.employee, job=JobFactory()))
    asked = RoleProfileEntryFactory(job=person.employee.job, level_today=4, competency__name="Care")
    RoleProfileEntryFactory(job=person.employee.job, level_today=2, competency__name="Doubt")
    profile = TalentProfileFactory(employee=person.employee)
    shared = {"profile": profile, "competency": asked.competency}
    SkillAssessmentFactory(**shared, level=3, shared_at=timezone.now())
    SkillAssessmentFactory(**shared, level=2, kind="manager", source="talent.manager:1")

    client.force_login(manager)
    whole = taken_away(client, reverse("talent:skill_person", args=[person.employee_id]))
    client.force_login(person)
    own = taken_away(client, reverse("talent:skill_own"))

    assert sorted(whole) == [
        ("Care", "2", "Their manager", "no", "4"),
        ("Care", "3", "Review", "yes", "4"),
        ("Doubt", "", "Not assessed", "", "2"),
    ]
    assert own == [row for row in whole if row[2] != "Their manager"]


def test_nobody_takes_away_the_skills_of_whom_they_do_not_see(client):
    skill = SkillAssessmentFactory(shared_at=timezone.now())
    client.force_login(make_user(Role.MANAGER))

    answer = client.post(
        "/exports/talent.person_skills/", {"query": f"person={skill.profile.employee_id}", "format": "csv"}
    )

    assert len(answer.content.decode().splitlines()) == 1
