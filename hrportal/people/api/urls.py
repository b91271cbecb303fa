"""Resources of people."""

from hrportal.people.api import employees, organisation
from hrportal.people.api.accounts import AccountViewSet
from hrportal.people.api.exports import ExportViewSet
from hrportal.people.api.imports import ImportViewSet

resources = {
    "accounts": AccountViewSet,
    "employees": employees.EmployeeViewSet,
    "org-units": organisation.OrgUnitViewSet,
    "positions": organisation.PositionViewSet,
    "job-roles": organisation.JobRoleViewSet,
    "locations": organisation.LocationViewSet,
    "legal-entities": organisation.LegalEntityViewSet,
    "pending-managers": employees.PendingManagerViewSet,
    "exports": ExportViewSet,
    "imports": ImportViewSet,
}
