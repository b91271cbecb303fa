"""The event catalogue: every topic of the journal that may leave the portal, in words. What is not in it is not sent."""

from hrportal.integrations.webhooks.catalogue import calibration, people, performance, talent
from hrportal.integrations.webhooks.catalogue.event import Event

EVENTS: dict[str, Event] = {
    event.topic: event for room in (people, performance, calibration, talent) for event in room.EVENTS
}

__all__ = ["EVENTS", "Event"]
