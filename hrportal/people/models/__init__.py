from hrportal.people.models.accounts import RoleGrant, User
from hrportal.people.models.competencies import Competency, CompetencyLevel, RoleProfileEntry
from hrportal.people.models.employees import Employee, Employment
from hrportal.people.models.exports import ListExport
from hrportal.people.models.imports import EmployeeImport
from hrportal.people.models.organisation import Job, LegalEntity, Location, OrgUnit, Position

__all__ = [
    "Competency",
    "CompetencyLevel",
    "Employee",
    "EmployeeImport",
    "Employment",
    "Job",
    "LegalEntity",
    "ListExport",
    "Location",
    "OrgUnit",
    "Position",
    "RoleGrant",
    "RoleProfileEntry",
    "User",
]
