import pytest

from tests.talent.company import Company, a_company


@pytest.fixture
def company(db) -> Company:
    return a_company()
