"""Who will read a feedback, in words and names: the sentence of `Feedback.objects.visible_to`, read the other way round."""

from django.utils.translation import gettext as _

from hrportal.people.models import Employee
from performance.enums import FeedbackVisibility


def readers_of_feedback(recipient: Employee, visibility: str, *, asker: Employee | None = None) -> list[str]:
    """Everyone but the giver who will read it. `asker` is whoever asked, if the giver lets them read."""
    if visibility == FeedbackVisibility.EVERYONE:
        return [_("Everyone in the company")]
    readers: list[str] = []
    if visibility != FeedbackVisibility.GIVER:
        readers.append(recipient.name)
    if visibility == FeedbackVisibility.RECIPIENT_AND_MANAGER:
        readers += [*_managers(recipient), _("HR: the partners of their unit and the HR leaders")]
    if asker and asker.pk != recipient.pk:
        readers.append(asker.name)
    return readers


def _managers(recipient: Employee) -> list[str]:
    above = Employee.objects.chain_above(recipient).order_by("-path")
    return [
        _("%s, manager") % person.name if person.pk == recipient.manager_id else _("%s, above them") % person.name
        for person in above
    ]
