"""Who sees which review and what of it: the same answer for rows, rules and pages."""

import pytest
from django.urls import reverse

from hrportal.people.enums import Role
from performance.enums import ReviewState, Side
from performance.models import Feedback, Objective, Review, ReviewCycle, ReviewPart
from tests.factories.people import EmployeeFactory, OrgUnitFactory, RoleGrantFactory, UserFactory, make_chain, make_user
from tests.factories.performance import FeedbackFactory, ObjectiveFactory, ReviewFactory, part_of, rating_of

pytestmark = pytest.mark.django_db

SHARED = {ReviewState.SHARED, ReviewState.DISPUTED, ReviewState.ACKNOWLEDGED}
WHO = [
    "employee",
    "reviewer",
    "boss",
    "top",
    "former_manager",
    "hrbp",
    "hrleader",
    "other_hrbp",
    "executive",
    "admin",
    "stranger",
]
FULLY = {"reviewer", "boss", "top", "hrbp", "hrleader"}


@pytest.fixture
def unit():
    return OrgUnitFactory()


@pytest.fixture
def review(unit):
    """Written by somebody who is not in the line (it was reassigned), rated 4, decided 3."""
    _top, _boss, employee = make_chain(3, org_unit=unit)
    review = ReviewFactory(employee=employee, reviewer=EmployeeFactory(), completed_at="2026-11-01T12:00Z")
    review.proposed_rating, review.final_rating = rating_of(review.cycle, 4), rating_of(review.cycle, 3)
    review.save()
    return review


def user_as(who, review, unit):
    chain = {"boss": review.employee.manager, "top": review.employee.manager.manager}
    people = {"employee": review.employee, "reviewer": review.reviewer, **chain}
    if who in people:
        return make_user(employee=people[who])
    if who in ("hrbp", "other_hrbp"):
        return make_user(Role.HRBP, unit=unit if who == "hrbp" else OrgUnitFactory())
    roles = {"hrleader": Role.HR_LEADER, "executive": Role.EXECUTIVE, "admin": Role.ADMIN}
    return make_user(roles[who], unit=unit if who == "executive" else None) if who in roles else make_user(Role.MANAGER)


@pytest.mark.parametrize("state", ReviewState)
@pytest.mark.parametrize("who", WHO)
def test_rows_parts_and_ratings_agree_with_the_table(who, state, review, unit):
    Review.objects.filter(pk=review.pk).update(state=state)
    review.refresh_from_db()
    other = ReviewFactory(state=state, completed_at="2026-11-01T12:00Z")
    user = user_as(who, review, unit)

    row = Review.objects.visible_to(user).with_ratings_for(user).filter(pk=review.pk).first()
    sides = set(ReviewPart.objects.visible_to(user).filter(review=review).values_list("side", flat=True))

    is_shared = state in SHARED
    assert (row is not None) == (who in FULLY | {"employee"})
    assert sides == ({Side.MANAGER} if who in FULLY else _own_sides(is_shared) if who == "employee" else set())
    if row:
        assert row.may_see_proposed == user.has_perm("performance.see_proposed_rating", review) == (who in FULLY)
        assert row.may_see_final == user.has_perm("performance.see_final_rating", review)
        assert row.may_see_final == (who in FULLY or (who == "employee" and is_shared))
        assert row.shown_proposed == (review.proposed_rating if who in FULLY else None)
    if who not in {"hrleader"}:
        assert not Review.objects.visible_to(user).filter(pk=other.pk).exists()


def _own_sides(is_shared):
    return {Side.SELF, Side.MANAGER} if is_shared else {Side.SELF}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    "step",
    [
        "write_review",
        "submit_review",
        "approve_review",
        "reassign_review",
        "share_review",
        "reopen_review",
        "see_remarks",
    ],
)
def test_steps_are_for_those_the_rules_name(who, step, review, unit):
    allowed = {
        "write_review": {"reviewer"},
        "submit_review": {"reviewer"},
        "approve_review": {"hrbp", "hrleader"},
        "see_remarks": FULLY,
    }.get(step, {"hrbp", "hrleader"})

    assert user_as(who, review, unit).has_perm(f"performance.{step}", review) == (who in allowed)


def test_the_self_assessment_is_read_by_others_only_once_it_was_handed_in(review):
    user = make_user(employee=review.reviewer)
    part = part_of(review, Side.SELF)
    assert part not in ReviewPart.objects.visible_to(user)

    part.submitted_at = "2026-11-01T12:00Z"
    part.save()

    assert part in ReviewPart.objects.visible_to(user)


@pytest.mark.parametrize("role", [Role.HRBP, Role.HR_LEADER])
def test_hr_people_do_not_work_on_their_own_review_nor_a_partner_on_a_superiors(role, unit):
    boss, partner = make_chain(2, org_unit=unit)
    user = make_user(role, employee=partner, unit=unit)
    own = ReviewFactory(employee=partner, state=ReviewState.CALIBRATED)
    superiors = ReviewFactory(employee=boss, reviewer=None)

    assert not user.has_perm("performance.see_proposed_rating", own)
    assert not user.has_perm("performance.share_review", own)
    assert not ReviewPart.objects.visible_to(user).filter(review=own, side=Side.MANAGER).exists()
    assert (superiors in Review.objects.visible_to(user)) == (role == Role.HR_LEADER)


def test_an_hr_leader_without_an_employee_of_their_own_sees_everything(review):
    user = UserFactory()
    RoleGrantFactory(user=user)

    assert review in Review.objects.visible_to(user)


SECRETS = ["Between us only", "Outstanding", "Exceeds expectations", "sent back because"]


@pytest.mark.parametrize("state", sorted(set(ReviewState) - SHARED))
def test_nothing_of_the_managers_reaches_the_employee_before_sharing(client, review, state):
    Review.objects.filter(pk=review.pk).update(
        state=state, proposed_rating=rating_of(review.cycle, 4), final_rating=rating_of(review.cycle, 5)
    )
    part_of(review).answers.create(
        question=review.cycle.template.sections.get(kind="questions").questions.first(), text="Between us only"
    )
    review.remarks.create(kind="returned", revision=1, reason="sent back because")
    client.force_login(make_user(employee=review.employee))
    urls = [
        reverse("performance:review_list") + "?show=own",
        reverse("performance:review_detail", args=[review.pk]),
        reverse("performance:review_receipt", args=[review.pk]),
        reverse("performance:review_write", args=[review.pk]),
        reverse("performance:review_reopen", args=[review.pk]),
    ]

    pages = [client.get(url) for url in urls]

    assert [page.status_code for page in pages] == [200, 200, 200, 403, 403]
    for page in pages:
        assert [secret for secret in SECRETS if secret.encode() in page.content] == []


def test_after_sharing_the_employee_reads_the_final_rating_and_never_the_proposed_one(client, review):
    Review.objects.filter(pk=review.pk).update(state=ReviewState.SHARED)
    ReviewPart.objects.filter(review=review, side=Side.MANAGER).update(overall_rating=rating_of(review.cycle, 4))
    client.force_login(make_user(employee=review.employee))

    for name in ("review_detail", "review_receipt"):
        page = client.get(reverse(f"performance:{name}", args=[review.pk]))
        assert b"Exceeds expectations" not in page.content
    assert b"Meets expectations" in client.get(reverse("performance:review_detail", args=[review.pk])).content


@pytest.mark.parametrize("who", ["former_manager", "other_hrbp", "executive", "admin", "stranger"])
@pytest.mark.parametrize("name", ["review_detail", "review_receipt", "review_write", "review_share", "review_reassign"])
def test_a_review_does_not_exist_for_those_who_may_not_see_it(client, review, unit, who, name):
    client.force_login(user_as(who, review, unit))

    assert client.get(reverse(f"performance:{name}", args=[review.pk])).status_code == 404


def test_drafts_of_cycles_are_hrs_alone():
    from tests.factories.performance import ReviewCycleFactory  # noqa: PLC0415

    draft = ReviewCycleFactory(state="draft")

    assert draft in ReviewCycle.objects.visible_to(make_user(Role.HR_LEADER))
    assert draft not in ReviewCycle.objects.visible_to(make_user(Role.MANAGER))


def test_a_partner_runs_only_cycles_wholly_inside_own_units(unit):
    from tests.factories.performance import ReviewCycleFactory  # noqa: PLC0415

    partner = make_user(Role.HRBP, unit=unit)
    inside, across, everyone = ReviewCycleFactory(), ReviewCycleFactory(), ReviewCycleFactory()
    inside.org_units.add(OrgUnitFactory(parent=unit))
    across.org_units.add(unit, OrgUnitFactory())

    may = [partner.has_perm("performance.launch_cycle", cycle) for cycle in (inside, across, everyone)]

    assert may == [True, False, False]
    assert make_user(Role.HR_LEADER).has_perm("performance.launch_cycle", everyone)


@pytest.mark.parametrize("level", ["individual", "team"])
def test_personal_goals_are_seen_by_the_line_and_hr(level, unit):
    boss, employee = make_chain(2, org_unit=unit)
    goal = ObjectiveFactory(owner=employee, level=level)
    everyone = [make_user(employee=employee), make_user(employee=boss), make_user(Role.HRBP, unit=unit), make_user()]

    seen = [goal in Objective.objects.visible_to(user) for user in everyone]

    assert seen == [True, True, True, level == "team"]


FEEDBACK = {
    "recipient": (True, True, False, False),
    "recipient_and_manager": (True, True, True, False),
    "giver": (True, False, False, False),
    "everyone": (True, True, True, True),
}


@pytest.mark.parametrize("visibility", FEEDBACK)
def test_feedback_is_seen_by_whom_its_giver_chose(visibility):
    boss, employee = make_chain(2)
    giver = EmployeeFactory()
    feedback = FeedbackFactory(giver=giver, recipient=employee, visibility=visibility)
    people = [make_user(employee=person) for person in (giver, employee, boss)] + [make_user()]

    assert tuple(feedback in Feedback.objects.visible_to(user) for user in people) == FEEDBACK[visibility]


def test_who_can_see_this_names_exactly_those_who_can(review, unit):
    from performance.reviews.audience import readers_of  # noqa: PLC0415

    users = [user_as(who, review, unit) for who in WHO]

    listed = {reader.name for reader in readers_of(review)}

    can = {user.employee.name for user in users if user.employee and review in Review.objects.visible_to(user)}
    assert listed == can
