"""The rows that employees are put in: units, jobs, seats, places, legal entities. What a file names and nobody knew is added."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hrportal.common.paths import encode
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.importing.rows import Row
from hrportal.people.models import Job, LegalEntity, Location, OrgUnit, Position
from hrportal.people.models.organisation import Named
from hrportal.people.trees import BATCH, write_paths

MODELS: dict[str, type[Named]] = {
    "org_unit": OrgUnit,
    "job": Job,
    "location": Location,
    "legal_entity": LegalEntity,
    "position": Position,
}


@dataclass
class Codes:
    """The codes a file uses, each with what the first row that uses it says of it."""

    seen: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {name: {} for name in MODELS})

    def note(self, row: Row) -> None:
        """Remember the codes of a row."""
        values = row.values
        for name in MODELS:
            if code := values.get(name):
                self.seen[name].setdefault(code, {})
        if code := values.get("job"):
            said = {"family": values.get("job_family"), "level": values.get("job_level")}
            for attribute, value in said.items():
                if value not in (None, ""):
                    self.seen["job"][code].setdefault(attribute, value)
        if code := values.get("position"):
            for name in ("job", "org_unit"):
                self.seen["position"][code].setdefault(name, values.get(name))


def unknown_codes(codes: Codes) -> dict[str, list[str]]:
    """The codes of a file that nobody knew before, by column."""
    return {
        name: sorted(codes.seen[name].keys() - set(model._default_manager.values_list("code", flat=True)))
        for name, model in MODELS.items()
    }


def settle_codes(
    codes: Codes, names: Mapping[str, Mapping[str, str]], *, by: Actor | None
) -> dict[str, dict[str, int]]:
    """Add what is unknown, bring names and what is said of jobs up to date; the id of every code, by column."""
    ids: dict[str, dict[str, int]] = {}
    for name, model in MODELS.items():
        stored = {row.code: row for row in model._default_manager.all()}
        wanted = {
            code: _attributes(name, said, ids) | _name(code, names.get(name, {}))
            for code, said in codes.seen[name].items()
        }
        _bring_up_to_date(model, [(stored[code], _told(new)) for code, new in wanted.items() if code in stored])
        missing = [{"code": code, "name": code} | new for code, new in wanted.items() if code not in stored]
        added = _add(model, missing, by=by)
        ids[name] = {row.code: row.pk for row in [*stored.values(), *added]}
    return ids


def _add(model: type[Named], rows: list[dict[str, Any]], *, by: Actor | None) -> list[Any]:
    added: list[Any] = model._default_manager.bulk_create([model(**row) for row in rows], batch_size=BATCH)
    if model is OrgUnit:
        # A file of people does not say which unit lies in which: new ones stand at the top until somebody moves them.
        write_paths(OrgUnit, [(unit.pk, encode(unit.pk)) for unit in added])
        for unit in added:
            events.unit_created(unit, by=by)
    return added


def _bring_up_to_date(model: type[Named], rows: list[tuple[Any, dict[str, Any]]]) -> None:
    changed = []
    for row, new in rows:
        differing = {name: value for name, value in new.items() if getattr(row, name) != value}
        for name, value in differing.items():
            setattr(row, name, value)
        if differing:
            changed.append(row)
    fields = ["name", "family", "level"] if model is Job else ["name"]
    model._default_manager.bulk_update(changed, fields, batch_size=BATCH)


def _told(new: dict[str, Any]) -> dict[str, Any]:
    """What may be corrected later: a seat's job and unit are its own once it exists."""
    return {key: value for key, value in new.items() if key in ("name", "family", "level")}


def _attributes(name: str, said: dict[str, Any], ids: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    if name == "position":
        return {f"{key}_id": ids[key][code] for key, code in said.items() if code}
    return said


def _name(code: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"name": names[code]} if names.get(code) else {}
