"""Planning how many people are needed, and holding that against the skills there are."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.models import Job as BackgroundJob
from hrportal.journal.recording import Actor
from hrportal.people.limits import compute_later
from hrportal.people.models import Job, OrgUnit
from hrportal.people.viewer import Principal, asked_by
from talent.enums import GapGrouping, ProfileDay
from talent.events import skills as events
from talent.models import GapAnalysis, HeadcountForecast
from talent.models.headcount import reach_of
from talent.rules.skills import plans_headcount

JOB = "talent.gap_analysis"


@dataclass(frozen=True)
class ForecastSeed:
    """One line of a forecast: so many people in a job by a day, in a unit or in the whole company."""

    job: Job
    on: datetime.date
    number: int
    org_unit: OrgUnit | None = None
    note: str = ""


@transaction.atomic
def add_forecast(
    *, by: Actor | None, job: Job, on: datetime.date, number: int, org_unit: OrgUnit | None = None, note: str = ""
) -> HeadcountForecast:
    """Say how many people a job will need by a day; one forecast for a job, a unit and a day."""
    forecast = HeadcountForecast(job=job, on=on, number=number, org_unit=org_unit, note=note)
    _check_reach(forecast, by)
    _save(forecast)
    events.forecasts_changed("added", [forecast], by=by)
    return forecast


@transaction.atomic
def edit_forecast(forecast: HeadcountForecast, *, by: Actor | None, number: int, note: str = "") -> HeadcountForecast:
    """Correct the number or the note; another job, unit or day is another forecast."""
    locked = HeadcountForecast.objects.select_for_update().get(pk=forecast.pk)
    locked.number, locked.note = number, note
    _save(locked)
    events.forecasts_changed("edited", [locked], by=by)
    return locked


@transaction.atomic
def remove_forecast(forecast: HeadcountForecast, *, by: Actor | None) -> None:
    """Take a forecast back: from here on nothing is said of it, which is not the same as zero."""
    locked = HeadcountForecast.objects.select_for_update().filter(pk=forecast.pk).first()
    if locked is None:
        raise ActionError(_("This forecast was removed already."))
    events.forecasts_changed("removed", [locked], by=by)
    locked.delete()


@transaction.atomic
def import_forecasts(seeds: Sequence[ForecastSeed], *, by: Actor | None) -> tuple[int, int]:
    """Take in a table, all of it or nothing; how many forecasts are new and how many were changed. The same again changes nothing."""
    added: list[HeadcountForecast] = []
    edited: list[HeadcountForecast] = []
    for seed in seeds:
        forecast = _there(seed) or HeadcountForecast(job=seed.job, org_unit=seed.org_unit, on=seed.on)
        _check_reach(forecast, by)
        is_new = forecast.pk is None
        if is_new or (forecast.number, forecast.note) != (seed.number, seed.note):
            forecast.number, forecast.note = seed.number, seed.note
            _save(forecast)
            (added if is_new else edited).append(forecast)
    events.forecasts_changed("added", added, by=by)
    events.forecasts_changed("edited", edited, by=by)
    return len(added), len(edited)


def _there(seed: ForecastSeed) -> HeadcountForecast | None:
    same = HeadcountForecast.objects.select_for_update().filter(job=seed.job, org_unit=seed.org_unit, on=seed.on)
    return same.first()


def _check_reach(forecast: HeadcountForecast, by: Actor | None) -> None:
    """A partner plans for their units only."""
    if not plans_headcount(by, forecast):
        raise ActionError(
            _("Choose a unit you look after; what is for the whole company is an HR leader’s."), field="org_unit"
        )


def _save(forecast: HeadcountForecast) -> None:
    try:
        with transaction.atomic():
            checked(forecast).save()
    except IntegrityError as error:
        raise ActionError(_("There is a forecast for this job, unit and day already."), field="on") from error


@transaction.atomic
def start_gap_analysis(
    *,
    by: Principal,
    until: datetime.date,
    org_unit: OrgUnit | None = None,
    profile: str = ProfileDay.IN_24_MONTHS,
    group_by: str = GapGrouping.UNIT,
) -> BackgroundJob:
    """Have the skills needed on a day held against the skills there are, in the background, with what whoever asks may see."""
    analysis = GapAnalysis.objects.create(
        org_unit=org_unit,
        until=until,
        profile=profile,
        group_by=group_by,
        reach=reach_of(by.viewer),
        **asked_by(by),
    )
    job = compute_later(analysis, JOB, _("Skill gaps of the organisation"), by=by, analysis=analysis.pk)
    events.gap_analysis_started(analysis, by=by)
    return job


def compute_gap_analysis(
    analysis: GapAnalysis, *, by: Actor | None, measure: Callable[[GapAnalysis], dict[str, Any]]
) -> GapAnalysis:
    """Store what `measure` counts. A repeat counts anew until it is stored."""
    if analysis.computed_at:
        return analysis
    analysis.figures, analysis.computed_at = measure(analysis), timezone.now()
    with transaction.atomic():
        analysis.save(update_fields=["figures", "computed_at"])
        events.gap_analysis_computed(analysis, by=by)
    return analysis
