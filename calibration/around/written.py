"""What a manager wrote in a review, as far as it may lie on a table."""

from calibration.models import Card
from hrportal.people.viewer import Principal
from performance.enums import BEING_WRITTEN, ReviewState, SeenBy, Side
from performance.models import Answer

NOT_TO_READ = (ReviewState.GOAL_SETTING, *BEING_WRITTEN, ReviewState.SECOND_APPROVAL, ReviewState.WITHDRAWN)


def written_by_manager(card: Card, user: Principal) -> list[Answer]:
    """The answers of the manager's part in the order they were asked, without those meant for HR alone; none for a client
    whose scopes do not open reviews.

    Nothing while the review is being written again, nor once it has another revision than the card: what was decided
    about is then no longer what one would read.
    """
    review = card.review
    if not user.viewer.may_use("reviews:read"):
        return []
    if review.revision != card.review_revision or review.state in NOT_TO_READ:
        return []
    answers = Answer.objects.filter(part__review=review, part__side=Side.MANAGER).exclude(text="", choice="")
    shown = answers.exclude(question__seen_by=SeenBy.HR).select_related("question")
    return list(shown.order_by("question__section__order", "question__order"))
