"""From a filter of RFC 7644 to a condition on rows. What cannot be translated is refused, never answered with nothing:
a client that is told there is no such account makes a second one.
"""

from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Length, StrIndex, Substr
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext as _
from scim2_models import InvalidFilterException, ScimFilter, SearchRequest
from scim2_models.path import (
    AttributeBinding,
    AttrPath,
    CompareOperator,
    Comparison,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ValuePath,
    coerce_value,
)

from hrportal.common.parsing import UNSTORABLE
from hrportal.integrations.scim.columns import Column, Columns, Members, Moment, Text, Truth, Whole

LONGEST_FILTER = 4000
NOTHING, EVERYTHING = Q(pk__in=[]), ~Q(pk__in=[])
ORDERED = {
    CompareOperator.gt: GreaterThan,
    CompareOperator.ge: GreaterThanOrEqual,
    CompareOperator.lt: LessThan,
    CompareOperator.le: LessThanOrEqual,
}


def condition(asked: ScimFilter[Any] | None, model: Any, columns: Columns, *, is_shared: bool = False) -> Q:
    """The rows a filter is true of. `is_shared`: other resource types are asked too, so an attribute may be theirs."""
    if asked is None:
        return EVERYTHING
    try:
        return ToCondition(ScimFilter[model](str(asked)), columns, is_shared=is_shared).visit(asked.ast)
    except RecursionError as error:
        raise InvalidFilterException(detail=_("The filter is nested too deeply.")) from error


def order(search: SearchRequest[Any], model: Any, columns: Columns) -> list[Any]:
    """How the rows are sorted: what is not assigned comes last, or first when descending."""
    binding = search.sort_binding(model)
    if search.sort_by is None or binding is None:
        return ["pk"]
    column = columns.get(binding.urn)
    is_descending = search.sort_order == SearchRequest.SortOrder.descending
    if isinstance(column, Text):
        absent, value = Exact(column.of, Value("")), column.sortable
    elif isinstance(column, Moment):
        absent, value = Exact(Value(0), Value(1)), column.of
    elif isinstance(column, Truth) and column.is_there is None:
        absent, value = Exact(Value(0), Value(1)), F("is_active")
    else:
        raise InvalidFilterException(detail=_("There is no sorting by %s.") % search.sort_by)
    return [absent.desc(), value.desc(), "pk"] if is_descending else [absent.asc(), value.asc(), "pk"]


class ToCondition(FilterVisitor[Q]):
    """Walks a filter. Each condition is true or false of a row, never unknown, so that `not` can be trusted."""

    def __init__(self, asked: ScimFilter[Any], columns: Columns, *, is_shared: bool) -> None:
        self.asked, self.columns, self.is_shared = asked, columns, is_shared
        self.inside: AttrPath | None = None

    def visit_not(self, node: Not) -> Q:
        return ~self.visit(node.expr)

    def visit_logical_expr(self, node: LogicalExpr) -> Q:
        found = self.visit(node.terms[0])
        for term in node.terms[1:]:
            found = found & self.visit(term) if node.op == LogicalOperator.and_ else found | self.visit(term)
        return found

    def visit_value_path(self, node: ValuePath) -> Q:
        """Our multi-valued attributes hold one entry at most, so its parts can be asked one by one; members cannot."""
        column, _binding = self._column(node.attr_path, for_comparison=False)
        if isinstance(column, Members) and not isinstance(node.val_filter, Comparison):
            raise self._unknown(node.attr_path)
        self.inside = node.attr_path
        try:
            inner = self.visit(node.val_filter)
        finally:
            self.inside = None
        return self._is_there(column) & inner if column else NOTHING

    def visit_present(self, node: Present) -> Q:
        column, _binding = self._column(self._path(node.attr_path), for_comparison=False)
        return self._is_there(column) if column else NOTHING

    def visit_comparison(self, node: Comparison) -> Q:
        path = self._path(node.attr_path)
        column, binding = self._column(path, for_comparison=True)
        if column is None or binding is None:
            return NOTHING
        value = coerce_value(binding, node.value, node.op)
        if isinstance(value, str) and UNSTORABLE.search(value):
            raise InvalidFilterException(detail=_("A filter compares with characters that can be stored."))
        if node.op == CompareOperator.ne:
            return ~self._compared(column, CompareOperator.eq, value, path)
        return self._compared(column, node.op, value, path)

    def _compared(self, column: Column, op: CompareOperator, value: Any, path: AttrPath) -> Q:
        if value is None:
            return ~self._is_there(column) if op == CompareOperator.eq else NOTHING
        if isinstance(column, Text) and isinstance(value, str):
            return self._is_there(column) & _text(column, op, value)
        if isinstance(column, Truth) and isinstance(value, bool) and op == CompareOperator.eq:
            return self._is_there(column) & (column.is_true if value else ~column.is_true)
        if isinstance(column, Moment) and op not in _OF_TEXTS:
            return self._is_there(column) & _moment(column, op, value)
        if isinstance(column, Members) and isinstance(value, str) and op == CompareOperator.eq:
            return Q(column.having(value))
        raise self._unknown(path, op)

    def _is_there(self, column: Column) -> Q:
        if isinstance(column, Text):
            return ~Q(Exact(column.of, Value("")))
        if isinstance(column, Truth):
            return column.is_there or EVERYTHING
        if isinstance(column, Members):
            return Q(column.any)
        if isinstance(column, Moment):
            return NOTHING if column.of is None else EVERYTHING
        found = NOTHING
        for part in column.parts:
            found |= self._is_there(self.columns[part])
        return found

    def _path(self, path: AttrPath) -> AttrPath:
        """An attribute inside brackets is one of the attribute before them."""
        return AttrPath(self.inside.attr, path.attr, self.inside.uri) if self.inside else path

    def _column(self, path: AttrPath, *, for_comparison: bool) -> tuple[Column | None, AttributeBinding | None]:
        """Where an attribute lies; None if it is another resource type's. Whoever asks for what we cannot find is told."""
        resolve = self.asked.resolve_comparison if for_comparison else self.asked.resolve
        binding = resolve(path, strict=not self.is_shared)
        if binding is None:
            return None, None
        column = self.columns.get(binding.urn)
        if for_comparison and isinstance(column, Whole) and len(column.parts) == 1:
            column = self.columns[column.parts[0]]
        if column is None or (for_comparison and isinstance(column, Whole)):
            raise self._unknown(path)
        return column, binding

    def _unknown(self, path: AttrPath, op: str = "") -> InvalidFilterException:
        what = f"{path} {op}".strip()
        return InvalidFilterException(detail=_("There is no filtering by %s.") % what)


_OF_TEXTS = frozenset({CompareOperator.co, CompareOperator.sw, CompareOperator.ew})


def _text(column: Text, op: CompareOperator, value: str) -> Q:
    wanted = value if column.is_exact else value.lower()
    if op == CompareOperator.eq:
        return Q(Exact(column.comparable, Value(wanted)))
    if op in ORDERED:
        return Q(ORDERED[op](column.sortable, Value(wanted)))
    if not wanted:
        return EVERYTHING
    if op == CompareOperator.co:
        return Q(GreaterThan(StrIndex(column.comparable, Value(wanted)), Value(0)))
    if op == CompareOperator.sw:
        return Q(Exact(Substr(column.comparable, 1, len(wanted)), Value(wanted)))
    start = Length(column.comparable) - len(wanted) + 1
    return Q(GreaterThan(start, 0)) & Q(Exact(Substr(column.comparable, start, len(wanted)), Value(wanted)))


def _moment(column: Moment, op: CompareOperator, value: Any) -> Q:
    if column.of is None:
        return NOTHING
    moment = timezone.make_aware(value) if timezone.is_naive(value) else value
    lookup = Exact if op == CompareOperator.eq else ORDERED[op]
    return Q(lookup(column.of, moment))
