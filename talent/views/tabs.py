"""The pages of development that stand side by side, each for those whom its route admits."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hrportal.common.access import opens
from hrportal.people.viewer import Principal

Tabs = list[dict[str, Any]]

DEVELOPMENT: list[tuple[str, Promise | str]] = [
    ("talent:plan_list", _("Plans")),
    ("talent:mentoring_list", _("Mentoring")),
    ("talent:mentor_matches", _("Mentor matching")),
    ("talent:plan_overview", _("How plans stand")),
]
LEARNING: list[tuple[str, Promise | str]] = [
    ("talent:learning_list", _("Catalogue")),
    ("talent:enrolment_list", _("My learning")),
    ("talent:team_enrolments", _("Others’ learning")),
]
CAREERS: list[tuple[str, Promise | str]] = [
    ("talent:opportunity_list", _("Open to me")),
    ("talent:interest_list", _("Interests")),
    ("talent:opportunity_managed", _("Posted")),
]


def development_tabs(user: Principal, current: str) -> Tabs:
    """Plans, mentoring and how they stand."""
    return _tabs(DEVELOPMENT, user, current)


def learning_tabs(user: Principal, current: str) -> Tabs:
    """The catalogue and who takes part."""
    return _tabs(LEARNING, user, current)


def careers_tabs(user: Principal, current: str) -> Tabs:
    """Opportunities, interest in them, and those one looks after."""
    return _tabs(CAREERS, user, current)


def _tabs(routes: list[tuple[str, Promise | str]], user: Principal, current: str) -> Tabs:
    return [
        {"url": reverse(route), "label": label, "is_current": route == current}
        for route, label in routes
        if opens(route, user)
    ]
