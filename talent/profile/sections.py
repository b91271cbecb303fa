"""Parts of the profile that topics add themselves: each says what it shows of one person to one reader, or nothing.

A topic registers a function in a module that `TalentConfig.ready` imports:

    @profile_section("retention", order=60)
    def retention_section(employee, user): -> Shown | None

The function decides who sees it, by `visible_to`; the page, its print and its PDF only ask.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal


@dataclass(frozen=True)
class Shown:
    """A card for the page and a plain part for the document; without the second the document leaves it out.

    Both templates get `context`. `data` is what the API answers under the section's key: JSON values, or None for nothing.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    print_template: str = ""
    data: Any = None


SectionFunction = Callable[[Employee, Any], Shown | None]


@dataclass(frozen=True)
class ProfileSection:
    """A registered part: `order` among the others, `is_aside` in the narrow column."""

    key: str
    order: int
    is_aside: bool
    show: SectionFunction


_sections: dict[str, ProfileSection] = {}


def profile_section(key: str, *, order: int, is_aside: bool = False) -> Callable[[SectionFunction], SectionFunction]:
    """Register a part of the profile. Raises ValueError when two share a key."""

    def register(function: SectionFunction) -> SectionFunction:
        if key in _sections:
            raise ValueError(f"two parts of the profile are named {key}")
        _sections[key] = ProfileSection(key, order, is_aside, function)
        return function

    return register


def sections_of(employee: Employee, user: Principal) -> list[tuple[ProfileSection, Shown]]:
    """What this reader sees of this person, in order."""
    ordered = sorted(_sections.values(), key=lambda section: (section.order, section.key))
    shown = [(section, section.show(employee, user)) for section in ordered]
    return [(section, part) for section, part in shown if part is not None]


def rendered(employee: Employee, user: Principal, *, in_print: bool = False) -> dict[str, list[str]]:
    """The parts as HTML, those of the wide column under `main` and those of the narrow one under `aside`."""
    parts: dict[str, list[str]] = {"main": [], "aside": []}
    for section, shown in sections_of(employee, user):
        template = shown.print_template if in_print else shown.template
        if template:
            parts["aside" if section.is_aside else "main"].append(render_to_string(template, shown.context))
    return parts


def data_of(employee: Employee, user: Principal) -> dict[str, Any]:
    """The parts as the API answers them, by key."""
    return {section.key: shown.data for section, shown in sections_of(employee, user) if shown.data is not None}
