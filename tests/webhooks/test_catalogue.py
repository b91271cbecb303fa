"""The event catalogue is whole: every topic is described, or is named here as one that stays inside."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from hrportal.integrations.hearing import SUBJECTS
from hrportal.integrations.webhooks.catalogue import EVENTS
from hrportal.integrations.webhooks.catalogue.document import catalogue_document
from hrportal.integrations.webhooks.queueing import topics_of
from hrportal.journal.confidential import confidential_types

ROOT = Path(__file__).resolve().parents[2]
TOPIC = re.compile(r"(people|performance|calibration|talent|journal|notices|integrations)\.[a-z_]+")
# Topics of what no client hears of. A new one goes here or, in words, into the catalogue.
INSIDE = [
    r"people\.(account|role|person|invitation|token|access_token|provider|sign_in|file|import)_.*",
    r"performance\.improvement_.*",
    r"performance\.(feedback|feedback_request|one_to_one|meeting|round|rater|link|goal_proposal)_.*",
    r"performance\.(goal_period|goal_template|goal_assignment|review_exemption)_.*",
    r"performance\.(goal_proposed|goals_assigned)",
    r"calibration\.(recusal|decision|evidence|suggestion|readiness_audit)_.*",
    r"calibration\.(review_decided|finding_explained|pre_read_answered|sides_compared)",
    r"talent\.(flight_risk|retention|stay|exit|reward_cycle|merit|pay|pay_range|refresh|topic)_.*",
    r"talent\.(metrics|bench_study|gap_analysis|forecast|competency|certificate|assessor|role_profile)_.*",
    r"talent\.(potential_round|potential_rater|potential_form|aspiration|interest)_.*",
    r"talent\.(mentoring_offered|mentoring_wished|person_invited|candidates_searched)",
    r"(journal|notices|integrations)\..*",
]


def topics_in_code() -> set[str]:
    """Every topic that a function of an `events` module names."""
    folders = [*ROOT.glob("*/events/*.py"), *ROOT.glob("hrportal/*/events/*.py"), *ROOT.glob("hrportal/**/events.py")]
    return {topic for path in folders for topic in topics_of_module(path)}


def topics_of_module(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and TOPIC.fullmatch(node.value):
            yield node.value


def test_every_topic_is_described_or_stays_inside():
    topics = topics_in_code()
    inside = {topic for topic in topics if any(re.fullmatch(pattern, topic) for pattern in INSIDE)}

    assert len(topics) > 200
    assert sorted(topics - inside - EVENTS.keys()) == []
    assert sorted((inside & EVENTS.keys()) - {"people.import_finished"}) == []
    assert sorted(EVENTS.keys() - topics) == []


def test_what_is_described_is_heard_by_somebody_and_is_not_confidential():
    heard = {subject for subjects in SUBJECTS.values() for subject in subjects}

    assert {event.subject for event in EVENTS.values()} <= heard - confidential_types()
    assert all(str(event.words).endswith(".") for event in EVENTS.values())


def test_groups_and_everything_stand_for_what_is_in_them():
    assert topics_of(["*"]) == list(EVENTS)
    assert set(topics_of(["people.*", "talent.pool_left"])) == {
        *(topic for topic in EVENTS if topic.startswith("people.")),
        "talent.pool_left",
    }
    assert topics_of(["people.*s", "no.such"]) == []


def test_the_document_is_what_the_catalogue_says():
    written = (ROOT / "docs" / "events.md").read_text()

    assert written == catalogue_document(), "manage.py describe_events > docs/events.md"
