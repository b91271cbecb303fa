"""One person's year on a company that came from an HRIS: from the extract to a calibrated rating, a plan and a bench."""

import csv
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db.models import Count
from playwright.sync_api import Page, expect

from calibration.models import Decision
from hrportal.people.models import Employee
from performance import actions
from performance.models import RatingLevel, Review, ReviewCycle, TemplateQuestion
from tests.support.databases import connected_to
from tests.support.extract import OPTIONS, write_extract
from tests.support.migrated import migrated_file
from tests.support.portal import Portal

from .steps import Mailbox, come_in, fill, go, look_again_until, press, see, see_board, see_saved, watch_job

pytestmark = pytest.mark.browser

LEVELS = {1: "Below expectations", 2: "Meets expectations", 3: "Above expectations", 4: "Outstanding"}
PROPOSED, CALIBRATED = "Outstanding", "Above expectations"
QUESTION = "What went well this year?"
OWN_WORDS = "I brought the new ledger into service."
MANAGERS_WORDS = "The ledger went live without a day of standstill."
NEED = "Lead a project across departments"
RATIONALE = "Others with the same scope were rated one level lower."


@pytest.fixture
def extract(tmp_path) -> Path:
    """The people of an HRIS: those of the folder ORACLE_HR_DIR, else generated ones of the same shape."""
    given = os.environ.get("ORACLE_HR_DIR")
    return Path(given) / "employees.csv" if given else write_extract(tmp_path)


@pytest.fixture
def served_portal(extract, static_files, tmp_path, django_db_blocker):
    """A new portal that knows the people of the extract and has no account yet."""
    url, mail = f"sqlite:///{tmp_path / 'portal.sqlite3'}", f"filemail:///{tmp_path / 'mail'}"
    portal = Portal(tmp_path, database_url=url, EMAIL_URL=mail, STATIC_ROOT=str(static_files))
    shutil.copy(migrated_file(), tmp_path)
    portal.manage("import_employees", str(extract), *OPTIONS)
    seats = _write_seats(tmp_path / "seats.csv", extract)
    portal.manage("import_employees", str(seats), "--map", "employee_id=employee_number")
    try:
        portal.start_web()
        with django_db_blocker.unblock(), connected_to(url):
            yield portal
    finally:
        portal.stop()


def _write_seats(file: Path, extract: Path) -> Path:
    """What an extract like this lacks: everybody's seat."""
    with extract.open(encoding="utf-8", newline="") as read, file.open("w", encoding="utf-8", newline="") as write:
        rows = csv.DictWriter(write, ["employee_id", "first_name", "last_name", "position"], extrasaction="ignore")
        rows.writeheader()
        rows.writerows(row | {"position": f"Seat {row['employee_id']}"} for row in csv.DictReader(read))
    return file


@dataclass
class Cast:
    """Whose story it is, whom they report to, and the two who lead HR."""

    person: Employee
    manager: Employee
    leader: Employee
    colleague: Employee


def find_cast() -> Cast:
    """Someone with colleagues and two managers above, and someone from elsewhere in the company."""
    people = Employee.objects.order_by("employee_number")
    team = people.filter(reports=None, manager__manager__isnull=False).exclude(org_unit=None)
    person = team.annotate(colleagues=Count("org_unit__employees")).filter(colleagues__gte=3)[0]
    above = person.manager_ids
    leaders = people.filter(reports=None).exclude(org_unit=person.org_unit).exclude(pk__in=above)[:2]
    return Cast(person, person.manager, *leaders)


def test_from_an_extract_to_a_bench(served_portal, new_page, tmp_path):
    cast, mailbox = find_cast(), Mailbox(tmp_path / "mail")

    def arrive(who: Employee) -> Page:
        return come_in(new_page(), mailbox.invitation_for(who.work_email), who.employee_number)

    link = served_portal.manage("create_account", "keeper", "--role", "admin").strip()
    invite_and_grant(come_in(new_page(), link, "keeper"), cast)
    hr, employee, manager = arrive(cast.leader), arrive(cast.person), arrive(cast.manager)

    make_scale(hr)
    make_template(hr)
    launch_cycle(hr)
    write_self_assessment(employee)
    write_review(manager, cast.person)
    write_other_reviews(cast.person)
    calibrate(hr, cast.person)
    complete(hr)
    follow_the_rating(hr, cast.person)
    build_bench(hr, cast)
    served_portal.manage("grant_role", cast.colleague.employee_number, "hrleader")
    approve_successor(arrive(cast.colleague), cast)
    read_what_was_shared(employee, cast.person)


def invite_and_grant(admin: Page, cast: Cast) -> None:
    """The administrator brings everyone in and makes one of them leader of HR."""
    go(admin, "Accounts and roles")
    admin.get_by_role("button", name="Invite everyone").click()
    admin.get_by_role("dialog").get_by_role("button", name="Invite everyone").click()
    watch_job(admin)
    go(admin, "Accounts and roles", cast.leader.employee_number)
    fill(admin, role="HR leader")
    press(admin, "Give the role")
    see(admin, "The role is given.")


def make_scale(hr: Page) -> None:
    """Two levels at first, the others added to them."""
    go(hr, "Cycles", "Templates and scales", "New scale")
    fill(hr, name="Four levels")
    _fill_levels(hr, 1, 2)
    press(hr, "Save")
    hr.get_by_role("link", name="Four levels").click()
    _fill_levels(hr, 3, 4)
    press(hr, "Save")
    see(hr, "4 Outstanding")


def _fill_levels(hr: Page, *values: int) -> None:
    for value in values:
        line = f"levels-{value - 1}"
        fill(hr, **{f"{line}-value": str(value), f"{line}-label": LEVELS[value], f"{line}-description": "…"})


def make_template(hr: Page) -> None:
    """One question to both, an overall rating, and what to develop."""
    go(hr, "Cycles", "Templates and scales", "New template")
    fill(hr, name="Year")
    press(hr, "Save")
    for kind, title in (("Questions", "The year"), ("Overall rating", "Overall"), ("Development needs", "Next year")):
        hr.get_by_role("link", name="Add a section").click()
        fill(hr, kind=kind, title=title)
        if kind == "Questions":
            fill(hr, **{"questions-0-text": QUESTION, "questions-0-asked_of": "Both"})
            hr.locator("[name='questions-0-is_required']").check()
        press(hr, "Save")
        see(hr, title)


def launch_cycle(hr: Page) -> None:
    """Draft it, look at who would be reviewed, and launch it for all of them."""
    go(hr, "Cycles", "New cycle")
    fill(hr, name="Year 2026", starts_on="2026-01-01", ends_on="2026-12-31", template="Year", scale="Four levels")
    press(hr, "Save")
    see(hr, "Who would be reviewed")
    expect(hr.locator(".stat", has_text="People")).to_contain_text(str(Employee.objects.count()))
    hr.get_by_role("link", name="Launch").click()
    press(hr, "Launch")
    watch_job(hr)
    assert Review.objects.count() == Employee.objects.count()


def write_self_assessment(employee: Page) -> None:
    go(employee, "Reviews", "Write self-assessment")
    employee.get_by_label(QUESTION).fill(OWN_WORDS)
    see_saved(employee)
    press(employee, "Hand in")
    see(employee, OWN_WORDS)


def write_review(manager: Page, person: Employee) -> None:
    """Beside what the employee wrote: words, a rating and a need, saved as they are written, then submitted."""
    go(manager, "Reviews", f"Write the review of {person.name}")
    expect(manager.get_by_role("complementary", name="Evidence")).to_contain_text(OWN_WORDS)
    manager.get_by_label(QUESTION).fill(MANAGERS_WORDS)
    manager.get_by_role("radio", name=PROPOSED).check()
    fill(manager, need_0_description=NEED)
    see_saved(manager)
    press(manager, "Submit")
    expect(manager.get_by_role("heading", level=1)).to_have_text("Handed in")
    for words in (MANAGERS_WORDS, PROPOSED, NEED):
        see(manager, words)


def write_other_reviews(person: Employee) -> None:
    """What the other managers of this unit hand in meanwhile."""
    cycle = ReviewCycle.objects.get()
    question = TemplateQuestion.objects.get(section__template=cycle.template)
    level = RatingLevel.objects.get(scale=cycle.scale, value=2)
    others = Review.objects.filter(org_unit=person.org_unit).exclude(employee=person).exclude(reviewer=None)
    for review in others.select_related("reviewer__user"):
        by = review.reviewer.user
        actions.skip_self_assessment(review, by=by)
        changes = {"answers": {question.pk: "A steady year."}, "overall_rating": level.pk}
        actions.save_part(review.parts.get(side="manager"), by=by, version=1, changes=changes)
        actions.submit_review(review, by=by)


def calibrate(hr: Page, person: Employee) -> None:
    """A session over the person's unit; their card goes one column down by keyboard, with a reason."""
    go(hr, "Sessions", "New session")
    fill(hr, cycle="Year 2026", org_unit=person.org_unit.name, name="Round table")
    press(hr, "Prepare the session")
    hr.get_by_role("button", name=re.compile("submitted reviews? on the board")).click()
    press(hr, "Open the session…")
    press(hr, "Open the session")
    see_board(hr)
    card = hr.locator(f"[data-card][data-name='{person.name}']")
    card.locator("[data-move]").press("ArrowLeft")
    dialog = hr.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(RATIONALE)
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(hr.locator(".board-column", has=card)).to_contain_text(CALIBRATED)
    expect(card).to_contain_text(f"{PROPOSED} → {CALIBRATED}")
    hr.get_by_role("link", name="Lock…").click()
    press(hr, "Lock the session")


def complete(hr: Page) -> None:
    """Every decision becomes final, reaches the other side, and is shown to its employee."""
    hr.get_by_role("button", name="Complete the reviews").click()
    shared = hr.locator(".stat", has=hr.get_by_text("Shared", exact=True)).locator("dd")
    look_again_until(hr, lambda: shared.inner_text() == str(Decision.objects.count()))


def follow_the_rating(hr: Page, person: Employee) -> None:
    """From the hand-over to the profile, back to the decision, and on to the plan."""
    go(hr, "Hand-over")
    rows = hr.get_by_role("row", name=person.name)
    look_again_until(hr, lambda: rows.get_by_text("Done", exact=True).count() == rows.count() > 3)
    rows.get_by_role("link", name="Profile").first.click()
    expect(hr.locator(".stat", has_text="Latest calibrated rating")).to_contain_text(CALIBRATED)
    profile = hr.url
    hr.get_by_role("link", name="Review and decision").click()
    see(hr, f"Decided: {CALIBRATED} (proposed: {PROPOSED})")
    see(hr, RATIONALE)
    hr.goto(profile)
    see(hr, NEED)


def build_bench(hr: Page, cast: Cast) -> None:
    """The manager's seat becomes a critical role with the person on its bench."""
    go(hr, "Succession", "Add a critical role")
    seat = f"Seat {cast.manager.employee_number}"
    fill(hr, q=seat)
    press(hr, "Search")
    hr.get_by_role("radio", name=seat).check()
    fill(hr, reason="Payments would stop.")
    press(hr, "Add to the list")
    hr.get_by_role("link", name=seat).click()
    hr.get_by_role("link", name="Nominate").click()
    hr.get_by_role("radio", name=cast.person.name).check()
    fill(hr, readiness="Ready now")
    press(hr, "Propose")
    expect(hr.get_by_role("button", name="Approve")).to_have_count(0)


def approve_successor(colleague: Page, cast: Cast) -> None:
    """Whoever nominated does not approve: another HR leader does."""
    seat = f"Seat {cast.manager.employee_number}"
    go(colleague, "Succession", seat)
    press(colleague, "Approve")
    go(colleague, "Succession")
    expect(colleague.locator(".bench", has_text=seat)).to_contain_text(cast.person.name)


def read_what_was_shared(employee: Page, person: Employee) -> None:
    """The calibrated rating and the plan; neither what was proposed nor anything of talent."""
    go(employee, "Reviews", f"Open the review of {person.name}")
    see(employee, CALIBRATED)
    see(employee, MANAGERS_WORDS)
    expect(employee.locator("main")).not_to_contain_text(PROPOSED)
    menu = employee.get_by_role("navigation", name="Main")
    expect(menu).not_to_contain_text("Succession")
    assert employee.goto(f"/talent/profiles/{person.talent_profile.pk}/").status == 404
    assert employee.goto("/talent/succession/").status == 404
    employee.goto("/")
    go(employee, "Development", person.name)
    see(employee, NEED)
