from hrportal.people.models.accounts import RoleGrant, User
from hrportal.people.models.competencies import Competency, CompetencyLevel, RoleProfileEntry
from hrportal.people.models.employees import Employee, Employment
from hrportal.people.models.exports import ListExport
from hrportal.people.models.imports import EmployeeImport, ImportChange, ImportPart, ImportProblem
from hrportal.people.models.organisation import Job, LegalEntity, Location, OrgUnit, Position
from hrportal.people.models.pending import PendingManager
from hrportal.people.models.tokens import PersonalToken

__all__ = [
    "Competency",
    "CompetencyLevel",
    "Employee",
    "EmployeeImport",
    "Employment",
    "ImportChange",
    "ImportPart",
    "ImportProblem",
    "Job",
    "LegalEntity",
    "ListExport",
    "Location",
    "OrgUnit",
    "PendingManager",
    "PersonalToken",
    "Position",
    "RoleGrant",
    "RoleProfileEntry",
    "User",
]
