"""Keeping the two trees: who reports to whom, and which unit lies in which.

A node's path follows from its parent's. One tree is changed by one transaction at a time, so two moves that are each
harmless can never make a ring together.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db import connection, models
from django.db.models import F, Max, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.common.batches import batched
from hrportal.common.paths import WIDTH, at_or_below, encode, ids_of, paths_of

BATCH = 2000


def lock_tree(model: type[models.Model]) -> None:
    """Wait until nobody else changes or shares this tree, and keep it until the transaction ends."""
    _advise("pg_advisory_xact_lock", model)


def share_tree(model: type[models.Model]) -> None:
    """Keep the tree as it is until the transaction ends. Any number may; only who would change it waits."""
    _advise("pg_advisory_xact_lock_shared", model)


def _advise(function: str, model: type[models.Model]) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(hashtext(%s))", [f"tree:{model._meta.label_lower}"])


def path_under(node: Any, parent: Any | None, *, field: str) -> str:
    """The path `node` will have below `parent`. Raises ActionError when that would put it above itself or too deep."""
    manager = type(node)._default_manager
    above = manager.values_list("path", flat=True).get(pk=parent.pk) if parent else ""
    if node.pk in ids_of(above):
        raise ActionError(_("This would make a ring: %s.") % ring_in_words(type(node), node, above), field=field)
    _refuse_too_deep(node, above, field)
    return above + encode(node.pk)


def move_subtree(node: Any, path: str) -> int:
    """Give `node` and everything below it their new paths, in one statement; how many rows moved."""
    old = node.path
    node.path = path
    rows = (
        type(node)._default_manager.filter(at_or_below(old)) if old else type(node)._default_manager.filter(pk=node.pk)
    )
    return rows.update(path=Concat(Value(path), Substr(F("path"), len(old) + 1)))


def ring_in_words(model: type[models.Model], node: Any, path_above: str) -> str:
    """The ring that would close, as names: Ada → Ben → Ada."""
    ids = ids_of(path_above)
    ring = ids[ids.index(node.pk) :]
    names = {row.pk: str(row) for row in model._default_manager.filter(pk__in=ring)}
    return " → ".join([names[pk] for pk in ring] + [names[node.pk]])


def rebuild(model: type[models.Model], parent_field: str) -> int:
    """Work out all paths of a tree again and write those that differ; how many did. For loads that wrote rows in bulk."""
    lock_tree(model)
    rows = model._default_manager.order_by().values_list("pk", f"{parent_field}_id", "path")
    parents: dict[int, int | None] = {}
    stored: dict[int, str] = {}
    for pk, parent, path in rows.iterator():
        parents[pk], stored[pk] = parent, path
    return write_paths(model, {pk: path for pk, path in paths_of(parents).items() if path != stored[pk]}.items())


def write_paths(model: type[models.Model], paths: Iterable[tuple[int, str]]) -> int:
    """Write these paths, one statement per batch; how many."""
    table, written = connection.ops.quote_name(model._meta.db_table), 0
    with connection.cursor() as cursor:
        for batch in batched(paths, BATCH):
            rows = ", ".join(["(%s, %s)"] * len(batch))
            cursor.execute(
                f"UPDATE {table} SET path = v.column2 FROM (VALUES {rows}) AS v WHERE id = v.column1",  # noqa: S608  (only our table's name)
                list(chain.from_iterable(batch)),
            )
            written += len(batch)
    return written


def _refuse_too_deep(node: Any, above: str, field: str) -> None:
    longest = type(node)._meta.get_field("path").max_length
    below = type(node)._default_manager.filter(at_or_below(node.path)).aggregate(most=Max(Length("path")))["most"]
    height = (below or len(node.path) or WIDTH) - max(len(node.path) - WIDTH, 0)
    if len(above) + height > longest:
        raise ActionError(_("This would be more than %d levels deep.") % (longest // WIDTH), field=field)
