"""360 rounds: who is asked and agrees, what is written stays and is nobody else's, how a round ends."""

import datetime
import re
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail, signing
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.journal.models import Fact, Job
from hrportal.notices.models import Notice
from performance import actions
from performance.actions.rounds import mind_round
from performance.enums import ROUND_STARTS_FROM, RoundState
from performance.models import AnswerSheet, FeedbackRound, Rater, RoundAnswer, SheetAnswer
from performance.rounds.external import answer_link, sheet_behind
from performance.rounds.results import results_for
from tests.factories.people import EmployeeFactory, make_chain, make_user
from tests.factories.performance import (
    FeedbackRoundFactory,
    RaterFactory,
    RoundTemplateFactory,
    answer_sheet,
    collecting_round,
)

pytestmark = pytest.mark.django_db


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def opened(by, subject, **fields) -> FeedbackRound:
    return actions.open_round(by=by, subject=subject, template=RoundTemplateFactory(), due_on=in_days(14), **fields)


@pytest.fixture
def manager():
    return make_user("manager")


@pytest.fixture
def subject(manager):
    return EmployeeFactory(manager=manager.employee)


def sheet_of(rater: Rater) -> AnswerSheet:
    return AnswerSheet.objects.select_related("rater__round").get(rater=rater)


def question_of(round_: FeedbackRound, kind: str):
    return round_.template.questions.filter(kind=kind).first()


class TestOpening:
    def test_a_manager_opens_a_round_and_the_subject_is_asked_to_nominate(self, manager, subject):
        round_ = opened(manager, subject)

        assert round_.state == RoundState.NOMINATING
        assert sorted(round_.raters.values_list("group", "employee")) == [
            ("manager", manager.employee_id),
            ("self", subject.pk),
        ]
        assert Notice.objects.get(employee=subject).kind == "performance.round_opened"

    def test_who_asks_for_a_round_about_themselves_waits_for_an_agreement(self, manager, subject):
        round_ = opened(make_user(employee=subject), subject)
        with pytest.raises(ActionError):
            actions.begin_collecting(round_, by=manager)

        actions.approve_round(round_, by=manager)

        round_.refresh_from_db()
        assert round_.state == RoundState.NOMINATING
        assert Notice.objects.get(employee=manager.employee).kind == "performance.round_asked_for"

    def test_what_is_asked_is_copied_so_that_later_edits_change_nothing(self, manager, subject):
        template = RoundTemplateFactory()
        round_ = actions.open_round(by=manager, subject=subject, template=template, due_on=in_days(7))

        actions.edit_round_template(
            template, by=manager, name="Other", introduction="", questions=[{"kind": "text", "text": "Why?"}]
        )

        assert [str(question) for question in round_.template.questions.all()] == [
            "Listens",
            "Decides",
            "What should stay?",
        ]
        with pytest.raises(ActionError):
            actions.edit_round_template(
                round_.template, by=manager, name="X", introduction="", questions=[{"kind": "text", "text": "Y"}]
            )

    def test_there_is_one_open_round_for_a_person(self, manager, subject):
        opened(manager, subject)

        with pytest.raises(ActionError, match="open already"):
            opened(manager, subject)

        assert FeedbackRound.objects.count() == 1

    @pytest.mark.parametrize("fewest", [0, 1, 2])
    def test_fewer_than_three_answers_are_never_enough(self, manager, subject, fewest):
        with pytest.raises(ActionError):
            opened(manager, subject, min_raters=fewest)

        assert not FeedbackRound.objects.exists()

    def test_an_archived_template_opens_nothing(self, manager, subject):
        template = RoundTemplateFactory()
        actions.archive_round_template(template, by=manager)
        template.refresh_from_db()

        with pytest.raises(ActionError):
            actions.open_round(by=manager, subject=subject, template=template, due_on=in_days(7))


class TestNominating:
    def test_the_subjects_choice_waits_and_the_managers_counts(self, manager, subject):
        round_ = opened(manager, subject)
        own, managers = EmployeeFactory(), EmployeeFactory()

        actions.nominate_raters(round_, by=make_user(employee=subject), group="peer", people=[own])
        actions.nominate_raters(round_, by=manager, group="peer", people=[managers])

        states = dict(round_.raters.filter(group="peer").values_list("employee", "state"))
        assert states == {own.pk: "nominated", managers.pk: "approved"}
        assert Notice.objects.filter(employee=manager.employee, kind="performance.rater_nominated").count() == 1

    def test_nobody_is_asked_while_a_nomination_is_undecided(self, manager, subject):
        round_ = opened(manager, subject)
        people = EmployeeFactory.create_batch(3)
        actions.nominate_raters(round_, by=make_user(employee=subject), group="peer", people=people)

        with pytest.raises(ActionError, match="every nomination"):
            actions.begin_collecting(round_, by=manager)
        assert not AnswerSheet.objects.exists()

        actions.approve_raters(round_, by=manager, raters=list(round_.raters.filter(group="peer")))
        actions.begin_collecting(round_, by=manager)
        assert AnswerSheet.objects.count() == 5
        invited = Notice.objects.filter(kind="performance.rater_invited").values_list("employee", flat=True)
        assert set(invited) == {subject.pk, manager.employee_id, *(person.pk for person in people)}

    @pytest.mark.parametrize(
        ("groups", "is_enough"),
        [
            ({}, False),
            ({"peer": 2}, False),
            ({"peer": 3}, True),
            ({"peer": 3, "skip_level": 1}, False),
            ({"peer": 3, "skip_level": 1, "external": 2}, True),
            ({"peer": 2, "external": 1}, True),
        ],
    )
    def test_collecting_begins_only_when_all_that_is_asked_could_be_shown(self, groups, is_enough):
        round_ = FeedbackRoundFactory()
        for group, count in groups.items():
            RaterFactory.create_batch(count, round=round_, group=group)

        if is_enough:
            assert actions.begin_collecting(round_, by=None).state == RoundState.COLLECTING
        else:
            with pytest.raises(ActionError, match="could not be shown"):
                actions.begin_collecting(round_, by=None)

    @pytest.mark.parametrize("group", ["report", "skip_level", "self", "manager", "external"])
    def test_a_group_means_what_it_says(self, manager, subject, group):
        round_ = opened(manager, subject)

        with pytest.raises(ActionError):
            actions.nominate_raters(round_, by=manager, group=group, people=[EmployeeFactory()])

        assert round_.raters.count() == 2

    def test_reports_peers_and_those_above_are_told_apart(self):
        top, middle, subject, report = make_chain(4)
        round_ = opened(make_user(employee=middle), subject)

        actions.nominate_raters(round_, by=None, group="skip_level", people=[top])
        actions.nominate_raters(round_, by=None, group="report", people=[report])
        with pytest.raises(ActionError):
            actions.nominate_raters(round_, by=None, group="peer", people=[top])

        assert set(round_.raters.values_list("group", flat=True)) == {"self", "manager", "skip_level", "report"}

    def test_nobody_is_on_the_list_twice(self, manager, subject):
        round_, peer = opened(manager, subject), EmployeeFactory()
        actions.nominate_raters(round_, by=manager, group="peer", people=[peer])
        actions.nominate_external_rater(round_, by=manager, name="A", email="a@example.org")

        with pytest.raises(ActionError):
            actions.nominate_raters(round_, by=manager, group="peer", people=[peer])
        with pytest.raises(ActionError):
            actions.nominate_external_rater(round_, by=manager, name="B", email="A@example.org")
        with pytest.raises(ActionError, match="colleague"):
            actions.nominate_external_rater(round_, by=manager, name="C", email=peer.work_email.upper())

        assert round_.raters.count() == 4

    def test_a_rejected_rater_is_not_asked_and_one_who_was_asked_stays_asked(self, manager, subject):
        round_ = opened(manager, subject)
        first, *others = actions.nominate_raters(
            round_, by=manager, group="peer", people=EmployeeFactory.create_batch(4)
        )
        actions.reject_rater(first, by=manager)
        actions.begin_collecting(round_, by=manager)

        with pytest.raises(ActionError):
            actions.reject_rater(others[0], by=manager)

        assert AnswerSheet.objects.count() == 5
        assert not AnswerSheet.objects.filter(rater=first).exists()

    def test_who_is_added_while_a_round_collects_is_asked_at_once(self, manager):
        round_ = collecting_round(peer=3)

        (late,) = actions.nominate_raters(round_, by=manager, group="peer", people=[EmployeeFactory()])

        assert sheet_of(late).state == "open"


class TestAnswering:
    def test_words_are_kept_question_by_question_and_nothing_else_is_touched(self):
        round_ = collecting_round(peer=1)
        sheet = sheet_of(round_.raters.get(group="peer"))
        rating, text = question_of(round_, "rating"), question_of(round_, "text")

        sheet = actions.save_answers(sheet, version=1, answers={rating.pk: {"rating": 4}})
        sheet = actions.save_answers(sheet, version=2, answers={text.pk: {"text": "Calm"}})

        assert (sheet.version, sheet.saved_at is not None) == (3, True)
        assert sorted(sheet.answers.values_list("rating", "text"), key=str) == [(4, ""), (None, "Calm")]

    def test_of_two_tabs_the_later_is_told_what_is_stored(self):
        round_ = collecting_round(peer=1)
        sheet, text = sheet_of(round_.raters.get(group="peer")), question_of(round_, "text")
        actions.save_answers(sheet, version=1, answers={text.pk: {"text": "First"}})

        with pytest.raises(StaleVersion) as stale:
            actions.save_answers(sheet, version=1, answers={text.pk: {"text": "Second"}})
        actions.save_answers(
            sheet, version=1, answers={text.pk: {"text": "First"}}
        )  # its answer was lost: done already

        assert stale.value.version == 2
        assert stale.value.theirs["answers"][text.pk]["text"] == "First"
        assert SheetAnswer.objects.get().text == "First"

    @pytest.mark.parametrize("given", [{"rating": 0}, {"rating": 6}, {"text": "Into a rating"}])
    def test_a_rating_lies_between_1_and_5(self, given):
        round_ = collecting_round(peer=1)
        sheet = sheet_of(round_.raters.get(group="peer"))

        with pytest.raises(ActionError):
            actions.save_answers(sheet, version=1, answers={question_of(round_, "rating").pk: given})

        assert not SheetAnswer.objects.exists()

    def test_a_question_of_another_round_is_not_answered_here(self):
        round_, other = collecting_round(peer=1), collecting_round()
        sheet = sheet_of(round_.raters.get(group="peer"))

        with pytest.raises(ActionError):
            actions.save_answers(sheet, version=1, answers={question_of(other, "text").pk: {"text": "Hm"}})

        assert not SheetAnswer.objects.exists()

    def test_what_is_handed_in_is_final(self):
        round_ = collecting_round(peer=1)
        rater, text = round_.raters.get(group="peer"), question_of(round_, "text")
        with pytest.raises(ActionError, match="at least one"):
            actions.hand_in_answers(sheet_of(rater))
        actions.save_answers(sheet_of(rater), version=1, answers={text.pk: {"text": "Calm"}})

        actions.hand_in_answers(sheet_of(rater))

        for again in (
            lambda: actions.save_answers(sheet_of(rater), version=2, answers={text.pk: {"text": "Loud"}}),
            lambda: actions.hand_in_answers(sheet_of(rater)),
            lambda: actions.decline_to_answer(sheet_of(rater)),
        ):
            with pytest.raises(ActionError):
                again()
        assert SheetAnswer.objects.get().text == "Calm"

    def test_who_declines_leaves_nothing_behind(self):
        round_ = collecting_round(peer=1)
        rater, text = round_.raters.get(group="peer"), question_of(round_, "text")
        actions.save_answers(sheet_of(rater), version=1, answers={text.pk: {"text": "Hm"}})

        actions.decline_to_answer(sheet_of(rater))

        assert not SheetAnswer.objects.exists()
        assert sheet_of(rater).state == "declined"


class TestEnding:
    def test_a_round_closes_by_itself_the_day_after_it_was_due(self):
        round_ = collecting_round(peer=3)
        for rater in round_.raters.filter(group="peer"):
            answer_sheet(rater)
        FeedbackRound.objects.update(due_on=in_days(0))
        assert not mind_round(round_)
        FeedbackRound.objects.update(due_on=in_days(-1))

        assert mind_round(round_)

        round_.refresh_from_db()
        assert (round_.state, AnswerSheet.objects.count(), RoundAnswer.objects.count()) == ("closed", 0, 9)
        assert Notice.objects.get(kind="performance.round_closed").employee == round_.subject.manager

    def test_a_round_closes_early_only_after_the_daily_look_found_enough(self):
        round_ = collecting_round(peer=3)
        for rater in round_.raters.filter(group="peer"):
            answer_sheet(rater)
        with pytest.raises(ActionError):
            actions.close_round(round_, by=None)

        mind_round(round_)
        actions.close_round(round_, by=None)

        round_.refresh_from_db()
        assert round_.state == RoundState.CLOSED

    def test_what_was_not_handed_in_is_not_told(self):
        round_ = collecting_round(peer=4)
        first, *others = round_.raters.filter(group="peer")
        for rater in others:
            answer_sheet(rater)
        actions.save_answers(
            sheet_of(first), version=1, answers={question_of(round_, "text").pk: {"text": "Half a thought"}}
        )
        FeedbackRound.objects.update(due_on=in_days(-1))

        mind_round(round_)

        assert not SheetAnswer.objects.exists()
        assert not RoundAnswer.objects.filter(text="Half a thought").exists()

    @pytest.mark.parametrize("step", sorted(set(ROUND_STARTS_FROM) - {"share_round"}))
    def test_nothing_leads_back_from_results(self, step):
        assert not ROUND_STARTS_FROM[step] & {RoundState.CLOSED, RoundState.SHARED}

    def test_a_closed_round_is_shared_once_and_its_subject_told(self):
        round_ = FeedbackRoundFactory(state="closed")

        actions.share_round(round_, by=None)
        with pytest.raises(ActionError):
            actions.share_round(round_, by=None)

        assert Notice.objects.get().employee == round_.subject

    def test_a_withdrawn_round_is_never_read(self):
        round_ = collecting_round(peer=3)
        for rater in round_.raters.filter(group="peer"):
            answer_sheet(rater)

        actions.withdraw_round(round_, by=None, reason="Changed teams")

        assert not SheetAnswer.objects.exists()
        assert not RoundAnswer.objects.exists()
        assert FeedbackRound.objects.get().state == RoundState.WITHDRAWN

    def test_the_promise_is_kept_while_people_answer(self):
        round_ = collecting_round(peer=3)

        with pytest.raises(ActionError, match="promised"):
            actions.edit_round(round_, by=None, min_raters=5)
        actions.edit_round(round_, by=None, due_on=in_days(30))

        round_.refresh_from_db()
        assert (round_.min_raters, round_.due_on) == (3, in_days(30))

    def test_a_round_about_somebody_who_leaves_is_given_up(self, deliver_events):
        from hrportal.people.actions import end_employment  # noqa: PLC0415

        round_ = collecting_round(peer=3)

        end_employment(round_.subject, by=None, left_on=in_days(-1), reason="voluntary")
        deliver_events()

        round_.refresh_from_db()
        assert round_.state == RoundState.WITHDRAWN


class TestReminding:
    def test_three_days_before_the_day_whoever_has_not_answered_is_reminded_once(self):
        round_ = collecting_round(peer=3)
        done, *missing = round_.raters.filter(group="peer")
        answer_sheet(done)
        FeedbackRound.objects.update(due_on=in_days(3), opened_at=timezone.now() - datetime.timedelta(days=9))

        mind_round(round_)
        mind_round(round_)

        reminded = Notice.objects.filter(kind="performance.rater_reminded").values_list("employee", flat=True)
        assert sorted(reminded) == sorted(
            [round_.subject_id, round_.subject.manager_id, *(rater.employee_id for rater in missing)]
        )

    def test_a_reminder_that_was_missed_goes_out_later_and_once(self):
        round_ = collecting_round(peer=3, external=1)
        FeedbackRound.objects.update(due_on=in_days(2), opened_at=timezone.now() - datetime.timedelta(days=9))

        mind_round(round_)
        mind_round(round_)

        reminded = Notice.objects.filter(kind="performance.rater_reminded").values_list("employee", flat=True)
        assert len(reminded) == len(set(reminded)) == 5
        assert Job.objects.filter(kind="performance.remind_external_raters").count() == 1

    def test_whoever_was_asked_in_the_last_days_is_not_reminded_at_once(self):
        round_ = collecting_round(peer=3)
        FeedbackRound.objects.update(due_on=in_days(2))

        mind_round(round_)

        assert not Notice.objects.filter(kind="performance.rater_reminded").exists()


class TestLinks:
    @pytest.fixture
    def rater(self):
        round_ = collecting_round(external=3)
        return round_.raters.filter(group="external").first()

    @staticmethod
    def token(rater) -> str:
        return answer_link(rater).rstrip("/").rpartition("/")[2]

    def test_a_link_opens_one_sheet_until_it_is_used(self, rater):
        token = self.token(rater)
        assert sheet_behind(token).rater == rater

        answer_sheet(rater)

        assert sheet_behind(token) is None

    def test_a_renewed_link_makes_the_old_one_void(self, rater):
        old = self.token(rater)

        renewed = actions.renew_link(rater, by=None)

        assert sheet_behind(old) is None
        assert sheet_behind(self.token(renewed)).rater == rater

    def test_a_link_expires_and_is_nobody_elses_signature(self, rater, monkeypatch):
        token = self.token(rater)
        other = signing.dumps([rater.pk, 1], salt="something.else")
        made_up = signing.dumps("nonsense", salt="performance.rounds.external")

        assert [sheet_behind(wrong) for wrong in (other, made_up, token[:-1], "x")] == [None] * 4
        monkeypatch.setattr("performance.rounds.external.LASTS", datetime.timedelta(seconds=-1))
        assert sheet_behind(token) is None

    def test_a_link_does_not_open_what_is_over(self, rater):
        token = self.token(rater)

        actions.withdraw_round(rater.round, by=None, reason="No")

        assert sheet_behind(token) is None

    def test_the_link_comes_by_mail_and_not_after_the_answer(self, deliver_events):
        round_ = FeedbackRoundFactory()
        raters = RaterFactory.create_batch(3, round=round_, group="external")
        actions.begin_collecting(round_, by=None)
        deliver_events()
        assert sorted(letter.to[0] for letter in mail.outbox) == sorted(rater.email for rater in raters)
        assert re.search(r"http\S+/performance/rounds/external/\S+", mail.outbox[0].body)

        answer_sheet(raters[0])
        mail.outbox.clear()
        actions.renew_link(raters[0], by=None)
        actions.remind_raters(round_, by=None)
        deliver_events()

        assert sorted(letter.to[0] for letter in mail.outbox) == sorted(rater.email for rater in raters[1:])

    def test_one_refused_address_keeps_nobody_else_from_the_reminder(self, rater, deliver_events, monkeypatch):
        send = EmailBackend.send_messages

        def choosy(self, letters):
            if letters[0].to == [rater.email]:
                raise SMTPRecipientsRefused({rater.email: (550, b"no")})
            return send(self, letters)

        deliver_events()
        mail.outbox.clear()
        monkeypatch.setattr(EmailBackend, "send_messages", choosy)
        actions.remind_raters(rater.round, by=None)
        deliver_events()

        others = rater.round.raters.filter(group="external").exclude(pk=rater.pk)
        assert sorted(letter.to[0] for letter in mail.outbox) == sorted(other.email for other in others)

    def test_while_the_mail_server_is_away_nobody_is_written_to_twice(self, rater, deliver_events, monkeypatch):
        deliver_events()
        mail.outbox.clear()
        send, letters_sent = EmailBackend.send_messages, []

        def breaks_at_the_second(self, letters):
            letters_sent.append(letters[0].to)
            if len(letters_sent) == 2:
                raise ConnectionRefusedError
            return send(self, letters)

        monkeypatch.setattr(EmailBackend, "send_messages", breaks_at_the_second)
        actions.remind_raters(rater.round, by=None)
        deliver_events()
        waiting = Job.objects.get(kind="performance.remind_external_raters")
        assert (waiting.state, len(mail.outbox)) == ("running", 1)

        Job.objects.update(lease_until=timezone.now() - datetime.timedelta(minutes=1))
        deliver_events()

        others = rater.round.raters.filter(group="external")
        assert sorted(letter.to[0] for letter in mail.outbox) == sorted(other.email for other in others)


class TestReading:
    @pytest.fixture
    def closed(self):
        round_ = collecting_round(peer=3)
        for number, rater in enumerate(round_.raters.order_by("pk")):
            answer_sheet(rater, rating=(5, 2, 3, 4, 4)[number], text=f"Words of {rater.group}")
        FeedbackRound.objects.update(due_on=in_days(-1))
        mind_round(round_)
        round_.refresh_from_db()
        return round_

    def test_results_are_means_by_group_with_what_one_thinks_of_oneself_beside_them(self, closed):
        results = results_for(make_user(employee=closed.subject.manager), closed)

        first = results.competencies[0]
        assert {figure.key: (str(figure.mean), figure.count) for figure in first.figures} == {
            "self": ("5.0", 1),
            "manager": ("2.0", 1),
            "peer": ("3.7", 3),
            "total": ("3.7", 3),
        }
        assert str(first.gap) == "-1.3"
        assert {texts.key: len(texts.texts) for texts in results.questions[2].texts} == {
            "self": 1,
            "manager": 1,
            "peer": 3,
        }

    def test_the_subject_reads_once_it_is_shared_and_others_never(self, closed):
        subject, stranger = make_user(employee=closed.subject), make_user()
        assert results_for(subject, closed) is None

        actions.share_round(closed, by=None)

        assert results_for(subject, closed) is not None
        assert results_for(stranger, closed) is None
        assert results_for(make_user("hrleader"), closed) is not None

    def test_nothing_is_there_to_read_while_answers_come_in(self):
        round_ = collecting_round(peer=3)

        assert results_for(make_user(employee=round_.subject.manager), round_) is None


def test_facts_of_a_round_hold_ids_and_no_words(manager, subject):
    round_ = opened(manager, subject)
    actions.nominate_external_rater(round_, by=manager, name="Someone", email="someone@example.org")

    said = " ".join(str(fact.data) for fact in Fact.objects.all())

    assert "someone" not in said.lower()
