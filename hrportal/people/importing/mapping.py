"""Which of our columns each column of a file is, and what the codes in it mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hrportal.people.importing.columns import COLUMNS, REQUIRED
from hrportal.people.importing.options import ImportRefused, Lookup
from hrportal.people.importing.reading import open_table

# What other systems call our columns, beside our own names.
ALSO_CALLED = {
    "employee_number": (
        "employee_id", "emp_id", "emp_no", "employee_no", "personnel_number", "personnel_no", "staff_number", "staff_id",
        "worker_id", "number", "personalnummer", "persnr", "matricule",
    ),
    "first_name": ("given_name", "firstname", "forename", "vorname", "prenom"),
    "last_name": ("surname", "lastname", "family_name", "nachname", "name", "nom"),
    "preferred_name": ("known_as", "nickname", "rufname"),
    "email": ("e_mail", "mail", "work_email", "work_e_mail", "business_email", "email_address"),
    "manager_number": (
        "manager_id", "manager", "manager_employee_id", "supervisor_id", "supervisor", "reports_to", "vorgesetzter",
    ),
    "org_unit": ("department", "unit", "department_code", "cost_center", "cost_centre", "organisation", "abteilung"),
    "job": ("job_code", "job_id", "job_title", "title"),
    "position": ("position_id", "position_code", "seat", "planstelle"),
    "location": ("site", "office", "work_location", "standort"),
    "legal_entity": ("company", "company_code", "entity", "buchungskreis"),
    "hire_date": ("hired_on", "start_date", "date_of_hire", "entry_date", "eintrittsdatum", "eintritt"),
    "leave_date": ("left_on", "termination_date", "end_date", "exit_date", "austrittsdatum", "austritt"),
    "leave_reason": ("termination_reason", "exit_reason", "austrittsgrund"),
    "status": ("employment_status",),
    "effective_on": ("effective_date", "effective_from", "valid_from", "gueltig_ab", "gültig_ab", "wirksam_ab"),
    "birth_year": ("year_of_birth", "geburtsjahr"),
    "gender": ("sex", "geschlecht"),
    "job_family": ("family", "function"),
    "job_level": ("level", "grade"),
}  # fmt: skip
WITH_NAMES = ("org_unit", "job", "position", "location", "legal_entity")


@dataclass(frozen=True)
class Layout:
    """Our column names in the order of the file's, None for those that are not ours."""

    columns: tuple[str | None, ...]
    ignored: tuple[str, ...]


def plain(name: str) -> str:
    """A column's name as we compare it: case does not count, blanks and underscores are alike."""
    return "_".join(name.strip().lower().replace("_", " ").replace("-", " ").split())


def layout_of(header: Sequence[str], names: Mapping[str, str]) -> Layout:
    """Recognise a header. `names` says which of theirs is which of ours, "" for none of them. Raises ImportRefused."""
    ours = {plain(theirs): plain(our) for theirs, our in names.items()}
    _refuse_names(header, ours)
    recognised = [ours.get(plain(name), plain(name)) for name in header]
    columns = tuple(name if name in COLUMNS else None for name in recognised)
    _refuse_columns([name for name in columns if name])
    return Layout(columns, tuple(name for name, our in zip(header, columns, strict=True) if our is None))


def guess_columns(header: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Which of our columns each of theirs most likely is ("" for none): as the last time, else by its name. What is called
    the same is the same, so that one that is there twice is refused and not left out on the quiet."""
    called = {plain(name): ours for ours, names in ALSO_CALLED.items() for name in (ours, *names)}
    last_time = {plain(theirs): ours for theirs, ours in remembered.items()}
    # Our own names come first, so that "name" does not take the place of "last_name".
    order = sorted(header, key=lambda name: (plain(name) not in last_time, plain(name) not in COLUMNS))
    taken: set[str] = set()
    found: dict[str, str] = {}
    for name in dict.fromkeys(map(plain, order)):
        ours = last_time.get(name, called.get(name, ""))
        found[name] = "" if ours in taken else ours
        taken |= {ours} - {""}
    return {name: found[plain(name)] for name in header if name}


def names_of_codes(lookup: Lookup, encoding: str) -> dict[str, str]:
    """What each code of a lookup file is called."""
    if lookup.column not in WITH_NAMES:
        raise ImportRefused(_("%s has no codes to look up.") % lookup.column)
    with open_table(lookup.file, encoding) as (header, lines):
        places = [plain(name) for name in header]
        for wanted in (lookup.code, lookup.name):
            if plain(wanted) not in places:
                raise ImportRefused(_("%(file)s has no column %(name)s.") % {"file": lookup.file.name, "name": wanted})
        code, name = places.index(plain(lookup.code)), places.index(plain(lookup.name))
        return {cells[code]: cells[name][:200] for _line, cells in lines if len(cells) > max(code, name)}


def _refuse_names(header: Sequence[str], ours: Mapping[str, str]) -> None:
    present = {plain(name) for name in header}
    for theirs, our in ours.items():
        if our and our not in COLUMNS:
            raise ImportRefused(_("There is no column %(name)s to map to.") % {"name": our})
        if theirs not in present:
            raise ImportRefused(_("The file has no column %(name)s to map.") % {"name": theirs})


def _refuse_columns(columns: Sequence[str]) -> None:
    for name in columns:
        if columns.count(name) > 1:
            raise ImportRefused(_("The column %(name)s is there twice.") % {"name": name})
    for name in REQUIRED:
        if name not in columns:
            raise ImportRefused(_("The column %(name)s is missing.") % {"name": name})
