"""What waits for somebody: one query per section, whatever the size of the company."""

from django.urls import reverse
from django.utils.translation import gettext as _

from hrportal.home.work import calibration, reviews, talent, talks
from hrportal.home.work.tasks import Section
from hrportal.people.viewer import Principal


def work_of(user: Principal) -> list[Section]:
    """The sections that hold something for this person, most urgent first."""
    if not user.viewer.employee_id:
        return []
    me = user.viewer.employee_id
    sections = [
        Section(_("Reviews to write"), "pencil", reviews.to_write(user), reverse("performance:review_list")),
        Section(_("Goals to agree"), "bullseye", reviews.goals_to_agree(me), reverse("performance:review_list")),
        Section(_("Reviews to approve"), "check2", reviews.to_approve(user), reverse("performance:review_list")),
        Section(_("Improvement plans"), "life-preserver", reviews.improvement_plans(user)),
        Section(_("To decide"), "arrow-left-right", reviews.changes_of_manager(user)),
        Section(_("Your own review"), "person-check", reviews.own_reviews(me)),
        Section(_("360 feedback"), "people", talks.rounds(user), reverse("performance:round_list")),
        Section(
            _("Feedback you are asked for"),
            "question-circle",
            talks.feedback_to_give(me),
            reverse("performance:feedback_request_list"),
        ),
        Section(_("One-to-ones"), "chat-dots", talks.next_meetings(me), reverse("performance:one_to_one_list")),
        Section(_("Agreed in one-to-ones"), "check2", talks.promises(me), reverse("performance:one_to_one_list")),
        Section(_("For HR to settle"), "life-preserver", calibration.for_hr(user)),
        Section(_("Calibration"), "sliders", calibration.at_tables(user), reverse("calibration:session_list")),
        Section(_("Talent reviews"), "grid-3x3-gap", talent.talent_reviews(user), reverse("talent:talent_review_list")),
        Section(_("Asked by HR"), "person-check", talent.asked_by_hr(user)),
        Section(_("To look at again"), "clock-history", talent.out_of_date(user), reverse("talent:refresh_task_list")),
        Section(_("Vacant critical roles"), "person-x", talent.vacancies(user), reverse("talent:vacancy_list")),
        Section(_("Opportunities"), "briefcase", talent.opportunities(user), reverse("talent:interest_list")),
        Section(_("Development"), "graph-up-arrow", talent.development(me), reverse("talent:plan_list")),
        Section(
            _("Goals without a check-in"), "bullseye", talks.silent_goals(me), reverse("performance:objective_list")
        ),
    ]
    return [section for section in sections if section.tasks]
