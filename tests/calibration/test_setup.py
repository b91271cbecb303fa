"""Many sessions at once: by a rule and from a table, shown before they are made, and never made twice."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from rest_framework.test import APIClient

from calibration.actions import import_sessions, set_up_sessions
from calibration.models import CalibrationSession, Participant
from calibration.sessions.planning import plan_sessions
from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from tests.factories.calibration import SessionFactory, submitted_review
from tests.factories.people import EmployeeFactory, JobFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewCycleFactory, ReviewFactory

pytestmark = pytest.mark.django_db

API = "/api/v1/calibration-sessions/"


@pytest.fixture
def company():
    """A unit with two departments, one of which holds another; reviews in each, and a department elsewhere."""
    cycle, top = ReviewCycleFactory(), OrgUnitFactory(kind="business_unit")
    first, second = (OrgUnitFactory(parent=top, kind="department", name=name) for name in ("First", "Second"))
    inner = OrgUnitFactory(parent=first, kind="department", name="Inner")
    OrgUnitFactory(parent=top, kind="department", name="Empty")
    elsewhere = OrgUnitFactory(kind="department", name="Elsewhere")
    engineer, seller = JobFactory(family="Engineering", level=4), JobFactory(family="Sales", level=5)
    for unit, job in ((first, engineer), (inner, seller), (elsewhere, seller)):
        submitted_review(cycle, employee=EmployeeFactory(org_unit=unit, manager=EmployeeFactory()), job=job)
    ReviewFactory(cycle=cycle, employee=EmployeeFactory(org_unit=second, manager=EmployeeFactory()), job=engineer)
    return cycle, top, first, second


def api_for(user) -> APIClient:
    api = APIClient()
    api.force_authenticate(user)
    return api


def url(name):
    return reverse(f"calibration:{name}")


def names() -> list[str]:
    return sorted(CalibrationSession.objects.values_list("name", flat=True))


# By a rule


def test_a_session_for_each_unit_of_a_kind_below_a_unit_that_has_reviews(company):
    cycle, top, first, second = company

    plan = plan_sessions(cycle, by=None, division="unit", below=top, kind="department")

    assert [(row.session.org_unit, row.reviews, row.submitted) for row in plan] == [(first, 2, 2), (second, 1, 0)]
    assert set(plan[0].seats) == set(plan[0].session.reviewer_ids())
    assert plan[1].seats == plan[1].session.reviewer_ids()


def test_a_session_for_each_family_and_for_each_level(company):
    cycle, top, *_ = company

    families = plan_sessions(cycle, by=None, division="job_family")
    levels = plan_sessions(cycle, by=None, division="job_level", below=top)

    assert [(row.session.name, row.reviews) for row in families] == [("Engineering", 2), ("Sales", 2)]
    assert [(row.session.job_level, row.session.org_unit, row.reviews) for row in levels] == [(4, top, 2), (5, top, 1)]


def test_setting_up_again_makes_only_what_is_missing(company):
    cycle, top, first, second = company
    leader, there = make_user("hrleader"), SessionFactory(cycle=cycle, org_unit=first, name="Made by hand")
    how = {"by": leader, "cycle": cycle, "division": "unit", "below": top, "kind": "department"}

    made = set_up_sessions(**how)
    again = set_up_sessions(**how)

    assert ([row.name for row in made.created], made.existing) == (["Second"], [there])
    assert (again.created, len(again.existing)) == ([], 2)
    session = CalibrationSession.objects.get(org_unit=second)
    assert session.owner == leader.employee
    assert list(session.participants.values_list("employee", flat=True)) == session.reviewer_ids()
    assert Fact.objects.filter(topic="calibration.session_created").count() == 1


def test_sessions_of_units_with_one_name_are_told_apart(company):
    cycle, top, *_ = company
    twin = OrgUnitFactory(parent=OrgUnitFactory(parent=top, kind="team"), kind="department", name="First")
    submitted_review(cycle, org_unit=twin)

    plan = plan_sessions(cycle, by=None, division="unit", below=top, kind="department")

    assert f"First ({twin.code})" in [row.session.name for row in plan]


def test_nothing_found_is_refused_in_words():
    with pytest.raises(ActionError, match="No review of this cycle"):
        set_up_sessions(by=None, cycle=ReviewCycleFactory(), division="job_family")

    assert not CalibrationSession.objects.exists()


def test_the_page_shows_what_would_be_made_and_makes_it(company, browse):
    cycle, top, first, second = company
    SessionFactory(cycle=cycle, org_unit=first, name="Made by hand")
    client = browse(make_user("hrleader"))
    rule = {"cycle": cycle.pk, "division": "unit", "below": top.code, "kind": "department", "due_on": "2027-01-31"}

    empty = client.get(url("session_setup"))
    shown = client.get(url("session_setup"), rule)
    assert CalibrationSession.objects.count() == 1
    made = client.post(url("session_setup"), rule, follow=True)

    assert empty.status_code == 200
    assert "1 session would be made" in shown.text
    assert "Made by hand" in shown.text
    assert names() == ["Made by hand", "Second"]
    assert CalibrationSession.objects.get(org_unit=second).due_on == datetime.date(2027, 1, 31)
    assert any("there already: “Made by hand”" in str(message) for message in made.context["messages"])


def test_a_partner_sets_up_own_units_only(company, browse):
    cycle, top, *_ = company
    client = browse(make_user("hrbp", unit=top))
    rule = {"cycle": cycle.pk, "division": "job_family"}

    everywhere = client.post(url("session_setup"), rule)
    outside = client.post(url("session_setup"), rule | {"below": OrgUnitFactory().code})
    assert (everywhere.status_code, outside.status_code, names()) == (422, 422, [])

    client.post(url("session_setup"), rule | {"below": top.code})
    assert names() == [f"Engineering, {top.name}", f"Sales, {top.name}"]


def test_hundreds_cost_the_same_questions_as_a_few(company, django_assert_num_queries):
    counts = []
    for number in (2, 12):
        cycle = ReviewCycleFactory()
        for level in range(number):
            submitted_review(cycle, job=JobFactory(level=level))
        with django_assert_num_queries(30, exact=False) as queries:
            set_up_sessions(by=make_user("hrleader"), cycle=cycle, division="job_level")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_api_shows_makes_and_leaves_what_is_there(company):
    cycle, top, *_ = company
    api = api_for(make_user("hrleader"))
    body = {"cycle": cycle.pk, "division": "unit", "below": top.pk, "kind": "department"}

    shown = api.post(f"{API}set-up/", body | {"dry_run": True}, format="json").json()
    assert not CalibrationSession.objects.exists()
    made = api.post(f"{API}set-up/", body, format="json")
    again = api.post(f"{API}set-up/", body, format="json")

    assert [(row["name"], row["reviews"]) for row in shown["planned"]] == [("First", 2), ("Second", 1)]
    assert (made.status_code, len(made.json()["created"])) == (201, 2)
    assert (again.status_code, again.json()["existing"]) == (200, made.json()["created"])


def test_the_api_wants_a_kind_of_unit():
    body = {"cycle": ReviewCycleFactory().pk, "division": "unit"}

    answer = api_for(make_user("hrleader")).post(f"{API}set-up/", body, format="json")

    assert answer.status_code == 400
    assert not CalibrationSession.objects.exists()


# From a table


@pytest.fixture
def table(company):
    """A table with a session above and two under it."""
    cycle, top, first, second = company
    lead, guest = EmployeeFactory(), EmployeeFactory()
    text = (
        "name;unit;job_family;job_level;facilitator;participants;due_on;pre_read_due_on;parent\n"
        f"All;{top.code};;;{lead.employee_number};;2027-01-31;;\n"
        f"Firsts;{first.code};;;{lead.work_email};{guest.employee_number} {lead.employee_number};2027-01-31;2027-01-20;All\n"
        f"Engineers;{second.code};Engineering;4;;;;;All\n"
    )
    return cycle, text, lead, guest


def test_a_table_becomes_sessions_above_and_under_each_other(table):
    cycle, text, lead, guest = table

    made = import_sessions(by=make_user("hrleader"), cycle=cycle, text=text)

    assert [session.name for session in made.created] == ["All", "Firsts", "Engineers"]
    firsts, engineers = (CalibrationSession.objects.get(name=name) for name in ("Firsts", "Engineers"))
    assert (firsts.parent.name, engineers.parent.name) == ("All", "All")
    assert (firsts.facilitator, firsts.pre_read_due_on) == (lead, datetime.date(2027, 1, 20))
    assert set(firsts.participants.values_list("employee", flat=True)) == {lead.pk, guest.pk}
    assert (engineers.job_family, engineers.job_level) == ("Engineering", 4)
    assert list(engineers.participants.values_list("employee", flat=True)) == engineers.reviewer_ids()


def test_a_table_taken_twice_makes_nothing_twice(table):
    cycle, text, *_ = table
    import_sessions(by=None, cycle=cycle, text=text)

    again = import_sessions(by=None, cycle=cycle, text=text)

    assert (again.created, len(again.existing), CalibrationSession.objects.count()) == ([], 3, 3)


def test_lines_can_be_placed_under_a_session_that_is_there(table):
    cycle, text, *_ = table
    all_of_it, *_, engineers = text.splitlines()
    above = SessionFactory(cycle=cycle, name="All")

    import_sessions(by=None, cycle=cycle, text=f"{all_of_it}\n{engineers}")

    assert CalibrationSession.objects.get(name="Engineers").parent == above


WRONG = {
    "name,unit\nNorth,NOWHERE": "There is no unit with the code NOWHERE.",
    "name,job_family\nNorth,Alchemy": "No job is of the family Alchemy.",
    "name,job_level\nNorth,high": "high is not a job level.",
    "name,facilitator\nNorth,0815": "Nobody employed is known as 0815.",
    "name,participants\nNorth,0815 0816": "Nobody employed is known as 0815.",
    "name,due_on\nNorth,soon": "soon is not a date.",
    "name,due_on,pre_read_due_on\nNorth,2027-01-01,2027-01-02": "Answers before the meeting are due before the session is.",
    "name,parent\nNorth,Nothing": "No session here is called Nothing, or it is locked.",
    "name,parent,job_level\nA,,1\nB,A,2\nC,B,3": "Sessions lie at most one below another.",
    "name,job_level\nNorth,1\nNorth,2": "Another line has this name too.",
    "name,job_level\nNorth,1\nSouth,1": "Line 2 is about the same reviews.",
    "name,due_on\n,2027-01-01": "Give the session a name of at most 120 characters.",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_line_that_cannot_be_taken_refuses_all_and_says_why(text, browse):
    cycle, words = ReviewCycleFactory(), WRONG[text]
    good = text + "\nGood" + "," * text.splitlines()[0].count(",")
    client = browse(make_user("hrleader"))

    shown = client.post(url("session_import"), {"cycle": cycle.pk, "text": good})
    refused = client.post(url("session_import"), {"cycle": cycle.pk, "text": good, "make": "1"})

    assert words in shown.text
    assert shown.context["wrong"] >= 1
    assert refused.status_code == 422
    assert "Good" in refused.text  # nothing typed is lost
    assert not CalibrationSession.objects.exists()


def test_columns_that_are_not_known_are_refused(browse):
    cycle = ReviewCycleFactory()

    page = browse(make_user("hrleader")).post(url("session_import"), {"cycle": cycle.pk, "text": "name,colour\nA,red"})

    assert page.status_code == 422
    assert "These columns are not known: colour." in page.text


def test_a_file_is_shown_as_text_and_made_when_confirmed(table, browse):
    cycle, text, *_ = table
    client = browse(make_user("hrleader"))
    file = SimpleUploadedFile("sessions.csv", ("\ufeff" + text).encode())

    shown = client.post(url("session_import"), {"cycle": cycle.pk, "file": file})
    assert not CalibrationSession.objects.exists()
    made = client.post(url("session_import"), {"cycle": cycle.pk, "text": shown.context["text"], "make": "1"})

    assert "3 sessions would be made" in shown.text
    assert made.status_code == 302
    assert names() == ["All", "Engineers", "Firsts"]


def test_an_excel_sheet_is_read_too(browse):
    cycle, book, content = ReviewCycleFactory(), Workbook(), io.BytesIO()
    for row in (["name", "job_level", "due_on"], ["Fours", 4, datetime.date(2027, 1, 31)]):
        book.active.append(row)
    book.save(content)
    client = browse(make_user("hrleader"))

    shown = client.post(
        url("session_import"), {"cycle": cycle.pk, "file": SimpleUploadedFile("s.xlsx", content.getvalue())}
    )
    client.post(url("session_import"), {"cycle": cycle.pk, "text": shown.context["text"], "make": "1"})

    session = CalibrationSession.objects.get()
    assert (session.job_level, session.due_on) == (4, datetime.date(2027, 1, 31))


def test_a_partner_makes_sessions_of_own_units_only(company, browse):
    cycle, top, first, _second = company
    text = f"name,unit\nOurs,{first.code}\nTheirs,{OrgUnitFactory().code}\nEverybody,"

    page = browse(make_user("hrbp", unit=top)).post(
        url("session_import"), {"cycle": cycle.pk, "text": text, "make": "1"}
    )

    assert page.status_code == 422
    assert "2 lines cannot be taken. Line 3: This is not one of the units you look after." in page.text
    assert not CalibrationSession.objects.exists()


def test_the_sample_can_be_taken_back(browse):
    client = browse(make_user("hrleader"))
    for code in ("SALES", "SALES-N"):
        OrgUnitFactory(code=code, parent=None if code == "SALES" else OrgUnitFactory.create(code="X"))
    JobFactory(family="Engineering")
    for number in range(1001, 1006):
        EmployeeFactory(employee_number=str(number))
    sales = OrgUnitFactory._meta.model.objects.get(code="SALES")
    north = OrgUnitFactory._meta.model.objects.get(code="SALES-N")
    north.parent, north.path = sales, sales.path + north.path[-6:]
    north.save()
    cycle = ReviewCycleFactory()

    sample = client.get(url("session_import_sample"))
    made = import_sessions(by=None, cycle=cycle, text=sample.content.decode())

    assert sample["Content-Disposition"] == 'attachment; filename="calibration-sessions.csv"'
    assert len(made.created) == 3


def test_the_api_checks_and_makes_the_sessions_of_a_table(table):
    cycle, text, *_ = table
    api = api_for(make_user("hrleader"))
    wrong = {"cycle": cycle.pk, "text": "name,unit\nNorth,NOWHERE"}

    checked = api.post(f"{API}import/", wrong | {"dry_run": True}, format="json").json()
    refused = api.post(f"{API}import/", wrong, format="json")
    made = api.post(f"{API}import/", {"cycle": cycle.pk, "text": text}, format="json")

    assert checked["planned"][0]["errors"] == ["There is no unit with the code NOWHERE."]
    assert (refused.status_code, made.status_code) == (409, 201)
    assert names() == ["All", "Engineers", "Firsts"]


def test_a_table_costs_the_same_questions_however_long(django_assert_num_queries):
    counts = []
    for lines in (2, 12):
        cycle, leader, lead = ReviewCycleFactory(), make_user("hrleader"), EmployeeFactory()
        rows = "".join(f"Level {n},{n},{lead.employee_number},{lead.employee_number}\n" for n in range(lines))
        with django_assert_num_queries(40, exact=False) as queries:
            import_sessions(by=leader, cycle=cycle, text=f"name,job_level,head,facilitator\n{rows}")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_everybody_seated_is_told_once_for_each_table(table):
    cycle, text, lead, guest = table

    import_sessions(by=None, cycle=cycle, text=text)

    told = Notice.objects.filter(kind="calibration.invited")
    assert told.filter(employee=guest).count() == 1
    assert told.filter(employee=lead).count() == 2
    assert Participant.objects.filter(employee=lead).count() == 1
