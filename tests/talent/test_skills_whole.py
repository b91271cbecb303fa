"""Levels said by hand, certificates, which level counts, and who may do what."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from hrportal.people.models import RoleProfileEntry
from talent.actions.assessments import (
    add_certificate,
    assess_skill,
    verify_certificate,
    withdraw_certificate,
    withdraw_skill,
)
from talent.actions.assessors import end_assessor, name_assessor
from talent.actions.competencies import ProfileLine, archive_competency, edit_role_profile
from talent.models import Certificate, RoleProfileRevision, SkillAssessment
from talent.notices.skills import tell_expiring
from talent.rules.skills import assessing_kinds
from talent.skills.counting import levels_that_count
from tests.factories.people import (
    CompetencyFactory,
    EmployeeFactory,
    JobFactory,
    OrgUnitFactory,
    RoleProfileEntryFactory,
    make_user,
)
from tests.factories.talent import SkillAssessmentFactory, TalentProfileFactory
from tests.talent.company import VIEWERS

pytestmark = pytest.mark.django_db


def days_ago(many):
    return timezone.localdate() - datetime.timedelta(days=many)


def counting(person, competency):
    return levels_that_count([person.pk]).get(person.pk, {}).get(competency.pk)


@pytest.mark.parametrize("name", VIEWERS)
def test_who_may_assess_and_as_whom(company, name):
    expected = {
        "self": ["self"],
        "manager": ["manager"],
        "head": ["manager"],
        "partner": ["assessor"],
        "hr_leader": ["assessor"],
    }

    assert assessing_kinds(company.viewer(name), company.person) == expected.get(name, [])


@pytest.mark.parametrize("name", VIEWERS)
def test_reading_skills_is_one_sentence_for_rows_and_for_one_person(company, name):
    SkillAssessmentFactory(profile=TalentProfileFactory(employee=company.person))
    user = company.viewer(name)

    assert user.has_perm("talent.read_skills", company.person) == SkillAssessment.objects.visible_to(user).exists()


def test_each_source_keeps_its_line_and_the_best_one_counts(company):
    competency = CompetencyFactory()
    for name, level in (("self", 5), ("manager", 2)):
        assess_skill(company.person, by=company.viewer(name), competency=competency, level=level)
    assert (counting(company.person, competency).level, counting(company.person, competency).kind) == (2, "manager")

    assess_skill(company.person, by=company.viewer("partner"), competency=competency, level=4)

    assert (counting(company.person, competency).level, counting(company.person, competency).kind) == (4, "assessor")
    assert SkillAssessment.objects.current().count() == 3


def test_a_fresh_word_counts_before_a_certificate_that_has_ended():
    profile, competency = TalentProfileFactory(), CompetencyFactory()
    ended = {"kind": "certificate", "level": 5, "assessed_on": days_ago(300), "good_until": days_ago(1)}
    SkillAssessmentFactory(profile=profile, competency=competency, **ended)
    assert counting(profile.employee, competency).is_stale

    SkillAssessmentFactory(profile=profile, competency=competency, kind="self", level=2, assessed_on=days_ago(10))

    assert counting(profile.employee, competency).level == 2


def test_the_same_day_corrects_and_another_day_follows(company):
    competency, boss = CompetencyFactory(), company.viewer("manager")
    assess_skill(company.person, by=boss, competency=competency, level=2, assessed_on=days_ago(5))
    first = assess_skill(company.person, by=boss, competency=competency, level=3)

    second = assess_skill(company.person, by=boss, competency=competency, level=4)

    assert counting(company.person, competency).level == 4
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert second.source_version == 2

    withdraw_skill(second, by=boss, reason="Mixed up with somebody else")

    assert counting(company.person, competency).level == 2
    second.refresh_from_db()
    assert second.withdrawn_because == "Mixed up with somebody else"


@pytest.mark.parametrize(
    "typed",
    [
        {"assessed_on": timezone.localdate() + datetime.timedelta(days=1)},
        {"kind": "assessor"},
        {"kind": "certificate"},
    ],
)
def test_what_cannot_be_said_changes_nothing(company, typed):
    with pytest.raises(ActionError):
        assess_skill(company.person, by=company.viewer("manager"), competency=CompetencyFactory(), level=3, **typed)

    assert not SkillAssessment.objects.exists()
    assert not Fact.objects.filter(topic__startswith="talent.").exists()


def test_an_archived_competency_is_neither_assessed_nor_asked_for(company):
    entry = RoleProfileEntryFactory(job=JobFactory(), level_today=3)
    archive_competency(entry.competency, by=company.viewer("hr_leader"))

    with pytest.raises(ActionError):
        assess_skill(company.person, by=company.viewer("manager"), competency=entry.competency, level=3)


def test_a_named_assessor_says_levels_of_one_competency_and_reads_nothing(company, client):
    competency, other = CompetencyFactory(), CompetencyFactory()
    outsider = make_user()
    named = name_assessor(
        by=company.viewer("partner"), assessor=outsider.employee, org_unit=company.unit, competency=competency
    )

    assess_skill(company.person, by=outsider, competency=competency, level=3)

    assert counting(company.person, competency).kind == "assessor"
    with pytest.raises(ActionError):
        assess_skill(company.person, by=outsider, competency=other, level=3)
    assert not SkillAssessment.objects.visible_to(outsider).exists()
    client.force_login(outsider)
    assert client.get(reverse("talent:skill_assess", args=[company.person.pk])).status_code == 200
    assert client.get(reverse("talent:skill_gap", args=[company.person.pk])).status_code == 404

    end_assessor(named, by=company.viewer("partner"))

    assert client.get(reverse("talent:skill_assess", args=[company.person.pk])).status_code == 403


def test_ones_own_certificate_counts_once_somebody_else_verified_it(company):
    competency, me = CompetencyFactory(), company.viewer("self")
    typed = {"name": "Welding", "issuer": "Guild", "issued_on": days_ago(20), "competency": competency, "level": 4}
    certificate = add_certificate(company.person, by=me, expires_on=days_ago(-30), **typed)
    assert counting(company.person, competency) is None
    assert not me.has_perm("talent.verify_certificate", certificate)

    boss = company.viewer("manager")
    verify_certificate(certificate, by=boss)

    assert counting(company.person, competency).kind == "certificate"
    with pytest.raises(ActionError):
        verify_certificate(certificate, by=boss)

    withdraw_certificate(certificate, by=boss, reason="Not theirs")

    assert counting(company.person, competency) is None
    with pytest.raises(ActionError):
        withdraw_certificate(certificate, by=boss, reason="Again")


def test_a_certificate_that_ends_is_told_once_to_holder_and_manager(company):
    profile = TalentProfileFactory(employee=company.person)
    certificate = Certificate.objects.create(
        profile=profile, name="Welding", issuer="Guild", issued_on=days_ago(300), expires_on=days_ago(-30)
    )

    for _again in range(2):
        tell_expiring([certificate])

    told = set(Notice.objects.filter(kind__startswith="talent.certificate").values_list("employee", flat=True))
    assert told == {company.person.pk, company.boss.pk}
    assert Notice.objects.filter(kind__startswith="talent.certificate").count() == 2


def test_a_role_profile_is_written_whole_and_keeps_its_history():
    leader, entry = make_user(Role.HR_LEADER), RoleProfileEntryFactory(job=JobFactory(), level_today=2)
    added, job = CompetencyFactory(), entry.job
    lines = [ProfileLine(entry.competency_id, 3, 4, 5), ProfileLine(added.pk, None, 2)]

    edit_role_profile(job, by=leader, lines=lines, version=0)

    stored = RoleProfileEntry.objects.filter(job=job).order_by("competency")
    assert [(row.level_today, row.level_in_24_months, row.importance) for row in stored] == [(3, 4, 5), (None, 2, 3)]
    assert [row.version for row in RoleProfileRevision.objects.filter(job=job)] == [2, 1]
    fact = Fact.objects.get(topic="talent.role_profile_edited")
    assert set(fact.data) == {"revision"}

    with pytest.raises(StaleVersion):
        edit_role_profile(job, by=leader, lines=[], version=0)
    assert RoleProfileEntry.objects.filter(job=job).count() == 2


def test_the_table_of_a_role_profile_saves_and_refuses_without_losing_what_was_typed(client):
    leader, entry = make_user(Role.HR_LEADER), RoleProfileEntryFactory(job=JobFactory(), level_today=2)
    client.force_login(leader)
    url = reverse("talent:role_profile_edit", args=[entry.job_id])
    body = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-competency": entry.competency_id,
        "form-0-level_today": 4,
        "form-0-level_in_24_months": 5,
        "form-0-importance": 5,
    }

    assert client.post(url, body | {"version": 0}).status_code == 302
    refused = client.post(url, body | {"version": 0, "form-0-level_today": 1})

    assert refused.status_code == 422
    assert "Somebody else changed this profile" in refused.content.decode()
    assert RoleProfileEntry.objects.get(pk=entry.pk).level_today == 4


def test_a_refused_level_comes_back_with_what_was_typed(company, client):
    client.force_login(company.viewer("manager"))
    url = reverse("talent:skill_assess", args=[company.person.pk])

    answer = client.post(
        url, {"competency": CompetencyFactory().pk, "assessed_on": "2999-01-01", "level": 3, "note": "Kept"}
    )

    assert answer.status_code == 422
    assert "Kept" in answer.content.decode()
    assert not SkillAssessment.objects.exists()


def test_a_partner_names_assessors_in_their_units_only(company, client):
    client.force_login(company.viewer("partner"))
    other, somebody = OrgUnitFactory(), EmployeeFactory()
    url = reverse("talent:assessor_name")

    refused = client.post(url, {"assessor": somebody.employee_number, "org_unit": other.code})
    taken = client.post(url, {"assessor": somebody.employee_number, "org_unit": company.unit.code})

    assert (refused.status_code, taken.status_code) == (422, 302)
