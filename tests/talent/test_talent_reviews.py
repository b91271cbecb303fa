"""Talent reviews from the list of people to decisions and tasks: what each step does, refuses, and who may."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.home.work import work_of
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from talent.actions import review_board as board
from talent.actions import review_decisions as decisions
from talent.actions import talent_reviews as steps
from talent.models import (
    BoxMove,
    BoxPlacement,
    MemberNote,
    PlanItem,
    PoolMember,
    RetentionPlan,
    ReviewMember,
    ReviewTask,
    Successor,
    TalentReview,
)
from talent.talent_reviews.boxes import Box, boxes_of, number_of
from talent.talent_reviews.card import performance_figure, potential_figure
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.potential import PotentialAssessmentFactory
from tests.factories.talent import CalibratedRatingFactory, SuccessionPlanFactory, TalentProfileFactory
from tests.factories.talent_reviews import (
    MemberDecisionFactory,
    ReviewMemberFactory,
    ReviewSeatFactory,
    ReviewTaskFactory,
    TalentReviewFactory,
    a_week_on,
)
from tests.talent.company import VIEWERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(db):
    return make_user("hrleader")


@pytest.fixture
def review(company):
    return TalentReviewFactory(org_unit=company.unit)


@pytest.fixture
def member(company, review):
    return ReviewMemberFactory(review=review, employee=company.person)


def rated(person, value=4, ago=30):
    today = timezone.localdate()
    profile = TalentProfileFactory(employee=person)
    return CalibratedRatingFactory(profile=profile, value=value, period_ends_on=today - datetime.timedelta(days=ago))


def test_numbers_of_boxes_are_those_of_a_number_pad():
    assert [number_of(*bands) for bands in ((1, 1), (3, 1), (2, 2), (1, 3), (3, 3))] == [1, 3, 5, 7, 9]
    assert all(number_of(Box(n, "", "").performance, Box(n, "", "").potential) == n for n in range(1, 10))


def test_the_list_is_written_with_figures_and_holds_back_whom_they_do_not_place(company, leader):
    rated(company.person, 5)
    rated(company.boss, 4, ago=900)
    PotentialAssessmentFactory(employee=company.person, level=4.0, low=3.6, high=4.4, raters=2)
    review = steps.create_talent_review(by=leader, name="Spring", org_unit=company.unit, participants=[company.head])

    steps.prepare_talent_review(review, by=leader)
    run_due_jobs()

    person = ReviewMember.objects.get(employee=company.person)
    boss = ReviewMember.objects.get(employee=company.boss)
    assert (person.box, person.figures_box, person.potential) == (9, 9, 4.0)
    assert (boss.box, boss.performance is not None, boss.potential) == (None, True, None)
    assert not ReviewMember.objects.filter(employee=company.head).exists()  # nobody is above them
    review.refresh_from_db()
    assert (review.state, review.prepared_at is None) == ("preparing", False)
    assert Notice.objects.filter(employee=company.head, kind="talent.talent_review_prepared").count() == 1


def test_writing_the_list_again_keeps_notes_and_drops_whoever_left(company, leader):
    review = steps.create_talent_review(by=leader, name="Spring", org_unit=company.unit)
    steps.prepare_talent_review(review, by=leader)
    run_due_jobs()
    note = MemberNote.objects.create(
        member=ReviewMember.objects.get(employee=company.person), employee=company.boss, note="Grew a lot"
    )
    company.boss.status = "left"
    company.boss.save()

    steps.open_talent_review(TalentReview.objects.get(), by=leader)
    run_due_jobs()

    assert list(ReviewMember.objects.values_list("employee", flat=True)) == [company.person.pk]
    assert MemberNote.objects.get() == note
    assert TalentReview.objects.get().state == "open"


def test_an_open_review_is_not_opened_again_and_nothing_changes(review, member, leader):
    with pytest.raises(ActionError, match="already: Open"):
        steps.open_talent_review(review, by=leader)

    assert not Fact.objects.exists()


def test_cut_points_and_population_stay_from_the_opening_on(review, leader):
    with pytest.raises(ActionError, match="stay as they were"):
        steps.edit_talent_review(review, by=leader, performance_low=2.0)

    assert TalentReview.objects.get().performance_low == 2.5


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"performance_low": 4.0}, "performance_high"),
        ({"boxes": [{"label": ""}] * 9}, "boxes"),
        ({"held_on": datetime.date(2026, 1, 1), "prepare_until": datetime.date(2026, 2, 1)}, "prepare_until"),
    ],
)
def test_a_review_that_contradicts_itself_is_refused(changes, field, leader):
    with pytest.raises(ActionError) as refusal:
        steps.create_talent_review(by=leader, **{"name": "Spring"} | changes)

    assert refusal.value.field == field
    assert not TalentReview.objects.exists()


def test_a_move_needs_words_and_becomes_history(member, leader):
    with pytest.raises(ActionError) as refusal:
        board.move_member(member, by=leader, box=6, version=1, rationale=" ")
    moved = board.move_member(member, by=leader, box=6, version=1, rationale="Led two launches")

    assert refusal.value.field == "rationale"
    assert (moved.box, moved.version, moved.rationale) == (6, 2, "Led two launches")
    move = BoxMove.objects.get()
    assert (move.from_box, move.to_box, move.rationale, move.moved_by) == (5, 6, "Led two launches", leader.employee)
    fact = Fact.objects.get(topic="talent.member_moved")
    assert (fact.person_id, fact.data) == (member.employee_id, {"review": member.review_id, "move": move.pk})


def test_the_second_of_two_movers_is_told_and_changes_nothing(member, leader):
    board.move_member(member, by=leader, box=6, version=1, rationale="First")

    with pytest.raises(StaleVersion, match="meanwhile") as stale:
        board.move_member(member, by=leader, box=4, version=1, rationale="Second")

    assert (stale.value.version, stale.value.theirs["box"]) == (2, 6)
    assert ReviewMember.objects.get().box == 6


def test_only_ones_own_last_move_is_taken_back(member, leader):
    other = make_user("hrleader")
    board.move_member(member, by=leader, box=6, version=1, rationale="First")
    with pytest.raises(ActionError, match="only your own"):
        board.undo_member_move(member, by=other, version=2)
    undone = board.undo_member_move(member, by=leader, version=2)

    assert (undone.box, BoxMove.objects.count()) == (5, 2)


def test_fresh_figures_place_whoever_nobody_has_placed(company, review, leader):
    held = ReviewMemberFactory(review=review, employee=company.person, box=None, figures_box=None, potential=None)
    placed = ReviewMemberFactory(
        review=review, employee=company.boss, box=2, figures_box=None, potential=None, rationale="By hand"
    )
    for person in (company.person, company.boss):
        rated(person, 5)
        PotentialAssessmentFactory(employee=person, level=4.0, low=3.6, high=4.4, raters=2)

    board.take_figures([held, placed], by=leader)

    held.refresh_from_db()
    placed.refresh_from_db()
    assert (held.box, placed.box, placed.figures_box) == (9, 2, 9)
    assert BoxMove.objects.get().moved_by is None


def test_concluding_dates_each_place_and_says_what_was_stale(company, review, leader):
    rated(company.person, 3, ago=500)
    member = ReviewMemberFactory(review=review, employee=company.person, box=5, figures_box=None)
    ReviewMemberFactory(review=review, employee=company.boss, box=None, figures_box=None)
    board.move_member(member, by=leader, box=6, version=1, rationale="Led two launches")

    steps.conclude_talent_review(review, by=leader)

    placement = BoxPlacement.objects.get()
    assert (placement.box, placement.label, placement.decided_by) == (6, boxes_of(review)[6].label, leader.employee)
    assert [stored["kind"] for stored in placement.rested_on_stale] == ["rating"]
    with pytest.raises(ActionError, match="already: Concluded"):
        board.move_member(member, by=leader, box=7, version=2, rationale="Too late")


def decide(member, leader, kind="trajectory", **fields):
    task = decisions.TaskSeed("See to it", fields.pop("owner", leader.employee), a_week_on())
    given = {"what": "Something", "reason": "Because of this", "trajectory": "up", "task": task} | fields
    return decisions.decide_on_member(member, by=leader, kind=kind, **given)


def test_a_decision_becomes_a_task_of_somebody_else(company, member, leader):
    decision = decide(member, leader, owner=company.boss)

    task = ReviewTask.objects.get()
    assert (task.decision, task.owner, decision.trajectory) == (decision, company.boss, "up")
    assert Notice.objects.get(kind="talent.review_task").employee == company.boss


def test_nobody_gets_a_task_about_themselves_nor_about_whom_they_report_to(company, member, leader):
    below = EmployeeFactory(manager=company.person, org_unit=company.unit)
    for owner in (company.person, below):
        with pytest.raises(ActionError) as refusal:
            decide(member, leader, owner=owner)
        assert refusal.value.field == "owner"

    assert not ReviewTask.objects.exists()
    assert not Fact.objects.exists()


def test_decisions_are_carried_out_where_they_belong(company, member, leader):
    from tests.factories.potential import TalentPoolFactory  # noqa: PLC0415

    plan, pool = SuccessionPlanFactory(), TalentPoolFactory()

    made = [
        decide(member, leader, "succession", target=plan, readiness="soon"),
        decide(member, leader, "high_potential", target=pool),
        decide(member, leader, "development", target=True, what="Lead a project across sites"),
        decide(member, leader, "retention", target=["career"]),
        decide(member, leader, "succession"),
    ]

    rows = [Successor.objects.get(), PoolMember.objects.get(), PlanItem.objects.get(), RetentionPlan.objects.get()]
    assert [decision.reference for decision in made] == [f"{row._meta.label_lower}:{row.pk}" for row in rows] + [""]
    assert {row.employee_id for row in (rows[0], rows[1], rows[3])} == {company.person.pk}


def test_where_the_other_topic_refuses_nothing_is_decided(company, member, leader):
    plan = SuccessionPlanFactory(position=company.seat)
    decide(member, leader, "succession", target=plan, readiness="soon")

    with pytest.raises(ActionError, match="already on the bench"):
        decide(member, leader, "succession", target=plan, readiness="soon")

    assert ReviewTask.objects.count() == 1


def test_a_task_ends_once_with_a_note(company, member, leader):
    task = ReviewTaskFactory(decision__member=member, owner=company.boss)
    done = decisions.complete_review_task(task, by=make_user(employee=company.boss), note="We talked")
    with pytest.raises(ActionError, match="already: Done"):
        decisions.drop_review_task(task, by=leader, reason="No longer")

    assert (done.state, done.note, done.ended_by) == ("done", "We talked", company.boss)


def test_my_work_names_the_person_only_to_whom_may_know(company, member):
    ReviewTaskFactory(decision__member=member, owner=company.boss)
    user = make_user(employee=company.boss)

    (section,) = [section for section in work_of(user) if str(section.title) == "Talent reviews"]
    before = [task.detail for task in section.tasks]
    ReviewSeatFactory(review=member.review, employee=company.boss)
    (section,) = [section for section in work_of(user) if str(section.title) == "Talent reviews"]

    assert before == ["Task from a talent review"]
    assert section.tasks[0].detail == company.person.name


def test_notes_are_of_those_at_the_table_about_people_below(company, member):
    TalentReview.objects.update(state="preparing", prepared_at=timezone.now())
    ReviewSeatFactory(review=member.review, employee=company.boss)
    ReviewSeatFactory(review=member.review, employee=company.head)
    boss, head, person = (make_user(employee=each) for each in (company.boss, company.head, company.person))
    member = ReviewMember.objects.get()

    allowed = [user.has_perm("talent.note_member", member) for user in (boss, head, person)]
    board.note_member(member, by=boss, note="Grew a lot", box=6)
    board.note_member(member, by=boss, note="Grew, with help", box=8)

    assert allowed == [True, True, False]
    note = MemberNote.objects.get()
    assert (note.note, note.box, note.employee) == ("Grew, with help", 8, company.boss)
    assert list(MemberNote.objects.visible_to(head)) == []


def test_notes_end_with_their_day(company, member):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    TalentReview.objects.update(state="preparing", prepared_at=timezone.now(), prepare_until=yesterday)

    with pytest.raises(ActionError, match="is over"):
        board.note_member(ReviewMember.objects.get(), by=make_user(employee=company.boss), note="Late")


SEES = {"partner", "hr_leader"}
READS_DECIDED = {"partner", "hr_leader", "executive"}


@pytest.mark.parametrize("name", VIEWERS)
@pytest.mark.parametrize(("state", "readers"), [("open", SEES), ("concluded", READS_DECIDED)])
def test_who_sees_a_member(company, member, name, state, readers):
    TalentReview.objects.update(state=state)
    user = company.viewer(name)

    sees = ReviewMember.objects.visible_to(user).exists()

    assert sees == (name in readers)
    assert TalentReview.objects.visible_to(user).exists() == (sees or name == "partner_below")


def test_the_table_sees_all_but_itself_and_those_above_until_the_archive(company, review):
    for person in (company.person, company.boss, company.head):
        ReviewMemberFactory(review=review, employee=person)
    other = ReviewMemberFactory(review=review)
    ReviewSeatFactory(review=review, employee=company.boss)
    user = make_user(employee=company.boss)

    seen = set(ReviewMember.objects.visible_to(user))
    TalentReview.objects.update(state="archived")

    assert seen == {ReviewMember.objects.get(employee=company.person), other}
    assert not ReviewMember.objects.visible_to(user).exists()


def test_a_manager_reads_decided_places_where_hr_opened_potential(company, member, leader):
    from talent.models import Opening  # noqa: PLC0415

    TalentReview.objects.update(state="concluded")
    user = company.viewer("manager")
    before = ReviewMember.objects.visible_to(user).exists()
    Opening.objects.create(topic="potential", org_unit=company.unit, reason="Agreed")

    assert (before, ReviewMember.objects.visible_to(user).exists()) == (False, True)


def test_figures_can_be_worked_out_by_hand_from_what_the_page_shows(company, review, leader, client):
    rated(company.person, 5)
    PotentialAssessmentFactory(employee=company.person, level=4.0, low=3.6, high=4.4, raters=2)
    member = ReviewMemberFactory(review=review, employee=company.person)
    board.take_figures([member], by=leader)
    member.refresh_from_db()

    performance = performance_figure(member)

    assert performance.total / performance.weight == pytest.approx(member.performance)
    client.force_login(leader)
    page = client.get(reverse("talent:review_member_detail", args=[member.pk])).content.decode()
    for line in performance.lines:
        assert f"{line.weight:g}" in page
    assert potential_figure(ReviewMemberFactory()).total / 3 == pytest.approx(3.0)


def get(client, name, *args, **query):
    return client.get(reverse(f"talent:{name}", args=args), query)


PAGES = ("talent_review_detail", "talent_review_board", "talent_review_risks", "talent_review_decisions")


@pytest.mark.parametrize(
    "page", [*PAGES, "talent_review_list", "talent_review_compare", "talent_review_minutes", "list"]
)
def test_pages_ask_as_often_for_three_people_as_for_one(company, review, leader, client, page):
    def full(person):
        one = ReviewMemberFactory(review=review, employee=person)
        ReviewTaskFactory(decision__member=one)
        MemberNote.objects.create(member=one, employee=company.head, note="Words", box=6)
        BoxPlacement.objects.create(member=one, box=5, label="Core")

    def count():
        args = [] if page == "talent_review_list" else [review.pk]
        name = "talent_review_board" if page == "list" else page
        query = {"view": "list"} if page == "list" else {}
        if page == "talent_review_compare":
            query = {"cards": list(ReviewMember.objects.values_list("pk", flat=True))}
        with CaptureQueriesContext(connection) as captured:
            response = client.get(reverse(f"talent:{name}", args=args), query)
        assert response.status_code == 200, response
        return len(captured)

    client.force_login(leader)
    full(company.person)
    full(company.boss)
    if page == "talent_review_list":
        TalentReviewFactory(org_unit=company.unit)
    few = count()
    full(EmployeeFactory(org_unit=company.unit, manager=company.boss))
    TalentReviewFactory()
    TalentReviewFactory()

    assert count() == few


def test_a_move_over_htmx_answers_with_the_card_the_numbers_and_the_way_back(member, leader, client):
    client.force_login(leader)
    url = reverse("talent:review_member_move", args=[member.pk])
    headers = {"HX-Request": "true"}

    refused = client.post(url, {"box": 6, "version": 1, "rationale": ""}, headers=headers)
    moved = client.post(url, {"box": 6, "version": 1, "rationale": "Led two launches"}, headers=headers)
    late = client.post(url, {"box": 0, "version": 1, "rationale": "Second hand"}, headers=headers)

    assert (refused.status_code, moved.status_code, late.status_code) == (422, 200, 409)
    body = moved.content.decode()
    assert f'data-card-now="{member.pk}" data-column-now="6"' in body
    assert reverse("talent:review_member_undo", args=[member.pk]) in body
    assert late.json()["version"] == 2


def test_a_refused_form_keeps_the_words(member, leader, client):
    client.force_login(leader)
    board.move_member(member, by=make_user("hrleader"), box=7, version=1, rationale="First hand")
    url = reverse("talent:review_member_move", args=[member.pk])

    page = client.post(url, {"box": 6, "version": 1, "rationale": "My carefully typed words"})

    assert page.status_code == 409
    assert "My carefully typed words" in page.content.decode()
    assert ReviewMember.objects.get().box == 7


def test_the_grid_says_nothing_while_nothing_changed(member, leader, client):
    client.force_login(leader)
    url = reverse("talent:talent_review_board", args=[member.review_id])
    first = client.get(url, headers={"HX-Request": "true"})
    again = client.get(url, headers={"HX-Request": "true", "If-None-Match": first["ETag"]})
    board.discuss_member(member, by=leader, is_discussed=True)
    changed = client.get(url, headers={"HX-Request": "true", "If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)


def test_concluding_decides_nothing_about_whoever_left_meanwhile(leader):
    gone = ReviewMemberFactory(employee__status="left", employee__left_on=timezone.localdate())
    here = ReviewMemberFactory(review=gone.review)

    steps.conclude_talent_review(gone.review, by=leader)

    assert BoxPlacement.objects.get().member == here


def test_nobody_is_on_record_as_having_decided_about_themselves_or_those_they_report_to(leader):
    above = EmployeeFactory()
    leader.employee.manager = above
    leader.employee.path = above.path + leader.employee.path
    leader.employee.save()
    own = ReviewMemberFactory(employee=leader.employee)
    boss, other = ReviewMemberFactory(review=own.review, employee=above), ReviewMemberFactory(review=own.review)

    steps.conclude_talent_review(own.review, by=leader)

    decided = dict(BoxPlacement.objects.values_list("member", "decided_by"))
    assert decided == {own.pk: None, boss.pk: None, other.pk: leader.employee_id}


def test_forms_make_edit_decide_and_conclude(company, leader, client, deliver_events):
    client.force_login(leader)
    form = client.get(reverse("talent:talent_review_create"))
    fields = {name: field.initial or "" for name, field in form.context["form"].fields.items()}
    fields |= {"name": "Spring", "org_unit": company.unit.code, "participants": company.head.employee_number}
    fields |= {name: getattr(TalentReview(), name) for name in steps.CUTS}
    fields.pop("seat_managers")
    made = client.post(reverse("talent:talent_review_create"), fields)
    review = TalentReview.objects.get()
    edited = client.post(reverse("talent:talent_review_edit", args=[review.pk]), fields | {"label_9": "Next"})
    client.post(reverse("talent:talent_review_open", args=[review.pk]))
    deliver_events()
    member = ReviewMember.objects.get(employee=company.person)
    client.post(reverse("talent:review_member_move", args=[member.pk]), {"box": 9, "version": 1, "rationale": "Seen"})
    form = {"kind": "trajectory", "trajectory": "up", "reason": "Seen", "task": "Talk", "owner": company.boss.pk}
    decided = client.post(reverse("talent:review_member_decide", args=[member.pk]), form | {"due_on": a_week_on()})
    concluded = client.post(reverse("talent:talent_review_conclude", args=[review.pk]))

    assert [made.status_code, edited.status_code, decided.status_code, concluded.status_code] == [302] * 4
    assert BoxPlacement.objects.get().label == "Next"
    assert ReviewTask.objects.get().owner == company.boss


def test_an_earlier_place_stays_a_dated_decision_of_its_meeting(company, leader, client):
    old = ReviewMemberFactory(review__state="archived", employee=company.person)
    BoxPlacement.objects.create(member=old, box=4, label="Results to come", decided_at=timezone.now())
    now = ReviewMemberFactory(review__org_unit=company.unit, employee=company.person)
    client.force_login(leader)

    page = get(client, "review_member_detail", now.pk).content.decode()

    assert "Results to come" in page
    assert old.review.name in page


def test_three_hundred_cards_are_drawn(company, review, leader, client):
    for _ in range(300):
        ReviewMemberFactory(review=review, employee__org_unit=company.unit, employee__manager=company.boss)
    client.force_login(leader)

    with CaptureQueriesContext(connection) as captured:
        page = get(client, "talent_review_board", review.pk)

    assert page.content.decode().count("data-card=") == 300
    assert len(captured) < 45


def test_decisions_ask_for_the_decider_what_they_may(company, member, client):
    facilitator = EmployeeFactory()
    TalentReview.objects.update(facilitator=facilitator)
    client.force_login(make_user(employee=facilitator))

    form = get(client, "review_member_decide", member.pk).context["form"]

    assert not {"plan", "adds_item", "retention"} & form.fields.keys()
    assert MemberDecisionFactory().reference == ""
