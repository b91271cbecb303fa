"""Accounts and the roles given to them. There is no superuser: every right is a role, and every role is a row."""

from typing import Any, Self

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from hrportal.journal.recording import Identity
from hrportal.people.enums import Role
from hrportal.people.models.employees import Employee
from hrportal.people.models.organisation import OrgUnit
from hrportal.people.viewer import NO_ONE, Principal, Viewer, viewer_of


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: Principal) -> Self:
        """Accounts are read by those who look after them; by a client, those of people in its units."""
        viewer = user.viewer if user.is_authenticated else NO_ONE
        if not viewer.may_use("accounts:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows("employee__"), employee__isnull=False)
        return self if viewer.has(Role.ADMIN) else self.none()

    def with_roles(self) -> Self:
        """With their owner and the roles they hold now."""
        current = RoleGrant.objects.current().select_related("org_unit").order_by("role", "org_unit__name")
        grants = models.Prefetch("grants", queryset=current, to_attr="current_grants")
        return self.select_related("employee__org_unit", "employee__job").prefetch_related(grants)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, email: str = "", password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password it can only be entered by an invitation or reset link."""
        user = self.model(username=username, email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A login. Nobody is staff or superuser in Django's sense: `has_perm` asks the portal's rules and nothing else."""

    username = models.CharField(
        _("user name"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This user name is taken.")},
    )
    email = models.EmailField(_("e-mail"), blank=True)
    employee = models.OneToOneField(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="user")
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("created"), default=timezone.now)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    # Of the letters they get; pages follow the browser's cookie. Empty: the portal's own language.
    language = models.CharField(_("language"), max_length=10, blank=True)

    is_staff = False
    is_superuser = False

    current_grants: "list[RoleGrant]"  # read by `with_roles`

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="one_account_per_email"),
        ]
        indexes = [models.Index(Lower("username"), name="account_by_username")]

    def __str__(self) -> str:
        return self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether the rules let this account do `perm` (to `obj`)."""
        return self.is_active and rules.has_perm(perm, self, obj)

    @cached_property
    def viewer(self) -> Viewer:
        """What this account may look at, worked out once per request."""
        return viewer_of(self)

    @property
    def journal_identity(self) -> Identity:
        return Identity(actor_id=self.pk)


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def visible_to(self, user: Principal) -> Self:
        """Grants are read by those who give them."""
        return self if user.viewer.has(Role.ADMIN) else self.none()

    def current(self) -> Self:
        return self.filter(revoked_at=None)


class RoleGrant(models.Model):
    """A role given to an account; for HR business partners and executives, over one unit and all below it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=20, choices=[(r.value, r.label) for r in Role.granted()])
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "org_unit"],
                condition=Q(revoked_at=None),
                name="one_current_grant_per_unit",
                violation_error_message=_("This role is already given."),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(revoked_at=None, org_unit=None),
                name="one_current_grant_without_unit",
                violation_error_message=_("This role is already given."),
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.HRBP) | Q(org_unit__isnull=False),
                name="partner_has_unit",
                violation_error_message=_("An HR business partner needs a unit to look after."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
