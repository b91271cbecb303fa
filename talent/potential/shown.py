"""An assessment of potential as pages and API show it: raters side by side, how far they lie apart, and the level step by step."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from hrportal.people.viewer import Principal
from talent.enums import RaterState
from talent.freshness import POTENTIAL_BUDGET, Freshness, freshness
from talent.models import PotentialAssessment, PotentialForm
from talent.potential.questionnaire import SECTIONS, Behaviour, answers_of
from talent.scores.potential import MAKE_Q, DimensionLevel, PotentialLevel, dimension_levels, potential_level


@dataclass(frozen=True)
class BehaviourLine:
    """One question with the answer of each rater: 1 to 5, or None for not observed."""

    behaviour: Behaviour
    answers: list[int | None]


@dataclass(frozen=True)
class DimensionShown:
    """One dimension: its level, and what each rater answered and wrote."""

    level: DimensionLevel
    makes_level: bool
    behaviours: list[BehaviourLine]
    evidence: list[tuple[PotentialForm, str]]

    @property
    def label(self) -> Any:
        return self.level.dimension.label


@dataclass(frozen=True)
class Explained:
    """Everything the level rests on, as far as this reader may see it; `is_blind` while they still write themselves."""

    assessment: PotentialAssessment
    forms: list[PotentialForm]
    dimensions: list[DimensionShown]
    level: PotentialLevel | None
    freshness: Freshness
    is_blind: bool

    @property
    def is_disputed(self) -> bool:
        return any(shown.level.is_disputed for shown in self.dimensions)

    @property
    def deviations(self) -> list[tuple[PotentialForm, float]]:
        """How far each rater lies from the mean; raters who observed too little for any dimension are left out."""
        if self.level is None:
            return []
        counted = [
            form
            for place, form in enumerate(self.forms)
            if any(part.by_rater[place] is not None for part in self.level.parts)
        ]
        return list(zip(counted, self.level.deviations, strict=True))


def explain(assessment: PotentialAssessment, user: Principal, today: datetime.date) -> Explained:
    """One assessment, computed anew from the forms this reader may see; two queries."""
    is_blind = not PotentialAssessment.objects.filter(pk=assessment.pk).unbiased_for(user).exists()
    forms = [] if is_blind else list(submitted_forms(assessment, user))
    answers = [answers_of(form.answers) for form in forms]
    return Explained(
        assessment=assessment,
        forms=forms,
        dimensions=_dimensions(forms, dimension_levels(answers)),
        level=potential_level(answers),
        freshness=freshness(assessment.as_of, POTENTIAL_BUDGET, today),
        is_blind=is_blind,
    )


def submitted_forms(assessment: PotentialAssessment, user: Principal) -> QuerySet[PotentialForm]:
    forms = PotentialForm.objects.visible_to(user).filter(assessment=assessment, state=RaterState.SUBMITTED)
    return forms.select_related("rater").order_by("submitted_at", "pk")


def newest_assessment(employee_id: int, user: Principal) -> PotentialAssessment | None:
    """The newest assessment with a level that this reader may see; before there is one, the newest."""
    seen = PotentialAssessment.objects.visible_to(user).filter(employee=employee_id).order_by("-as_of", "-pk")
    return seen.known().first() or seen.first()


def _dimensions(forms: Sequence[PotentialForm], levels: Sequence[DimensionLevel]) -> list[DimensionShown]:
    return [
        DimensionShown(
            level=level,
            makes_level=level.dimension in MAKE_Q,
            behaviours=[
                BehaviourLine(behaviour, [form.answers.get(behaviour.key) for form in forms])
                for behaviour in section.behaviours
            ],
            evidence=[(form, form.evidence[section.dimension]) for form in forms if section.dimension in form.evidence],
        )
        for section, level in zip(SECTIONS, levels, strict=True)
    ]
