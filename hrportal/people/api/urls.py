"""Resources of people."""

from hrportal.people.api import views

resources = {
    "employees": views.EmployeeViewSet,
    "org-units": views.OrgUnitViewSet,
    "competencies": views.CompetencyViewSet,
    "positions": views.PositionViewSet,
}
