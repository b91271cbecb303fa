"""Filters, sorting and pages: what is answered is what a plain reading of the same filter would find, or a refusal."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrportal.integrations.scim.columns import user_columns
from hrportal.integrations.scim.filtering import condition
from hrportal.integrations.scim.representation import user_resource
from hrportal.integrations.scim.schema import FullUser
from hrportal.integrations.scim.state import accounts_for
from tests.factories.people import EmployeeFactory, JobFactory, OrgUnitFactory, make_user
from tests.scim.conftest import ENTERPRISE, make_scim

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TEXTS = [
    "userName", "externalId", "displayName", "name.givenName", "name.familyName", "nickName", "title", "id",
    "emails.value", "emails", "emails.type", f"{ENTERPRISE}:employeeNumber", f"{ENTERPRISE}:department",
    f"{ENTERPRISE}:manager.value", "meta.resourceType",
]  # fmt: skip
WORDS = ["ada", "ADA", "Ada", "byron", "a", "", "_", "%", "work", "N1", "example.com", "Engines", "x", "User", "ada_b"]
OPERATORS = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"]
MOMENTS = ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"]


@st.composite
def simple(draw):
    kind = draw(st.sampled_from(["text", "truth", "moment", "present", "inside"]))
    if kind == "text":
        return f'{draw(st.sampled_from(TEXTS))} {draw(st.sampled_from(OPERATORS))} "{draw(st.sampled_from(WORDS))}"'
    if kind == "truth":
        return f"active {draw(st.sampled_from(['eq', 'ne']))} {draw(st.sampled_from(['true', 'false']))}"
    if kind == "moment":
        name = draw(st.sampled_from(["meta.created", "meta.lastModified"]))
        return f'{name} {draw(st.sampled_from(["gt", "ge", "lt", "le"]))} "{draw(st.sampled_from(MOMENTS))}"'
    if kind == "present":
        return f"{draw(st.sampled_from([*TEXTS, 'name', 'active', f'{ENTERPRISE}:manager']))} pr"
    inner = draw(
        st.sampled_from(['type eq "work"', 'type eq "home"', 'value co "ada"', 'not (value sw "a")', "value pr"])
    )
    other = draw(st.sampled_from(['value ew "com"', "type pr", 'value ne "x"']))
    return f"emails[{inner} and {other}]"


FILTERS = st.recursive(
    simple(),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
        inner.map(lambda one: f"not ({one})"),
    ),
    max_leaves=5,
)


def some_people(directory):
    """Accounts that lack things in different ways: an address, a manager, an owner."""
    unit, job = OrgUnitFactory(name="Engines"), JobFactory(name="Ada's helper")
    boss = EmployeeFactory(employee_number="N1", first_name="Ada", last_name="Byron", org_unit=unit)
    make_user(employee=boss, username="ada", email="ada@example.com")
    report = EmployeeFactory(first_name="Zed", last_name="a", preferred_name="x", manager=boss, job=job)
    make_user(employee=report, username="ADA_B", email="", is_active=False)
    make_user("admin", username="%", email="x@EXAMPLE.com")
    directory.new("byron@example.com", externalId="Ada", displayName="ADA")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=FILTERS)
def test_a_filter_finds_what_a_plain_reading_of_it_finds(directory, wanted):
    from scim2_models import ScimFilter  # noqa: PLC0415  (as late as the portal does)

    if not accounts_for(directory.client).exists():
        some_people(directory)
    asked = ScimFilter[FullUser](wanted)

    rows = accounts_for(directory.client).filter(condition(asked, FullUser, user_columns(directory.client)))

    everybody = [user_resource(user) for user in accounts_for(directory.client)]
    assert [str(user.pk) for user in rows] == [found.id for found in everybody if asked.match(found)]


@pytest.mark.parametrize(
    "wanted",
    [
        'nosuchthing eq "a"', 'groups.value eq "group-1"', 'meta.location eq "x"', 'userName eq', 'userName xx "a"',
        'name eq "Ada"', 'active gt true', 'userName eq "a" and', 'schemas eq "x"', "(" * 300, 'userName co "' + "a" * 5000 + '"',
        'userName eq "\\u0000"', 'emails[value co "\\ud800"]',
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_and_never_answered_with_nothing(directory, wanted):
    answer = directory.ask("POST", "/Users/.search", {"filter": wanted})

    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidFilter")


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        ('members eq "{id}"', True),
        ('members[value eq "{id}"]', True),
        ('members.value eq "999"', False),
        ('displayName co "READ" and externalId eq "g1"', True),
        ('externalId eq "G1"', False),
        ('id eq "{group}"', True),
        ("members pr", True),
        ('members eq "{id}-²"', False),
        ('members eq "{id}-1"', False),
        ('displayName eq "Readers" and meta.lastModified gt "2020-01-01T00:00:00Z"', True),
        ('meta.created lt "2020-01-01T00:00:00Z"', False),
    ],
)
def test_groups_are_found_by_name_id_and_member(directory, wanted, is_found):
    user = directory.new()
    group = directory.post(
        "/Groups", {"displayName": "Readers", "externalId": "g1", "members": [{"value": user["id"]}]}
    )

    found = directory.find("Groups", wanted.format(id=user["id"], group=group["id"]))

    assert (group["id"] in [row["id"] for row in found["Resources"]]) is is_found


def test_pages_begin_with_one_and_end_where_they_end(directory):
    for name in "edcba":
        directory.new(name)

    pages = [directory.get(f"/Users?sortBy=userName&startIndex={start}&count=2") for start in (-3, 0, 1, 3, 5, 6)]
    nothing = directory.get("/Users?count=-1")

    names = [[user["userName"] for user in page["Resources"]] for page in pages]
    assert names == [["a", "b"], ["a", "b"], ["a", "b"], ["c", "d"], ["e"], []]
    assert {page["totalResults"] for page in [*pages, nothing]} == {5}
    assert nothing["Resources"] == []


def test_what_is_not_assigned_comes_last_or_first_when_descending(directory):
    for name, nick in (("a", "Zoe"), ("b", None), ("c", "adam")):
        directory.new(name, nickName=nick)

    orders = [
        [user["userName"] for user in directory.get(f"/Users?sortBy=nickName&sortOrder={order}")["Resources"]]
        for order in ("ascending", "descending")
    ]

    assert orders == [["c", "a", "b"], ["b", "a", "c"]]


def test_the_root_is_asked_of_users_and_groups(directory):
    directory.new("readers")
    directory.post("/Groups", {"displayName": "Readers"})

    found = directory.find("", 'userName eq "readers" or displayName eq "readers"')
    second = directory.post("/.search", {"filter": 'displayName eq "readers" or userName pr', "startIndex": 2}, 200)

    kinds = [[row["meta"]["resourceType"] for row in page["Resources"]] for page in (found, second)]
    assert kinds == [["User", "Group"], ["Group"]]
    assert second["totalResults"] == 2


def test_only_the_attributes_that_were_asked_for(directory):
    directory.new(nickName="A")

    (some,) = directory.get("/Users?attributes=userName,name.familyName")["Resources"]
    (others,) = directory.get("/Users?excludedAttributes=emails,groups")["Resources"]

    assert some.keys() == {"schemas", "id", "userName", "name"}
    assert some["name"] == {"familyName": "Byron"}
    assert "emails" not in others
    assert others["nickName"] == "A"


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_as_often_for_three_as_for_one(db, count, django_assert_num_queries):
    directory = make_scim()
    unit = OrgUnitFactory()
    for _ in range(count):
        boss = make_user(employee=EmployeeFactory(org_unit=unit, job=JobFactory())).employee
        make_user(employee=EmployeeFactory(manager=boss, org_unit=unit))
    directory.get("/Users")

    with django_assert_num_queries(6):
        found = directory.get("/Users")

    assert found["totalResults"] == 2 * count


def test_a_page_beyond_all_numbers_of_the_database_is_empty(directory):
    directory.new()

    assert directory.get(f"/Users?startIndex={'9' * 30}")["Resources"] == []
