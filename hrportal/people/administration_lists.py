"""Lists that only those who look after accounts and imports have as pages, and can therefore take away."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.enums import Role
from hrportal.people.exports import ListKind, filtered, list_kind
from hrportal.people.filters import AccountFilter
from hrportal.people.import_lists import KEEPERS, SCOPE
from hrportal.people.models import EmployeeImport, User
from hrportal.people.viewer import Principal


def _account_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("User name"), lambda account: account.username),
        Column(gettext_lazy("Owner"), lambda account: account.employee),
        Column(gettext_lazy("E-mail"), lambda account: account.email),
        Column(gettext_lazy("Roles"), lambda account: ", ".join(map(_grant_words, account.current_grants)) or None),
        Column(gettext_lazy("State"), lambda account: _("Open") if account.is_active else _("Closed")),
        Column(gettext_lazy("Last sign-in"), lambda account: account.last_login),
    ]


def _grant_words(grant: Any) -> str:
    """A role with what it is over."""
    role = str(grant.get_role_display())
    return f"{role} · {grant.org_unit}" if grant.org_unit else role


def _accounts(user: Principal, query: QueryDict) -> Any:
    return filtered(AccountFilter, query, User.objects.visible_to(user).with_roles().order_by("username"), user)


def _import_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("File"), lambda row: row.file_name),
        Column(gettext_lazy("Uploaded"), lambda row: row.uploaded_at),
        Column(gettext_lazy("Finished"), lambda row: row.finished_at),
        Column(gettext_lazy("State"), lambda row: row.get_state_display()),
        Column(gettext_lazy("Source system"), lambda row: row.source),
        Column(gettext_lazy("Effective on"), lambda row: row.effective_on),
        Column(gettext_lazy("New"), lambda row: row.created),
        Column(gettext_lazy("Changed"), lambda row: row.changed),
        Column(gettext_lazy("Leaving"), lambda row: row.ended),
        Column(gettext_lazy("Returning"), lambda row: row.returned),
        Column(gettext_lazy("Rows refused"), lambda row: row.refused),
    ]


def _imports(user: Principal, query: QueryDict) -> Any:
    return EmployeeImport.objects.visible_to(user)


ACCOUNTS = list_kind(
    ListKind(
        "people.accounts",
        gettext_lazy("Accounts and roles"),
        _account_columns,
        _accounts,
        frozenset({Role.ADMIN}),
        in_person=True,
    )
)
IMPORTS = list_kind(
    ListKind("people.imports", gettext_lazy("Imports"), _import_columns, _imports, KEEPERS, scope=SCOPE)
)
