"""What an import changes and which of its rows are wrong, as lists to take away. `import` in the query names the import."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.enums import Role
from hrportal.people.exports import ListKind, Portions, filtered, list_kind
from hrportal.people.filters import ImportChangeFilter
from hrportal.people.importing.words import field_words, value_words
from hrportal.people.models import ImportChange, ImportProblem
from hrportal.people.viewer import Principal

KEEPERS = frozenset({Role.ADMIN, Role.HR_LEADER, Role.INTEGRATION})
SCOPE = "employees:write"


def _changes(user: Principal, query: QueryDict) -> Portions:
    """A line for each field of each person."""
    changes = ImportChange.objects.visible_to(user).filter(employee_import=_number(query)).select_related("employee")
    return Portions(filtered(ImportChangeFilter, query, changes, user), _lines)


def _lines(changes: list[ImportChange]) -> Iterator[tuple[ImportChange, str, Any]]:
    for change in changes:
        for name, pair in (change.shown_fields() or {"": ["", ""]}).items():
            yield change, name, pair


def _number(query: QueryDict) -> int:
    given = query.get("import", "")
    return int(given) if given.isdecimal() and len(given) < 19 else 0


def _change_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Employee number"), lambda line: line[0].employee_number),
        Column(gettext_lazy("Name"), lambda line: line[0].employee.name if line[0].employee else line[0].name),
        Column(gettext_lazy("What happens"), lambda line: line[0].get_kind_display()),
        Column(gettext_lazy("Field"), lambda line: field_words(line[1])),
        Column(gettext_lazy("Before"), lambda line: _shown(line, 0)),
        Column(gettext_lazy("After"), lambda line: _shown(line, 1)),
    ]


def _shown(line: Any, place: int) -> str:
    _row, name, pair = line
    return _("not shown") if pair is None else value_words(name, pair[place])


def _problems(user: Principal, query: QueryDict) -> Any:
    return ImportProblem.objects.visible_to(user).filter(employee_import=_number(query))


def _problem_columns() -> Sequence[Column]:
    return [
        Column("line", lambda row: row.line),
        Column("column", lambda row: row.column),
        Column("value", lambda row: row.value),
        Column("reason", lambda row: row.reason),
    ]


CHANGES = list_kind(
    ListKind(
        "people.import_changes", gettext_lazy("What a file changes"), _change_columns, _changes, KEEPERS, scope=SCOPE
    )
)
PROBLEMS = list_kind(
    ListKind(
        "people.import_problems",
        gettext_lazy("Wrong rows of a file"),
        _problem_columns,
        _problems,
        KEEPERS,
        scope=SCOPE,
    )
)
