"""The questionnaire about potential. Every question is about behaviour somebody can have seen, with words for 1, 3 and 5.

It asks nothing of results and shows no rating: potential is not performance. Dimensions follow the literature on learning
agility (De Meuse 2017) and the signposts of leadership potential (Silzer & Church 2009); the behaviours are our own. A
questionnaire is never edited once used: a changed one gets a new name, and old forms keep theirs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talent.enums import PotentialDimension as Dimension
from talent.scores.potential import Answers

CURRENT = "2026-1"
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Behaviour:
    """One question and what 1, 3 and 5 look like; 2 and 4 lie between."""

    key: str
    text: Promise | str
    low: Promise | str
    middle: Promise | str
    high: Promise | str


@dataclass(frozen=True)
class Section:
    """One dimension with its behaviours."""

    dimension: Dimension
    behaviours: tuple[Behaviour, ...]


SECTIONS: tuple[Section, ...] = (
    Section(
        Dimension.LEARNING,
        (
            Behaviour(
                "learns_from_mistakes",
                _("Learns from what went wrong"),
                _("Makes the same mistake again, or looks for others to blame"),
                _("Names what went wrong and does it differently when reminded"),
                _("Works out the cause unasked and changes how they and others work"),
            ),
            Behaviour(
                "seeks_feedback",
                _("Asks for feedback and uses it"),
                _("Avoids or argues away what others say"),
                _("Listens when told and uses some of it"),
                _("Asks those who disagree, and visibly changes something"),
            ),
            Behaviour(
                "new_subjects",
                _("Gets into subjects that are new to them"),
                _("Stays with what they know"),
                _("Learns what the task needs, with help"),
                _("Becomes useful in unknown territory fast, on their own"),
            ),
            Behaviour(
                "transfers",
                _("Carries what they learnt to other situations"),
                _("Treats each case as the first one"),
                _("Uses earlier experience in similar cases"),
                _("Finds the principle and applies it where nobody expected it"),
            ),
        ),
    ),
    Section(
        Dimension.ADAPTABILITY,
        (
            Behaviour(
                "changed_plans",
                _("Deals with plans that change"),
                _("Holds on to the old plan or stops working"),
                _("Follows the new plan after a while"),
                _("Rearranges the work at once and takes others along"),
            ),
            Behaviour(
                "incomplete_information",
                _("Decides with incomplete information"),
                _("Waits until somebody else decides"),
                _("Decides small matters, asks about the rest"),
                _("Decides, says what is uncertain, and corrects early"),
            ),
            Behaviour(
                "other_people",
                _("Works with people who differ from them"),
                _("Works well only with a familiar circle"),
                _("Gets along with most when the task asks for it"),
                _("Adjusts their way to very different people and gains from it"),
            ),
            Behaviour(
                "under_pressure",
                _("Stays able to act under pressure"),
                _("Becomes short or freezes"),
                _("Keeps going, with visible effort"),
                _("Stays calm and helps others to"),
            ),
        ),
    ),
    Section(
        Dimension.LEADERSHIP,
        (
            Behaviour(
                "gives_direction",
                _("Gives others direction"),
                _("Leaves open what the aim is"),
                _("Explains the aim when asked"),
                _("Makes the aim so clear that others decide by it"),
            ),
            Behaviour(
                "develops_others",
                _("Helps others grow"),
                _("Keeps knowledge and good work to themselves"),
                _("Explains and delegates when there is time"),
                _("Gives work away on purpose so that others grow by it"),
            ),
            Behaviour(
                "takes_responsibility",
                _("Takes responsibility beyond their task"),
                _("Stops at the edge of their task"),
                _("Steps in when asked"),
                _("Takes up what nobody owns and sees it through"),
            ),
            Behaviour(
                "influences",
                _("Wins people without having power over them"),
                _("Insists or gives in"),
                _("Convinces those who think alike"),
                _("Brings opponents to a result both stand behind"),
            ),
        ),
    ),
    Section(
        Dimension.ASPIRATION,
        (
            Behaviour(
                "wants_more",
                _("Wants a larger role"),
                _("Says or shows that they do not"),
                _("Is open to it, without doing much about it"),
                _("Says so and prepares for it"),
            ),
            Behaviour(
                "accepts_the_price",
                _("Accepts what a larger role costs"),
                _("Turns down what brings more burden"),
                _("Accepts it for a while"),
                _("Knows the price and has chosen it"),
            ),
            Behaviour(
                "seeks_stretch",
                _("Looks for tasks above their present ones"),
                _("Avoids them"),
                _("Takes them when offered"),
                _("Asks for them"),
            ),
            Behaviour(
                "thinks_ahead",
                _("Has a picture of where they want to be"),
                _("Has none, or one that changes with the day"),
                _("Has a direction"),
                _("Has a picture and next steps towards it"),
            ),
        ),
    ),
    Section(
        Dimension.ENGAGEMENT,
        (
            Behaviour(
                "believes_in_aims",
                _("Stands behind what the organisation wants"),
                _("Speaks of it as somebody else’s matter"),
                _("Supports what touches their work"),
                _("Speaks for it, and says openly what should change"),
            ),
            Behaviour(
                "extra_effort",
                _("Does more than asked when it matters"),
                _("Does what cannot be avoided"),
                _("Helps out when asked"),
                _("Sees what matters and does it unasked"),
            ),
            Behaviour(
                "bonds",
                _("Feels they belong to the people here"),
                _("Keeps apart"),
                _("Belongs to their team"),
                _("Holds people together across teams"),
            ),
            Behaviour(
                "stays",
                _("Plans their future here"),
                _("Speaks of leaving or has stopped planning"),
                _("Leaves it open"),
                _("Plans several years ahead here"),
            ),
        ),
    ),
)

KEYS = {behaviour.key for section in SECTIONS for behaviour in section.behaviours}


def answers_of(stored: Mapping[str, int | None]) -> Answers:
    """Stored answers by dimension; a question not answered counts like one not observed, and neither counts as 0."""
    return {section.dimension: [stored.get(behaviour.key) for behaviour in section.behaviours] for section in SECTIONS}


def unanswered(stored: Mapping[str, int | None]) -> Iterator[Behaviour]:
    """Questions that were neither answered nor marked as not observed."""
    for section in SECTIONS:
        yield from (behaviour for behaviour in section.behaviours if behaviour.key not in stored)
