"""The API's description of itself, made once: the code it is read off stays the same while the process lives."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from drf_spectacular.generators import SchemaGenerator


def described() -> dict[str, Any]:
    """The whole schema in the language of the request. Making it takes seconds; it is shared, so nobody changes it."""
    language = get_language()
    return _made(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)


class SharedDescription(SchemaGenerator):
    """Answers every request with the schema that was made for the first one in its language."""

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        return described()


@cache
def _made(language: str) -> dict[str, Any]:
    with override(language):
        schema: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return schema
