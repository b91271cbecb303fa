"""One-to-ones: one meeting planned at a time, what is open stays on the table, and only the two ever read any of it."""

import datetime
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.actions import end_employment, place_employee
from hrportal.people.enums import Role
from performance import actions
from performance.enums import MeetingState, Rhythm
from performance.models import ActionItem, AgendaItem, Meeting, OneToOne, PrivateNote
from performance.one_to_ones.rhythm import next_day
from performance.one_to_ones.talking_points import talking_points
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_chain, make_user
from tests.factories.performance import (
    FeedbackFactory,
    KeyResultFactory,
    ObjectiveFactory,
    OneToOneFactory,
    ReviewFactory,
)

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
days = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31))


class TestRhythm:
    @given(st.sampled_from([Rhythm.WEEKLY, Rhythm.FORTNIGHTLY, Rhythm.MONTHLY]), days, days)
    def test_the_next_day_is_later_and_no_day_of_the_rhythm_is_left_out(self, rhythm, first_on, after):
        found = next_day(rhythm, first_on, after)

        assert found > after
        assert found == first_on or (found - max(after, first_on)).days <= {"weekly": 7, "fortnightly": 14}.get(
            rhythm, 31
        )
        assert next_day(rhythm, first_on, found - DAY) == found

    @given(st.sampled_from([Rhythm.WEEKLY, Rhythm.FORTNIGHTLY]), days, days)
    def test_weeks_keep_their_weekday(self, rhythm, first_on, after):
        assert next_day(rhythm, first_on, after).weekday() == first_on.weekday()

    @given(days, days)
    def test_months_keep_their_day_or_take_the_last(self, first_on, after):
        found = next_day(Rhythm.MONTHLY, first_on, after)

        assert found.day == first_on.day or ((found + DAY).month != found.month and found.day < first_on.day)

    def test_the_31st_comes_back_after_short_months(self):
        first_on, met = datetime.date(2027, 1, 31), []
        day = first_on
        for _ in range(4):
            day = next_day(Rhythm.MONTHLY, first_on, day)
            met.append((day.month, day.day))

        assert met == [(2, 28), (3, 31), (4, 30), (5, 31)]

    def test_without_a_rhythm_there_is_no_next_day(self):
        assert next_day(Rhythm.NONE, TODAY, TODAY) is None


@pytest.fixture
def series(db):
    return OneToOneFactory()


@pytest.fixture
def meeting(series):
    return series.meetings.get()


@pytest.fixture
def manager(series):
    return make_user(employee=series.manager)


@pytest.fixture
def employee(series):
    return make_user(employee=series.employee)


def planned_of(series):
    return series.meetings.get(state=MeetingState.PLANNED)


def acting_for(user):
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), user))
    return caller


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.django_db
class TestSeries:
    def test_it_begins_with_a_planned_meeting_and_the_other_is_told(self):
        manager, employee = make_chain(2)
        user = make_user(employee=employee)

        series = actions.start_one_to_one(by=user, manager=manager, employee=employee, rhythm="weekly", first_on=TODAY)

        assert planned_of(series).held_on == TODAY
        assert [notice.employee for notice in Notice.objects.all()] == [manager]

    @pytest.mark.parametrize("reason", ["not their manager", "running already", "past day"])
    def test_a_refused_beginning_leaves_nothing(self, reason):
        manager, employee = make_chain(2)
        fields = {"manager": manager, "employee": employee, "rhythm": "weekly", "first_on": TODAY}
        if reason == "not their manager":
            fields["manager"] = EmployeeFactory()
        elif reason == "running already":
            OneToOneFactory(employee=employee)
        else:
            fields["first_on"] = TODAY - DAY
        before = OneToOne.objects.count()

        with pytest.raises(ActionError):
            actions.start_one_to_one(by=None, **fields)

        assert OneToOne.objects.count() == before

    def test_holding_plans_the_next_and_the_rhythm_outlives_a_moved_day(self, series, meeting, manager):
        actions.move_meeting(meeting, by=manager, held_on=TODAY + 2 * DAY)
        actions.hold_meeting(meeting, by=manager)

        meeting.refresh_from_db()
        assert (meeting.state, meeting.held_on) == ("held", TODAY)
        assert planned_of(series).held_on == TODAY + 7 * DAY

    def test_every_move_is_told_even_back_and_there_again(self, meeting, manager):
        for day in (2, 0, 2):
            actions.move_meeting(meeting, by=manager, held_on=TODAY + day * DAY)

        assert Notice.objects.filter(kind="performance.meeting_moved").count() == 3

    def test_a_meeting_long_overdue_is_followed_by_one_to_come(self, manager):
        late = OneToOneFactory(
            manager=manager.employee, employee=EmployeeFactory(manager=manager.employee), first_on=TODAY - 30 * DAY
        )

        actions.hold_meeting(late.meetings.get(), by=manager)

        assert TODAY <= planned_of(late).held_on <= TODAY + 7 * DAY
        assert (planned_of(late).held_on - late.first_on).days % 7 == 0

    def test_two_meetings_are_never_planned_at_once(self, series, manager):
        with pytest.raises(ActionError):
            actions.plan_meeting(series, by=manager, held_on=TODAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.create(one_to_one=series, slot_on=TODAY, held_on=TODAY)

        assert series.meetings.count() == 1

    @pytest.mark.parametrize("step", ["hold_meeting", "skip_meeting"])
    def test_two_clicks_settle_a_meeting_once(self, series, meeting, manager, step):
        getattr(actions, step)(meeting, by=manager)

        with pytest.raises(ActionError):
            getattr(actions, step)(meeting, by=manager)

        assert series.meetings.count() == 2

    def test_without_a_rhythm_nothing_is_planned_until_somebody_does(self, series, meeting, manager):
        actions.change_one_to_one(series, by=manager, rhythm="none")
        actions.hold_meeting(meeting, by=manager)
        assert not series.meetings.filter(state="planned").exists()

        actions.plan_meeting(series, by=manager, held_on=TODAY + DAY)

        assert planned_of(series).held_on == TODAY + DAY

    def test_facts_hold_ids_only(self, series, meeting, manager):
        actions.save_meeting_notes(meeting, by=manager, version=1, notes="A secret")
        actions.hold_meeting(meeting, by=manager)

        facts = list(Fact.objects.filter(topic__startswith="performance.meeting").values_list("topic", "data"))
        assert facts == [
            ("performance.meeting_held", {"one_to_one": series.pk}),
            ("performance.meeting_planned", {"one_to_one": series.pk}),
        ]


@pytest.mark.django_db
class TestAnotherManager:
    def test_the_series_ends_by_itself_and_stays_with_the_two(self, series, meeting, deliver_events):
        old, person, new = series.manager, series.employee, EmployeeFactory()
        action = actions.agree_action(series, by=None, owner=person, title="Call the customer")

        place_employee(person, by=None, effective_on=TODAY, manager=new)
        deliver_events()

        series.refresh_from_db()
        assert not series.is_running
        assert not series.meetings.filter(state="planned").exists()
        theirs, hers, news = (make_user(employee=who) for who in (old, person, new))
        assert [OneToOne.objects.visible_to(user).exists() for user in (theirs, hers, news)] == [True, True, False]
        assert [Meeting.objects.visible_to(user).exists() for user in (theirs, hers, news)] == [True, True, False]
        assert ActionItem.objects.visible_to(hers).get() == action
        assert {notice.employee for notice in Notice.objects.filter(kind="performance.one_to_one_ended")} == {
            old,
            person,
        }

    def test_what_was_promised_can_still_be_ticked_off(self, series, employee):
        action = actions.agree_action(series, by=employee, owner=series.employee, title="Call")
        actions.end_one_to_one(series, by=employee)

        actions.complete_action(action, by=employee)

        action.refresh_from_db()
        assert action.done_at

    def test_another_unit_or_job_changes_nothing(self, series, deliver_events):
        place_employee(series.employee, by=None, effective_on=TODAY, org_unit=OrgUnitFactory())
        deliver_events()

        series.refresh_from_db()
        assert series.is_running

    @pytest.mark.parametrize("side", ["employee", "manager"])
    def test_it_ends_when_one_of_the_two_leaves(self, series, side, deliver_events):
        end_employment(getattr(series, side), by=None, left_on=TODAY - DAY)
        deliver_events()

        series.refresh_from_db()
        assert not series.is_running

    def test_nothing_is_written_in_a_series_that_has_ended(self, series, meeting, manager):
        item = actions.add_agenda_item(series, by=manager, title="Budget")
        actions.end_one_to_one(series, by=manager)

        for step in (
            lambda: actions.save_meeting_notes(meeting, by=manager, version=1, notes="Late"),
            lambda: actions.add_agenda_item(series, by=manager, title="More"),
            lambda: actions.discuss_agenda_item(item, by=manager, meeting=meeting),
            lambda: actions.plan_meeting(series, by=manager, held_on=TODAY),
        ):
            with pytest.raises(ActionError):
                step()

        meeting.refresh_from_db()
        assert (meeting.notes, series.agenda.count()) == ("", 1)


@pytest.mark.django_db
class TestAroundTheTable:
    def test_what_was_not_discussed_lies_there_next_time(self, client, series, meeting, manager):
        discussed = actions.add_agenda_item(series, by=manager, title="Holiday")
        actions.add_agenda_item(series, by=manager, title="Budget")
        actions.discuss_agenda_item(discussed, by=manager, meeting=meeting)
        actions.hold_meeting(meeting, by=manager)
        client.force_login(manager)

        following = client.get(planned_of(series).get_absolute_url())
        held = client.get(meeting.get_absolute_url())

        assert [item.title for item in following.context["agenda"]] == ["Budget"]
        assert [item.title for item in held.context["discussed"]] == ["Holiday"]

    def test_open_actions_lie_on_every_table_until_done(self, client, series, meeting, manager):
        action = actions.agree_action(series, by=manager, owner=series.employee, title="Call")
        actions.hold_meeting(meeting, by=manager)
        client.force_login(manager)
        assert list(client.get(planned_of(series).get_absolute_url()).context["actions"]) == [action]

        actions.complete_action(action, by=manager)
        actions.hold_meeting(planned_of(series), by=manager)

        assert list(client.get(planned_of(series).get_absolute_url()).context["actions"]) == []

    def test_an_action_is_one_of_the_twos(self, series, manager):
        with pytest.raises(ActionError):
            actions.agree_action(series, by=manager, owner=EmployeeFactory(), title="Call")

        assert not ActionItem.objects.exists()

    def test_only_whoever_added_an_item_removes_it(self, series, manager, employee):
        item = actions.add_agenda_item(series, by=employee, title="Budget")

        with pytest.raises(ActionError):
            actions.remove_agenda_item(item, by=manager)

        assert AgendaItem.objects.get() == item

    def test_items_can_be_put_in_order(self, series, manager):
        for title in ("One", "Two", "Three"):
            item = actions.add_agenda_item(series, by=manager, title=title)

        actions.move_agenda_item(item, by=manager)

        assert [each.title for each in series.agenda.all()] == ["One", "Three", "Two"]

    def test_who_promised_is_reminded_once_for_a_day(self, series):
        actions.agree_action(series, by=None, owner=series.employee, title="Call", due_on=TODAY)
        actions.agree_action(series, by=None, owner=series.manager, title="Later", due_on=TODAY + 5 * DAY)

        actions.remind_of_agreed_actions()
        actions.remind_of_agreed_actions()

        assert [(notice.employee, notice.kind) for notice in Notice.objects.all()] == [
            (series.employee, "performance.one_to_one_action_due")
        ]


@pytest.mark.django_db
class TestNotes:
    def test_two_who_write_at_once_lose_nothing(self, meeting, manager, employee):
        actions.save_meeting_notes(meeting, by=manager, version=1, notes="The manager’s words")

        with pytest.raises(StaleVersion) as stale:
            actions.save_meeting_notes(meeting, by=employee, version=1, notes="The employee’s words")

        meeting.refresh_from_db()
        assert meeting.notes == "The manager’s words"
        assert (stale.value.version, stale.value.theirs) == (2, {"notes": "The manager’s words"})

    def test_a_save_repeated_because_its_answer_was_lost_is_done(self, meeting, manager):
        for _ in range(2):
            saved = actions.save_meeting_notes(meeting, by=manager, version=1, notes="Once")

        assert saved.version == 2

    def test_autosave_answers_with_both_texts(self, client, meeting, manager):
        actions.save_meeting_notes(meeting, by=manager, version=1, notes="Stored")
        client.force_login(manager)

        answer = client.post(reverse("performance:meeting_save", args=[meeting.pk]), {"version": 1, "notes": "Mine"})

        assert answer.status_code == 409
        assert (answer.json()["version"], answer.json()["theirs"]) == (2, {"notes": "Stored"})

    @pytest.mark.parametrize("field", ["notes", "text"])
    def test_without_script_both_texts_are_shown_and_the_writer_chooses(self, client, meeting, manager, field):
        save = {"notes": actions.save_meeting_notes, "text": actions.save_private_note}[field]
        save(meeting, by=manager, version=1, **{field: "Stored"})
        client.force_login(manager)
        url = reverse(
            "performance:meeting_write" if field == "notes" else "performance:private_note_write", args=[meeting.pk]
        )

        conflict = client.post(url, {"version": 1, field: "Mine"})
        kept = client.post(url, {"version": conflict.context["version"], field: "Mine"})

        assert conflict.status_code == 409
        assert all(words in conflict.content.decode() for words in ("Mine", "Stored"))
        assert kept.status_code == 302

    def test_a_stale_private_note_is_not_overwritten(self, meeting, manager):
        actions.save_private_note(meeting, by=manager, version=1, text="First tab")

        with pytest.raises(StaleVersion):
            actions.save_private_note(meeting, by=manager, version=1, text="Second tab")

        assert PrivateNote.objects.get().text == "First tab"


SECRET = "Thinks of moving to Lisbon"


@pytest.mark.django_db
class TestWhoReadsIt:
    @pytest.fixture
    def outsiders(self, series):
        top = EmployeeFactory()
        type(series.manager).objects.filter(pk=series.manager_id).update(manager=top)
        return [
            make_user(employee=top),
            make_user(Role.HR_LEADER),
            make_user(Role.HRBP),
            make_user(Role.ADMIN),
            make_user(),
        ]

    def test_only_the_two_see_anything(self, series, meeting, manager, employee, outsiders):
        actions.add_agenda_item(series, by=manager, title="Budget")
        actions.agree_action(series, by=manager, owner=series.employee, title="Call")
        client = ClientPrincipal("test", frozenset(Scope.values))

        for model in (OneToOne, Meeting, AgendaItem, ActionItem):
            assert [model.objects.visible_to(user).count() for user in (manager, employee)] == [1, 1]
            assert [model.objects.visible_to(user).count() for user in (*outsiders, client)] == [0] * 6

    def test_a_private_note_reaches_nobody_but_its_author(self, client, series, meeting, manager, employee, outsiders):
        actions.save_private_note(meeting, by=manager, version=1, text=SECRET)
        paths = [
            reverse("performance:one_to_one_list"),
            series.get_absolute_url(),
            meeting.get_absolute_url(),
            reverse("home:my_work"),
            reverse("people:employee_list") + "?q=moving",
            reverse("people:employee_detail", args=[series.manager_id]),
        ]
        resources = ["one-to-ones", f"one-to-ones/{series.pk}", "meetings", f"meetings/{meeting.pk}"]
        resources += [f"meetings/{meeting.pk}/private-note", "agenda-items", "one-to-one-actions", "changes"]

        for user in (employee, *outsiders):
            client.force_login(user)
            met = [client.get(path) for path in paths]
            met += [acting_for(user).get(f"/api/v1/{resource}/") for resource in resources]
            assert not any("Lisbon" in answer.content.decode() for answer in met), user
            assert not PrivateNote.objects.visible_to(user).exists()

        client.force_login(manager)
        assert SECRET in client.get(meeting.get_absolute_url()).content.decode()
        assert not Notice.objects.exists()

    def test_it_does_not_exist_for_others(self, client, series, meeting, outsiders):
        for user in outsiders:
            client.force_login(user)
            assert client.get(series.get_absolute_url()).status_code == 404
            assert client.get(meeting.get_absolute_url()).status_code == 404


@pytest.mark.django_db
class TestTalkingPoints:
    def points(self, user, series):
        return [point.key for point in talking_points(user, series)]

    def test_quiet_and_troubled_goals_are_offered(self, series, manager):
        fields = {
            "owner": series.employee,
            "starts_on": TODAY - 60 * DAY,
            "due_on": TODAY + 60 * DAY,
            "created_at": timezone.now() - 60 * DAY,
        }
        quiet, fine, troubled = (KeyResultFactory(objective=ObjectiveFactory(**fields)) for _ in range(3))
        actions.check_in(fine, by=manager, value=1)
        actions.check_in(troubled, by=manager, value=1, confidence="off_track")

        assert self.points(manager, series) == [f"goal-{quiet.objective_id}", f"goal-{troubled.objective_id}"]

    def test_feedback_is_offered_when_both_may_read_it(self, series, manager, employee):
        rows = {
            visibility: FeedbackFactory(recipient=series.employee, visibility=visibility)
            for visibility in ("recipient", "recipient_and_manager", "giver", "everyone")
        }
        own = FeedbackFactory(giver=series.manager, recipient=series.employee, visibility="recipient")
        both = {rows["recipient_and_manager"].pk, rows["everyone"].pk, own.pk}

        for user in (manager, employee):
            assert set(self.points(user, series)) == {f"feedback-{pk}" for pk in both}

    def test_feedback_talked_about_is_not_offered_again(self, series, meeting, manager):
        FeedbackFactory(recipient=series.employee, given_at=timezone.now() - DAY)
        assert len(self.points(manager, series)) == 1

        actions.hold_meeting(meeting, by=manager)

        assert self.points(manager, series) == []

    def test_a_review_is_offered_while_it_is_theirs(self, series, manager):
        review = ReviewFactory(employee=series.employee, state="self_assessment")
        ReviewFactory(employee=series.employee, state="in_calibration")

        assert self.points(manager, series) == [f"review-{review.pk}-self_assessment"]

    def test_one_click_puts_it_on_the_table_once(self, client, series, meeting, manager):
        row = FeedbackFactory(recipient=series.employee)
        client.force_login(manager)
        url = reverse("performance:talking_point_add", args=[meeting.pk])

        for _ in range(2):
            client.post(url, {"point": f"feedback-{row.pk}"})

        assert [item.title for item in series.agenda.all()] == [f"Praise from {row.giver.name}"]
        assert self.points(manager, series) == []

    def test_a_former_manager_is_offered_nothing(self, series, manager):
        FeedbackFactory(recipient=series.employee)
        type(series.employee).objects.filter(pk=series.employee_id).update(manager=None)

        assert self.points(manager, OneToOne.objects.get()) == []


@pytest.mark.django_db
class TestPages:
    def test_lists_ask_the_same_for_one_and_three(self, client):
        manager = make_user()
        client.force_login(manager)

        def more():
            series = OneToOneFactory(employee=EmployeeFactory(manager=manager.employee))
            actions.add_agenda_item(series, by=manager, title="Budget")
            actions.agree_action(series, by=manager, owner=manager.employee, title="Call")
            actions.hold_meeting(series.meetings.get(), by=manager)
            return series

        series = more()
        urls = [reverse("performance:one_to_one_list"), reverse("home:my_work")]
        for_one = [queries(client, url) for url in urls]
        more()
        more()

        assert [queries(client, url) for url in urls] == for_one
        assert queries(client, series.get_absolute_url())

    def test_every_field_of_a_meeting_page_has_a_name_of_its_own(self, client):
        manager = make_user()
        series = OneToOneFactory(employee=EmployeeFactory(manager=manager.employee))
        client.force_login(manager)

        page = client.get(series.meetings.get().get_absolute_url()).content.decode()

        ids = re.findall(r' id="([^"]+)"', page)
        assert sorted(ids) == sorted(set(ids))

    def test_a_meeting_asks_the_same_however_much_lies_on_the_table(self, client, series, meeting, manager, employee):
        client.force_login(manager)

        def more():
            for user in (manager, employee):
                item = actions.add_agenda_item(series, by=user, title="Budget")
                actions.discuss_agenda_item(item, by=user, meeting=meeting)
                actions.add_agenda_item(series, by=user, title="Plans")
                actions.agree_action(series, by=user, owner=user.employee, title="Call")
            FeedbackFactory(recipient=series.employee)

        more()
        for_one = queries(client, meeting.get_absolute_url())
        more()
        more()

        assert queries(client, meeting.get_absolute_url()) == for_one

    @pytest.mark.parametrize("resource", ["agenda-items", "meetings", "one-to-one-actions", "one-to-ones"])
    def test_api_lists_ask_the_same_for_one_and_three(self, resource):
        manager = make_user()
        caller = acting_for(manager)

        def more():
            series = OneToOneFactory(employee=EmployeeFactory(manager=manager.employee))
            actions.add_agenda_item(series, by=manager, title="Budget")
            actions.agree_action(series, by=manager, owner=manager.employee, title="Call")

        def cost():
            with CaptureQueriesContext(connection) as captured:
                answer = caller.get(f"/api/v1/{resource}/")
            return len(captured), len(answer.json()["results"])

        cost()  # who asks is looked up once
        more()
        one = cost()
        more()
        more()

        assert cost() == (one[0], 3)

    def test_a_change_through_htmx_redraws_only_its_part(self, client, series, meeting, manager):
        client.force_login(manager)

        answer = client.post(
            reverse("performance:agenda_add", args=[meeting.pk]), {"title": "Budget"}, headers={"HX-Request": "true"}
        )

        assert answer.status_code == 200
        assert "Budget" in answer.content.decode()
        assert "<html" not in answer.content.decode()

    @pytest.mark.parametrize(
        ("route", "fields"),
        [
            ("agenda_add", {"title": ""}),
            ("meeting_move", {"held_on": "2020-01-01"}),
            ("one_to_one_action_add", {"title": "", "due_on": "never"}),
        ],
    )
    def test_bad_input_is_told_at_its_field_and_changes_nothing(self, client, series, meeting, manager, route, fields):
        client.force_login(manager)

        answer = client.post(reverse(f"performance:{route}", args=[meeting.pk]), fields)

        assert answer.status_code == 422
        assert "Please look at this again" in answer.content.decode()
        assert (series.agenda.count(), series.actions.count()) == (0, 0)
        assert Meeting.objects.get().held_on == TODAY

    def test_my_work_names_the_next_talk_and_what_was_promised(self, client, series, employee):
        actions.agree_action(series, by=employee, owner=series.employee, title="Call the customer")
        client.force_login(employee)

        page = client.get(reverse("home:my_work")).content.decode()

        assert series.manager.name in page
        assert "Call the customer" in page

    def test_a_whole_talk_through_the_api(self, series, meeting, manager, employee):
        mine, theirs = acting_for(manager), acting_for(employee)
        item = theirs.post("/api/v1/agenda-items/", {"one_to_one": series.pk, "title": "Budget"}, format="json").json()
        mine.post(f"/api/v1/agenda-items/{item['id']}/discuss/", {"meeting": meeting.pk}, format="json")
        notes = mine.patch(f"/api/v1/meetings/{meeting.pk}/notes/", {"version": 1, "notes": "Agreed"}, format="json")
        stale = theirs.patch(f"/api/v1/meetings/{meeting.pk}/notes/", {"version": 1, "notes": "Mine"}, format="json")
        mine.patch(f"/api/v1/meetings/{meeting.pk}/private-note/", {"version": 1, "text": SECRET}, format="json")
        held = mine.post(f"/api/v1/meetings/{meeting.pk}/hold/")

        assert (notes.status_code, held.json()["state"]) == (200, "held")
        assert (stale.status_code, stale.json()["current"]) == (409, {"notes": "Agreed"})
        assert theirs.get(f"/api/v1/meetings/{meeting.pk}/private-note/").json()["text"] == ""
        assert planned_of(series).held_on == TODAY + 7 * DAY
