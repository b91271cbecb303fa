"""Mentoring: what somebody offers to teach, what somebody wishes to learn, and the two who meet."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency, Employee
from hrportal.people.models.competencies import HIGHEST, LOWEST, level_field
from hrportal.people.viewer import Principal
from talent.enums import STANDING, MentoringState

MOST_MENTEES = 10


class OfferQuerySet(models.QuerySet["MentorOffer"]):
    def visible_to(self, user: Principal) -> Self:
        """An offer is made to everybody here while it stands and its mentor works here; one's own always."""
        viewer = user.viewer
        if not viewer.may_use("development:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows("mentor__"))
        if not (viewer.employee_id or viewer.is_hr):
            return self.none()
        stands = Q(is_active=True, mentor__in=Employee.objects.employed())
        return self.filter(stands | viewer.oneself("mentor__"))

    def open(self) -> Self:
        """With room for one more mentee, of people who work here."""
        taken = Count("mentor__mentorings_given", filter=Q(mentor__mentorings_given__state__in=STANDING))
        present = self.filter(is_active=True, mentor__in=Employee.objects.employed())
        return present.annotate(taken=taken).filter(taken__lt=F("capacity"))


class MentorOffer(models.Model):
    """What one person offers to teach, to how many at a time. The levels in it are what the mentor chose to tell."""

    mentor = models.OneToOneField(Employee, on_delete=models.PROTECT, related_name="mentor_offer")
    note = models.TextField(_("what you can help with"), blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("how many mentees at a time"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MENTEES)],
    )
    is_active = models.BooleanField(_("I am available"), default=True)
    updated_at = models.DateTimeField(auto_now=True)

    taken: int  # of rows read `open`

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["mentor__last_name", "mentor__first_name", "id"]

    def __str__(self) -> str:
        return f"{self.mentor}"


class OfferedSkill(models.Model):
    """One competency a mentor teaches, and the level they tell they have."""

    offer = models.ForeignKey(MentorOffer, on_delete=models.CASCADE, related_name="skills")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = level_field()

    class Meta:
        ordering = ["competency__name"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "competency"], name="one_offered_level"),
            models.CheckConstraint(condition=Q(level__range=(LOWEST, HIGHEST)), name="offered_level_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.competency} {self.level}"


class WishQuerySet(models.QuerySet["MentoringWish"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own, and those of people HR looks after. A wish is not a manager's to read."""
        viewer = user.viewer
        if not viewer.may_use("development:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows("mentee__"))
        return self.filter(viewer.oneself("mentee__") | viewer.hr("mentee__"))

    def waiting(self) -> Self:
        """Of people who work here and have no mentor yet, nor one proposed."""
        waiting = self.filter(is_active=True, mentee__in=Employee.objects.employed())
        return waiting.exclude(mentee__mentorings_had__state__in=STANDING)


class MentoringWish(models.Model):
    """What one person wishes to learn from somebody."""

    mentee = models.OneToOneField(Employee, on_delete=models.PROTECT, related_name="mentoring_wish")
    goal = models.TextField(_("what you hope for"))
    is_active = models.BooleanField(_("I look for a mentor"), default=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering = ["mentee__last_name", "mentee__first_name", "id"]

    def __str__(self) -> str:
        return f"{self.mentee}"


class WishedSkill(models.Model):
    """One competency somebody wishes to grow in, and the level they tell they have."""

    wish = models.ForeignKey(MentoringWish, on_delete=models.CASCADE, related_name="skills")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = level_field()

    class Meta:
        ordering = ["competency__name"]
        constraints = [
            models.UniqueConstraint(fields=["wish", "competency"], name="one_wished_level"),
            models.CheckConstraint(condition=Q(level__range=(LOWEST, HIGHEST)), name="wished_level_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.competency} {self.level}"


class MentorSuggestionQuerySet(models.QuerySet["MentorSuggestion"]):
    def visible_to(self, user: Principal) -> Self:
        """For HR, about those they look after, and never with themselves in it."""
        viewer = user.viewer
        if not viewer.may_use("development:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows("mentee__"), viewer.client_rows("mentor__"))
        return self.filter(viewer.hr("mentee__") & viewer.others("mentor__"))


class MentorSuggestion(models.Model):
    """Two who would fit, worked out for everybody who waits at once; the next such run replaces it. `parts` is what the
    score is made of, as it was then. Nobody but HR hears of it until somebody proposes it."""

    mentee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    parts = models.JSONField(default=dict)
    computed_at = models.DateTimeField(default=timezone.now)

    objects = MentorSuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "id"]

    def __str__(self) -> str:
        return f"{self.mentor} → {self.mentee}"


class MentoringQuerySet(models.QuerySet["Mentoring"]):
    def visible_to(self, user: Principal) -> Self:
        """Of the two; of those above the mentee and HR for them, from when both said yes, as part of the development."""
        viewer = user.viewer
        if not viewer.may_use("development:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows("mentee__"))
        two = viewer.oneself("mentor__") | viewer.oneself("mentee__")
        begun = Q(started_at__isnull=False) & viewer.chain_below("mentee__")
        return self.filter(two | ((begun | viewer.hr("mentee__")) & viewer.others("mentee__")))

    def standing(self) -> Self:
        """Proposed or under way."""
        return self.filter(state__in=STANDING)


class Mentoring(models.Model):
    """A mentor and a mentee, from the proposal to what both made of it. `parts` is the match as it was when proposed."""

    mentor = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="mentorings_given")
    mentee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="mentorings_had")
    state = models.CharField(_("state"), max_length=20, choices=MentoringState, default=MentoringState.PROPOSED)
    goal = models.TextField(_("what it is for"))
    score = models.FloatField(null=True, blank=True)
    parts = models.JSONField(default=dict)
    proposed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    mentor_said_yes_at = models.DateTimeField(null=True, blank=True)
    mentee_said_yes_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    mentor_reflection = models.TextField(_("what the mentor made of it"), blank=True)
    mentee_reflection = models.TextField(_("what the mentee made of it"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MentoringQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "mentee"],
                condition=Q(state__in=["proposed", "active"]),
                name="one_mentoring_of_two",
                violation_error_message=_("These two are proposed or meet already."),
            ),
            models.CheckConstraint(
                condition=~Q(mentor=F("mentee")),
                name="mentor_is_another",
                violation_error_message=_("Nobody mentors themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} → {self.mentee}"

    def other(self, employee_id: int | None) -> Employee:
        """Whom one of the two meets."""
        return self.mentee if employee_id == self.mentor_id else self.mentor


class OfTheTwo(models.QuerySet[Any]):
    """Rows of a mentoring that belong to the two alone: what they aim for and what they noted."""

    def visible_to(self, user: Principal) -> Self:
        viewer = user.viewer
        if not viewer.may_use("development:read") or viewer.is_client:
            return self.none()
        return self.filter(viewer.oneself("mentoring__mentor__") | viewer.oneself("mentoring__mentee__"))


class MentoringGoal(models.Model):
    """Something the two want to reach."""

    mentoring = models.ForeignKey(Mentoring, on_delete=models.CASCADE, related_name="goals")
    title = models.CharField(_("goal"), max_length=200)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = OfTheTwo.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class MentoringMeeting(models.Model):
    """A meeting the two held, and what they noted of it."""

    mentoring = models.ForeignKey(Mentoring, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField(_("held on"))
    note = models.TextField(_("what you spoke about"), blank=True)
    noted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfTheTwo.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return f"{self.mentoring}: {self.held_on}"
