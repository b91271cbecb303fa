"""HR builds a cycle, looks at who is in it, and launches it for a whole division, with a bar that moves on without them."""

import pytest
from playwright.sync_api import Page, expect

from hrportal.common.paths import encode
from hrportal.journal.models import Job
from hrportal.notices.models import Notice
from hrportal.people.models import Employee, OrgUnit
from performance.models import Review, ReviewCycle
from tests.support.browser import sign_in
from tests.support.processes import wait_until

from .steps import fill, go, press, see, watch_job

pytestmark = pytest.mark.browser

SPAN = 40  # people of one manager


@pytest.mark.parametrize("size", [200, pytest.param(2000, marks=pytest.mark.long)])
def test_a_cycle_is_built_previewed_and_launched_while_the_tab_is_closed(demo_portal, page, new_page, size):
    division = a_division(size)
    sign_in(page, "hrleader")

    build(page, division)
    preview(page, size)
    launch(page)
    seen = {bar_of(page)}
    page.close()

    later = new_page(viewport={"width": 1366, "height": 768})
    sign_in(later, "hrleader")
    later.goto(f"/performance/cycles/{ReviewCycle.objects.get(name='Harbour crew').pk}/")
    seen |= watch_bar(later)
    job = Job.objects.get(kind="performance.launch_cycle")
    later.goto(f"/jobs/{job.pk}/")
    watch_job(later)

    assert_everyone_has_a_review(division, size)
    if size > 1000:
        assert seen - {None, 0, 100}, "nobody saw the bar on its way"
    later.get_by_role("link", name="See the result").click()
    expect(later.locator(".stat", has_text="Reviews").first).to_contain_text(f"{size:,}".replace(",", ""))


def a_division(size: int) -> OrgUnit:
    """A unit of so many people, whose head reports to nobody; each manager has a team."""
    division = OrgUnit.objects.create(name="Harbour crew", code="HARBOUR", kind="department")
    OrgUnit.objects.filter(pk=division.pk).update(path=encode(division.pk))
    first = Employee.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    people, paths = [], {}
    for number in range(size):
        pk = first + number
        above = None if number == 0 else first + (number - 1) // SPAN
        paths[pk] = paths.get(above, "") + encode(pk)
        names = {"first_name": "Robin", "last_name": f"Quay {number:04}", "employee_number": f"HARBOUR-{number:04}"}
        people.append(Employee(pk=pk, manager_id=above, path=paths[pk], org_unit=division, **names))
    Employee.objects.bulk_create(people)
    return division


def build(hr: Page, division: OrgUnit) -> None:
    go(hr, "Cycles", "New cycle")
    fill(hr, name="Harbour crew", starts_on="2026-01-01", ends_on="2026-12-31")
    fill(hr, template="Annual review", scale="Five levels")
    unit = hr.locator("#id_org_units")
    unit.press_sequentially("Harb", delay=30)
    expect(hr.locator("#org_units-found option").first).to_have_attribute("value", "Harbour crew (HARBOUR)")
    unit.fill("Harbour crew (HARBOUR)")
    press(hr, "Save")


def preview(hr: Page, size: int) -> None:
    """So many in, one of them without a manager, and everybody else elsewhere."""
    see(hr, "Who would be reviewed")
    expect(hr.locator(".stat", has_text="People")).to_contain_text(str(size))
    expect(hr.locator(".stat", has_text="Without a manager")).to_contain_text("1")
    hr.get_by_role("link", name="are in other units").click()
    see(hr, "In another unit")
    hr.go_back()


def launch(hr: Page) -> None:
    hr.get_by_role("link", name="Launch").click()
    press(hr, "Launch")
    expect(hr.locator(".job")).to_be_visible()


def bar_of(page: Page) -> int | None:
    """How far the bar is, if there is one and it knows."""
    value = page.evaluate("() => document.querySelector('.job progress')?.getAttribute('value')")
    return None if value is None else int(value)


def watch_bar(page: Page) -> set[int | None]:
    """The positions of the bar until it is gone or full."""
    seen: set[int | None] = set()

    def is_over() -> bool:
        seen.add(bar_of(page))
        return Job.objects.get(kind="performance.launch_cycle").is_finished

    wait_until(is_over, seconds=120, what="the launch to end")
    return seen


def assert_everyone_has_a_review(division: OrgUnit, size: int) -> None:
    reviews = Review.objects.filter(cycle__name="Harbour crew")
    managers = reviews.exclude(reviewer=None).values("reviewer").distinct().count()
    told = Notice.objects.filter(employee__org_unit=division)

    assert reviews.values("employee").distinct().count() == reviews.count() == size
    assert told.filter(kind="performance.review_opened").count() == size
    assert told.filter(kind="performance.reviews_to_write").count() == managers
