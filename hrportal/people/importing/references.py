"""The rows that employees are put in: units, jobs, seats, places, legal entities. What a file names and nobody knew is added."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hrportal.common.batches import batched
from hrportal.common.paths import encode
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.importing.rows import Row
from hrportal.people.models import Job, LegalEntity, Location, OrgUnit, Position
from hrportal.people.models.organisation import Named
from hrportal.people.trees import BATCH, write_paths

# The id of each code, by column.
Ids = dict[str, dict[str, int]]

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


def ids_of_codes(codes: Codes) -> Ids:
    """The ids of those codes that are known, by column: only what the file names is looked for, however much is stored."""
    return {
        name: {
            code: pk
            for batch in batched(codes.seen[name], BATCH)
            for code, pk in model._default_manager.filter(code__in=batch).order_by().values_list("code", "pk")
        }
        for name, model in MODELS.items()
    }


def unknown_codes(codes: Codes, known: Ids) -> dict[str, list[str]]:
    """The codes of a file that nobody knew before, by column, where there are any."""
    unknown = {name: sorted(codes.seen[name].keys() - known[name].keys()) for name in MODELS}
    return {name: found for name, found in unknown.items() if found}


def settle_codes(codes: Codes, known: Ids, names: Mapping[str, Mapping[str, str]], *, by: Actor | None) -> Ids:
    """Add what is unknown, bring names and what is said of jobs up to date; the id of every code, by column."""
    ids: Ids = {}
    for name, model in MODELS.items():
        wanted = {
            code: _attributes(name, said, ids) | _name(code, names.get(name, {}))
            for code, said in codes.seen[name].items()
        }
        _bring_up_to_date(model, {code: _told(new) for code, new in wanted.items() if code in known[name]})
        missing = [{"code": code, "name": code} | new for code, new in wanted.items() if code not in known[name]]
        ids[name] = known[name] | {row.code: row.pk for row in _add(model, missing, by=by)}
    return ids


def _add(model: type[Named], rows: list[dict[str, Any]], *, by: Actor | None) -> list[Any]:
    added: list[Any] = model._default_manager.bulk_create([model(**row) for row in rows], batch_size=BATCH)
    if model is OrgUnit:
        # A file of people does not say which unit lies in which: new ones stand at the top until somebody moves them.
        write_paths(OrgUnit, [(unit.pk, encode(unit.pk)) for unit in added])
        for unit in added:
            events.unit_created(unit, by=by)
    return added


def _bring_up_to_date(model: type[Named], told: dict[str, dict[str, Any]]) -> None:
    fields = ["name", "family", "level"] if model is Job else ["name"]
    for batch in batched([code for code, new in told.items() if new], BATCH):
        changed = []
        for row in model._default_manager.filter(code__in=batch):
            differing = {name: value for name, value in told[row.code].items() if getattr(row, name) != value}
            for name, value in differing.items():
                setattr(row, name, value)
            if differing:
                changed.append(row)
        model._default_manager.bulk_update(changed, fields)


def _told(new: dict[str, Any]) -> dict[str, Any]:
    """What may be corrected later: a seat's job and unit are its own once it exists."""
    return {key: value for key, value in new.items() if key in ("name", "family", "level")}


def _attributes(name: str, said: dict[str, Any], ids: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    if name == "position":
        return {f"{key}_id": ids[key][code] for key, code in said.items() if code}
    return said


def _name(code: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"name": names[code]} if names.get(code) else {}
