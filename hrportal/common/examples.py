"""An example of every body in the schema: what a view wrote by hand, else one made from the body's own description."""

import re
from typing import Any

DEEPEST = 8

# What fields of these names hold, so that an example reads like a day at work. The description still has the last word.
WORDS: dict[str, Any] = {
    "code": "ENG",
    "comment": "Thank you, that is fair.",
    "cursor": "cD0xMDA%3D",
    "description": "Present results to the board",
    "detail": "This review is already completed.",
    "display_name": "Ada Lovelace",
    "employee_number": "E1042",
    "employee_numbers": "E1042",
    "evidence": "Led the migration from March to June.",
    "first_name": "Ada",
    "label": "Meets expectations",
    "last_name": "Lovelace",
    "message": "Saved",
    "name": "Engineering",
    "note": "On track.",
    "question": "What went well this year?",
    "rationale": "Compared with peers of the same scope.",
    "reason": "Moved to another team.",
    "remote_id": "w-99812",
    "source": "workday",
    "text": "Took over the migration and finished it early.",
    "title": "Lead a project",
    "topic": "performance.review_submitted",
    "why": "Prepares for the next role.",
    "work_email": "ada.lovelace@example.com",
}
NUMBERS: dict[str, int] = {"version": 3, "level": 3, "from_level": 2, "target_level": 4, "page_size": 50, "status": 200}
FORMATS: dict[str, Any] = {
    "date": "2026-11-20",
    "date-time": "2026-11-20T09:30:00Z",
    "time": "09:30:00",
    "email": "ada.lovelace@example.com",
    "uri": "https://portal.example/api/v1/employees/7/",
    "uuid": "5f0c2a9e-6a55-4d0e-9c58-0f3e4b1d7a21",
    "binary": "",
    "byte": "",
}
DECIMALS = ("12.50", "12.5", "1.5", "1")


def add_examples(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Give every body of a request and of a good answer an example, where it has none. A hook of the schema's generator."""
    maker = ExampleMaker(result.get("components", {}).get("schemas", {}))
    for methods in result["paths"].values():
        for operation in methods.values():
            for content in _bodies(operation):
                if "example" not in content and "examples" not in content and "schema" in content:
                    content["example"] = maker.make(content["schema"])
    return result


def share_headers(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Describe each header of answers once and refer to it, or they would be a third of the schema. A hook as above."""
    shared = result.setdefault("components", {}).setdefault("headers", {})
    for methods in result["paths"].values():
        for operation in methods.values():
            for answer in operation["responses"].values():
                for name, described in answer.get("headers", {}).items():
                    if shared.setdefault(name, described) == described:
                        answer["headers"][name] = {"$ref": f"#/components/headers/{name}"}
    return result


def _bodies(operation: dict[str, Any]) -> list[dict[str, Any]]:
    described = [operation.get("requestBody", {})]
    described += [answer for status, answer in operation["responses"].items() if status.startswith("2")]
    return [content for one in described for content in one.get("content", {}).values()]


class ExampleMaker:
    """Makes values that fit a description; the components are what its references lead to."""

    def __init__(self, components: dict[str, Any]) -> None:
        self.components = components

    def make(self, schema: dict[str, Any], name: str = "", depth: int = 0) -> Any:
        """A value that fits. The name of the field it is for says what it might be."""
        schema = self._resolved(schema)
        for given in ("example", "const", "default"):
            if schema.get(given) is not None:
                return schema[given]
        if "enum" in schema:
            return next((value for value in schema["enum"] if value not in ("", None)), schema["enum"][0])
        if variants := schema.get("oneOf") or schema.get("anyOf"):
            return self.make(variants[0], name, depth)
        kind = _kind(schema)
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            return self._array(schema, name, depth)
        return _plain(kind, schema, name)

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        if "$ref" in schema:
            named = self._resolved(self.components[schema["$ref"].rsplit("/", 1)[1]])
            return named | {key: value for key, value in schema.items() if key != "$ref"}
        merged = {key: value for key, value in schema.items() if key != "allOf"}
        for part in schema.get("allOf", []):
            merged = self._resolved(part) | merged
        return merged

    def _object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        if depth > DEEPEST:
            return {}
        found = {name: self.make(below, name, depth + 1) for name, below in schema.get("properties", {}).items()}
        if {"employee_number", "name"} <= found.keys():
            found["name"] = WORDS["display_name"]
        others = schema.get("additionalProperties")
        if not found and isinstance(others, dict) and others:
            return {"12": self.make(others, "", depth + 1)}
        return found

    def _array(self, schema: dict[str, Any], name: str, depth: int) -> list[Any]:
        if depth > DEEPEST:
            return []
        return [self.make(schema.get("items", {}), name.removesuffix("s"), depth + 1)]


def _kind(schema: dict[str, Any]) -> str | None:
    kinds = schema.get("type", "object" if "properties" in schema else None)
    return next((kind for kind in kinds if kind != "null"), None) if isinstance(kinds, list) else kinds


def _plain(kind: str | None, schema: dict[str, Any], name: str) -> Any:
    if name in {"next", "previous"}:
        return None
    if kind == "boolean":
        return True
    if kind in {"integer", "number"}:
        return _number(schema, NUMBERS.get(name, 7))
    return _text(schema, name) if kind == "string" else None


def _number(schema: dict[str, Any], wanted: int) -> int:
    return max(schema.get("minimum", wanted), min(schema.get("maximum", wanted), wanted))


def _text(schema: dict[str, Any], name: str) -> str:
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    if pattern := schema.get("pattern"):
        return next((text for text in (*DECIMALS, "abc") if re.search(pattern, text)), "")
    text = str(WORDS.get(name, name.replace("_", " ").capitalize() or "Text"))
    return text[: schema.get("maxLength")].ljust(schema.get("minLength", 0), "x")
