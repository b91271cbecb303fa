"""Rows of the lists of opportunities and career steps."""

from typing import Any

from hrportal.people.models import User
from talent.actions.candidate_searches import compute_candidate_search
from talent.models import CandidateSearch
from tests.access.rows.capability import behind
from tests.access.rows.kinds import Rows, named, somebody
from tests.factories.mobility import CareerStepFactory, InterestFactory, OpportunityFactory
from tests.factories.people import CompetencyFactory, JobFactory, LocationFactory, OrgUnitFactory
from tests.factories.talent import SkillAssessmentFactory


def opportunity(_reader: User, _about: Any = None, **fields: Any) -> Any:
    """One that asks for a skill."""
    place = {"org_unit": OrgUnitFactory(), "job": JobFactory(), "location": LocationFactory(), "owner": somebody()}
    return OpportunityFactory(needs={CompetencyFactory(): (3, 4)}, **place, **fields)


def interest(_reader: User, opportunity: Any) -> Any:
    return InterestFactory(opportunity=opportunity, employee=somebody())


def candidate(reader: User, opportunity: Any) -> None:
    """Somebody more who would fit and said yes, and everybody compared anew."""
    person, need = behind(reader), opportunity.needs.get()
    SkillAssessmentFactory(profile=person.talent_profile, competency=need.competency, level=3)
    InterestFactory(opportunity=opportunity, employee=person)
    row = CandidateSearch.objects.create(opportunity=opportunity, user=reader)
    compute_candidate_search(row, reader=reader)


ROWS = {
    "talent.candidates": Rows(candidate, opportunity, named("opportunity")),
    "talent.career_path": Rows(lambda _, job: CareerStepFactory(from_job=job), lambda _: JobFactory(), named("job")),
    "talent.career_steps": Rows(lambda *_: CareerStepFactory()),
    "talent.interests": Rows(interest, opportunity, named("opportunity")),
    "talent.open_opportunities": Rows(opportunity),
    "talent.opportunities": Rows(lambda reader, _: opportunity(reader, state="filled", filled_by=somebody())),
}
