"""What people do with development plans by hand."""

import pytest

from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact
from talent.actions import add_action, add_item, close_item, complete_action, complete_plan, edit_item
from talent.enums import ActionKind, ItemState, PlanState
from talent.models import DevelopmentPlan, PlanItem
from tests.factories.people import make_user
from tests.factories.talent import DevelopmentPlanFactory, PlanActionFactory, PlanItemFactory

pytestmark = pytest.mark.django_db


def test_the_first_item_opens_the_one_plan_and_is_seen_by_its_owner(company):
    user = company.viewer("self")

    first = add_item(company.person, by=user, title="Speak in public")
    second = add_item(company.person, by=user, title="Write shorter")

    plan = DevelopmentPlan.objects.visible_to(user).get()
    assert list(plan.items.visible_to(user)) == [first, second]
    assert first.owner == company.person
    assert list(Fact.objects.order_by("pk").values_list("topic", "person_id")) == [
        ("talent.development_plan_opened", company.person.pk),
        ("talent.plan_item_added", company.person.pk),
        ("talent.plan_item_added", company.person.pk),
    ]


def test_an_item_is_worked_on_and_closed(company):
    user = company.viewer("manager")
    item = add_item(company.person, by=user, title="Speak in public")

    edit_item(item, by=user, title="Speak to a hall", target_level=4)
    action = add_action(item, by=user, kind=ActionKind.MENTORING, title="Meet Ana monthly")
    complete_action(action, by=user, evidence=" Six meetings ")
    close_item(item, by=user)

    item.refresh_from_db()
    action.refresh_from_db()
    assert (item.title, item.target_level, item.state) == ("Speak to a hall", 4, ItemState.DONE)
    assert (action.evidence, action.done_at is not None, action.owner) == ("Six meetings", True, company.person)


def test_an_item_can_be_given_up():
    item = PlanItemFactory()

    close_item(item, by=None, is_done=False)

    assert PlanItem.objects.get().state == ItemState.DROPPED


def test_a_plan_completes_with_what_is_open_given_up():
    plan = DevelopmentPlanFactory()
    done = PlanItemFactory(plan=plan, state=ItemState.DONE)
    unfinished = PlanItemFactory(plan=plan)

    complete_plan(plan, by=None)

    assert DevelopmentPlan.objects.get().state == PlanState.COMPLETED
    assert dict(PlanItem.objects.values_list("pk", "state")) == {
        done.pk: ItemState.DONE,
        unfinished.pk: ItemState.DROPPED,
    }


def test_what_is_over_does_not_change():
    user = make_user()
    closed = PlanItemFactory(state=ItemState.DONE)
    action = PlanActionFactory(item=closed)
    in_completed = PlanItemFactory(plan__state=PlanState.COMPLETED)

    for step in (
        lambda: edit_item(closed, by=user, title="Other"),
        lambda: close_item(closed, by=user),
        lambda: add_action(closed, by=user, kind=ActionKind.PROJECT, title="More"),
        lambda: complete_action(action, by=user),
        lambda: close_item(in_completed, by=user),
        lambda: complete_plan(in_completed.plan, by=user),
    ):
        with pytest.raises(ActionError):
            step()

    assert not Fact.objects.exists()


def test_an_action_is_done_once():
    action = PlanActionFactory()
    complete_action(action, by=None)

    with pytest.raises(ActionError):
        complete_action(action, by=None)


def test_what_is_out_of_range_is_refused_in_words():
    item = PlanItemFactory()

    with pytest.raises(ActionError) as refused:
        edit_item(item, by=None, target_level=9)

    assert refused.value.field == "target_level"
