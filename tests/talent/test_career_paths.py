"""Career paths: the steps HR keeps, the picture of them, and the gaps on the way beside what may be read of somebody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from hrportal.people.models import Job
from talent.actions.career_paths import add_career_step, edit_career_step, remove_career_step
from talent.mobility.graph import BACK, HERE, ONWARD, paths_around
from talent.models import CareerStep, PlanItem
from tests.factories.mobility import CareerStepFactory
from tests.factories.people import CompetencyFactory, JobFactory, RoleProfileEntryFactory, make_user
from tests.factories.talent import SkillAssessmentFactory
from tests.talent.company import VIEWERS

STEPS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)).filter(lambda pair: pair[0] != pair[1]), unique=True)


def drawn(pairs):
    """Steps that are in no database."""
    jobs = {pk: Job(pk=pk, code=str(pk), name=f"Job {pk}") for pk in range(1, 10)}
    return jobs, [CareerStep(from_job=jobs[one], to_job=jobs[other], months=12) for one, other in pairs]


class TestPicture:
    @given(STEPS)
    def test_every_job_stands_in_the_layer_of_its_shortest_way(self, pairs):
        jobs, steps = drawn(pairs)

        paths = paths_around(jobs[1], steps)

        reached, edge = {1: 0}, {1}
        for layer in range(1, ONWARD + 1):
            edge = {other for one, other in pairs if one in edge and other not in reached}
            reached |= dict.fromkeys(edge, layer)
        onward = {node.job.pk: node.layer for node in paths.nodes if node.layer >= HERE}
        assert onward == {pk: layer for pk, layer in reached.items() if pk in onward}
        assert len(onward) + sum(layer.left_out for layer in paths.layers if layer.number > HERE) == len(reached)
        before = {one for one, other in pairs if other == 1} - reached.keys()
        assert {node.job.pk for node in paths.nodes if node.layer == BACK} <= before
        assert all(node.months == 12 * node.layer for node in paths.targets)
        shown = {node.job.pk for node in paths.nodes}
        assert {(step.from_job_id, step.to_job_id) for step in paths.steps} == {
            pair for pair in pairs if set(pair) <= shown
        }

    def test_a_way_of_unknown_time_is_not_a_short_one(self):
        jobs, steps = drawn([(1, 2), (2, 3)])
        steps[0].months = None

        paths = paths_around(jobs[1], steps)

        assert [(node.job.pk, node.months) for node in paths.targets] == [(2, None), (3, None)]


@pytest.mark.django_db
class TestSteps:
    def test_hr_keeps_them_and_each_deed_is_a_fact(self, client):
        one, other = JobFactory(), JobFactory()
        client.force_login(make_user(Role.HRBP))
        url = reverse("talent:career_step_add")

        client.post(url, {"from_job": one.pk, "to_job": other.pk, "kind": "up", "months": 30, "note": "Lead a team"})
        step = CareerStep.objects.get()
        client.post(reverse("talent:career_step_edit", args=[step.pk]), {"kind": "lateral", "months": "", "note": ""})
        step.refresh_from_db()
        client.post(reverse("talent:career_step_remove", args=[step.pk]))

        assert (step.kind, step.months) == ("lateral", None)
        assert not CareerStep.objects.exists()
        assert list(Fact.objects.order_by("pk").values_list("topic", flat=True)) == [
            "talent.career_step_added",
            "talent.career_step_edited",
            "talent.career_step_removed",
        ]

    def test_neither_twice_nor_to_itself_nor_after_it_is_gone(self):
        step = CareerStepFactory()

        with pytest.raises(ActionError, match="there already"):
            add_career_step(by=None, from_job=step.from_job, to_job=step.to_job)
        with pytest.raises(ActionError, match="another job"):
            add_career_step(by=None, from_job=step.from_job, to_job=step.from_job)
        remove_career_step(step, by=None)
        with pytest.raises(ActionError):
            edit_career_step(step, by=None, months=3)

        assert not CareerStep.objects.exists()

    def test_what_was_typed_stays_when_it_is_refused(self, client):
        step = CareerStepFactory()
        client.force_login(make_user(Role.HR_LEADER))
        typed = {"from_job": step.from_job_id, "to_job": step.to_job_id, "kind": "up", "note": "My long words"}

        page = client.post(reverse("talent:career_step_add"), typed)

        assert (page.status_code, "My long words" in page.content.decode()) == (422, True)


@pytest.fixture
def way(company):
    """From the person's job leads a step to one that asks for a skill in which the person has level 2, unshared."""
    step, competency = CareerStepFactory(from_job=company.person.job, months=24), CompetencyFactory()
    RoleProfileEntryFactory(job=step.to_job, competency=competency, level_today=4, importance=5)
    SkillAssessmentFactory(profile__employee=company.person, competency=competency, level=2)
    return step


@pytest.mark.django_db
class TestGaps:
    def test_the_person_sees_only_what_was_shared(self, company, way, client):
        client.force_login(company.viewer("self"))

        page = client.get(reverse("talent:career_path"))

        (target,) = page.context["paths"].targets
        assert (target.gap.fit.low, target.gap.fit.high, target.gap.fit.unknown) == (0, 1, 1)

    def test_a_gap_goes_into_the_plan(self, company, way, client):
        skill = company.person.talent_profile.skills.get()
        skill.shared_at = timezone.now()
        skill.save()
        client.force_login(company.viewer("self"))

        page = client.get(reverse("talent:career_path"))
        url = f"{reverse('talent:item_add', args=[company.person.pk])}?competency={skill.competency_id}&level=4&purpose=next"
        assert url.replace("&", "&amp;") in page.content.decode()
        form = client.get(url).context["form"]
        client.post(url, {name: value for name, value in form.initial.items() if value is not None})

        assert page.context["paths"].targets[0].gap.fit.low_percent == 50
        item = PlanItem.objects.get()
        assert (item.competency_id, item.from_level, item.target_level, item.purpose) == (
            skill.competency_id,
            2,
            4,
            "next",
        )
        assert "in the plan" in client.get(reverse("talent:career_path")).content.decode()

    @pytest.mark.parametrize("viewer", VIEWERS)
    def test_others_look_where_they_read_the_skills(self, company, way, client, viewer):
        client.force_login(company.viewer(viewer))

        page = client.get(reverse("talent:career_path_person", args=[company.person.pk]))

        readers = {"manager", "head", "partner", "hr_leader", "executive"}
        assert page.status_code == (200 if viewer in readers else 404)
        if viewer in readers:
            assert page.context["paths"].targets[0].gap.fit.low_percent == 50

    def test_it_costs_the_same_for_one_and_three(self, company, way, client):
        client.force_login(company.viewer("manager"))
        url, costs = reverse("talent:career_path_person", args=[company.person.pk]), []
        for more in (0, 2):
            for _ in range(more):
                step = CareerStepFactory(from_job=company.person.job)
                RoleProfileEntryFactory(job=step.to_job, level_today=3)
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            costs.append(len(queries))

        assert costs[0] == costs[1]

    def test_clients_read_the_same(self, company, way):
        api = APIClient()
        api.force_authenticate(ActingPrincipal("t", frozenset(Scope.values), company.viewer("manager")))
        by_itself = APIClient()
        by_itself.force_authenticate(ClientPrincipal("t", frozenset({Scope.MOBILITY_READ})))
        url = f"/api/v1/career-paths/{company.person.job_id}/?employee={company.person.pk}"

        nodes = {node["job"]["id"]: node for node in api.get(url).json()["nodes"]}

        assert nodes[way.to_job_id]["fit"]["low"] == nodes[way.to_job_id]["fit"]["high"] == 0.5
        assert nodes[way.to_job_id]["months"] == 24
        assert by_itself.get(url).status_code == 404
        assert by_itself.get(url.split("?")[0]).json()["nodes"][0]["fit"] is None
