"""The API in one page of tables, read off its schema: docs/api-reference.md."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

PREFIX = "/api/v1/"
METHODS = ("get", "post", "put", "patch", "delete")
HEAD = """# Reference: every operation

Written by `make api-reference` from the schema of the running code; `/api/docs/` shows the same with all bodies and examples. Addresses begin with `/api/v1/`.

Beside the statuses of the tables, every operation may answer 400, 401, 403, 404, 405, 406, 414 and 429, and those that write 409, 412, 413, 415 and 422:
[errors](integration/errors.md). Lists take `page_size`, `cursor`, `ids` and `fields` besides their filters: [lists](integration/lists.md). *Signed in* is the session
or own token of a person; what takes a scope is open to a person’s own token too, within that person’s rights.
"""
USUAL = frozenset({"400", "401", "403", "404", "405", "406", "409", "412", "413", "414", "415", "422", "429"})
OF_ALL_LISTS = frozenset({"cursor", "page_size", "ids", "fields"})


class Operation(NamedTuple):
    """One method of one address."""

    method: str
    path: str
    about: dict[str, Any]

    @property
    def takes(self) -> str:
        """Whom it is open to: the scopes of a client, or people alone."""
        clients = [kind["client"] for kind in self.about.get("security", []) if "client" in kind]
        if not clients:
            return "*signed in*"
        scopes = [f"`{scope}`" for scope in clients[0]]
        return ", ".join(scopes) or "any"

    @property
    def statuses(self) -> str:
        return ", ".join(sorted(self.about["responses"].keys() - USUAL))

    @property
    def words(self) -> str:
        """Its first sentences, and what a list can be narrowed by."""
        text = " ".join(self.about.get("description", "").split("\n\n")[0].split())
        mark = "**Going.** " if self.about.get("deprecated") else ""
        filters = [f"`{name}`" for name in self._filters()]
        return f"{mark}{text}{' Filters: ' if filters else ''}{', '.join(filters)}".replace("|", "\\|")

    def _filters(self) -> list[str]:
        asked = [one["name"] for one in self.about.get("parameters", []) if one["in"] == "query"]
        return [name for name in asked if name not in OF_ALL_LISTS]


def api_reference(schema: dict[str, Any]) -> str:
    """The whole page, resource by resource."""
    resources: dict[str, list[Operation]] = defaultdict(list)
    for operation in _operations(schema):
        resources[operation.path.split("/")[0]].append(operation)
    return HEAD + "".join(_table(name, resources[name]) for name in sorted(resources))


def _operations(schema: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods and path.startswith(PREFIX):
                yield Operation(method.upper(), path.removeprefix(PREFIX), methods[method])


def _table(name: str, operations: list[Operation]) -> str:
    rows = "".join(
        f"| {one.method} | `{one.path}` | {one.takes} | {one.statuses} | {one.words} |\n" for one in operations
    )
    return f"\n## {name}\n\n| | address | scope | answers | |\n| --- | --- | --- | --- | --- |\n{rows}"
