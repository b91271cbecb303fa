"""What a comparison of both sides of the bridge can find."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DifferenceKind(models.TextChoices):
    """How the two sides differ about one review. What is still on its way, or parked, has not arrived and is not missing."""

    MISSING = "missing", _("Missing")
    WRONG = "wrong", _("Wrong")
    EXTRA = "extra", _("Too much")
    PARKED = "parked", _("Parked")
    PENDING = "pending", _("On its way")


# What HR is told about; the others are seen, and settle themselves or are listed as stuck.
DIFFERENCES = (DifferenceKind.MISSING, DifferenceKind.WRONG, DifferenceKind.EXTRA)


class Mismatch(models.TextChoices):
    """What exactly is found."""

    NOT_THERE = "not_there", _("It did not arrive.")
    NOT_SHOWN = "not_shown", _("The review is shared, and the person does not see it.")
    OTHER_VALUE = "other_value", _("It says something else than the review.")
    OTHER_VERSION = "other_version", _("It is from another version of the review.")
    OTHER_PERSON = "other_person", _("It stands with somebody the review is not about.")
    TWICE = "twice", _("It is there twice.")
    SECOND_PLAN = "second_plan", _("The person has two open plans.")
    UNFOUNDED = "unfounded", _("No completed review asks for it.")
    WITHDRAWN = "withdrawn", _("Its review was withdrawn.")
    NO_REVIEW = "no_review", _("It names a review that does not exist.")
    TOO_EARLY = "too_early", _("The person sees it before the review is shared.")

    @property
    def kind(self) -> DifferenceKind:
        """Whether something is missing, wrong or too much."""
        return _KIND_OF.get(self, DifferenceKind.EXTRA)


_KIND_OF = {
    Mismatch.NOT_THERE: DifferenceKind.MISSING,
    Mismatch.NOT_SHOWN: DifferenceKind.MISSING,
    Mismatch.OTHER_VALUE: DifferenceKind.WRONG,
    Mismatch.OTHER_VERSION: DifferenceKind.WRONG,
    Mismatch.OTHER_PERSON: DifferenceKind.WRONG,
}


class Outcome(models.TextChoices):
    """What a comparison came to. One that covered nothing has shown nothing, so it has failed."""

    RUNNING = "running", _("Under way")
    CLEAN = "clean", _("Both sides agree")
    DIFFERENT = "different", _("Differences")
    NOTHING = "nothing", _("Nothing compared")
