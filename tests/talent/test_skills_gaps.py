"""A person beside a role, a team, the organisation beside its need, and the strategy of a family."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hrportal.common.actions import ActionError
from hrportal.journal.jobs import run_due_jobs
from hrportal.people.enums import Role
from talent.actions.headcount import add_forecast, import_forecasts, start_gap_analysis
from talent.models import GapAnalysis, HeadcountForecast
from talent.skills.forecasts import seeds_of
from talent.skills.organisation import covering
from talent.skills.report import AnalysisReport
from talent.skills.strategy import strategy_of
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
BY = datetime.date(2028, 12, 31)


def a_job(**asked):
    """A job of the family Care; `asked` is competency name to (today, in 24 months, importance)."""
    job = JobFactory(family="Care")
    entries = {
        name: RoleProfileEntryFactory(
            job=job,
            competency=CompetencyFactory(name=name),
            level_today=today,
            level_in_24_months=later,
            importance=importance,
        )
        for name, (today, later, importance) in asked.items()
    }
    return job, {name: entry.competency for name, entry in entries.items()}


def assessed(person, competency, level):
    profile = getattr(person, "talent_profile", None) or TalentProfileFactory(employee=person)
    return SkillAssessmentFactory(profile=profile, competency=competency, level=level, shared_at=timezone.now())


def seen_on(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200, url
    return response.content.decode()


def test_the_fit_of_a_page_can_be_worked_out_from_the_page(client):
    job, named = a_job(Nursing=(4, 5, 5), Planning=(3, 3, 2), Driving=(2, 2, 1))
    person = EmployeeFactory(job=job)
    assessed(person, named["Nursing"], 2)
    assessed(person, named["Planning"], 5)
    client.force_login(make_user(Role.HR_LEADER))

    page = seen_on(client, reverse("talent:skill_gap", args=[person.pk]))

    rows = re.findall(r"<tr>.*?</tr>", page.split("<tbody>")[1].split("</tbody>")[0], re.S)
    cells = [
        [re.sub(r"<[^>]+>", " ", cell).split() for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.S)] for row in rows
    ]
    assert [cell[0][0] for cell in cells] == ["Nursing", "Driving", "Planning"]
    weight = lost = unknown = 0
    for _name, asked, importance, have, *_rest in cells:
        line = int(asked[0]) * int(importance[0])
        weight += line
        if have[0] == "Not":
            unknown += line
        else:
            lost += int(importance[0]) * max(0, int(asked[0]) - int(have[0]))
    low, high = round(100 * (weight - lost - unknown) / weight), round(100 * (weight - lost) / weight)
    assert f"{low}–{high} %" in page


def test_people_see_their_own_fit_and_nobody_elses(client):
    job, named = a_job(Nursing=(4, 5, 5))
    person, colleague = make_user(employee=EmployeeFactory(job=job)), EmployeeFactory(job=job)
    assessed(person.employee, named["Nursing"], 4)
    client.force_login(person)

    assert "100 %" in seen_on(client, reverse("talent:skill_gap", args=[person.employee_id]))
    assert client.get(reverse("talent:skill_gap", args=[colleague.pk])).status_code == 404
    assert client.get(reverse("talent:skill_person", args=[person.employee_id])).status_code == 404


def test_the_map_never_shows_its_reader_and_asks_a_constant_number_of_questions(client):
    job, named = a_job(Nursing=(4, 5, 5), Planning=(3, 3, 2))
    boss = make_user(employee=EmployeeFactory(job=job, first_name="Selfsame"))
    assessed(boss.employee, named["Nursing"], 5)
    url, counts = reverse("talent:skill_map"), []
    for many in (1, 2):
        for _person in range(many):
            assessed(EmployeeFactory(manager=boss.employee, job=job), named["Nursing"], 3)
        user = type(boss).objects.get(pk=boss.pk)
        client.force_login(user)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            page = seen_on(client, url)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert page.count("heat-gap") >= 3
    assert boss.employee.name not in page.split("<tbody>")[1]


def test_a_persons_page_asks_a_constant_number_of_questions(client):
    boss = make_user(Role.EXECUTIVE, unit=OrgUnitFactory())
    person = EmployeeFactory(org_unit=EmployeeFactory().org_unit, manager=boss.employee)
    client.force_login(type(boss).objects.get(pk=boss.pk))
    counts, url = [], reverse("talent:skill_person", args=[person.pk])
    for many in (1, 2):
        for _skill in range(many):
            assessed(person, CompetencyFactory(), 3)
            person.refresh_from_db()
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            seen_on(client, url)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def an_analysis(user, **asked):
    job = start_gap_analysis(by=user, until=BY, **asked)
    run_due_jobs()
    job.refresh_from_db()
    assert job.state == "done", job.error
    return AnalysisReport(GapAnalysis.objects.get(pk=job.params["analysis"]))


def test_the_organisation_beside_its_need(client):
    job, named = a_job(Nursing=(2, 4, 5))
    other_job, _named = a_job(Other=(1, 1, 1))
    company = OrgUnitFactory()
    unit = OrgUnitFactory(parent=company)
    for level in (5, 3, None):
        person = EmployeeFactory(job=job, org_unit=unit)
        if level:
            assessed(person, named["Nursing"], level)
    EmployeeFactory(job=other_job, org_unit=unit)
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory(org_unit=company))
    add_forecast(by=leader, job=job, on=BY, number=4)

    report = an_analysis(leader)

    (row,) = report.rows
    assert (row.total.shortfall.low, row.total.shortfall.high, row.total.shortfall.unknown) == (2, 3, 1)
    assert report.inputs["people_not_forecast"] == 1
    client.force_login(leader)
    page = seen_on(client, reverse("talent:gap_analysis"), competency=row.id)
    assert "2–3" in page
    stranger = make_user(Role.HR_LEADER)
    client.force_login(stranger)
    assert client.get(report.analysis.get_absolute_url()).status_code == 404


def test_a_partner_counts_their_units_only():
    job, named = a_job(Nursing=(2, 2, 5))
    mine, elsewhere = OrgUnitFactory(), OrgUnitFactory()
    assessed(EmployeeFactory(job=job, org_unit=mine), named["Nursing"], 2)
    assessed(EmployeeFactory(job=job, org_unit=elsewhere), named["Nursing"], 2)
    leader, partner = make_user(Role.HR_LEADER), make_user(Role.HRBP, unit=mine)
    for unit, number in ((None, 9), (mine, 2), (elsewhere, 5)):
        add_forecast(by=leader, job=job, on=BY, number=number, org_unit=unit)

    (row,) = an_analysis(partner).rows

    assert (row.total.shortfall.need, row.total.shortfall.high) == (2, 1)
    with pytest.raises(ActionError):
        add_forecast(by=partner, job=job, on=BY + datetime.timedelta(days=1), number=1, org_unit=elsewhere)


def test_a_forecast_for_the_whole_covers_those_for_parts():
    job, unit = JobFactory(), OrgUnitFactory()
    below = OrgUnitFactory(parent=unit)
    rows = [HeadcountForecast(pk=pk, job=job, org_unit=of, on=BY, number=pk) for pk, of in ((1, below), (2, unit))]

    assert [row.pk for row in covering(rows)] == [2]
    assert [row.pk for row in covering([*rows, HeadcountForecast(pk=3, job=job, on=BY, number=3)])] == [3]


def test_a_table_of_forecasts_is_taken_in_whole_or_not_at_all(client):
    job, unit = JobFactory(), OrgUnitFactory()
    leader = make_user(Role.HR_LEADER)
    client.force_login(leader)
    good = f"job,unit,day,number,note\n{job.code},{unit.code},2028-12-31,12,New site\n{job.code},,2028-12-31,40,\n"
    url = reverse("talent:forecast_import")

    refused = client.post(url, {"text": good + "nobody,,2028-12-31,1,\n"})

    assert refused.status_code == 422
    assert "Line 4" in refused.content.decode()
    assert "New site" in refused.content.decode()
    assert not HeadcountForecast.objects.exists()
    assert client.post(url, {"text": good}).status_code == 302
    assert import_forecasts(seeds_of(good), by=leader) == (0, 0)
    assert sorted(HeadcountForecast.objects.values_list("number", flat=True)) == [12, 40]


def test_the_strategy_of_a_family_shows_its_reader_only_people_they_may_see(client):
    job, named = a_job(Nursing=(2, 4, 5))
    boss = make_user()
    below, elsewhere = EmployeeFactory(manager=boss.employee, job=job), EmployeeFactory(job=job)
    for person in (below, elsewhere):
        assessed(person, named["Nursing"], 2)
    boss = type(boss).objects.get(pk=boss.pk)

    strategy = strategy_of("Care", boss)

    (wanted,) = strategy.wanted
    assert (wanted.people, wanted.there, wanted.further) == (1, 0, 1)
    assert [row.employee for row in strategy.distances] == [below]
    client.force_login(boss)
    page = seen_on(client, reverse("talent:strategy_detail"), family="Care")
    assert below.name in page
    assert elsewhere.name not in page
    assert "Propose development goals" not in page
