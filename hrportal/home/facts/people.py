"""Facts about accounts, roles, sign-in and imports."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "people.account_created": _("An account was created."),
    "people.account_changed": _("Something about an account changed."),
    "people.account_deactivated": _("An account was deactivated."),
    "people.account_reactivated": _("An account was reactivated."),
    "people.role_granted": _("A role was granted."),
    "people.role_revoked": _("A role was revoked."),
    "people.person_invited": _("Somebody was invited to the portal."),
    "people.invitation_accepted": _("An invitation was accepted."),
    "people.import_uploaded": _("A file of people was uploaded."),
    "people.import_scheduled": _("An import of people was put in line to be applied."),
    "people.import_discarded": _("An import of people was discarded."),
    "people.import_undone": _("An import of people was taken back."),
    "people.list_exported": _("A list of people was taken away as a file."),
    "sign_in.identity_linked": _("A sign-in with the company account was linked."),
    "sign_in.identity_unlinked": _("A sign-in with the company account was unlinked."),
    "sign_in.second_factor_reset": _("A second factor was reset."),
    "sign_in.list_exported": _("Somebody took away where they are signed in."),
    "sign_in.sessions_ended": _("An account was signed out everywhere."),
}
