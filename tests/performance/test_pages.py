"""Every page opens for whom it is meant, says what is there, and asks the same number of queries for one row and three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hrportal.people.enums import EmploymentStatus, Role
from performance import actions
from performance.enums import ReviewState, SectionKind, Side
from performance.forms.people import PersonField
from performance.models import Objective, Review, ReviewCycle
from tests.factories.people import CompetencyFactory, EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import (
    FeedbackFactory,
    KeyResultFactory,
    ObjectiveFactory,
    RatingScaleFactory,
    ReviewCycleFactory,
    ReviewFactory,
    ReviewTemplateFactory,
    everything_written,
    part_of,
    required_question,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


def signed_in(client, user):
    client.force_login(user)
    return client


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_a_withdrawn_review_is_not_said_to_be_rated_or_shared_later(client):
    review = ReviewFactory(state=ReviewState.WITHDRAWN)
    signed_in(client, make_user(Role.HR_LEADER))

    page = client.get(reverse("people:employee_detail", args=[review.employee_id])).content.decode()

    assert "Not rated<" in page
    assert "yet<" not in page.split("Withdrawn")[1].split("</li>")[0]


def test_review_list_asks_the_same_for_one_and_three(client):
    manager, cycle = make_user(), ReviewCycleFactory()
    signed_in(client, manager)
    url = reverse("performance:review_list") + "?show=to_write"
    ReviewFactory(cycle=cycle, employee=EmployeeFactory(manager=manager.employee))

    for_one = queries(client, url)
    for _ in range(2):
        ReviewFactory(cycle=cycle, employee=EmployeeFactory(manager=manager.employee))

    assert queries(client, url) == for_one


def test_goal_list_asks_the_same_for_one_and_three(client):
    user = make_user()
    signed_in(client, user)
    KeyResultFactory(objective=ObjectiveFactory(owner=user.employee))

    for_one = queries(client, reverse("performance:objective_list"))
    for _ in range(2):
        KeyResultFactory(objective=ObjectiveFactory(owner=user.employee))

    assert queries(client, reverse("performance:objective_list")) == for_one


def test_feedback_list_asks_the_same_for_one_and_three(client):
    user = make_user()
    signed_in(client, user)
    FeedbackFactory(recipient=user.employee)

    for_one = queries(client, reverse("performance:feedback_list"))
    FeedbackFactory.create_batch(2, recipient=user.employee)

    assert queries(client, reverse("performance:feedback_list")) == for_one


def test_cycle_list_and_dashboard_ask_the_same_for_one_and_three(client):
    signed_in(client, make_user(Role.HR_LEADER))
    cycle = ReviewFactory().cycle
    urls = [reverse("performance:cycle_list"), reverse("performance:cycle_detail", args=[cycle.pk])]

    for_one = [queries(client, url) for url in urls]
    for _ in range(2):
        ReviewFactory(cycle=cycle, employee__org_unit=OrgUnitFactory(), employee__manager=None, reviewer=None)
        ReviewFactory()

    assert [queries(client, url) for url in urls] == for_one


def test_desk_asks_the_same_however_much_lies_beside_it(client, review):
    signed_in(client, make_user(employee=review.reviewer))
    url = reverse("performance:review_write", args=[review.pk])
    KeyResultFactory(objective__owner=review.employee)
    FeedbackFactory(recipient=review.employee)
    client.get(url)

    for_one = queries(client, url)
    for _ in range(2):
        KeyResultFactory(objective__owner=review.employee)
        FeedbackFactory(recipient=review.employee)

    assert queries(client, url) == for_one


def test_the_desk_saves_and_submits_without_script(client, review):
    signed_in(client, make_user(employee=review.reviewer))
    url = reverse("performance:review_write", args=[review.pk])
    written = everything_written(review)
    fields = {
        "version": 1,
        f"answer_{required_question(review.cycle).pk}": "She kept the line running.",
        "overall_rating": written["overall_rating"],
        "need_0_description": "Speak earlier in meetings",
        "need_0_competency": "",
        "step": "submit",
    }

    answer = client.post(url, fields, follow=True)

    review.refresh_from_db()
    assert review.state == ReviewState.SUBMITTED
    assert answer.redirect_chain[-1][0] == reverse("performance:review_receipt", args=[review.pk])
    assert b"She kept the line running." in answer.content
    assert b"Speak earlier in meetings" in answer.content


def test_submitting_too_early_names_what_is_missing_and_keeps_the_text(client, review):
    signed_in(client, make_user(employee=review.reviewer))
    url = reverse("performance:review_write", args=[review.pk])
    fields = {"version": 1, f"answer_{required_question(review.cycle).pk}": "A start.", "step": "submit"}

    answer = client.post(url, fields)

    assert answer.status_code == 422
    assert b"Still missing: Overall rating" in answer.content
    assert part_of(review).answers.get().text == "A start."


def test_autosave_answers_the_new_version_and_keeps_what_was_not_in_the_form(client, review):
    signed_in(client, make_user(employee=review.reviewer))
    url = reverse("performance:review_save", kwargs={"pk": review.pk, "side": Side.MANAGER})
    question = required_question(review.cycle)
    actions.save_part(part_of(review), by=None, version=1, changes=everything_written(review))

    answer = client.post(url, {"version": 2, "need_0_description": "Delegate"})

    part = part_of(review)
    assert answer.json()["version"] == 3
    assert part.answers.get(question=question).text == "A good year."
    assert part.overall_rating is not None
    assert part.development_needs.get().description == "Delegate"


def test_autosave_from_an_old_tab_answers_both_versions_and_overwrites_nothing(client, review):
    signed_in(client, make_user(employee=review.reviewer))
    url = reverse("performance:review_save", kwargs={"pk": review.pk, "side": Side.MANAGER})
    field = f"answer_{required_question(review.cycle).pk}"
    client.post(url, {"version": 1, field: "From the first tab"})

    answer = client.post(url, {"version": 1, field: "From the second tab"})

    assert answer.status_code == 409
    assert answer.json()["version"] == 2
    assert answer.json()["theirs"][field] == "From the first tab"
    assert part_of(review).answers.get().text == "From the first tab"


def test_a_plain_save_from_an_old_tab_shows_both_texts(client, review):
    signed_in(client, make_user(employee=review.reviewer))
    url = reverse("performance:review_write", args=[review.pk])
    field = f"answer_{required_question(review.cycle).pk}"
    client.post(url, {"version": 1, field: "From the first tab"})

    answer = client.post(url, {"version": 1, field: "From the second tab"})

    assert answer.status_code == 409
    assert b"From the first tab" in answer.content
    assert b"From the second tab" in answer.content


def test_autosave_after_submitting_is_refused_in_words(client, review):
    signed_in(client, make_user(employee=review.reviewer))
    actions.save_part(part_of(review), by=None, version=1, changes=everything_written(review))
    actions.submit_review(review, by=None)
    url = reverse("performance:review_save", kwargs={"pk": review.pk, "side": Side.MANAGER})

    answer = client.post(url, {"version": 2, "overall_rating": ""})

    assert answer.status_code == 422
    assert part_of(review).overall_rating is not None


def test_the_self_assessment_is_written_at_the_same_desk(client):
    review = ReviewFactory(state=ReviewState.SELF_ASSESSMENT)
    signed_in(client, make_user(employee=review.employee))
    url = reverse("performance:self_assessment_write", args=[review.pk])

    page = client.get(url)
    answer = client.post(
        url, {"version": 1, f"answer_{required_question(review.cycle).pk}": "I learnt a lot.", "step": "submit"}
    )

    assert page.status_code == 200
    assert b"need_0_description" not in page.content
    assert answer.status_code == 302
    review.refresh_from_db()
    assert review.state == ReviewState.MANAGER_REVIEW


STEP_PAGES = {
    "self_assessment_skip": (ReviewState.SELF_ASSESSMENT, {}, ReviewState.MANAGER_REVIEW),
    "review_return": (ReviewState.SUBMITTED, {"reason": "Please give examples"}, ReviewState.MANAGER_REVIEW),
    "review_withdraw": (ReviewState.MANAGER_REVIEW, {"reason": "Left"}, ReviewState.WITHDRAWN),
    "review_share": (ReviewState.COMPLETED, {}, ReviewState.SHARED),
    "review_reopen": (ReviewState.SHARED, {"reason": "Wrong numbers"}, ReviewState.MANAGER_REVIEW),
    "review_approve": (ReviewState.SECOND_APPROVAL, {}, ReviewState.SUBMITTED),
}


@pytest.mark.parametrize("name", STEP_PAGES)
def test_hr_takes_a_step_on_its_page(client, name):
    before, fields, after = STEP_PAGES[name]
    review = ReviewFactory(state=before, completed_at="2026-11-01T12:00Z")
    signed_in(client, make_user(Role.HR_LEADER))
    url = reverse(f"performance:{name}", args=[review.pk])

    page, answer = client.get(url), client.post(url, fields)

    assert (page.status_code, answer.status_code) == (200, 302)
    review.refresh_from_db()
    assert review.state == after


def test_hr_reassigns_by_employee_number(client, review):
    successor = EmployeeFactory()
    signed_in(client, make_user(Role.HR_LEADER))
    url = reverse("performance:review_reassign", args=[review.pk])

    client.post(url, {"to": successor.employee_number, "reason": "New manager"})

    review.refresh_from_db()
    assert review.reviewer == successor


def test_an_unknown_reviewer_is_refused_in_words(client, review):
    signed_in(client, make_user(Role.HR_LEADER))

    answer = client.post(reverse("performance:review_reassign", args=[review.pk]), {"to": "nobody", "reason": "x"})

    assert answer.status_code == 422
    assert b"Nobody who works here has this number" in answer.content


def test_the_employee_acknowledges(client):
    review = ReviewFactory(state=ReviewState.SHARED, completed_at="2026-11-01T12:00Z")
    signed_in(client, make_user(employee=review.employee))

    client.post(reverse("performance:review_acknowledge", args=[review.pk]), {"comment": "Thank you."})

    review.refresh_from_db()
    assert review.acknowledgement_comment == "Thank you."


def test_a_cycle_is_drafted_previewed_and_launched(client, deliver_events):
    template, scale = ReviewTemplateFactory(), RatingScaleFactory()
    EmployeeFactory.create_batch(2)
    EmployeeFactory(hired_on="2026-12-01")
    EmployeeFactory(status="left")
    hr = make_user(Role.HR_LEADER)
    signed_in(client, hr)
    fields = {
        "name": "Year 2026",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "hired_until": "2026-10-01",
        "template": template.pk,
        "scale": scale.pk,
        "is_calibrated": "on",
    }

    answer = client.post(reverse("performance:cycle_create"), fields)

    cycle = ReviewCycle.objects.get()
    preview = client.get(answer["Location"])
    assert b"were hired too late for this cycle" in preview.content
    assert b"do not work here now" in preview.content

    client.get(reverse("performance:cycle_launch", args=[cycle.pk]))
    client.post(reverse("performance:cycle_launch", args=[cycle.pk]))
    assert client.get(reverse("performance:cycle_detail", args=[cycle.pk])).status_code == 200
    deliver_events()

    assert Review.objects.filter(cycle=cycle).count() == 3  # two, and HR
    assert client.get(reverse("performance:cycle_detail", args=[cycle.pk])).status_code == 200


def test_a_guideline_must_total_100(client):
    cycle = ReviewCycleFactory(state="draft")
    signed_in(client, make_user(Role.HR_LEADER))
    url = reverse("performance:cycle_guideline", args=[cycle.pk])

    refused = client.post(url, {"level_3": "60"})
    taken = client.post(url, {"level_3": "60", "level_4": "40"})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert dict(cycle.guideline.values_list("value", "percent")) == {3: 60, 4: 40}


def test_sharing_a_cycle_is_a_job(client, deliver_events):
    review = ReviewFactory(state=ReviewState.COMPLETED, completed_at="2026-11-01T12:00Z")
    signed_in(client, make_user(Role.HR_LEADER))

    client.post(reverse("performance:cycle_share", args=[review.cycle_id]))
    deliver_events()

    review.refresh_from_db()
    assert review.state == ReviewState.SHARED


def test_a_template_is_designed_section_by_section(client):
    signed_in(client, make_user(Role.HR_LEADER))
    client.post(reverse("performance:template_create"), {"name": "Quarterly", "introduction": ""})
    from performance.models import ReviewTemplate  # noqa: PLC0415

    template, competency = ReviewTemplate.objects.get(), CompetencyFactory()
    url = reverse("performance:section_create", args=[template.pk])
    none = {"questions-TOTAL_FORMS": "0", "questions-INITIAL_FORMS": "0"}
    question = {
        "questions-TOTAL_FORMS": "1",
        "questions-INITIAL_FORMS": "0",
        "questions-0-text": "What went well?",
        "questions-0-asked_of": "both",
        "questions-0-is_required": "on",
    }

    client.post(url, {"kind": SectionKind.QUESTIONS, "title": "Questions", **question})
    client.post(url, {"kind": SectionKind.COMPETENCIES, "title": "Skills", "competencies": [competency.pk], **none})
    first, second = template.sections.all()
    client.post(reverse("performance:section_move", args=[template.pk, second.pk]), {"direction": "up"})

    assert [section.title for section in template.sections.all()] == ["Skills", "Questions"]
    assert first.questions.get().is_required
    assert second.competencies.get().competency == competency
    for name, args in [
        ("template_list", []),
        ("template_detail", [template.pk]),
        ("section_edit", [template.pk, first.pk]),
    ]:
        assert client.get(reverse(f"performance:{name}", args=args)).status_code == 200
    client.post(reverse("performance:section_remove", args=[template.pk, first.pk]))
    assert template.sections.count() == 1


def test_a_scale_is_made_and_changed(client):
    signed_in(client, make_user(Role.HR_LEADER))
    fields = {"name": "Two steps", "levels-TOTAL_FORMS": "2", "levels-INITIAL_FORMS": "0"}
    for line, label in enumerate(["No", "Yes"]):
        fields |= {f"levels-{line}-value": line + 1, f"levels-{line}-label": label}

    one_level = client.post(reverse("performance:scale_create"), fields | {"levels-1-value": "", "levels-1-label": ""})
    made = client.post(reverse("performance:scale_create"), fields)

    from performance.models import RatingScale  # noqa: PLC0415

    scale = RatingScale.objects.get()
    assert (one_level.status_code, made.status_code) == (422, 302)
    assert [level.label for level in scale.levels.all()] == ["No", "Yes"]
    shown = client.get(reverse("performance:scale_edit", args=[scale.pk]))
    assert shown.status_code == 200
    assert "Saved." in shown.content.decode()


def goal_fields(**fields):
    return {
        "title": "Fewer returns",
        "level": "individual",
        "kind": "business",
        "weight": "1",
        "starts_on": "2026-01-01",
        "due_on": "2026-12-31",
        "results-TOTAL_FORMS": "1",
        "results-INITIAL_FORMS": "0",
        "results-0-title": "Returns per month",
        "results-0-measure": "number",
        "results-0-baseline": "90",
        "results-0-target": "30",
        "results-0-weight": "1",
        **fields,
    }


def test_a_goal_is_set_measured_and_closed(client):
    user = make_user()
    signed_in(client, user)

    client.post(reverse("performance:objective_create"), goal_fields())
    goal = Objective.objects.get()
    result = goal.key_results.get()
    url = reverse("performance:check_in_create", args=[result.pk])
    client.post(url, {f"result-{result.pk}-value": "60", f"result-{result.pk}-confidence": "at_risk"})
    page = client.get(reverse("performance:objective_detail", args=[goal.pk]))

    assert goal.owner == user.employee
    assert b"50 %" in page.content
    client.post(reverse("performance:objective_close", args=[goal.pk]), {"state": "closed"})
    goal.refresh_from_db()
    assert goal.state == "closed"
    assert client.get(reverse("performance:objective_detail", args=[goal.pk])).status_code == 200


def test_a_goal_for_somebody_one_does_not_lead_is_refused(client):
    stranger = EmployeeFactory()
    signed_in(client, make_user())

    answer = client.post(reverse("performance:objective_create"), goal_fields(person=stranger.employee_number))

    assert answer.status_code == 422
    assert not Objective.objects.exists()


def test_editing_a_goal_changes_and_adds_key_results(client):
    user = make_user()
    result = KeyResultFactory(objective=ObjectiveFactory(owner=user.employee))
    signed_in(client, user)
    url = reverse("performance:objective_edit", args=[result.objective_id])
    fields = goal_fields(**{"results-0-id": result.pk, "results-0-title": "Renamed"})

    assert client.get(url).status_code == 200
    assert client.post(url, fields).status_code == 302

    result.refresh_from_db()
    assert (result.title, result.target) == ("Renamed", 30)


def test_feedback_is_given_to_a_colleague(client):
    giver, recipient = make_user(), make_user()
    signed_in(client, giver)
    fields = {
        "person": recipient.employee.work_email,
        "kind": "praise",
        "visibility": "recipient",
        "text": "Your talk was clear.",
    }

    client.post(reverse("performance:feedback_give"), fields)

    page = signed_in(client, recipient).get(reverse("performance:feedback_list"))
    assert b"Your talk was clear." in page.content


def test_only_praise_goes_to_everyone(client):
    signed_in(client, make_user())
    fields = {"person": EmployeeFactory().employee_number, "kind": "coaching", "visibility": "everyone", "text": "Hm"}

    answer = client.post(reverse("performance:feedback_give"), fields)

    assert answer.status_code == 422
    assert b"Only praise can be shown to everyone." in answer.content


def test_a_colleague_is_found_by_what_was_suggested(client):
    person = EmployeeFactory(first_name="Noor", last_name="Haddad")
    for status in (EmploymentStatus.PENDING, EmploymentStatus.LEFT):
        EmployeeFactory(first_name="Noor", last_name="Haddad", status=status)
    signed_in(client, make_user())
    suggesting = PersonField().widget.attrs["hx-get"]

    (line,) = client.get(suggesting, {"to": "noor had"}).context["options"]

    assert PersonField().clean(line[0]) == person


@pytest.mark.parametrize("name", ["review_list", "objective_list", "feedback_list"])
@pytest.mark.parametrize("roles", [[], [Role.MANAGER], [Role.HRBP], [Role.HR_LEADER], [Role.EXECUTIVE], [Role.ADMIN]])
def test_lists_open_for_every_role_and_explain_themselves_when_empty(client, name, roles):
    signed_in(client, make_user(*roles))

    whole = client.get(reverse(f"performance:{name}"))
    part = client.get(reverse(f"performance:{name}"), headers={"HX-Request": "true"})

    assert (whole.status_code, part.status_code) == (200, 200)
    assert b'class="empty"' in whole.content
    assert b"<html" not in part.content


@pytest.mark.parametrize("name", ["cycle_list", "cycle_create", "template_list", "scale_create"])
def test_designing_is_closed_to_all_but_hr(client, name):
    signed_in(client, make_user(Role.MANAGER))

    assert client.get(reverse(f"performance:{name}")).status_code == 404
