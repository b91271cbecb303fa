"""Merit rounds: what follows from what, who decides, who approves, what leaves the house."""

import csv
import datetime
import io
import re
from dataclasses import fields, replace
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from talent.actions import rewards as steps
from talent.actions.profiles import RatingRecord, record_calibrated_ratings
from talent.enums import LeftOut, RewardState
from talent.models import MeritRecommendation, PayRecord, RewardCycle
from talent.rewards.importing import PAY, RANGES, take_in
from talent.rewards.lists import ROUND
from tests.factories.people import EmployeeFactory, JobFactory, OrgUnitFactory, make_user
from tests.factories.rewards import PayRangeFactory, PayRecordFactory
from tests.factories.talent import CalibratedRatingFactory

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime.date(2031, 4, 1)


@pytest.fixture
def leader():
    return make_user(Role.HR_LEADER, employee=EmployeeFactory())


@pytest.fixture
def other_leader():
    return make_user(Role.HR_LEADER, employee=EmployeeFactory())


@pytest.fixture
def job():
    return PayRangeFactory(job=JobFactory()).job


def rated(job, value=4, pay="45000.00", **fields):
    """Somebody with a calibrated rating of the period, and pay."""
    person = EmployeeFactory(job=job, **fields)
    CalibratedRatingFactory(profile__employee=person, value=value, label=f"Level {value}")
    if pay:
        PayRecordFactory(employee=person, yearly_base=Decimal(pay))
    return person


def begun(leader, **fields):
    given = {
        "name": "Spring",
        "period": "Year",
        "effective_on": NEXT_YEAR,
        "budget_percent": Decimal(3),
        "tolerance": Decimal(1),
    }
    return steps.create_reward_cycle(by=leader, **given | fields)


def computed(leader, deliver_events, **fields):
    """A round with its recommendations."""
    cycle = begun(leader, **fields)
    steps.start_reward_cycle(cycle, by=leader)
    deliver_events()
    cycle.refresh_from_db()
    return cycle


def row_of(cycle, person):
    return cycle.recommendations.get(employee=person)


def test_no_pay_is_computed_without_a_calibrated_rating(leader, job, deliver_events):
    person = rated(job)
    unrated = EmployeeFactory(job=job)
    PayRecordFactory(employee=unrated)
    other_period = EmployeeFactory(job=job)
    CalibratedRatingFactory(profile__employee=other_period, period="Last year")
    PayRecordFactory(employee=other_period)

    cycle = computed(leader, deliver_events)

    assert cycle.state == RewardState.RECOMMENDED
    assert row_of(cycle, person).amount == Decimal("1800.00")  # 4 of 5 in the lower third: 4 % of 45,000
    for person in (unrated, other_period):
        row = row_of(cycle, person)
        assert (row.left_out, row.percent, row.amount, row.new_pay) == (LeftOut.NO_RATING, None, None, None)


def test_what_else_is_missing_is_said_and_never_zero(leader, job, deliver_events):
    people = {
        LeftOut.NO_PAY: rated(job, pay=None),
        LeftOut.NO_RANGE: rated(JobFactory()),
        LeftOut.OTHER_CURRENCY: rated(PayRangeFactory(currency="USD").job),
    }
    cycle = computed(leader, deliver_events)

    assert {reason: row_of(cycle, person).left_out for reason, person in people.items()} == {
        reason: reason.value for reason in people
    }
    assert not cycle.recommendations.filter(left_out="").exists()


def test_every_part_on_the_page_gives_the_amount_again(leader, job, client, deliver_events):
    person = rated(job, value=5, pay="47123.45")
    row = row_of(computed(leader, deliver_events), person)
    client.force_login(leader)

    page = client.get(reverse("talent:merit_decide", args=[row.pk])).content.decode()

    cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r'<td class="number">(.*?)</td>', page, re.S)]
    number = r"[\d,]+(?:\.\d+)?"
    pay = Decimal(re.findall(number, cells[1])[0].replace(",", ""))
    minimum, midpoint, maximum = (Decimal(found.replace(",", "")) for found in re.findall(number, cells[2]))
    percent = Decimal(re.findall(number, cells[5])[0])
    assert Decimal(cells[3]) == (pay / midpoint).quantize(Decimal("0.001"))
    assert Decimal(re.findall(number, cells[4])[0]) == ((pay - minimum) / (maximum - minimum)).quantize(
        Decimal("0.001")
    )
    assert percent == row.cycle.guideline[5, "middle"]
    amount = (pay * percent / 100).quantize(Decimal("0.01"))
    assert Decimal(re.findall(number, cells[6])[0].replace(",", "")) == amount
    assert Decimal(re.findall(number, cells[7])[0].replace(",", "")) == pay + amount


def test_a_person_decides_otherwise_with_a_reason_and_both_are_kept(leader, job, client, deliver_events):
    person = rated(job)
    row = row_of(computed(leader, deliver_events), person)
    client.force_login(leader)
    url = reverse("talent:merit_decide", args=[row.pk])

    silent = client.post(url, {"percent": "9", "reason": "", "version": row.version})
    row.refresh_from_db()
    assert (silent.status_code, row.decided_percent) == (422, None)
    stale = client.post(url, {"percent": "9", "reason": "Took over the team", "version": row.version + 3})
    assert stale.status_code == 409
    assert "Took over the team" in stale.content.decode()
    again = stale.context["form"]["version"].value()
    client.post(url, {"percent": "9", "reason": "Took over the team", "version": again})

    row.refresh_from_db()
    assert (row.decided_percent, row.decided_because) == (Decimal(9), "Took over the team")
    assert (row.percent, row.final_percent, row.is_outside) == (Decimal(4), Decimal(9), True)
    assert Fact.objects.filter(topic="talent.merit_decided", person_id=row.employee_id).count() == 1


def test_two_people_stand_behind_every_amount(leader, other_leader, job, deliver_events):
    people = [rated(job) for _ in range(2)]
    for user in (leader, other_leader):
        user.employee.job = job
        user.employee.save()
        CalibratedRatingFactory(profile__employee=user.employee)
        PayRecordFactory(employee=user.employee)
    cycle = computed(leader, deliver_events)
    decided = steps.decide_merit(row_of(cycle, people[0]), by=other_leader, percent=Decimal(2), reason="Budget")

    with pytest.raises(ActionError):
        steps.approve_merit(cycle, by=leader)
    assert steps.approve_merit(cycle, by=other_leader) == 2  # the other person's row, and the leader's
    decided.refresh_from_db()
    assert decided.approved_at is None
    assert row_of(cycle, other_leader.employee).approved_at is None
    assert steps.approve_merit(cycle, by=leader) == 1  # the row of whoever approved the others
    cycle.refresh_from_db()
    assert cycle.state == RewardState.RECOMMENDED  # what was decided waits for a third person
    third = make_user(Role.HR_LEADER, employee=EmployeeFactory())
    steps.approve_merit(cycle, by=third)
    cycle.refresh_from_db()
    assert cycle.state == RewardState.APPROVED


def test_nobody_sees_their_own_row_by_any_door(leader, job, client, deliver_events):
    leader.employee.job = job
    leader.employee.save()
    CalibratedRatingFactory(profile__employee=leader.employee)
    PayRecordFactory(employee=leader.employee, yearly_base=Decimal("58765.43"))
    person = rated(job)
    cycle = computed(leader, deliver_events)
    own = row_of(cycle, leader.employee)
    client.force_login(leader)
    api = APIClient()
    api.force_authenticate(ActingPrincipal("hris", frozenset(Scope.values), leader))

    page = client.get(cycle.get_absolute_url()).content.decode()
    file = client.post(
        reverse("home:list_export", args=["talent.merit"]), {"query": f"cycle={cycle.pk}", "format": "csv"}
    )

    assert leader.employee.employee_number not in page
    assert "58,765" not in page
    assert "103,765" not in page  # nor in a sum
    assert leader.employee.employee_number not in file.content.decode()
    assert client.get(reverse("talent:merit_decide", args=[own.pk])).status_code == 404
    assert (
        client.post(reverse("talent:merit_decide", args=[own.pk]), {"percent": "9", "reason": "Me"}).status_code == 404
    )
    listed = api.get(reverse("api:merit-recommendations-list"), {"cycle": cycle.pk}).json()["results"]
    assert [row["employee"]["id"] for row in listed] == [row_of(cycle, person).employee_id]
    assert api.get(reverse("api:pay-records-list")).json()["results"][0]["employee"]["id"] != leader.employee_id
    taken = take_in(
        PAY, _table(PAY, [leader.employee.employee_number, "99000", "EUR", "2031-01-01"]), by=leader, is_trial=False
    )
    assert len(taken.refused) == 1
    assert not PayRecord.objects.filter(valid_from="2031-01-01").exists()
    own.refresh_from_db()
    assert own.decided_percent is None


@pytest.mark.parametrize("role", [Role.HRBP, Role.EXECUTIVE, Role.ADMIN, None])
def test_rewards_do_not_exist_for_others(role, job, leader, client, deliver_events):
    unit = OrgUnitFactory()
    cycle = computed(leader, deliver_events) if rated(job, org_unit=unit) else None
    user = make_user(role, unit=unit) if role else make_user()
    client.force_login(user)

    for name, args in [("reward_cycle_list", []), ("reward_cycle_detail", [cycle.pk]), ("pay_list", [])]:
        assert client.get(reverse(f"talent:{name}", args=args)).status_code == 404
    assert not MeritRecommendation.objects.visible_to(user).exists()
    assert not PayRecord.objects.visible_to(user).exists()


def test_what_goes_to_payroll_is_approved_and_goes_once(leader, other_leader, job, client, deliver_events):
    person = rated(job, pay="50000.00")
    cycle = computed(leader, deliver_events)
    client.force_login(leader)
    export = reverse("talent:merit_export", args=[cycle.pk])
    client.post(export)
    cycle.refresh_from_db()
    assert cycle.state == RewardState.RECOMMENDED  # refused: nobody approved
    early = client.post(
        reverse("home:list_export", args=["talent.payroll"]), {"query": f"cycle={cycle.pk}", "format": "csv"}
    )
    assert person.employee_number not in early.content.decode()

    steps.approve_merit(cycle, by=other_leader)
    client.post(export)
    deliver_events()
    with pytest.raises(ActionError):
        steps.mark_exported(RewardCycle.objects.get(pk=cycle.pk), by=leader)

    file = client.post(
        reverse("home:list_export", args=["talent.payroll"]), {"query": f"cycle={cycle.pk}", "format": "csv"}
    )
    rows = list(csv.DictReader(io.StringIO(file.content.decode().removeprefix("\ufeff"))))
    assert rows == [
        {
            "employee_number": person.employee_number,
            "effective_on": "2031-04-01",
            "new_yearly_base": str(row_of(cycle, person).new_pay),
            "currency": "EUR",
            "increase_percent": str(row_of(cycle, person).percent),
        }
    ]
    assert Fact.objects.filter(topic="talent.reward_cycle_exported").count() == 1
    assert Fact.objects.filter(topic="talent.list_exported", data__list="talent.payroll", data__rows=1).count() == 2


def test_changing_what_a_round_rests_on_takes_back_what_followed(leader, job, deliver_events):
    rated(job)
    cycle = computed(leader, deliver_events)

    steps.set_guideline(cycle, by=leader, percents={(4, "lower"): Decimal("2.5"), (4, "middle"): None})

    cycle.refresh_from_db()
    assert (cycle.state, cycle.recommendations.count()) == (RewardState.DRAFT, 0)
    assert cycle.guideline == {(4, "lower"): Decimal("2.5")}


def test_computing_again_keeps_decisions_and_asks_for_approval_anew(leader, other_leader, job, deliver_events):
    person = rated(job)
    cycle = computed(leader, deliver_events)
    steps.decide_merit(row_of(cycle, person), by=leader, percent=Decimal(1), reason="New in the job")
    PayRecordFactory(employee=person, yearly_base=Decimal("59000"), valid_from=datetime.date(2031, 1, 1))

    steps.start_reward_cycle(RewardCycle.objects.get(pk=cycle.pk), by=leader)
    deliver_events()

    row = row_of(cycle, person)
    assert (row.pay, row.position, row.decided_percent, row.approved_at) == (
        Decimal("59000"),
        "upper",
        Decimal(1),
        None,
    )


def test_nothing_is_approved_that_rests_on_a_corrected_rating(leader, other_leader, job, deliver_events):
    person = rated(job, value=4)
    cycle = computed(leader, deliver_events)
    old = row_of(cycle, person).rating
    correction = replace(record_of(old), source_version=old.source_version + 1, value=2, label="Level 2")
    record_calibrated_ratings([correction])

    with pytest.raises(ActionError, match="Compute the round again"):
        steps.approve_merit(cycle, by=other_leader)

    assert row_of(cycle, person).approved_at is None
    steps.start_reward_cycle(cycle, by=leader)
    deliver_events()
    assert row_of(cycle, person).rating.value == 2


def record_of(rating):
    """A rating as it was handed over."""
    names = [field.name for field in fields(RatingRecord) if field.name != "employee_id"]
    return RatingRecord(rating.profile.employee_id, **{name: getattr(rating, name) for name in names})


def test_an_old_rating_is_marked(leader, job, client, deliver_events):
    person = EmployeeFactory(job=job)
    long_ago = timezone.localdate() - datetime.timedelta(days=500)
    CalibratedRatingFactory(profile__employee=person, period_ends_on=long_ago)
    PayRecordFactory(employee=person)
    cycle = computed(leader, deliver_events)
    client.force_login(leader)

    assert row_of(cycle, person).rested_on_stale == [{"kind": "rating", "on": long_ago.isoformat()}]
    assert "out of date" in client.get(cycle.get_absolute_url()).content.decode()


def _table(kind, *lines):
    return "\n".join([",".join(kind.columns), *(",".join(line) for line in lines)])


def test_a_table_of_pay_is_shown_before_it_is_written(leader, client):
    person = EmployeeFactory()
    text = _table(PAY, [person.employee_number, "54000.50", "EUR", "2031-01-01"], ["nobody", "1", "EUR", "2031-01-01"])
    client.force_login(leader)
    url = reverse("talent:pay_import")

    shown = client.post(url, {"text": text})
    assert shown.status_code == 200
    assert "Refused" in shown.content.decode()
    assert not PayRecord.objects.exists()
    client.post(url, {"text": text, "apply": "1"})

    assert PayRecord.objects.get().yearly_base == Decimal("54000.50")
    assert take_in(PAY, text, by=leader, is_trial=False).changes == []
    corrected = text.replace("54000.50", "55000")
    assert len(take_in(PAY, corrected, by=leader, is_trial=False).changes) == 1
    assert PayRecord.objects.get().yearly_base == Decimal(55000)
    assert Fact.objects.filter(topic="talent.pay_recorded").count() == 2


@pytest.mark.parametrize(
    "line",
    [
        ["", "50000", "EUR", "2031-01-01"],
        ["{number}", "-1", "EUR", "2031-01-01"],
        ["{number}", "NaN", "EUR", "2031-01-01"],
        ["{number}", "1e999", "EUR", "2031-01-01"],
        ["{number}", "50000", "Euro", "2031-01-01"],
        ["{number}", "50000", "EUR", "yesterday"],
    ],
)
def test_a_line_that_makes_no_sense_is_refused_in_words(leader, line):
    person = EmployeeFactory()
    filled = [cell.format(number=person.employee_number) for cell in line]

    report = take_in(PAY, _table(PAY, filled), by=leader, is_trial=False)

    assert [outcome.refusal != "" for outcome in report.outcomes] == [True]
    assert not PayRecord.objects.exists()


def test_a_range_goes_upwards(leader):
    job = JobFactory()
    report = take_in(
        RANGES, _table(RANGES, [job.code, "EUR", "60000", "50000", "70000", "2031-01-01"]), by=leader, is_trial=False
    )
    assert "minimum over its midpoint" in report.refused[0].refusal


@pytest.mark.parametrize("people", [1, 3])
def test_a_round_costs_the_same_for_one_and_three(
    people, leader, job, client, deliver_events, django_assert_max_num_queries
):
    for _ in range(people):
        rated(job)
    cycle = computed(leader, deliver_events)
    client.force_login(leader)
    client.get(cycle.get_absolute_url())

    with django_assert_max_num_queries(24) as asked:
        client.get(cycle.get_absolute_url())
    COST.setdefault("page", len(asked))
    assert len(asked) == COST["page"]


COST: dict[str, int] = {}


def test_the_same_over_the_api(leader, other_leader, job, deliver_events):
    person = rated(job)
    api = APIClient()
    api.force_authenticate(ActingPrincipal("hris", frozenset(Scope.values), leader))
    body = {
        "name": "API",
        "period": "Year",
        "effective_on": "2031-04-01",
        "budget_percent": "3.00",
        "tolerance": "1.00",
    }

    cycle = api.post(reverse("api:reward-cycles-list"), body, format="json").json()
    started = api.post(reverse("api:reward-cycles-start", args=[cycle["id"]]), {}, format="json")
    deliver_events()
    row = api.get(reverse("api:merit-recommendations-list"), {"employee": person.pk}).json()["results"][0]
    decide = reverse("api:merit-recommendations-decide", args=[row["id"]])
    silent = api.post(decide, {"percent": "2.00"}, format="json")
    spoken = api.post(decide, {"percent": "2.00", "reason": "Agreed"}, format="json")
    refused = api.post(reverse("api:reward-cycles-approve", args=[cycle["id"]]), {}, format="json")

    assert started.status_code == 202
    assert (silent.status_code, spoken.status_code, refused.status_code) == (409, 200, 409)
    assert spoken.json()["amount"] == "900.00"
    api.force_authenticate(ActingPrincipal("hris", frozenset(Scope.values), other_leader))
    approved = api.post(reverse("api:reward-cycles-approve", args=[cycle["id"]]), {}, format="json")
    assert approved.json()["state"] == "approved"


def test_groups_are_compared_and_small_ones_are_not_shown(leader, job, client, deliver_events):
    for gender, value in [("female", 2), ("male", 5)]:
        for _ in range(5):
            rated(job, value=value, gender=gender)
    cycle = computed(leader, deliver_events)
    client.force_login(leader)

    page = client.get(cycle.get_absolute_url()).content.decode()

    assert "look into it" in page
    assert "0.008" in page  # 0 of 5 against 5 of 5: p = 2 / C(10, 5)
    MeritRecommendation.objects.filter(employee__gender="female").first().delete()
    assert "look into it" not in client.get(cycle.get_absolute_url()).content.decode()


def test_a_round_is_edited_over_the_api_on_top_of_what_was_read(leader, job):
    rated(job)
    cycle = begun(leader)
    api = APIClient()
    api.force_authenticate(ActingPrincipal("hris", frozenset(Scope.values), leader))
    url = reverse("api:reward-cycles-detail", args=[cycle.pk])
    tag = api.get(url)["ETag"]

    blind = api.patch(url, {"name": "Autumn"}, format="json")
    first = api.patch(url, {"name": "Summer"}, format="json", headers={"If-Match": tag})
    late = api.patch(url, {"name": "Autumn"}, format="json", headers={"If-Match": tag})

    assert (blind.status_code, first.status_code, late.status_code) == (428, 200, 412)
    cycle.refresh_from_db()
    assert (cycle.name, cycle.budget_percent) == ("Summer", Decimal(3))


def test_a_rating_cannot_be_worked_out_without_the_scope_for_ratings(leader, job, deliver_events):
    person = rated(job)
    cycle = computed(leader, deliver_events)
    pay = APIClient()
    pay.force_authenticate(ClientPrincipal("payroll", frozenset({"rewards:read", "rewards:write"})))
    both = APIClient()
    both.force_authenticate(ClientPrincipal("hris", frozenset({"rewards:read", "ratings:read"})))
    rows, round_ = reverse("api:merit-recommendations-list"), reverse("api:reward-cycles-detail", args=[cycle.pk])
    matrix = {"cells": [{"rating": 4, "position": "lower", "percent": "9.99"}]}

    written = pay.post(reverse("api:reward-cycles-guideline", args=[cycle.pk]), matrix, format="json")
    taken_away = ROUND.rows(ClientPrincipal("payroll", frozenset({"rewards:read"})), QueryDict(f"cycle={cycle.pk}"))

    assert pay.get(rows).json()["results"] == []
    assert pay.get(round_).json()["cells"] is None
    assert written.status_code == 403
    assert list(taken_away) == []
    assert [row["rating"] for row in both.get(rows, {"employee": person.pk}).json()["results"]] == ["Level 4"]
    assert both.get(round_).json()["cells"]
    assert not cycle.cells.filter(percent=Decimal("9.99")).exists()


def test_whoever_may_not_approve_reads_who_does(client, leader, other_leader, job, deliver_events):
    """Without a word the round would look as if nothing were to be done."""
    rated(job)
    address = computed(leader, deliver_events).get_absolute_url()
    words = "Another HR leader approves what you began or decided yourself"

    client.force_login(leader)
    assert words in client.get(address).content.decode()
    client.force_login(other_leader)
    page = client.get(address).content.decode()

    assert words not in page
    assert "Nothing is paid before the round goes to payroll." in page


def test_export_to_payroll_says_what_it_ends(client, leader, other_leader, job, deliver_events):
    rated(job)
    cycle = computed(leader, deliver_events)
    steps.approve_merit(cycle, by=other_leader)
    client.force_login(leader)

    page = client.get(cycle.get_absolute_url()).content.decode()

    assert "The round is closed for good" in page


def test_the_guideline_names_the_ratings(client, leader, job):
    rated(job, value=4)
    client.force_login(leader)

    page = client.get(reverse("talent:reward_guideline_edit", args=[begun(leader).pk])).content.decode()

    assert "Level 4" in page
    assert "in % of pay" in page


def test_the_list_of_a_round_asks_for_ratings_by_their_words(client, leader, job, deliver_events):
    people = [rated(job, value=value) for value in (3, 4)]
    cycle = computed(leader, deliver_events)
    client.force_login(leader)

    response = client.get(cycle.get_absolute_url(), {"rating": "4"})

    assert '<option value="4" selected>Level 4</option>' in response.content.decode()
    assert [row.employee for row in response.context["page"].rows] == people[1:]


def test_the_name_of_a_rating_that_only_the_reader_has_is_not_said(client, leader, job, deliver_events):
    rated(job, value=4)
    CalibratedRatingFactory(profile__employee=leader.employee, value=5, label="Only mine")
    cycle = computed(leader, deliver_events)
    client.force_login(leader)

    assert "Only mine" not in client.get(cycle.get_absolute_url()).content.decode()
    assert "Only mine" not in client.get(reverse("talent:reward_guideline_edit", args=[cycle.pk])).content.decode()
