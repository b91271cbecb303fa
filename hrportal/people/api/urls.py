"""Resources of people."""

from hrportal.people.api import views
from hrportal.people.api.exports import ExportViewSet
from hrportal.people.api.imports import ImportViewSet

resources = {
    "employees": views.EmployeeViewSet,
    "org-units": views.OrgUnitViewSet,
    "positions": views.PositionViewSet,
    "exports": ExportViewSet,
    "imports": ImportViewSet,
}
