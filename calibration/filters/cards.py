"""A board."""

from collections.abc import Callable
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from calibration.enums import PreRead
from calibration.models import CalibrationSession, Card, PreReadAnswer, Suggestion
from hrportal.people.models import Employee, Job, OrgUnit
from performance.models import RatingLevel

VIEWS = ("board", "list", "distribution", "managers")


def _yes_or_no(yes: Any, no: Any, label: Any, either: Any, method: str) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(choices=[("true", yes), ("false", no)], method=method, label=label, empty_label=either)


class CardFilter(filters.FilterSet):
    """The choices are what lies on this board, so that no name is offered which the reader may not see.

    Whether views split before the meeting can only be asked by who reads what was said there (`with_split`).
    """

    manager = filters.ModelChoiceFilter(
        field_name="review__reviewer",
        queryset=Employee.objects.none(),
        label=_("Manager"),
        empty_label=_("Any manager"),
    )
    unit = filters.ModelChoiceFilter(
        field_name="review__org_unit", queryset=OrgUnit.objects.none(), label=_("Unit"), empty_label=_("Any unit")
    )
    rating = filters.ModelChoiceFilter(
        queryset=RatingLevel.objects.none(),
        label=_("Rating now"),
        empty_label=_("Any rating"),
        null_label=_("Not rated yet"),
    )
    discussed = _yes_or_no(
        _("Discussed"), _("Left to discuss"), _("Discussed"), _("Discussed or not"), "filter_discussed"
    )
    job = filters.ModelChoiceFilter(
        field_name="review__job", queryset=Job.objects.none(), label=_("Job"), empty_label=_("Any job")
    )
    family = filters.ChoiceFilter(field_name="review__job__family", label=_("Job family"), empty_label=_("Any family"))
    level = filters.ChoiceFilter(field_name="review__job__level", label=_("Job level"), empty_label=_("Any level"))
    proposed = filters.ModelChoiceFilter(
        field_name="proposed_rating",
        queryset=RatingLevel.objects.none(),
        label=_("Proposed rating"),
        empty_label=_("Any proposed rating"),
        null_label=_("Not rated yet"),
    )
    moved = _yes_or_no(_("Moved"), _("As proposed"), _("Moved"), _("Moved or not"), "filter_moved")
    agenda = _yes_or_no(
        _("On the agenda"), _("Not on the agenda"), _("Agenda"), _("On the agenda or not"), "filter_agenda"
    )
    suggested = _yes_or_no(
        _("With a suggestion"), _("Without a suggestion"), _("Suggestion"), _("Suggestion or not"), "filter_suggested"
    )
    split = _yes_or_no(
        _("Views split"), _("Views do not split"), _("Before the meeting"), _("Views split or not"), "filter_split"
    )
    session = filters.ModelChoiceFilter(
        queryset=CalibrationSession.objects.none(), label=_("Session"), empty_label=_("Any session")
    )

    # Not a criterion: keeps the way of looking while the filter changes.
    view = filters.ChoiceFilter(choices=[(name, name) for name in VIEWS], method="keep", widget=forms.HiddenInput)

    def __init__(self, *args: Any, with_split: bool = False, with_sessions: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = (
            ("manager", Employee),
            ("unit", OrgUnit),
            ("job", Job),
            ("rating", RatingLevel),
            ("proposed", RatingLevel),
            ("session", CalibrationSession),
        )
        for name, model in rows:
            on_board = self.queryset.order_by().values(self.filters[name].field_name)
            self.filters[name].queryset = model._default_manager.filter(pk__in=on_board)
        for name in ("family", "level"):
            self.filters[name].extra["choices"] = self._found(self.filters[name].field_name)
        for name, is_asked in (("split", with_split), ("session", with_sessions)):
            if not is_asked:
                del self.filters[name]

    def _found(self, field: str) -> Callable[[], list[tuple[Any, Any]]]:
        """What there is of a field on the board, to be chosen from; asked for when the choices are shown."""

        def found() -> list[tuple[Any, Any]]:
            known = self.queryset.exclude(**{f"{field}__isnull": True}).order_by(field)
            return [(value, value) for value in known.values_list(field, flat=True).distinct() if value != ""]

        return found

    def keep(self, cards: QuerySet[Card], name: str, value: str) -> QuerySet[Card]:
        return cards

    def filter_moved(self, cards: QuerySet[Card], name: str, value: str) -> QuerySet[Card]:
        unmoved = Q(rating=F("proposed_rating"))
        return cards.filter(~unmoved if value == "true" else unmoved)

    def filter_discussed(self, cards: QuerySet[Card], name: str, value: str) -> QuerySet[Card]:
        return cards.filter(is_discussed=value == "true")

    def filter_agenda(self, cards: QuerySet[Card], name: str, value: str) -> QuerySet[Card]:
        return cards.filter(agenda_place__isnull=value == "false")

    def filter_suggested(self, cards: QuerySet[Card], name: str, value: str) -> QuerySet[Card]:
        suggested = Q(review__in=Suggestion.objects.visible_to(self.request.user).open().values("review"))
        return cards.filter(suggested if value == "true" else ~suggested)

    def filter_split(self, cards: QuerySet[Card], name: str, value: str) -> QuerySet[Card]:
        said = PreReadAnswer.objects.visible_to(self.request.user).filter(card=OuterRef("pk"))
        split = Exists(said.filter(answer=PreRead.AGREE)) & Exists(said.filter(answer=PreRead.QUESTION))
        return cards.filter(split if value == "true" else ~split)
