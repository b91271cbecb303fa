"""The results of a 360 round as lines of a list: exactly the published figures and texts, in the order of the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from hrportal.common.exports import Column
from performance.rounds.results import Results


@dataclass(frozen=True)
class Line:
    question: str
    competency: str
    group: str
    count: int | None = None
    mean: Decimal | None = None
    text: str = ""


COLUMNS = [
    Column(_("Question"), lambda line: line.question),
    Column(_("Competency"), lambda line: line.competency),
    Column(_("Group"), lambda line: line.group),
    Column(_("Answers"), lambda line: line.count),
    Column(_("Mean"), lambda line: line.mean),
    Column(_("Text"), lambda line: line.text),
]


def lines_of(results: Results) -> Iterator[Line]:
    """A line for each figure and each text."""
    for result in results.questions:
        competency = str(result.question.competency or "")
        for figure in result.figures:
            yield Line(result.question.text, competency, figure.label, figure.count, figure.mean)
        for group in result.texts:
            for text in group.texts:
                yield Line(result.question.text, competency, group.label, text=text)
