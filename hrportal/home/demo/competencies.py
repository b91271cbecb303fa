"""The library of competencies with their five levels in words, and which job asks for how much of what."""

from dataclasses import dataclass

from hrportal.people.enums import CompetencyKind

SKILL, BEHAVIOUR, LEADERSHIP = CompetencyKind.SKILL, CompetencyKind.BEHAVIOUR, CompetencyKind.LEADERSHIP


@dataclass(frozen=True)
class Described:
    """A competency and what each level of it looks like at work."""

    code: str
    name: str
    kind: CompetencyKind
    description: str
    levels: tuple[str, str, str, str, str]


LIBRARY = (
    Described(
        "delivery", "Delivering results", BEHAVIOUR, "Gets the agreed things done, well and on time.",
        (
            "Finishes clearly described tasks with regular guidance.",
            "Plans and finishes own work; says early when something will slip.",
            "Delivers whole pieces of work reliably and removes ordinary obstacles alone.",
            "Delivers through others as well, keeps several strands on course and protects quality under pressure.",
            "Sets the standard for delivery across units and rescues what others had given up.",
        ),
    ),
    Described(
        "collaboration", "Working together", BEHAVIOUR, "Makes others' work easier and shared work better.",
        (
            "Is polite and helpful when asked.",
            "Shares what others need to know and keeps to agreements.",
            "Seeks others' views, gives credit, and settles ordinary disagreements directly.",
            "Builds bridges between teams with different aims and brings quiet voices in.",
            "Changes how whole units work with each other.",
        ),
    ),
    Described(
        "customer", "Customer focus", BEHAVIOUR, "Knows who the work is for and what they need it for.",
        (
            "Knows who uses the result of the own work.",
            "Answers customers' requests reliably and asks when a need is unclear.",
            "Understands what customers try to achieve and shapes work around it.",
            "Finds needs that customers had not put into words and acts on them.",
            "Turns what customers will need into the direction of the business.",
        ),
    ),
    Described(
        "learning", "Learning and adapting", BEHAVIOUR, "Stays curious, takes feedback and changes course.",
        (
            "Learns what the task demands when shown.",
            "Asks for feedback and tries what was suggested.",
            "Learns new fields unprompted and adapts quickly when plans change.",
            "Leads others through change and makes experiments safe to fail.",
            "Sees early what the organisation must learn and makes it happen.",
        ),
    ),
    Described(
        "communication", "Clear communication", BEHAVIOUR, "Says and writes what matters so that it lands.",
        (
            "Makes oneself understood in everyday matters.",
            "Writes and speaks clearly about own work.",
            "Adapts message and medium to who is listening; brings bad news early and plainly.",
            "Makes complex matters simple and persuades mixed groups.",
            "Speaks for the company and moves people who were against it.",
        ),
    ),
    Described(
        "people", "Developing people", LEADERSHIP, "Helps others grow into more than they are today.",
        (
            "Shows new colleagues how things work.",
            "Gives useful feedback to peers.",
            "Coaches regularly and gives stretching work with support.",
            "Grows successors, has the hard talks, and lets good people go to bigger roles.",
            "Is known as the place where leaders of the company come from.",
        ),
    ),
    Described(
        "direction", "Direction and decisions", LEADERSHIP, "Sets a course that others can follow.",
        (
            "Understands the goals of the team.",
            "Sets priorities for the own work against the goals of the team.",
            "Gives a team clear priorities and decides in time with what is known.",
            "Turns strategy into a few choices, says no, and explains why.",
            "Sets direction for the company under real uncertainty.",
        ),
    ),
    Described(
        "craft", "Mastery of the trade", SKILL, "Commands the knowledge and methods of the own profession.",
        (
            "Knows the basics and works after examples.",
            "Does the usual work of the profession without help.",
            "Solves hard cases and is asked by colleagues.",
            "Sets methods and standards for the profession in the unit.",
            "Is an authority beyond the company.",
        ),
    ),
    Described(
        "data", "Reading data", SKILL, "Asks figures the right question and trusts the answer as far as it carries.",
        (
            "Reads the team's standard reports.",
            "Pulls and checks figures for own questions.",
            "Tests assumptions with data and says how sure the answer is.",
            "Builds measures that others decide by.",
            "Shapes how the organisation decides with data.",
        ),
    ),
    Described(
        "process", "Improving how work is done", SKILL, "Leaves every process better than it was.",
        (
            "Follows the process and notices when it fails.",
            "Suggests improvements to the own work.",
            "Redesigns steps of a process with those who work in it and shows the effect.",
            "Improves processes across teams and makes the gain last.",
            "Rethinks how the business works end to end.",
        ),
    ),
    Described(
        "automation", "Working with AI and automation", SKILL, "Uses new tools with judgement, and knows where not to.",
        (
            "Uses the tools provided, with guidance.",
            "Uses them daily and checks what they produce.",
            "Automates parts of the own work and shares how.",
            "Redesigns a team's work around them, risks included.",
            "Sets the course for the company's use of them.",
        ),
    ),
)  # fmt: skip
RATED_IN_REVIEWS = ("delivery", "collaboration", "customer", "learning", "communication")
# What the strategy asks more of in 24 months, whatever the job.
STRATEGY = ("automation", "data", "learning")


def asked_of(level: int) -> dict[str, tuple[int, int]]:
    """Competency code to the level a job of this level asks for today and in 24 months."""
    base = 1 + min(4, (level + 1) // 2) if level < 6 else 4
    asked = {"craft": base, "delivery": base, "collaboration": min(base, 4), "customer": max(1, base - 1)}
    asked |= {"learning": max(2, base - 1), "data": max(1, base - 1), "automation": max(1, base - 2)}
    if level >= 4:
        asked |= {"communication": base, "process": base - 1}
    if level >= 6:
        asked |= {"people": min(5, level - 3), "direction": min(5, level - 3)}
    return {code: (today, min(5, today + (code in STRATEGY))) for code, today in asked.items()}
