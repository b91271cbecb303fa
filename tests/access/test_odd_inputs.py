"""Parameters nobody means are refused or ignored, and never an error of the portal's own."""

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from tests.access.world import make_world

NOT_A_NUMBER = "²"  # a digit to Python, and no number
HUGE = "9" * 30
NUL = "a\x00"
ENDLESS = "9" * 5000  # Python reads no number of so many digits


@pytest.mark.django_db
def test_odd_parameters_are_no_errors():
    world = make_world()
    page, api = Client(raise_request_exception=False), APIClient(raise_request_exception=False)
    page.force_login(world.users["leader"])
    api.force_authenticate(world.principal("leader"))
    asked = [
        page.get(reverse("calibration:handover_list"), {"before": NOT_A_NUMBER}),
        page.get(reverse("calibration:handover_list"), {"before": HUGE}),
        page.get(reverse("home:fact_list"), {"before": HUGE}),
        page.get(reverse("people:employee_list"), {"page": ENDLESS, "manager": ENDLESS}),
        page.get(reverse("performance:goal_tree"), {"at": ENDLESS, "page": ENDLESS}),
        page.get(reverse("calibration:handover_list"), {"before": ENDLESS}),
        page.get(reverse("home:fact_list"), {"before": ENDLESS}),
        page.get(reverse("performance:feedback_readers"), {"request": ENDLESS}),
        page.get(reverse("calibration:session_board", args=[world.objects["session"].pk]), {"cards": ENDLESS}),
        page.get(reverse("people:person_options"), {"employee": "ab\x00"}),
        page.get(reverse("talent:critical_role_designate"), {"q": "ab\x00"}),
        page.get(reverse("people:employee_list"), {"q": "ab\x00", "manager": HUGE}),
        page.get(reverse("talent:strategy_detail"), {"family": NUL}),
        page.get(reverse("calibration:strategy_propose"), {"family": NUL}),
        page.post(reverse("home:list_export", args=["talent.strategy_wanted"]), {"query": "family=%00"}),
        page.post(reverse("home:list_export", args=["calibration.strategy_proposals"]), {"query": "family=%00"}),
        page.post(reverse("home:list_export", args=["performance.part_versions"]), {"query": "side=%00"}),
        api.get("/api/v1/strategy-proposals/", {"family": NUL}),
        api.get("/api/v1/reviews/", {"employee": HUGE}),
        api.get("/api/v1/reviews/", {"page_size": NOT_A_NUMBER}),
        api.get("/api/v1/reviews/", {"page_size": ENDLESS}),
        api.get("/api/v1/employees/", {"ids": ENDLESS, "manager": ENDLESS}),
        api.get("/api/v1/changes/", {"cursor": ENDLESS}),
        api.get("/api/v1/employees/", {"ids": f"{HUGE},1"}),
    ]

    assert [answer.request["PATH_INFO"] for answer in asked if answer.status_code >= 500] == []
