"""Around the table: who stays out of a conversation, and what each thinks of the proposals before it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from calibration.enums import PreRead
from calibration.models.cards import Card
from calibration.models.sessions import CalibrationSession, Participant
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance.models import RatingLevel


class RecusalQuerySet(models.QuerySet["Recusal"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own, and those of the sessions one prepares or leads; never that somebody stays out of talking about oneself."""
        viewer = user.viewer
        rows = self.filter(session__in=CalibrationSession.objects.visible_to(user).values("pk"))
        if viewer.is_client:
            return rows.filter(viewer.client_rows("about__"))
        run = CalibrationSession.objects.run_by(viewer)
        return rows.filter(viewer.others("about__"), viewer.oneself() | Q(session__in=run.values("pk")))

    def that_matter_to(self, session: CalibrationSession) -> Self:
        """Those declared at this table or under it, and those that people at it declared elsewhere in the cycle."""
        tables = CalibrationSession.objects.at_one_table(session)
        seated = Participant.objects.filter(session__in=tables.values("pk")).order_by().values("employee")
        here = Q(session__in=tables.values("pk")) | Q(employee__in=seated) | Q(employee__in=session.leader_ids)
        return self.filter(here, session__cycle=session.cycle_id)

    def with_people(self) -> Self:
        return self.select_related("employee__job", "about__job", "declared_by", "session__org_unit", "session__parent")


class Recusal(models.Model):
    """A declared conflict: this person neither sees nor decides on that one, in any session of the cycle."""

    session = models.ForeignKey(CalibrationSession, on_delete=models.CASCADE, related_name="recusals")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name=_("who stays out"))
    about = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name=_("about whom"))
    reason = models.CharField(_("why"), max_length=300)
    declared_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        ordering = ["-declared_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "employee", "about"],
                name="one_recusal_about_a_person",
                violation_error_message=_("This conflict is declared already."),
            ),
            models.CheckConstraint(condition=~Q(employee=models.F("about")), name="recusal_is_about_another"),
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.about}"


class PreReadQuerySet(models.QuerySet["PreReadAnswer"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own, and for those who prepare or lead the session everybody's, about cards they see."""
        viewer = user.viewer
        rows = self.filter(card__in=Card.objects.visible_to(user).values("pk"))
        if viewer.is_client:
            return rows
        run = CalibrationSession.objects.run_by(viewer)
        return rows.filter(viewer.oneself() | Q(card__session__in=run.values("pk")))

    def given(self) -> Self:
        """Without those of which only the note is begun."""
        return self.exclude(answer="")


class PreReadAnswer(models.Model):
    """What one person at the table thinks of one proposed rating before the meeting. `about_rating` is what was proposed then.

    An empty `answer` is a note that was begun before anything was chosen: kept, and not counted.
    """

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="answers")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=10, choices=PreRead)
    note = models.TextField(_("note"), blank=True)
    about_rating = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)

    objects = PreReadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "employee"], name="one_answer_before_the_meeting")]

    def __str__(self) -> str:
        return f"{self.card}: {self.get_answer_display()}"

    @property
    def version(self) -> int:
        """When it was saved last, as a number: a save names the one it saw."""
        return int(self.answered_at.timestamp() * 1_000_000)
