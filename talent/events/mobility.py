"""What is announced of career paths and opportunities. Who said yes to what is confidential: no feed carries it."""

from collections.abc import Iterable

from hrportal.journal.confidential import keep_confidential
from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record, record_many
from talent.models import CandidateSearch, CareerStep, Interest, Opportunity

keep_confidential(Interest, CandidateSearch)


def career_step_added(step: CareerStep, *, by: Actor | None) -> Fact:
    return _about_step("talent.career_step_added", step, by)


def career_step_edited(step: CareerStep, *, by: Actor | None) -> Fact:
    return _about_step("talent.career_step_edited", step, by)


def career_step_removed(step: CareerStep, *, by: Actor | None) -> Fact:
    return _about_step("talent.career_step_removed", step, by)


def _about_step(topic: str, step: CareerStep, by: Actor | None) -> Fact:
    return record(topic, step, by=by, data={"from_job": step.from_job_id, "to_job": step.to_job_id})


def opportunity_created(opportunity: Opportunity, *, by: Actor | None) -> Fact:
    return _about("talent.opportunity_created", opportunity, by)


def opportunity_edited(opportunity: Opportunity, *, by: Actor | None) -> Fact:
    return _about("talent.opportunity_edited", opportunity, by)


def opportunity_published(opportunity: Opportunity, *, by: Actor | None) -> Fact:
    return _about("talent.opportunity_published", opportunity, by)


def opportunity_handed_over(opportunity: Opportunity, *, by: Actor | None) -> Fact:
    return _about("talent.opportunity_handed_over", opportunity, by)


def opportunity_filled(opportunity: Opportunity, *, by: Actor | None) -> Fact:
    """Somebody accepted the offer; from then on it is no secret."""
    data = {"owner": opportunity.owner_id}
    return record("talent.opportunity_filled", opportunity, by=by, person_id=opportunity.filled_by_id, data=data)


def opportunity_closed(opportunity: Opportunity, *, by: Actor | None) -> Fact:
    return _about("talent.opportunity_closed", opportunity, by)


def opportunity_withdrawn(opportunity: Opportunity, *, by: Actor | None) -> Fact:
    return _about("talent.opportunity_withdrawn", opportunity, by)


def _about(topic: str, opportunity: Opportunity, by: Actor | None) -> Fact:
    return record(topic, opportunity, by=by, data={"owner": opportunity.owner_id})


def person_invited(interest: Interest, *, by: Actor | None) -> Fact:
    return _of_person("talent.person_invited", interest, by)


def interest_said(interest: Interest, *, by: Actor | None) -> Fact:
    return _of_person("talent.interest_said", interest, by)


def interest_told(interest: Interest, *, by: Actor | None) -> Fact:
    """The person's managers may know from now on."""
    return _of_person("talent.interest_told", interest, by)


def interest_kept(interest: Interest, *, by: Actor | None) -> Fact:
    """The person's managers may no longer know."""
    return _of_person("talent.interest_kept", interest, by)


def interest_talks_begun(interest: Interest, *, by: Actor | None) -> Fact:
    return _of_person("talent.interest_talks_begun", interest, by)


def interest_offered(interest: Interest, *, by: Actor | None) -> Fact:
    return _of_person("talent.interest_offered", interest, by)


def interest_accepted(interest: Interest, *, by: Actor | None) -> Fact:
    return _of_person("talent.interest_accepted", interest, by)


def interests_declined(interests: Iterable[Interest], *, by: Actor | None) -> list[Fact]:
    """By the owner, one by one or with the end of the opportunity."""
    return record_many("talent.interest_declined", [_entry(interest) for interest in interests], by=by)


def interest_withdrawn(interest: Interest, *, by: Actor | None) -> Fact:
    return _of_person("talent.interest_withdrawn", interest, by)


def candidates_searched(search: CandidateSearch, *, by: Actor | None) -> Fact:
    """Somebody had people compared with an opportunity."""
    return record("talent.candidates_searched", search, by=by, data={"opportunity": search.opportunity_id})


def _of_person(topic: str, interest: Interest, by: Actor | None) -> Fact:
    return record_many(topic, [_entry(interest)], by=by)[0]


def _entry(interest: Interest) -> Entry:
    return Entry(interest, interest.employee_id, data={"opportunity": interest.opportunity_id})
