"""A unit is named by typing: what was suggested, a code, a name only one unit has, or the id in a link."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hrportal.people.fields import UnitField
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def sales():
    return OrgUnitFactory(name="Sales (North)", code="SN")


@pytest.mark.parametrize("typed", ["Sales (North) (SN)", "SN", "sn", "sales (north)", " SN "])
def test_a_unit_is_found_by_what_people_type(sales, typed):
    assert UnitField().clean(typed) == sales


def test_a_unit_is_found_by_the_id_of_a_link(sales):
    assert UnitField().clean(str(sales.pk)) == sales


def test_two_units_of_one_name_are_told_apart_by_code():
    first, second = OrgUnitFactory(name="Support", code="S1"), OrgUnitFactory(name="Support", code="S2")

    assert UnitField().clean("Support (S2)") == second
    with pytest.raises(ValidationError):
        UnitField().clean("Support")
    assert first.pk != second.pk


def test_what_nobody_knows_is_refused_and_kept():
    field = UnitField()

    with pytest.raises(ValidationError, match="no such unit"):
        field.clean("Atlantis")
    assert field.prepare_value("Atlantis") == "Atlantis"


def test_typing_is_answered_with_a_few_suggestions(client, sales):
    for number in range(20):
        OrgUnitFactory(name=f"Sales team {number}")
    client.force_login(make_user())

    shown = client.get(reverse("people:unit_options"), {"unit": "sales"}).content.decode()

    assert shown.count("<option") == 10
    assert "Sales (North) (SN)" in shown


def test_the_directory_narrows_to_a_unit_and_all_below_it(client, sales):
    inside = EmployeeFactory(org_unit=OrgUnitFactory(parent=sales), last_name="Inside")
    outside = EmployeeFactory(org_unit=OrgUnitFactory(), last_name="Outside")
    client.force_login(make_user())

    shown = client.get(reverse("people:employee_list"), {"unit": sales.pk}).content.decode()

    assert inside.last_name in shown
    assert outside.last_name not in shown
    assert "Sales (North) (SN)" in shown


def test_a_page_does_not_carry_the_whole_organisation(client):
    client.force_login(make_user())
    before = len(client.get(reverse("people:employee_list")).content)
    for _ in range(30):
        OrgUnitFactory()

    assert len(client.get(reverse("people:employee_list")).content) == before
