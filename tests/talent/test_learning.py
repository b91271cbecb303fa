"""The catalogue and enrolments: asking, deciding, completing, confirming; what comes from other systems."""

import datetime
import functools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from talent.actions import (
    add_learning_item,
    approve_enrolment,
    cancel_enrolment,
    complete_enrolment,
    confirm_completion,
    edit_learning_item,
    enrol,
    refuse_enrolment,
)
from talent.actions.learning_import import import_completions, import_learning_items
from talent.enums import EnrolmentState, Proof
from talent.models import Enrolment, LearningItem, SkillAssessment
from tests.factories.development import EnrolmentFactory, LearningItemFactory
from tests.factories.people import CompetencyFactory, EmployeeFactory
from tests.factories.talent import PlanActionFactory
from tests.talent.company import VIEWERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(company):
    """Each viewer is one account, however often it is asked for."""
    company.viewer = functools.cache(company.viewer)
    return company


def certificate(**fields) -> LearningItem:
    return LearningItemFactory(competency=CompetencyFactory(), level=4, proof=Proof.CERTIFICATE, **fields)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_rows_and_rules_agree(company, viewer):
    enrolment, user = EnrolmentFactory(employee=company.person), company.viewer(viewer)

    seen = Enrolment.objects.visible_to(user).filter(pk=enrolment.pk).exists()

    assert seen == user.has_perm("talent.cancel_enrolment", enrolment)
    assert user.has_perm("talent.approve_enrolment", enrolment) == (seen and viewer != "self")
    assert user.has_perm("talent.confirm_completion", enrolment) == (seen and viewer != "self")
    assert user.has_perm("talent.add_learning_item") == (
        viewer in {"partner", "far_partner", "partner_below", "hr_leader"}
    )


class TestEnrolling:
    def test_what_costs_nothing_begins_at_once(self, company):
        enrolment = enrol(LearningItemFactory(), company.person, by=company.viewer("self"))

        assert enrolment.state == EnrolmentState.ENROLLED
        assert not Notice.objects.exists()

    @pytest.mark.parametrize("why", [{"cost": 100}, {"needs_approval": True}])
    def test_what_costs_something_waits_for_a_yes(self, company, why):
        enrolment = enrol(LearningItemFactory(**why), company.person, by=company.viewer("self"))

        assert enrolment.state == EnrolmentState.REQUESTED
        assert Notice.objects.get().employee == company.boss
        approved = approve_enrolment(enrolment, by=company.viewer("manager"))
        assert (approved.state, approved.decided_by) == (EnrolmentState.ENROLLED, company.boss)

    def test_a_manager_says_yes_by_enrolling(self, company):
        enrolment = enrol(LearningItemFactory(cost=100), company.person, by=company.viewer("manager"))

        assert enrolment.state == EnrolmentState.ENROLLED
        assert Notice.objects.get().employee == company.person

    def test_a_no_has_a_reason(self, company):
        enrolment = EnrolmentFactory(employee=company.person, state="requested")

        with pytest.raises(ActionError):
            refuse_enrolment(enrolment, by=company.viewer("manager"), reason=" ")
        refused = refuse_enrolment(enrolment, by=company.viewer("manager"), reason="Not this year")

        assert (refused.state, refused.words) == (EnrolmentState.REFUSED, "Not this year")

    def test_one_is_enrolled_once(self, company):
        item = LearningItemFactory()
        enrol(item, company.person, by=company.viewer("self"))

        with pytest.raises(ActionError):
            enrol(item, company.person, by=company.viewer("self"))

        assert Enrolment.objects.count() == 1

    def test_what_is_no_longer_offered_takes_nobody_new(self, company):
        with pytest.raises(ActionError):
            enrol(LearningItemFactory(is_active=False), company.person, by=company.viewer("self"))

    def test_anothers_action_is_refused(self, company):
        with pytest.raises(ActionError) as refused:
            enrol(LearningItemFactory(), company.person, by=None, action=PlanActionFactory())

        assert refused.value.field == "action"

    def test_what_is_over_does_not_change(self):
        done = EnrolmentFactory(state="completed", completed_on=timezone.localdate(), verified_at=timezone.now())

        for step in (approve_enrolment, cancel_enrolment, complete_enrolment, confirm_completion):
            with pytest.raises(ActionError):
                step(done, by=None)

        assert not Fact.objects.exists()


class TestCompleting:
    def test_a_certificate_gives_a_level_once_somebody_confirmed_it(self, company):
        enrolment = EnrolmentFactory(employee=company.person, learning_item=certificate())

        done = complete_enrolment(enrolment, by=company.viewer("self"), evidence="Number 12")
        assert (done.state, done.verified_at) == (EnrolmentState.COMPLETED, None)
        assert not SkillAssessment.objects.exists()
        assert Notice.objects.get().employee == company.boss
        confirm_completion(done, by=company.viewer("manager"))

        found = SkillAssessment.objects.get()
        assert (found.level, found.kind, found.source) == (4, "certificate", f"talent.enrolment:{enrolment.pk}")
        assert found.shared_at

    def test_ones_own_word_needs_evidence(self, company):
        enrolment = EnrolmentFactory(employee=company.person)

        with pytest.raises(ActionError) as refused:
            complete_enrolment(enrolment, by=company.viewer("self"))

        assert refused.value.field == "evidence"
        enrolment.refresh_from_db()
        assert enrolment.state == EnrolmentState.ENROLLED

    def test_what_one_works_through_alone_gives_no_level(self, company):
        item = LearningItemFactory(competency=CompetencyFactory(), level=4)

        complete_enrolment(EnrolmentFactory(learning_item=item), by=company.viewer("manager"))

        assert not SkillAssessment.objects.exists()

    @pytest.mark.parametrize(("score", "levels"), [(None, 0), (59, 0), (60, 1), (100, 1)])
    def test_an_examination_counts_when_it_was_passed(self, company, score, levels):
        item = LearningItemFactory(competency=CompetencyFactory(), level=3, proof=Proof.ASSESSMENT, pass_score=60)
        enrolment = EnrolmentFactory(employee=company.person, learning_item=item)

        complete_enrolment(enrolment, by=company.viewer("manager"), score=score)

        assert SkillAssessment.objects.filter(kind="assessor", level=3).count() == levels

    def test_the_action_of_the_plan_is_done_with_it(self, company):
        action = PlanActionFactory(item__plan__employee=company.person, item__competency=CompetencyFactory())
        enrolment = enrol(LearningItemFactory(), company.person, by=company.viewer("manager"), action=action)

        complete_enrolment(enrolment, by=company.viewer("self"), evidence="Number 12")

        action.refresh_from_db()
        assert (bool(action.done_at), action.evidence) == (True, "Number 12")

    def test_an_action_that_is_over_stays_as_it_is(self, company):
        action = PlanActionFactory(item__plan__employee=company.person, item__state="dropped")
        enrolment = EnrolmentFactory(employee=company.person, action=action)

        complete_enrolment(enrolment, by=None)

        action.refresh_from_db()
        assert action.done_at is None


class TestCatalogue:
    def test_what_gives_a_level_names_it(self):
        with pytest.raises(ActionError):
            add_learning_item(by=None, title="Exam", proof=Proof.CERTIFICATE)

        assert not LearningItem.objects.exists()

    def test_an_entry_is_taken_out(self):
        item = edit_learning_item(LearningItemFactory(), by=None, is_active=False)

        assert not LearningItem.objects.active().filter(pk=item.pk).exists()

    def test_it_is_found_by_what_it_builds(self, company, client):
        competency = CompetencyFactory()
        wanted = LearningItemFactory(competency=competency, level=3)
        LearningItemFactory(competency=competency, level=2)
        LearningItemFactory(title="Other")
        client.force_login(company.viewer("self"))

        page = client.get(reverse("talent:learning_list"), {"competency": competency.pk, "level": 3})

        assert page.context["page"].rows == [wanted]


class TestImports:
    ROW = {"external_key": "a-1", "title": "Speak", "level": "3", "cost": "12.50", "needs_approval": "yes"}

    def test_the_same_again_changes_nothing(self):
        competency = CompetencyFactory()
        rows = [self.ROW | {"competency": competency.name, "proof": "certificate"}]

        first = import_learning_items(rows, by=None)
        facts = Fact.objects.count()
        again = import_learning_items(rows, by=None)
        changed = import_learning_items([{"external_key": "a-1", "title": "Speak up"}], by=None)

        assert (first.created, again.unchanged, again.changed, changed.changed) == (1, 1, 0, 1)
        assert Fact.objects.count() == facts + 1
        item = LearningItem.objects.get()
        assert (item.title, item.competency, item.level, float(item.cost)) == ("Speak up", competency, 3, 12.5)

    @pytest.mark.parametrize(
        "odd",
        [
            {"external_key": ""},
            {"title": ""},
            {"level": "9"},
            {"level": "x"},
            {"cost": "NaN"},
            {"cost": "-1"},
            {"kind": "nothing"},
            {"competency": "Nobody knows it"},
            {"needs_approval": "perhaps"},
            {"proof": "certificate"},
            {"url": "javascript:alert(1)"},
            {"colour": "red"},
        ],
    )
    def test_an_odd_row_keeps_nobody_out(self, odd):
        report = import_learning_items([self.ROW | {"external_key": "b-2"}, self.ROW | odd], by=None)

        assert report.created == 1
        assert [place for place, _words in report.refused] == [2]

    def test_a_file_is_taken_in_and_says_what_came_of_it(self, company, client):
        client.force_login(company.viewer("hr_leader"))
        file = SimpleUploadedFile("catalogue.csv", b"external_key,title,level\na-1,Speak,3\na-2,,3\n")

        page = client.post(reverse("talent:learning_import"), {"file": file})

        assert (page.context["report"].created, len(page.context["report"].refused)) == (1, 1)

    @pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"external_key,title\n"])
    def test_what_is_no_such_file_is_refused(self, company, client, content):
        client.force_login(company.viewer("hr_leader"))

        page = client.post(reverse("talent:learning_import"), {"file": SimpleUploadedFile("x.csv", content)})

        assert page.status_code == 422

    def test_completions_come_once_and_give_levels(self, company):
        item = certificate(external_key="a-1")
        under_way = EnrolmentFactory(learning_item=item, employee=company.person)
        other = EmployeeFactory()
        day = timezone.localdate() - datetime.timedelta(days=3)
        rows = [
            {"external_key": "c-1", "employee_number": company.person.employee_number, "learning_key": "a-1"},
            {"external_key": "c-2", "employee_number": other.employee_number, "learning_key": "a-1", "score": "80"},
            {"external_key": "c-3", "employee_number": "nobody", "learning_key": "a-1"},
            {"external_key": "c-4", "employee_number": other.employee_number, "learning_key": "a-9"},
        ]
        rows = [row | {"completed_on": day.isoformat()} for row in rows]

        first = import_completions(rows, by=None)
        facts = Fact.objects.count()
        again = import_completions(rows, by=None)

        assert (first.created, first.changed, len(first.refused)) == (1, 1, 2)
        assert (again.created, again.changed, again.unchanged) == (0, 0, 2)
        assert Fact.objects.count() == facts
        under_way.refresh_from_db()
        assert (under_way.state, under_way.completed_on) == (EnrolmentState.COMPLETED, day)
        assert SkillAssessment.objects.filter(kind="certificate", level=4, assessed_on=day).count() == 2

    def test_the_cost_of_an_import_does_not_grow_with_its_rows(self):
        costs = []
        for start, size in ((0, 1), (1, 3)):
            rows = [{"external_key": f"k-{n}", "title": "Speak"} for n in range(start, start + size)]
            with CaptureQueriesContext(connection) as queries:
                import_learning_items(rows, by=None)
            costs.append(len(queries))

        assert costs[0] == costs[1]

    def test_over_the_api(self, company):
        client = APIClient()
        client.force_authenticate(ClientPrincipal("lms", frozenset({"development:read", "talent:write"})))
        row = {"external_key": "a-1", "title": "Speak"}

        taken = client.post("/api/v1/learning-items/import/", {"rows": [row, {"title": "No key"}]}, format="json")
        done = client.post(
            "/api/v1/learning-items/completions/",
            {
                "rows": [
                    {
                        "external_key": "c-1",
                        "employee_number": company.person.employee_number,
                        "learning_key": "a-1",
                        "completed_on": timezone.localdate().isoformat(),
                    }
                ]
            },
            format="json",
        )

        assert (taken.json()["created"], taken.json()["refused"][0]["row"]) == (1, 2)
        assert (done.status_code, done.json()["created"]) == (200, 1)


class TestDoors:
    def test_one_enrols_asks_and_completes_on_pages(self, company, client):
        item = LearningItemFactory(cost=5)
        client.force_login(company.viewer("self"))
        client.post(reverse("talent:enrolment_add", args=[item.pk]))
        enrolment = Enrolment.objects.get()
        assert client.post(reverse("talent:enrolment_approve", args=[enrolment.pk])).status_code == 403
        client.force_login(company.viewer("manager"))
        client.post(reverse("talent:enrolment_approve", args=[enrolment.pk]))
        client.force_login(company.viewer("self"))

        refused = client.post(reverse("talent:enrolment_complete", args=[enrolment.pk]), {"score": 70})
        client.post(reverse("talent:enrolment_complete", args=[enrolment.pk]), {"evidence": "Number 12"})

        enrolment.refresh_from_db()
        assert (refused.status_code, enrolment.state) == (422, EnrolmentState.COMPLETED)

    def test_a_manager_enrols_by_number_and_for_a_plan(self, company, client):
        action = PlanActionFactory(item__plan__employee=company.person)
        item, other = LearningItemFactory.create_batch(2)
        client.force_login(company.viewer("manager"))

        client.post(reverse("talent:enrolment_add", args=[item.pk]), {"person": company.person.employee_number})
        client.post(reverse("talent:enrolment_add", args=[other.pk]), {"action": action.pk})
        refused = client.post(
            reverse("talent:enrolment_add", args=[item.pk]), {"person": EmployeeFactory().employee_number}
        )
        unknown = client.post(reverse("talent:enrolment_add", args=[item.pk]), {"person": "Nobody"})

        assert (refused.status_code, unknown.status_code) == (422, 422)
        assert "You may enrol those who report to you" in refused.content.decode()
        assert 'value="Nobody"' in unknown.content.decode()
        assert set(Enrolment.objects.values_list("employee", "action")) == {
            (company.person.pk, None),
            (company.person.pk, action.pk),
        }

    @pytest.mark.parametrize("name", ["learning_list", "team_enrolments"])
    def test_lists_cost_the_same_for_one_and_three(self, company, client, name):
        client.force_login(company.viewer("manager"))
        costs = []
        for rows in (1, 2):
            for _ in range(rows):
                item = LearningItemFactory(competency=CompetencyFactory())
                EnrolmentFactory(employee=EmployeeFactory(manager=company.boss), learning_item=item)
            client.get(reverse(f"talent:{name}"))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(f"talent:{name}"))
            costs.append(len(queries))

        assert costs[0] == costs[1]

    def test_api_lists_cost_the_same_for_one_and_three(self, company):
        caller = APIClient()
        caller.force_authenticate(ActingPrincipal("t", frozenset(Scope.values), company.viewer("manager")))
        for url in ("/api/v1/learning-items/", "/api/v1/enrolments/"):
            costs = []
            for rows in (1, 2):
                for _ in range(rows):
                    EnrolmentFactory(
                        employee=EmployeeFactory(manager=company.boss),
                        learning_item=LearningItemFactory(competency=CompetencyFactory()),
                    )
                caller.get(url)
                with CaptureQueriesContext(connection) as queries:
                    assert caller.get(url).status_code == 200
                costs.append(len(queries))
            assert costs[0] == costs[1], url
