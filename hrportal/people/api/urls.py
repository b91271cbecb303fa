"""Resources of people."""

from hrportal.people.api import views
from hrportal.people.api.exports import ExportViewSet

resources = {
    "employees": views.EmployeeViewSet,
    "org-units": views.OrgUnitViewSet,
    "positions": views.PositionViewSet,
    "exports": ExportViewSet,
}
