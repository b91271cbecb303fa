"""The menu: each entry is shown to those whom its route admits, so no link leads to a refusal."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hrportal.common.access import opens
from hrportal.notices.models import Notice
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.models import User


@dataclass(frozen=True)
class Entry:
    """One line of the menu. It is marked as active on every page whose URL begins with its own.

    `roles` keep it from the menu of people who would find nothing behind it, though they may come; `permission` is for a
    page that asks more than the role of its reader.
    """

    label: Promise | str
    route: str
    icon: str
    roles: frozenset[str] = frozenset()
    permission: str = ""


MOST_ON_THE_BELL = 99
AT_THE_TABLE = frozenset({Role.MANAGER, Role.EXECUTIVE, *HR_ROLES})
LEADS_OR_LOOKS_AFTER = frozenset({Role.MANAGER, *HR_ROLES})
SOMEBODY = frozenset({Role.EMPLOYEE})


GROUPS: list[tuple[Any, list[Entry]]] = [
    (
        "",
        [
            Entry(_("My work"), "home:my_work", "house"),
            Entry(_("Directory"), "people:employee_list", "people"),
        ],
    ),
    (
        _("Performance"),
        [
            Entry(_("Reviews"), "performance:review_list", "clipboard-check"),
            Entry(_("Goals"), "performance:objective_list", "bullseye"),
            Entry(_("Feedback"), "performance:feedback_list", "chat-left-text"),
            Entry(_("360 feedback"), "performance:round_list", "people", SOMEBODY | HR_ROLES),
            Entry(_("One-to-ones"), "performance:one_to_one_list", "chat-dots", SOMEBODY),
            Entry(_("Cycles"), "performance:cycle_list", "arrow-repeat"),
            Entry(_("Accountability"), "performance:accountability", "list-check"),
            Entry(_("Figures"), "performance:metrics", "bar-chart"),
            Entry(_("Improvement plans"), "performance:improvement_plan_list", "life-preserver", LEADS_OR_LOOKS_AFTER),
        ],
    ),
    (
        _("Careers"),
        [
            Entry(_("Career paths"), "talent:career_path", "signpost-split"),
            Entry(_("Opportunities"), "talent:opportunity_list", "briefcase"),
            Entry(_("My aspirations"), "talent:aspiration_detail", "lightbulb"),
        ],
    ),
    (
        _("Calibration"),
        [
            Entry(_("Sessions"), "calibration:session_list", "sliders", AT_THE_TABLE),
            Entry(_("Calibrated ratings"), "calibration:decision_list", "patch-check", LEADS_OR_LOOKS_AFTER),
            Entry(_("Hand-over"), "calibration:handover_list", "arrow-left-right"),
            Entry(_("Readiness audit"), "calibration:readiness", "speedometer2"),
        ],
    ),
    (
        _("Talent"),
        [
            Entry(_("Overview"), "talent:overview", "compass"),
            Entry(_("Profiles"), "talent:profile_list", "person-badge"),
            Entry(_("Skills"), "talent:skill_own", "mortarboard"),
            Entry(_("High potentials"), "talent:pool_list", "star"),
            Entry(_("Talent reviews"), "talent:talent_review_list", "grid-3x3-gap", AT_THE_TABLE),
            Entry(_("Succession"), "talent:bench_list", "diagram-3", permission="talent.read_benches"),
            Entry(_("Retention"), "talent:risk_list", "heart-pulse", HR_ROLES | {Role.EXECUTIVE}),
            Entry(_("Development"), "talent:plan_list", "graph-up-arrow", SOMEBODY | HR_ROLES),
            Entry(_("Learning"), "talent:learning_list", "book", SOMEBODY | HR_ROLES),
            Entry(_("Rewards"), "talent:reward_cycle_list", "cash-stack"),
        ],
    ),
    (
        _("Administration"),
        [
            Entry(_("Accounts and roles"), "people:account_list", "key"),
            Entry(_("Webhooks"), "webhooks:endpoint_list", "send"),
            Entry(_("Organisation"), "people:organisation", "diagram-3"),
            Entry(_("Imports"), "people:import_list", "upload"),
            Entry(_("API clients"), "integrations:client_list", "layers"),
            Entry(_("Nightly exports"), "bi_exports:export_list", "layers"),
            Entry(_("Slack and Teams"), "notices:chat_overview", "chat-dots"),
            Entry(_("SCIM"), "provisioning:client_list", "person-badge"),
            Entry(_("Audit"), "home:fact_list", "journal-text"),
        ],
    ),
]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Template context: the groups of the menu that hold something for this person."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": []}
    groups = [{"label": label, "items": _items(entries, user)} for label, entries in GROUPS]
    _mark_active([item for group in groups for item in group["items"]], request.path)
    return {
        "navigation": [group for group in groups if group["items"]],
        "search_url": reverse("people:employee_list"),
        "may_link_accounts": any(provider["APPS"] for provider in settings.SOCIALACCOUNT_PROVIDERS.values()),
        **_notices(user),
    }


def _notices(user: User) -> dict[str, Any]:
    """The bell. The count is asked for by the top bar alone, so that parts of pages do not pay for it."""
    if not user.viewer.employee_id:
        return {}
    return {
        "notifications_url": reverse("notices:notice_list"),
        "notifications_count": partial(_unread, user),
        "preferences_url": reverse("notices:settings_edit"),
    }


def _unread(user: User) -> str:
    """How many notices wait, as the bell says it; empty for none."""
    count = Notice.objects.visible_to(user).unread().order_by()[: MOST_ON_THE_BELL + 1].count()
    return f"{MOST_ON_THE_BELL}+" if count > MOST_ON_THE_BELL else str(count or "")


def _items(entries: list[Entry], user: User) -> list[dict[str, Any]]:
    return [
        {"label": entry.label, "url": url, "icon": entry.icon}
        for entry in entries
        if (url := _url_if_open(entry, user))
    ]


def _mark_active(items: list[dict[str, Any]], path: str) -> None:
    """Mark the entry whose URL is the longest beginning of the path."""
    above = [item for item in items if path.startswith(item["url"]) and (path == "/" or item["url"] != "/")]
    if above:
        max(above, key=lambda item: len(item["url"]))["is_active"] = True


def _url_if_open(entry: Entry, user: User) -> str:
    return reverse(entry.route) if opens(entry.route, user) and _is_shown(entry, user) else ""


def _is_shown(entry: Entry, user: User) -> bool:
    if entry.roles and not entry.roles & user.viewer.roles:
        return False
    return not entry.permission or user.has_perm(entry.permission)
