"""Assessments of potential: rounds, raters, drafts, submission; who sees what of them by every door."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from talent import actions
from talent.actions.potential import add_to_potential_round, remind_raters
from talent.enums import OpenTopic
from talent.models import Opening, PotentialAssessment, PotentialForm
from talent.potential.levels import performance_of, potential_of
from talent.potential.separation import separation_for
from talent.staleness import stale_data
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.potential import PotentialAssessmentFactory, PotentialFormFactory, answers
from tests.factories.talent import CalibratedRatingFactory, TalentProfileFactory
from tests.talent.company import VIEWERS

pytestmark = pytest.mark.django_db

SEEN = {"learning_agility": "Took over the migration and asked everybody what went wrong."}
EVERY_SCOPE = frozenset(Scope.values)


def submitted(assessment, *levels, rater=None) -> PotentialForm:
    """A rater's form, written and handed in."""
    form = PotentialFormFactory(assessment=assessment, rater=rater or EmployeeFactory())
    form = actions.save_potential_form(form, by=None, version=1, answers=answers(*levels), evidence=SEEN)
    return actions.submit_potential_form(form, by=None)


def assessed(person, *raters):
    """An assessment with a form for each tuple of answers."""
    assessment = PotentialAssessmentFactory(employee=person)
    for levels in raters:
        submitted(assessment, *levels)
    assessment.refresh_from_db()
    return assessment


def opened_to_managers(company):
    Opening.objects.create(topic=OpenTopic.POTENTIAL, org_unit=company.unit, reason="Pilot")


@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize("name", VIEWERS)
def test_who_sees_an_assessment(company, name, is_open):
    assessment = assessed(company.person, (4,), (3,))
    if is_open:
        opened_to_managers(company)
    user = company.viewer(name)

    readers = {"partner", "hr_leader", "executive"} | ({"manager", "head"} if is_open else set())
    assert PotentialAssessment.objects.visible_to(user).filter(pk=assessment.pk).exists() == (name in readers)
    assert PotentialForm.objects.visible_to(user).count() == (2 if name in readers else 0)


def test_a_rater_sees_their_own_form_where_nothing_is_opened(company):
    assessment = PotentialAssessmentFactory(employee=company.person)
    form = PotentialFormFactory(assessment=assessment, rater=company.boss)
    submitted(assessment, 3)

    user = make_user(employee=company.boss)

    assert list(PotentialForm.objects.visible_to(user)) == [form]


def test_raters_do_not_see_each_other_before_they_have_submitted(company, client):
    leader = company.viewer("hr_leader")
    leader.employee = EmployeeFactory()
    leader.save()
    assessment = assessed(company.person, (5,), (3,))
    own = PotentialFormFactory(assessment=assessment, rater=leader.employee)
    client.force_login(leader)
    url = reverse("talent:potential_assessment_detail", args=[assessment.pk])

    blind = client.get(url)
    assert blind.context["shown"].forms == []
    assert potential_of([company.person.pk], timezone.localdate(), leader) == {}

    actions.save_potential_form(own, by=leader, version=1, answers=answers(4), evidence=SEEN)
    actions.submit_potential_form(own, by=leader)
    assert len(client.get(url).context["shown"].forms) == 3


def test_a_person_is_never_their_own_rater(company):
    assessment = PotentialAssessmentFactory(employee=company.person)

    with pytest.raises(ActionError):
        actions.name_potential_rater(assessment, company.person, by=None)

    assert not assessment.forms.exists()


def test_those_who_report_to_somebody_are_not_asked(company):
    assessment = PotentialAssessmentFactory(employee=company.boss)

    with pytest.raises(ActionError):
        actions.name_potential_rater(assessment, company.person, by=None)

    assert not Fact.objects.filter(topic="talent.potential_rater_named").exists()


def test_opening_asks_the_manager_and_closes_what_was_open(company):
    older = PotentialAssessmentFactory(employee=company.person)
    partner = company.viewer("partner")

    opened = actions.open_potential_assessment(
        company.person, by=partner, due_on=timezone.localdate() + datetime.timedelta(days=7)
    )

    older.refresh_from_db()
    assert older.state == "closed"
    assert [(form.rater, form.kind) for form in opened.forms.all()] == [(company.boss, "manager")]
    assert Notice.objects.filter(employee=company.boss, kind="talent.potential_form_to_write").count() == 1
    assert not Notice.objects.filter(employee=company.person).exists()


def test_a_draft_is_kept_and_a_stale_save_loses_nothing():
    form = PotentialFormFactory()
    first = actions.save_potential_form(form, by=None, version=1, answers=answers(4), evidence=SEEN)

    with pytest.raises(StaleVersion) as stale:
        actions.save_potential_form(form, by=None, version=1, answers=answers(2), evidence={})

    assert stale.value.theirs["evidence"] == SEEN
    form.refresh_from_db()
    assert (form.version, form.answers) == (first.version, answers(4))


def test_not_observed_is_an_answer_and_silence_is_none():
    form = PotentialFormFactory()
    half = dict(list(answers(None).items())[:-1])
    form = actions.save_potential_form(form, by=None, version=1, answers=half, evidence=SEEN)

    with pytest.raises(ActionError):
        actions.submit_potential_form(form, by=None)

    form = actions.save_potential_form(form, by=None, version=2, answers=answers(None), evidence=SEEN)
    assert actions.submit_potential_form(form, by=None).state == "submitted"
    assert form.assessment.level is None


def test_a_submitted_form_never_changes():
    form = submitted(PotentialAssessmentFactory(), 4)

    for act in (
        lambda: actions.save_potential_form(form, by=None, version=2, answers=answers(1), evidence={}),
        lambda: actions.submit_potential_form(form, by=None),
        lambda: actions.withdraw_potential_rater(form, by=None),
    ):
        with pytest.raises(ActionError):
            act()

    form.refresh_from_db()
    assert form.answers == answers(4)


def test_what_closes_before_it_is_submitted_counts_for_nothing(company):
    assessment = assessed(company.person, (4,))
    draft = PotentialFormFactory(assessment=assessment)
    actions.close_potential_assessment(assessment, by=None)

    with pytest.raises(ActionError):
        actions.save_potential_form(draft, by=None, version=1, answers=answers(4), evidence=SEEN)

    assessment.refresh_from_db()
    assert (assessment.level, assessment.raters) == (None, 1)


def test_the_page_shows_what_the_level_is_made_of(company, client):
    assessment = assessed(company.person, (5, 4, 3, 1, 1), (3, 2, 3, 5, 5))
    client.force_login(company.viewer("hr_leader"))

    shown = client.get(reverse("talent:potential_assessment_detail", args=[assessment.pk])).context["shown"]

    means = [sum(part.by_rater) / len(part.by_rater) for part in shown.level.parts]
    assert sum(means) / 3 == pytest.approx(assessment.level)
    assert shown.level.low == pytest.approx(assessment.low)
    assert shown.is_disputed


def test_the_form_shows_no_rating_and_asks_for_none(company, client):
    CalibratedRatingFactory(profile=TalentProfileFactory(employee=company.person), label="Outstanding")
    form = PotentialFormFactory(assessment__employee=company.person, rater=company.boss)
    client.force_login(make_user(employee=company.boss))

    page = client.get(reverse("talent:potential_form_write", args=[form.pk])).content.decode()

    assert "Outstanding" not in page
    assert "performance" not in [name.split("_")[0] for name in answers(1)]


def test_the_desk_saves_by_itself_and_shows_both_texts_when_stale(company, client):
    form = PotentialFormFactory(assessment__employee=company.person, rater=company.boss)
    client.force_login(make_user(employee=company.boss))
    url = reverse("talent:potential_form_save", args=[form.pk])
    typed = {"version": 1, "answer_seeks_feedback": "4", "evidence_learning_agility": "Mine"}

    assert client.post(url, typed).json()["version"] == 2
    again = client.post(url, typed | {"evidence_learning_agility": "Other"})

    assert again.status_code == 409
    assert again.json()["theirs"]["evidence_learning_agility"] == "Mine"


def test_a_refused_submission_keeps_what_was_typed(company, client):
    form = PotentialFormFactory(assessment__employee=company.person, rater=company.boss)
    client.force_login(make_user(employee=company.boss))
    url = reverse("talent:potential_form_write", args=[form.pk])

    answer = client.post(url, {"version": 1, "step": "submit", "evidence_learning_agility": "Half of it"})

    assert answer.status_code == 422
    assert "Half of it" in answer.content.decode()
    form.refresh_from_db()
    assert form.state == "asked"


def launch(user, **scope):
    today = timezone.localdate()
    due_on = today + datetime.timedelta(days=14)
    round_ = actions.launch_potential_round(by=user, name="Spring", as_of=today, due_on=due_on, scope=scope)
    run_due_jobs()
    return round_


def test_a_round_asks_each_manager_once_and_never_about_whoever_launched_it(company):
    EmployeeFactory(manager=company.boss, org_unit=company.unit)
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory(org_unit=company.unit, manager=company.head))

    round_ = launch(leader, unit=company.unit.pk)

    people = set(round_.assessments.values_list("employee", flat=True))
    assert leader.employee_id not in people
    assert {company.person.pk, company.boss.pk} <= people
    assert Notice.objects.filter(kind="talent.potential_round_to_write", employee=company.boss).count() == 1
    raters = set(round_.assessments.get(employee=company.person).forms.values_list("rater", flat=True))
    assert raters == {company.boss.pk, company.head.pk}


def test_filling_a_round_again_adds_nothing(company):
    round_ = launch(company.viewer("hr_leader"), unit=company.unit.pk)
    before = round_.assessments.count()

    assert add_to_potential_round(round_, [company.person, company.boss], by=None) == 0
    assert round_.assessments.count() == before


def test_a_partner_launches_for_their_own_units_alone(company):
    outsider = EmployeeFactory(org_unit=company.elsewhere)

    round_ = launch(company.viewer("partner"))

    people = set(round_.assessments.values_list("employee", flat=True))
    assert company.person.pk in people
    assert outsider.pk not in people


def test_raters_are_reminded_once_before_and_once_after():
    today = timezone.localdate()
    form = PotentialFormFactory(assessment__due_on=today + datetime.timedelta(days=3))

    for day in range(6):
        remind_raters(today + datetime.timedelta(days=day))

    assert Notice.objects.filter(employee=form.rater, kind="talent.potential_forms_due").count() == 2


def test_potential_past_its_budget_is_stale(company):
    assessment = assessed(company.person, (4,), (4,))
    later = assessment.as_of + datetime.timedelta(days=184)

    assert potential_of([company.person.pk], assessment.as_of)[company.person.pk].freshness == "fresh"
    assert potential_of([company.person.pk], later)[company.person.pk].freshness == "stale"
    assert [datum.kind for datum in stale_data([company.person.pk], later)[company.person.pk]] == ["potential"]


@pytest.mark.parametrize("count", [1, 3])
def test_levels_cost_the_same_for_one_and_for_three(count, django_assert_num_queries):
    people = [EmployeeFactory() for _ in range(count)]
    for person in people:
        CalibratedRatingFactory(profile=TalentProfileFactory(employee=person))
        assessed(person, (4,), (3,))
    ids = [person.pk for person in people]

    with django_assert_num_queries(2):
        assert len(performance_of(ids, timezone.localdate())) == count
    with django_assert_num_queries(1):
        assert len(potential_of(ids, timezone.localdate())) == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("route", ["talent:potential_assessment_list", "talent:potential_form_list"])
def test_lists_cost_the_same_for_one_and_for_three(client, count, route, django_assert_max_num_queries):
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory())
    for _ in range(count):
        assessment = assessed(EmployeeFactory(), (4,), (3,))
        PotentialFormFactory(assessment=assessment, rater=leader.employee)
    client.force_login(leader)

    with django_assert_max_num_queries(13):
        assert client.get(reverse(route)).status_code == 200


def test_the_correlation_of_performance_and_potential_is_over_whom_one_sees(company):
    for number in range(12):
        person = EmployeeFactory(org_unit=company.unit)
        CalibratedRatingFactory(profile=TalentProfileFactory(employee=person), value=1 + number % 5)
        assessed(person, (1 + number % 5,), (1 + number % 5,))

    found, count = separation_for(company.viewer("partner"), timezone.localdate())
    nothing, none = separation_for(company.viewer("far_partner"), timezone.localdate())

    assert (count, found.is_too_high) == (12, True)
    assert (none, nothing) == (0, None)


class TestByEveryDoor:
    """Nobody learns of their own assessment."""

    @pytest.fixture
    def leader(self, company):
        """An HR leader who is assessed, with a level and a profile."""
        user = make_user(Role.HR_LEADER, employee=EmployeeFactory(org_unit=company.unit, manager=company.head))
        TalentProfileFactory(employee=user.employee)
        self.assessment = assessed(user.employee, (5,), (5,))
        return user

    def test_pages(self, leader, client):
        client.force_login(leader)

        url = reverse("talent:potential_assessment_detail", args=[self.assessment.pk])
        assert client.get(url).status_code == 404
        assert (
            leader.employee.name
            not in client.get(reverse("talent:potential_assessment_list")).content.decode().split("<main", 1)[1]
        )
        assert client.get(reverse("talent:potential_assess", args=[leader.employee_id])).status_code == 403

    def test_api(self, leader):
        caller = APIClient()
        caller.force_authenticate(ActingPrincipal("test", EVERY_SCOPE, leader))

        assert caller.get("/api/v1/potential-assessments/").json()["results"] == []
        assert caller.get(f"/api/v1/potential-assessments/{self.assessment.pk}/").status_code == 404
        assert caller.get("/api/v1/potential-assessments/separation/").json()["count"] == 0

    def test_audit(self, leader, client):
        client.force_login(leader)

        page = client.get(reverse("home:fact_list")).content.decode()

        assert "talent.potential_form_submitted" not in page

    def test_journal_says_no_levels(self, leader):
        for fact in Fact.objects.filter(topic__startswith="talent.potential"):
            assert all(value is None or isinstance(value, int) for value in fact.data.values())


def test_a_client_reads_by_its_scope(company):
    assessment = assessed(company.person, (4,), (3,))
    caller = APIClient()
    caller.force_authenticate(ClientPrincipal("test", frozenset({"potential:read"})))

    answer = caller.get(f"/api/v1/potential-assessments/{assessment.pk}/").json()

    assert answer["level"] == pytest.approx(3.5)
    assert answer["explained"]["dimensions"][0]["spread"] == 1
    assert caller.post("/api/v1/potential-assessments/", {}, format="json").status_code == 403


def test_raters_are_asked_and_let_go_over_the_api(company):
    assessment = PotentialAssessmentFactory(employee=company.person)
    rater = EmployeeFactory()
    hr = APIClient()
    hr.force_authenticate(ActingPrincipal("t", frozenset(Scope.values), company.viewer("hr_leader")))
    url = f"/api/v1/potential-assessments/{assessment.pk}/"

    asked = hr.post(f"{url}name-rater/", {"rater": rater.pk}, format="json")
    gone = hr.post(f"{url}withdraw-rater/", {"rater": rater.pk}, format="json")
    again = hr.post(f"{url}withdraw-rater/", {"rater": rater.pk}, format="json")
    nobody = hr.post(f"{url}withdraw-rater/", {"rater": company.head.pk}, format="json")

    assert [row["rater"]["id"] for row in asked.json()["raters"]] == [rater.pk]
    assert [row["state"] for row in gone.json()["raters"]] == ["withdrawn"]
    assert (again.status_code, nobody.status_code) == (409, 400)


def test_a_manager_who_is_a_rater_asks_a_colleague_and_learns_of_no_others(company):
    assessment = PotentialAssessmentFactory(employee=company.person)
    form = PotentialFormFactory(assessment=assessment, rater=company.boss)
    colleague = EmployeeFactory()
    manager, rater = APIClient(), APIClient()
    manager.force_authenticate(ActingPrincipal("t", frozenset(Scope.values), company.viewer("manager")))
    rater.force_authenticate(ActingPrincipal("t", frozenset(Scope.values), make_user(employee=colleague)))

    asked = manager.post(f"/api/v1/potential-forms/{form.pk}/name-colleague/", {"rater": colleague.pk}, format="json")
    theirs = PotentialForm.objects.get(rater=colleague)
    refused = rater.post(f"/api/v1/potential-forms/{theirs.pk}/name-colleague/", {"rater": colleague.pk}, format="json")

    assert asked.status_code == 200
    assert "raters" not in asked.json()
    assert refused.status_code == 403
