"""Slack: messages in its format, and the portal's own app there, which finds people by their e-mail address."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.common.outgoing.transport import Answer, post
from hrportal.notices.chat.messages import Line
from hrportal.notices.chat.outcomes import TAKEN, Outcome, outcome_of
from hrportal.notices.enums import BrokenBecause

# A profile with many fields of a company's own is longer than what webhooks answer.
LARGEST_ANSWER = 100_000
# An administrator who clicked waits for the answer.
PATIENCE_SECONDS = 5.0
FORM = "application/x-www-form-urlencoded"
UNKNOWN_PERSON = frozenset(
    {"channel_not_found", "user_not_found", "users_not_found", "user_disabled", "is_archived", "messages_tab_disabled"}
)
PORTAL_REFUSED = frozenset(
    {
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)


def is_set_up() -> bool:
    """Whether an administrator gave the portal an app in Slack."""
    return bool(settings.SLACK_BOT_TOKEN)


def body_of(lines: Sequence[Line]) -> dict[str, Any]:
    """A message: plain for the notification, and a linked line for each title."""
    blocks = [
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": f"<{line.url}|{_escaped(line.title)}>", "verbatim": True},
        }
        for line in lines
    ]
    return {"text": "\n".join(_escaped(line.title) for line in lines), "blocks": blocks}


def _escaped(text: str) -> str:
    """As Slack asks: with these three a name could link or call everybody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def post_to(member: str, lines: Sequence[Line]) -> Outcome:
    """Post to somebody in their conversation with the app."""
    message = {"channel": member, "unfurl_links": False, **body_of(lines)}
    return _outcome_of(_call("chat.postMessage", json.dumps(message).encode(), "application/json; charset=utf-8"))


def find_member(email: str) -> str:
    """The id of whoever has this address in Slack. Raises ActionError in words for whoever asked."""
    answer = _call("users.lookupByEmail", urlencode({"email": email}).encode(), FORM)
    said = _read(answer)
    if answer.is_success and said.get("ok") is True and isinstance(said.get("user"), Mapping):
        return str(said["user"]["id"])
    if said.get("error") in UNKNOWN_PERSON:
        raise ActionError(_("Nobody in Slack has the address %s.") % email)
    if said.get("error") in PORTAL_REFUSED:
        raise ActionError(_("Slack refuses the portal itself. Tell your administrators."))
    raise ActionError(_("Slack did not answer as it should. Try again in a while."))


def workspace() -> str:
    """The name of the workspace the app is in. Raises ActionError, in words for administrators."""
    answer = _call("auth.test", b"", FORM, within=PATIENCE_SECONDS)
    said = _read(answer)
    if answer.is_success and said.get("ok") is True:
        return str(said.get("team", ""))
    reason = said.get("error") or answer.error or answer.status
    raise ActionError(_("Slack does not accept the portal: %s.") % reason)


def accepts_portal() -> bool:
    """Whether Slack accepts the portal now."""
    try:
        workspace()
    except ActionError:
        return False
    return True


def _call(method: str, body: bytes, content_type: str, *, within: float | None = None) -> Answer:
    if not is_set_up():
        return Answer(status=200, body=b'{"ok": false, "error": "not_authed"}')
    headers = {"Authorization": f"Bearer {settings.SLACK_BOT_TOKEN}", "Content-Type": content_type}
    return post(f"{settings.SLACK_API_URL}/{method}", body, headers, largest=LARGEST_ANSWER, within=within)


def _read(answer: Answer) -> dict[str, Any]:
    """What an answer says; nothing if it cannot be read."""
    try:
        said = json.loads(answer.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _outcome_of(answer: Answer) -> Outcome:
    """Slack says in the body what others say by their status."""
    if not answer.is_success:
        passing = outcome_of(answer)
        return Outcome(trouble=passing.trouble, wish=passing.wish)
    said = _read(answer)
    if said.get("ok") is True:
        return TAKEN
    error = str(said.get("error", "no answer"))[:60]
    if error in UNKNOWN_PERSON:
        return Outcome(broken=BrokenBecause.UNKNOWN, trouble=error)
    if error in PORTAL_REFUSED:
        return Outcome(broken=BrokenBecause.PORTAL_REFUSED, trouble=error)
    return Outcome(trouble=error, wish=answer.wish)
