"""What a development plan offers for a one-to-one is what both of the two may see."""

import pytest
from django.utils import timezone

from performance.one_to_ones.talking_points import talking_points
from tests.factories.development import PlanCheckInFactory
from tests.factories.people import make_user
from tests.factories.performance import OneToOneFactory
from tests.factories.talent import DevelopmentPlanFactory, PlanItemFactory

pytestmark = pytest.mark.django_db


def test_only_open_items_the_employee_sees_are_offered():
    series = OneToOneFactory()
    plan = DevelopmentPlanFactory(employee=series.employee)
    shown = PlanItemFactory(plan=plan, shared_at=timezone.now())
    PlanItemFactory(plan=plan, shared_at=None)
    PlanItemFactory(plan=plan, shared_at=timezone.now(), state="done")

    for user in (make_user(employee=series.manager), make_user(employee=series.employee)):
        assert [point.key for point in talking_points(user, series)] == [f"plan-{shown.pk}"]


def test_a_check_in_written_in_the_plan_is_on_the_table():
    series = OneToOneFactory()
    item = PlanItemFactory(plan__employee=series.employee, shared_at=timezone.now())
    PlanCheckInFactory(item=item, progress=60)

    (point,) = talking_points(make_user(employee=series.manager), series)

    assert point.why.endswith("60 %")
