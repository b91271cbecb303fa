"""Where the facts of the past come from: rows, and what of them a fact holds."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from hrportal.home.demo.days import at
from hrportal.home.demo.wording import luck_of
from hrportal.journal.models import Fact
from performance.models import Review

Told = tuple[datetime.datetime, str, Fact]


@dataclass(frozen=True)
class Source:
    """Where facts of one topic come from: rows, and which of their columns hold what. Column names are lookups."""

    topic: str
    rows: QuerySet[Any]
    when: str
    subject: type[Model]
    id: str = "pk"
    person: str = ""
    version: str = ""
    actor: str = ""
    data: dict[str, str] = field(default_factory=dict)

    def facts(self) -> Iterator[Told]:
        """Its facts, oldest first."""
        wanted = (self.when, self.id, self.person, self.version, self.actor, *self.data.values())
        columns = list(dict.fromkeys(name for name in wanted if name))
        places = [columns.index(name) if name else None for name in wanted]
        named = self.rows.filter(**{f"{self.when}__isnull": False}).order_by(self.when, "pk")
        for row in named.values_list(*columns).iterator(chunk_size=2000):
            values: list[Any] = [None if place is None else row[place] for place in places]
            moment, pk, *others = values
            if not isinstance(moment, datetime.datetime):
                moment = at(moment, luck_of(self.topic, pk))
            yield moment, self.topic, self._fact(moment, pk, *others)

    def _fact(
        self,
        moment: datetime.datetime,
        pk: int,
        person: int | None,
        version: int | None,
        actor: int | None,
        *data: object,
    ) -> Fact:
        return Fact(
            topic=self.topic,
            subject_type=self.subject._meta.label_lower,
            subject_id=pk,
            person_id=person,
            version=version or 1,
            actor_id=actor,
            data=dict(zip(self.data, data, strict=True)),
            recorded_at=moment,
        )


def about_review(
    noun_verbed: str, when: str, rows: QuerySet[Any] | None = None, path: str = "", actor: str = "", **data: str
) -> Source:
    """A fact about a review, told by its own row or by rows that `path` leads from."""
    prefix = f"{path}__" if path else ""
    return Source(
        f"performance.{noun_verbed}",
        Review.objects.all() if rows is None else rows,
        when,
        Review,
        id=f"{path}_id" if path else "pk",
        person=f"{prefix}employee_id",
        version=f"{prefix}revision",
        actor=actor,
        data={"cycle": f"{prefix}cycle_id", **data},
    )
