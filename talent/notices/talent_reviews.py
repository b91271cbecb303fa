"""What people are told about a talent review: they sit at its table, notes are asked for, it begins, it ended, a task is theirs."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify
from talent.models import ReviewTask, TalentReview

GROUP = _("Talent reviews")

INVITED = notice_kind(
    "talent.talent_review_invited",
    _("You sit at the table of the talent review “%(review)s”"),
    when=_("Somebody names you to lead a talent review or to take part in it."),
    group=GROUP,
    is_confidential=True,
)
PREPARED = notice_kind(
    "talent.talent_review_prepared",
    _("The talent review “%(review)s” asks for notes about your people"),
    when=_("The list of a talent review that you lead or take part in is written."),
    group=GROUP,
    is_confidential=True,
)
OPENED = notice_kind(
    "talent.talent_review_opened",
    _("The talent review “%(review)s” is open: look at the grid"),
    when=_("A talent review opens that you lead or take part in."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
    is_confidential=True,
)
CONCLUDED = notice_kind(
    "talent.talent_review_concluded",
    _("The talent review “%(review)s” is concluded"),
    when=_("A talent review ends that you lead or take part in."),
    group=GROUP,
    is_confidential=True,
)
CANCELLED = notice_kind(
    "talent.talent_review_cancelled",
    _("The talent review “%(review)s” will not take place"),
    when=_("HR calls off a talent review that you lead or take part in."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
    is_confidential=True,
)
TASK = notice_kind(
    "talent.review_task",
    _("A task from a talent review is yours"),
    when=_("A talent review gives you a task."),
    group=GROUP,
    is_confidential=True,
)


def invited(review: TalentReview, people: Iterable[int], *, but: int | None) -> None:
    """Tell people that they have a place at a table; whoever placed them (`but`) knows."""
    notify(INVITED, (_message(review, person) for person in sorted(people) if person != but))


def prepared(review: TalentReview) -> None:
    """Ask the table for notes."""
    notify(PREPARED, _to_table(review, url=reverse("talent:talent_review_notes", args=[review.pk])))


def opened(review: TalentReview) -> None:
    """Tell the table."""
    notify(OPENED, _to_table(review, url=reverse("talent:talent_review_board", args=[review.pk])))


def concluded(review: TalentReview, *, but: int | None) -> None:
    """Tell the table."""
    notify(CONCLUDED, _to_table(review, but=but))


def cancelled(review: TalentReview, *, but: int | None) -> None:
    """Tell the table, before its seats are gone."""
    notify(CANCELLED, _to_table(review, but=but, url=reverse("talent:talent_review_list")))


def task_given(task: ReviewTask, *, but: int | None) -> None:
    """Tell the owner of a task; whoever gave it to themselves knows."""
    if task.owner_id != but:
        url = reverse("talent:review_task_detail", args=[task.pk])
        notify(TASK, [Message(task.owner_id, key=f"talent-review-task-{task.pk}", url=url)])


def _to_table(review: TalentReview, *, but: int | None = None, url: str = "") -> Iterator[Message]:
    people = review.leader_ids | set(review.seats.values_list("employee", flat=True))
    return (_message(review, person, url=url) for person in sorted(people) if person != but)


def _message(review: TalentReview, person: int, *, url: str = "") -> Message:
    url = url or reverse("talent:talent_review_detail", args=[review.pk])
    return Message(person, key=f"talent-review-{review.pk}", url=url, words={"review": review.name})
