
import pytest
from django.urls import reverse
from tests.access.test_matrix import Visitor, declared
from tests.access.world import COLUMNS, make_world
from tests.access.routes import every_route
MINE = ("bench", "successor", "succession", "what_if", "external", "experiences", "ninety", "snapshot", "critical_role", "readiness_change")

def test_rows():
    routes=set(every_route())
    print([str(r) for r in routes-declared().keys() if any(m in r.name for m in MINE)])
    assert not [str(r) for r in routes-declared().keys() if any(m in r.name for m in MINE)]

@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_mine(column, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]
    world = make_world(); visitor = Visitor(world, column); wrong = {}
    for route, row in declared().items():
        if not any(m in route.name for m in MINE): continue
        try: met = visitor.meets(route)
        except Exception as e: met = repr(e)
        if met != row[column]: wrong[str(route)] = f"{column} should meet {row[column]}, met {met}"
    assert wrong == {}
