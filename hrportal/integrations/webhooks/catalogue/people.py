"""Events about people and organisation."""

from django.utils.translation import gettext_lazy as _

from hrportal.integrations.webhooks.catalogue.event import about

EVENTS = [
    *about(
        "people.employee",
        employee_hired=_("Somebody was taken into the directory, or came back."),
        employee_changed=_("Something about a person changed; the names of the fields are given."),
        employment_end_planned=_("The last day of somebody’s employment was set."),
        employment_ended=_("Somebody has left."),
    ),
    *about(
        "people.orgunit",
        unit_created=_("A unit was added to the organisation."),
        unit_changed=_("Something about a unit changed; the names of the fields are given."),
        unit_moved=_("A unit was put under another one."),
    ),
    *about("people.job", job_created=_("A job was added."), job_changed=_("Something about a job changed.")),
    *about(
        "people.position",
        position_created=_("A position was added."),
        position_changed=_("Something about a position changed."),
    ),
    *about(
        "people.location",
        location_created=_("A location was added."),
        location_changed=_("Something about a location changed."),
    ),
    *about(
        "people.legalentity",
        legalentity_created=_("A legal entity was added."),
        legalentity_changed=_("Something about a legal entity changed."),
    ),
    *about("people.employeeimport", import_finished=_("An import of people is finished.")),
]
