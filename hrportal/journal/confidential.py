"""Subjects whose facts are for those who may read the rows behind them: no feed carries them, no administrator sees that they happened."""

from django.db.models import Model

_types: set[str] = set()


def keep_confidential(*subjects: type[Model]) -> None:
    """Declare that facts about these models are confidential."""
    _types.update(subject._meta.label_lower for subject in subjects)


def confidential_types() -> frozenset[str]:
    """What was declared, as facts name their subjects."""
    return frozenset(_types)
