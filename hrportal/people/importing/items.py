"""From the items of a request to rows: the same fields, checks and words as the cells of a file, under the API's names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from hrportal.people.enums import ManagerKey
from hrportal.people.importing.columns import CLEAR, COLUMNS, BadCell, Column, a_birth_year, a_number
from hrportal.people.importing.waiting import Reference

# What a request calls the fields of a person, where files have another word.
RENAMED = {"email": "work_email", "hire_date": "hired_on", "leave_date": "left_on"}
# A request names managers by any key, and has one day for everybody in it.
OF_FILES = ("manager_number", "effective_on")
FIELDS: dict[str, Column] = {
    "source": Column("source", "source", longest=50),
    "remote_id": Column("remote_id", "remote_id", longest=200),
    **{RENAMED.get(name, name): column for name, column in COLUMNS.items() if name not in OF_FILES},
}
NUMBERS = (a_number, a_birth_year)
# The id of somebody here can name nobody who is yet to come, the others can.
BY_ID = "id"


class ItemError(NamedTuple):
    """What is wrong with one field of one item."""

    field: str
    reason: str
    code: str = "invalid"


@dataclass
class Item:
    """One item: what it says of a person, and what is wrong with it. A manager named is in `manager`, still by their key."""

    index: int
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[ItemError] = field(default_factory=list)
    manager: Reference | int | None = None
    # The employee number under which it is taken in, found or given.
    number: str = ""

    def refuse(self, name: str, reason: str, code: str = "invalid") -> None:
        """Keep it out, and say why."""
        self.errors.append(ItemError(name, reason, code))


def read_item(index: int, given: Mapping[str, Any], source: str) -> Item:
    """Read one item; `source` is the system it comes from unless it names one."""
    item = Item(index)
    for name, value in given.items():
        try:
            if name == "manager":
                _read_manager(item, value, given.get("source") or source)
            elif name in FIELDS:
                item.values[FIELDS[name].field] = _value(FIELDS[name], value)
            else:
                item.refuse(name, _("There is no such field."), "unknown_field")
        except BadCell as error:
            item.refuse(name, str(error))
    if "remote_id" in item.values:
        item.values.setdefault("source", source)
    hired, left = item.values.get("hired_on"), item.values.get("left_on")
    if hired and left and left < hired:
        item.refuse("left_on", _("before the hire date"))
    return item


def _value(column: Column, given: Any) -> Any:
    if given is None or given == "":
        return column.value_of(CLEAR)
    if type(given) is int and column.read in NUMBERS:
        given = str(given)
    if not isinstance(given, str):
        raise BadCell(_("not a text"))
    text = given.strip()
    # A dash clears the cell of a file; in a request it is a dash.
    return column.read(text) if text == CLEAR else column.value_of(text)


def _read_manager(item: Item, given: Any, source: str) -> None:
    if given is None:
        item.values["manager"] = None
        return
    keys = {*ManagerKey.values, BY_ID}
    named = {key: value for key, value in given.items() if key != "source"} if isinstance(given, dict) else {}
    if len(named) != 1 or not named.keys() <= keys or not all(named.values()):
        raise BadCell(_("name a manager by one of %s") % ", ".join(sorted(keys)))
    key, value = next(iter(named.items()))
    if key == BY_ID:
        if type(value) is not int:
            raise BadCell(_("an id is a whole number"))
        item.manager = value
        return
    if not isinstance(value, str) or len(value) > FIELDS[key].longest:
        raise BadCell(_("not a text"))
    theirs = given.get("source", source) if key == ManagerKey.REMOTE else ""
    if not isinstance(theirs, str):
        raise BadCell(_("not a text"))
    item.manager = Reference(ManagerKey(key), value.strip(), theirs)
