"""What the journal's facts say in words, where the catalogue of events for other systems has none: these stay inside."""

from hrportal.home.facts import calibration, machines, people, performance, talent

WORDS = {
    topic: words for room in (people, performance, calibration, talent, machines) for topic, words in room.WORDS.items()
}
