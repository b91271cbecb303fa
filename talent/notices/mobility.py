"""What people are told about opportunities. Nobody above a person is told of what that person keeps from them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.common.paths import is_below
from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify
from hrportal.people.models import Employee
from talent.models import Interest, Opportunity
from talent.partners import Partners

GROUP = _("Opportunities")

INVITED = notice_kind(
    "talent.person_invited",
    _("HR thinks of you for “%(opportunity)s”: have a look"),
    when=_("HR invites you to an opportunity."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
INTEREST = notice_kind(
    "talent.interest_said",
    _("Somebody is interested in “%(opportunity)s”"),
    when=_("Somebody says yes to an opportunity you posted; or, for HR, to one whose owner is not to know."),
    group=GROUP,
    is_confidential=True,
)
ANSWERED = notice_kind(
    "talent.interest_answered",
    _("There is an answer about “%(opportunity)s”"),
    when=_("The owner of an opportunity you are interested in answers."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
ACCEPTED = notice_kind(
    "talent.interest_accepted",
    _("%(person)s accepts “%(opportunity)s”"),
    when=_("Somebody accepts your offer."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
TAKEN_BACK = notice_kind(
    "talent.interest_withdrawn",
    _("Somebody is no longer interested in “%(opportunity)s”"),
    when=_("Somebody takes back their interest in an opportunity you posted."),
    group=GROUP,
    is_confidential=True,
)
ENDED = notice_kind(
    "talent.opportunity_ended",
    _("“%(opportunity)s” is no longer open"),
    when=_("An opportunity you are interested in is filled, closed or withdrawn."),
    group=GROUP,
)
HANDED_OVER = notice_kind(
    "talent.opportunity_handed_over",
    _("The opportunity “%(opportunity)s” is yours now"),
    when=_("An opportunity is handed over to you."),
    group=GROUP,
)


def tell_invited(interest: Interest) -> None:
    """The person."""
    _tell(INVITED, interest, interest.employee_id)


def tell_interest(interest: Interest) -> None:
    """The owner; where the owner is not to know, HR for the person."""
    reader = answering(interest)
    if reader is not None:
        _tell(INTEREST, interest, reader)


def tell_answered(interest: Interest) -> None:
    """The person."""
    _tell(ANSWERED, interest, interest.employee_id)


def tell_accepted(interest: Interest) -> None:
    """The owner: by accepting, the person told their managers."""
    _tell(ACCEPTED, interest, interest.opportunity.owner_id, person=interest.employee.name)


def tell_taken_back(interest: Interest) -> None:
    """Whoever was told of it."""
    reader = answering(interest)
    if reader is not None:
        _tell(TAKEN_BACK, interest, reader)


def tell_handed_over(opportunity: Opportunity) -> None:
    """The new owner."""
    key = f"opportunity-{opportunity.pk}-{opportunity.updated_at:%Y%m%d%H%M%S%f}"
    words = {"opportunity": opportunity.title}
    notify(HANDED_OVER, [Message(opportunity.owner_id, key, opportunity.get_absolute_url(), words)])


def tell_ended(interests: Iterable[Interest]) -> None:
    """Everybody whose interest ended with the opportunity."""
    for_each = [
        Message(
            interest.employee_id,
            f"opportunity-{interest.opportunity_id}-ended",
            reverse("talent:interest_list"),
            {"opportunity": interest.opportunity.title},
        )
        for interest in interests
    ]
    notify(ENDED, for_each)


def answering(interest: Interest) -> int | None:
    """Who answers this interest: the owner, unless it is kept from them; then HR for the person, whom it is not kept from."""
    owner, person = interest.opportunity.owner, interest.employee
    if interest.is_told_to_manager or not is_below(person.path, owner.path):
        return owner.pk
    partners = Partners.read()
    above = set(person.manager_ids)
    free = Partners(
        [pair for pair in partners.partners if pair[1].pk not in above],
        [leader for leader in partners.leaders if leader.pk not in above],
    )
    found: Employee | None = free.for_person(person)
    return found.pk if found else None


def _tell(kind: NoticeKind, interest: Interest, reader_id: int, **words: str) -> None:
    """Once for each moment of the interest: saying yes again, or being told again, is another."""
    key = f"interest-{interest.pk}-{interest.updated_at:%Y%m%d%H%M%S%f}"
    told = {"opportunity": interest.opportunity.title, **words}
    notify(kind, [Message(reader_id, key, interest.get_absolute_url(), told)])
