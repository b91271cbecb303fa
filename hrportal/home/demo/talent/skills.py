"""Skills in the demo company, beside what reviews gave: what people, managers and assessors say, certificates, and how many
people will be needed. Some levels are out of date, some certificates end soon, and some jobs nobody forecast."""

from datetime import date, timedelta
from random import Random

from django.db.models import Count

from hrportal.home.demo.days import at, days
from hrportal.home.demo.world import World
from hrportal.people.models import Competency, Employee, Job, OrgUnit, User
from talent.enums import GapGrouping, ProfileDay, SkillSource
from talent.models import Certificate, GapAnalysis, HeadcountForecast, SkillAssessment, SkillAssessor, TalentProfile
from talent.models.headcount import reach_of
from talent.skills.demands import demands_of
from talent.skills.organisation import horizon, measured

SAYS_SOMETHING, CERTIFIED = 0.2, 0.06
FORECAST_JOBS, FORECAST_UNITS = 14, 4
ANALYSED_UP_TO = 20_000
CHUNK = 1000
NOTES = {
    SkillSource.SELF: "I did this on the last two projects.",
    SkillSource.MANAGER: "Seen in daily work this quarter.",
    SkillSource.ASSESSOR: "Work sample and an hour’s conversation.",
}
CERTIFICATES = (
    ("Data Analyst Associate", "Open Data Institute", "data", 3, 730),
    ("Process Improvement Green Belt", "Quality Association", "process", 4, None),
    ("Safe Use of Automation", "Institute for Applied Automation", "automation", 3, 365),
    ("Certified Team Coach", "Coaching Federation", "people", 4, 1095),
)
WHY_NEEDED = ("The plan for the new site", "Growth of the product line", "Work moves to automation", "As many as leave")


def tell_skills(world: World) -> None:
    """Levels and certificates of some people, assessors, forecasts, and the analyses HR had computed yesterday."""
    competencies = {row.code: row for row in Competency.objects.all()}
    profiles = TalentProfile.objects.select_related("employee").filter(employee__left_on=None).order_by("pk")
    last = 0
    while chunk := list(profiles.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        asked = demands_of({profile.employee.job_id for profile in chunk})
        for profile in chunk:
            luck = world.luck("skills", profile.employee_id)
            is_told = profile.employee_id in world.in_focus
            if is_told or luck.random() < SAYS_SOMETHING:
                _say(world, profile, [row.competency_id for row in asked.get(profile.employee.job_id or 0, [])], luck)
            if profile.employee_id in world.cast.ids or luck.random() < CERTIFIED:
                _certify(world, profile, competencies, luck)
    _name_assessor(world, competencies)
    _forecast(world)
    world.rows.flush()
    if Employee.objects.employed().count() <= ANALYSED_UP_TO:
        for username in ("hrleader", "hrbp"):
            _analyse(world, User.objects.get(username=username))


def _say(world: World, profile: TalentProfile, asked: list[int], luck: Random) -> None:
    """A few of the competencies the job asks for, by different people, some of it long ago."""
    kinds = [SkillSource.SELF, SkillSource.MANAGER, SkillSource.ASSESSOR]
    for competency in luck.sample(asked, min(2, len(asked))):
        base = round(3 + world.ability(profile.employee_id))
        for kind in luck.sample(kinds, luck.choice((1, 1, 2))):
            level = base + luck.choice((-1, 0, 0, 1)) + (kind == SkillSource.SELF)
            _level(world, profile, competency, kind, max(1, min(5, level)), luck)


def _level(world: World, profile: TalentProfile, competency: int, kind: SkillSource, level: int, luck: Random) -> None:
    day = world.calendar.today - days(luck.choice((12, 40, 95, 200, 460)))
    said_by = {
        SkillSource.SELF: profile.employee_id,
        SkillSource.MANAGER: profile.employee.manager_id,
        SkillSource.ASSESSOR: world.cast["hrbp"].pk,
    }[kind]
    moment = at(day, luck)
    world.rows.add(
        SkillAssessment(
            profile=profile,
            competency_id=competency,
            level=level,
            kind=kind,
            source=f"talent.{kind}:{profile.employee_id}:{competency}:{day.isoformat()}",
            assessed_on=day,
            assessed_by_id=said_by if said_by != profile.employee_id or kind == SkillSource.SELF else None,
            note=NOTES[kind] if world.is_told(profile.employee_id) else "",
            shared_at=moment,
            recorded_at=moment,
        )
    )


def _certify(world: World, profile: TalentProfile, competencies: dict[str, Competency], luck: Random) -> None:
    name, issuer, code, level, lasts = luck.choice(CERTIFICATES)
    issued_on = world.calendar.today - days(luck.choice((30, 200, 300, 340, 680)))
    expires_on = issued_on + days(lasts) if lasts else None
    moment = at(min(issued_on + days(10), world.calendar.yesterday), luck)
    is_verified = luck.random() < 0.8
    verifier = profile.employee.manager_id if is_verified else None
    certificate = world.rows.add(
        Certificate(
            profile=profile,
            name=name,
            issuer=issuer,
            issued_on=issued_on,
            expires_on=expires_on,
            competency=competencies[code],
            level=level,
            recorded_by_id=profile.employee_id,
            recorded_at=moment,
            verified_by_id=verifier,
            verified_at=moment if verifier else None,
        )
    )
    if not verifier:
        return
    world.rows.add(
        SkillAssessment(
            profile=profile,
            competency=competencies[code],
            level=level,
            kind=SkillSource.CERTIFICATE,
            source=certificate.source,
            assessed_on=issued_on,
            good_until=expires_on,
            assessed_by_id=verifier,
            note=name,
            shared_at=moment,
            recorded_at=moment,
        )
    )


def _name_assessor(world: World, competencies: dict[str, Competency]) -> None:
    """The manager examines how people of the business unit read data."""
    unit = world.business_units[0]
    named_at = at(world.calendar.today - days(60), world.luck("assessor"))
    world.rows.add(
        SkillAssessor(
            assessor_id=world.cast["manager"].pk,
            org_unit=unit,
            competency=competencies["data"],
            named_by_id=world.cast["hrbp"].pk,
            named_at=named_at,
        )
    )


def _forecast(world: World) -> None:
    """The largest jobs for the whole company, and some of them for business units; the other jobs nobody has forecast."""
    by = horizon(world.calendar.today).replace(month=12, day=31)
    jobs = Job.objects.filter(profile__isnull=False).distinct()
    ids = list(jobs.values_list("pk", flat=True))
    held = dict(Employee.objects.employed().filter(job__in=ids).order_by().values_list("job").annotate(Count("pk")))
    for job in sorted(held, key=lambda pk: (-held[pk], pk))[:FORECAST_JOBS]:
        luck = world.luck("forecast", job)
        _need(world, job, None, max(1, round(held[job] * luck.uniform(0.85, 1.35))), by, luck)
        for unit in world.business_units[:FORECAST_UNITS]:
            here = Employee.objects.employed().in_unit(unit).filter(job=job).count()
            if here:
                _need(world, job, unit, max(1, round(here * luck.uniform(0.85, 1.35))), by, luck)


def _need(world: World, job: int, unit: OrgUnit | None, number: int, by: date, luck: Random) -> None:
    said_at = at(world.calendar.today - days(luck.randint(5, 70)), luck)
    note = luck.choice(WHY_NEEDED)
    world.rows.add(
        HeadcountForecast(
            job_id=job, org_unit=unit, on=by, number=number, note=note, created_at=said_at, updated_at=said_at
        )
    )


def _analyse(world: World, reader: User) -> None:
    asked_at = at(world.calendar.yesterday, world.luck("gaps", reader.username))
    analysis = GapAnalysis(
        until=horizon(world.calendar.today).replace(month=12, day=31),
        profile=ProfileDay.IN_24_MONTHS,
        group_by=GapGrouping.UNIT,
        user=reader,
        reach=reach_of(reader.viewer),
        asked_at=asked_at,
        computed_at=asked_at + timedelta(seconds=6),
    )
    analysis.figures = measured(analysis, reader)
    world.rows.add(analysis)
