"""Pages of people."""

from django.urls import path

from hrportal.people.views import accounts, directory, employees, imports, organisation, suggestions
from hrportal.people.views.invitations import InvitationAcceptView

app_name = "people"

urlpatterns = [
    path("", directory.employee_list, name="employee_list"),
    path("<int:pk>/", directory.employee_detail, name="employee_detail"),
    path("add", employees.employee_add, name="employee_add"),
    path("<int:pk>/correct", employees.employee_correct, name="employee_correct"),
    path("<int:pk>/move", employees.employee_move, name="employee_move"),
    path("<int:pk>/end", employees.employee_end, name="employee_end"),
    path("<int:pk>/stay", employees.employee_stay, name="employee_stay"),
    path("<int:pk>/return", employees.employee_return, name="employee_return"),
    path("<int:pk>/invite", accounts.person_invite, name="person_invite"),
    path("units/", directory.unit_list, name="unit_list"),
    path("options/", suggestions.person_options, name="person_options"),
    path("options/colleagues/", suggestions.colleague_options, name="colleague_options"),
    path("units/options/", suggestions.unit_options, name="unit_options"),
    path("units/<int:pk>/", directory.unit_detail, name="unit_detail"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/waiting/", organisation.pending_manager_list, name="pending_manager_list"),
    path("organisation/<slug:kind>/", organisation.organisation_list, name="organisation_list"),
    path("organisation/<slug:kind>/add", organisation.organisation_add, name="organisation_add"),
    path("organisation/<slug:kind>/options/", suggestions.organisation_options, name="organisation_options"),
    path("organisation/<slug:kind>/<int:pk>/", organisation.organisation_edit, name="organisation_edit"),
    path("organisation/<slug:kind>/<int:pk>/close", organisation.organisation_close, name="organisation_close"),
    path("organisation/<slug:kind>/<int:pk>/reopen", organisation.organisation_reopen, name="organisation_reopen"),
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
