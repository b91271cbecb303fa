"""Pages of people."""

from django.urls import path

from hrportal.people.views import accounts, directory, imports
from hrportal.people.views.invitations import InvitationAcceptView

app_name = "people"

urlpatterns = [
    path("", directory.employee_list, name="employee_list"),
    path("<int:pk>/", directory.employee_detail, name="employee_detail"),
    path("<int:pk>/invite", accounts.person_invite, name="person_invite"),
    path("units/", directory.unit_list, name="unit_list"),
    path("units/options/", directory.unit_options, name="unit_options"),
    path("units/<int:pk>/", directory.unit_detail, name="unit_detail"),
    path("accounts/", accounts.account_list, name="account_list"),
    path("accounts/invite", accounts.people_invite, name="people_invite"),
    path("accounts/<int:pk>/", accounts.account_detail, name="account_detail"),
    path("accounts/<int:pk>/grant", accounts.role_grant, name="role_grant"),
    path("accounts/<int:pk>/invite", accounts.account_invite, name="account_invite"),
    path("accounts/<int:pk>/address", accounts.account_address, name="account_address"),
    path("accounts/<int:pk>/deactivate", accounts.account_deactivate, name="account_deactivate"),
    path("accounts/<int:pk>/reactivate", accounts.account_reactivate, name="account_reactivate"),
    path("grants/<int:pk>/revoke", accounts.role_revoke, name="role_revoke"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/upload", imports.import_upload, name="import_upload"),
    path("imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<int:pk>/columns", imports.import_columns, name="import_columns"),
    path("imports/<int:pk>/progress", imports.import_progress, name="import_progress"),
    path("imports/<int:pk>/problems", imports.import_problems, name="import_problems"),
    path("imports/<int:pk>/apply", imports.import_apply, name="import_apply"),
    path("imports/<int:pk>/discard", imports.import_discard, name="import_discard"),
    path("imports/<int:pk>/undo", imports.import_undo, name="import_undo"),
    path("imports/<int:pk>/check-undo", imports.import_check_undo, name="import_check_undo"),
    path("invitation/<uidb64>/<token>/", InvitationAcceptView.as_view(), name="invitation_accept"),
]
