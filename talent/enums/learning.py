"""Kinds of learning and states of enrolments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LearningKind(models.TextChoices):
    COURSE = "course", _("Course")
    CERTIFICATION = "certification", _("Certification")
    BOOK = "book", _("Book or article")
    WORKSHOP = "workshop", _("Workshop")
    CIRCLE = "circle", _("Mentoring circle")
    PROJECT = "project", _("Project or stretch assignment")
    CONFERENCE = "conference", _("Conference")


class Proof(models.TextChoices):
    """What finishing says about somebody's level. A course one works through alone says nothing by itself."""

    NONE = "none", _("No level: evidence, and a reason to assess again")
    ASSESSMENT = "assessment", _("The level, found by an assessor")
    CERTIFICATE = "certificate", _("The level, certified")


class EnrolmentState(models.TextChoices):
    REQUESTED = "requested", _("Waiting for approval")
    ENROLLED = "enrolled", _("Enrolled")
    COMPLETED = "completed", _("Completed")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")


UNDER_WAY = (EnrolmentState.REQUESTED, EnrolmentState.ENROLLED)
