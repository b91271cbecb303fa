"""360 feedback rounds: colleagues answer the same questions about one person, and nobody learns who said what.

Three kinds of rows with three rules. Who was asked (`Rater`) is known to those who run the round. What somebody is
writing (`AnswerSheet`) is theirs alone, and gone when the round closes. What was said (`RoundAnswer`) exists only from
then on, without a name; it has no `visible_to`, because only `performance/results.py` reads it.
"""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency, Employee
from hrportal.people.viewer import Principal
from performance.enums import (
    ANONYMOUS,
    OPEN_ROUNDS,
    ROUNDS_WITH_RESULTS,
    HowOften,
    RaterGroup,
    RaterState,
    RoundQuestionKind,
    RoundState,
    SheetState,
)
from performance.models.reviews import Review

FEWEST_RATERS = 3


def reads_rounds(user: Principal) -> bool:
    """Whether this is a person (or a client acting for one): a client by itself reads nothing of any round."""
    viewer = user.viewer
    return user.is_authenticated and not viewer.is_client and viewer.may_use("reviews:read")


def how_often_field() -> Any:
    """A rating from 1 to 5; empty means "cannot judge", never zero."""
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(min(HowOften)), MaxValueValidator(max(HowOften))]
    )


class RoundTemplateQuerySet(models.QuerySet["RoundTemplate"]):
    def masters(self) -> Self:
        """Those HR designs; not the copies that belong to a round."""
        return self.filter(is_copy=False)

    def offered(self) -> Self:
        """Those a new round can be opened with."""
        return self.masters().filter(is_archived=False, questions__isnull=False).distinct()

    def visible_to(self, user: Principal) -> Self:
        """HR sees all masters; whoever may open a round chooses among those that are offered."""
        if not reads_rounds(user):
            return self.none()
        return self.masters() if user.viewer.is_hr else self.offered()


class RoundTemplate(models.Model):
    """What a round asks. Opening a round copies it, so later edits change nothing that runs or is over."""

    name = models.CharField(_("name"), max_length=100)
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("What those who answer read first."))
    is_copy = models.BooleanField(default=False, editable=False)
    is_archived = models.BooleanField(_("archived"), default=False)

    objects = RoundTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class RoundQuestion(models.Model):
    template = models.ForeignKey(RoundTemplate, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(
        _("kind of answer"), max_length=10, choices=RoundQuestionKind, default=RoundQuestionKind.RATING
    )
    text = models.CharField(_("question"), max_length=300)
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("competency")
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(competency=None) | Q(kind=RoundQuestionKind.RATING),
                name="rated_question_has_competency",
                violation_error_message=_("Only a rating can stand for a competency."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class FeedbackRoundQuerySet(models.QuerySet["FeedbackRound"]):
    def visible_to(self, user: Principal) -> Self:
        """The subject's own, those about people below and those HR looks after. Raters see their own sheet, not the round."""
        if not reads_rounds(user):
            return self.none()
        viewer = user.viewer
        return self.filter(viewer.oneself("subject__") | viewer.chain_below("subject__") | viewer.hr("subject__"))

    def with_results_for(self, user: Principal) -> Self:
        """Those whose results this reader may open: the subject once shared, everybody else once closed."""
        seen = self.visible_to(user)
        return seen.filter(Q(state=RoundState.SHARED) | Q(state=RoundState.CLOSED) & user.viewer.others("subject__"))

    def with_people(self) -> Self:
        return self.select_related("subject__org_unit", "subject__job", "template", "opened_by")


class FeedbackRound(models.Model):
    """One person, the people asked about them, and a promise: at least `min_raters` answers, or a group is not shown."""

    subject = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_rounds")
    template = models.ForeignKey(RoundTemplate, on_delete=models.PROTECT, related_name="rounds")
    review = models.ForeignKey(Review, on_delete=models.SET_NULL, null=True, blank=True, related_name="feedback_rounds")
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("answers due"))
    min_raters = models.PositiveSmallIntegerField(
        _("fewest answers"),
        default=FEWEST_RATERS,
        help_text=_("A group with fewer answers is not shown. Three is the least."),
    )
    state = models.CharField(_("state"), max_length=20, choices=RoundState, default=RoundState.NOMINATING)
    # The groups that had enough answers when the daily job last looked. Looked at once a day, for all rounds at once,
    # it tells nobody that an answer has just come.
    enough = models.JSONField(default=list, blank=True, editable=False)
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why it was withdrawn."))
    closed_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)

    objects = FeedbackRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(state__in=sorted(OPEN_ROUNDS)),
                name="one_open_round_per_subject",
                violation_error_message=_("A round about this person is open already."),
            ),
            models.CheckConstraint(
                condition=Q(min_raters__gte=FEWEST_RATERS),
                name="three_raters_at_least",
                violation_error_message=_("Fewer than three answers would not keep anybody’s name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template}: {self.subject}"

    @property
    def has_results(self) -> bool:
        return self.state in ROUNDS_WITH_RESULTS


class RaterQuerySet(models.QuerySet["Rater"]):
    def visible_to(self, user: Principal) -> Self:
        """Who is asked about somebody: known to those who see the round, and to each of those asked about themselves."""
        rounds = FeedbackRound.objects.visible_to(user)
        return self.filter(Q(round__in=rounds.values("pk")) | Q(pk__in=self.asked(user).values("pk")))

    def asked(self, user: Principal) -> Self:
        """One's own invitations."""
        if not reads_rounds(user) or not user.viewer.employee_id:
            return self.none()
        return self.filter(employee_id=user.viewer.employee_id, state=RaterState.INVITED)

    def wanted(self) -> Self:
        """Those whose answer counts, or will."""
        return self.filter(state__in=[RaterState.APPROVED, RaterState.INVITED])


class Rater(models.Model):
    """Somebody nominated or asked: a colleague, or a name and address outside. What they did with it is not here."""

    round = models.ForeignKey(FeedbackRound, on_delete=models.CASCADE, related_name="raters")
    group = models.CharField(_("group"), max_length=10, choices=RaterGroup)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RaterState, default=RaterState.NOMINATED)
    link_number = models.PositiveSmallIntegerField(default=1, help_text="A renewed link makes the ones before it void.")

    objects = RaterQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "employee"],
                name="rater_once_per_round",
                violation_error_message=_("This person is on the list already."),
            ),
            models.UniqueConstraint(
                "round",
                Lower("email"),
                condition=~Q(email=""),
                name="address_once_per_round",
                violation_error_message=_("This address is on the list already."),
            ),
            models.CheckConstraint(
                condition=Q(group=RaterGroup.EXTERNAL, employee=None) & ~Q(email="")
                | ~Q(group=RaterGroup.EXTERNAL) & Q(employee__isnull=False, email=""),
                name="rater_is_colleague_or_address",
                violation_error_message=_("Name a colleague, or give a name and an address outside the company."),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.employee.name if self.employee else self.name

    @property
    def is_anonymous(self) -> bool:
        return self.group in ANONYMOUS


class AnswerSheetQuerySet(models.QuerySet["AnswerSheet"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own, and nobody else's, whatever their rights."""
        return self.filter(rater__in=Rater.objects.asked(user).values("pk"))

    def open(self) -> Self:
        return self.filter(state=SheetState.OPEN)

    def with_questions(self) -> Self:
        return self.select_related("rater__round__subject__job", "rater__round__subject__org_unit").prefetch_related(
            "rater__round__template__questions__competency", "answers"
        )


class AnswerSheet(models.Model):
    """What one rater writes, and nobody else reads. It exists while a round collects and is deleted when it closes."""

    rater = models.OneToOneField(Rater, on_delete=models.CASCADE, related_name="sheet")
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.OPEN)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = AnswerSheetQuerySet.as_manager()

    def __str__(self) -> str:
        return f"sheet {self.pk}"


class SheetAnswer(models.Model):
    sheet = models.ForeignKey(AnswerSheet, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(RoundQuestion, on_delete=models.CASCADE, related_name="+")
    rating = how_often_field()
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "question"], name="one_answer_per_question_and_sheet")]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def says_something(self) -> bool:
        return self.rating is not None or bool(self.text.strip())


class RoundAnswer(models.Model):
    """What somebody of a group said to one question: no name, no time, and an order that was drawn by lot.

    Only the subject's and the manager's answers have an author, as both were told when they wrote.
    """

    round = models.ForeignKey(FeedbackRound, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(RoundQuestion, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=10, choices=RaterGroup)
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rating = how_often_field()
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(author=None) | ~Q(group__in=[str(group) for group in ANONYMOUS]),
                name="anonymous_answer_has_no_author",
            )
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"
