"""Notices: told once, read by their reader alone, mailed as chosen and never to whom they should not."""

import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.journal.enums import JobState
from hrportal.journal.jobs import run_due_jobs, start_job
from hrportal.journal.models import Job
from hrportal.notices.actions import choose
from hrportal.notices.catalogue import all_kinds, notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.models import Notice, NoticeSetting
from hrportal.notices.sending import MAIL_JOB, Message, notify
from hrportal.people.enums import EmploymentStatus, Role
from tests.factories.people import EmployeeFactory, make_user
from tests.notices.openable import assert_openable

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

HOME = "/"


def urgent_to(kinds, user, key="1", person="Ada"):
    notify(kinds[0], [Message(user.employee_id, key, HOME, {"person": person})])


def calm_to(kinds, user, key="1"):
    notify(kinds[1], [Message(user.employee_id, key, HOME)])


def run_daily():
    start_job("notices.mail_summaries", "Summaries", by=None)
    run_due_jobs()


def subjects():
    return [letter.subject for letter in mail.outbox]


def test_an_occasion_is_told_once(kinds, reader):
    for _ in range(2):
        calm_to(kinds, reader)

    assert [notice.title for notice in Notice.objects.all()] == ["Something is new"]


def test_a_title_without_its_words_is_refused_when_it_is_sent(kinds, reader):
    with pytest.raises(KeyError):
        notify(kinds[0], [Message(reader.employee_id, "1", HOME)])

    assert not Notice.objects.exists()


def test_the_bell_counts_what_is_unread_and_costs_one_query(client, kinds, reader):
    client.force_login(reader)
    calm_to(kinds, reader)
    calm_to(kinds, reader, "2")

    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("notices:kind_list"))

    assert '<span class="count">2<' in page.content.decode()
    assert len(queries) == 5  # session, account with its person, place in the tree, roles, bell


def test_opening_a_notice_marks_it_as_read_and_leads_to_its_page(client, kinds, reader):
    calm_to(kinds, reader)

    assert_openable(Notice.objects.get())


def test_a_notice_leads_nowhere_outside_the_portal(client, kinds, reader):
    notify(kinds[1], [Message(reader.employee_id, "1", "https://elsewhere.example/")])
    client.force_login(reader)

    assert client.get(reverse("notices:notice_open", args=[Notice.objects.get().pk])).status_code == 404


def test_what_may_no_longer_be_seen_is_not_found_and_the_notice_says_names_only(client, kinds, reader):
    notify(kinds[0], [Message(reader.employee_id, "1", "/performance/reviews/987654/", {"person": "Ada"})])
    client.force_login(reader)

    answer = client.get(reverse("notices:notice_open", args=[Notice.objects.get().pk]), follow=True)

    assert answer.status_code == 404
    assert "Ada waits for you" in client.get(reverse("notices:notice_list") + "?show=all").content.decode()


def test_nobody_reads_or_opens_anothers_notice(client, kinds, reader):
    calm_to(kinds, reader)
    client.force_login(make_user(Role.HR_LEADER))

    assert client.get(reverse("notices:notice_open", args=[Notice.objects.get().pk])).status_code == 404
    assert "Something is new" not in client.get(reverse("notices:notice_list")).content.decode()
    assert Notice.objects.get().read_at is None


def test_marking_all_as_read_reads_ones_own_alone(client, kinds, reader):
    other = make_user()
    for user in (reader, other):
        calm_to(kinds, user)
    client.force_login(reader)

    client.post(reverse("notices:notices_read"))

    assert list(Notice.objects.unread().values_list("employee", flat=True)) == [other.employee_id]


def test_the_list_asks_the_same_for_one_and_three(client, kinds, reader):
    client.force_login(reader)
    counts = []
    for number in range(3):
        urgent_to(kinds, reader, str(number))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("notices:notice_list"))
        counts.append(len(queries))

    assert counts == [counts[0]] * 3


def test_an_urgent_notice_is_mailed_at_once_and_once(kinds, reader):
    urgent_to(kinds, reader)
    run_due_jobs()
    urgent_to(kinds, reader)
    run_due_jobs()
    run_daily()

    assert subjects() == ["Ada waits for you"]
    assert mail.outbox[0].to == ["reader@example.com"]
    assert f"/notices/{Notice.objects.get().pk}/open/" in mail.outbox[0].body


def test_the_summary_is_one_letter_with_everything(kinds, reader):
    calm_to(kinds, reader)
    calm_to(kinds, reader, "2")
    run_due_jobs()
    assert subjects() == []

    run_daily()
    run_daily()

    assert subjects() == ["2 notices from the people portal"]


def test_what_was_read_meanwhile_is_not_mailed(kinds, reader):
    calm_to(kinds, reader)
    Notice.objects.update(read_at=timezone.now())

    run_daily()

    assert subjects() == []


@pytest.mark.parametrize("rhythm", MailRhythm.values)
def test_a_choice_overrules_the_catalogue(kinds, reader, rhythm):
    choose(reader.employee, mail={"test.calm": rhythm})

    calm_to(kinds, reader)
    run_due_jobs()
    at_once = len(mail.outbox)
    run_daily()

    assert (at_once, len(mail.outbox)) == {"at_once": (1, 1), "daily": (0, 1), "never": (0, 0)}[rhythm]


def test_choosing_what_is_usual_keeps_no_row(kinds, reader):
    choose(reader.employee, mail={"test.calm": "never"})
    choose(reader.employee, mail={"test.calm": "daily"})

    assert not NoticeSetting.objects.exists()


def gone(user):
    user.employee.status = EmploymentStatus.LEFT
    user.employee.save()


def closed(user):
    user.is_active = False
    user.save()


def without_address(user):
    user.email = ""
    user.save()


@pytest.mark.parametrize("become", [closed, gone, without_address])
def test_whoever_left_or_has_no_account_or_address_gets_no_letter(kinds, reader, become):
    urgent_to(kinds, reader)
    become(reader)

    run_due_jobs()
    run_daily()

    assert subjects() == []


def test_somebody_without_an_account_keeps_the_notice_for_later(kinds):
    employee = EmployeeFactory()
    notify(kinds[0], [Message(employee.pk, "1", HOME, {"person": "Ada"})])

    run_due_jobs()

    assert subjects() == []
    assert Notice.objects.get().mailed_at is None


def test_old_news_is_not_mailed_when_a_choice_changes(kinds, reader):
    calm_to(kinds, reader)
    Notice.objects.update(made_at=timezone.now() - datetime.timedelta(days=8))

    run_daily()

    assert subjects() == []


def test_a_letter_is_in_the_language_its_reader_chose(client, kinds, reader):
    client.force_login(reader)
    client.post(reverse("home:language_choose"), {"language": "de"})
    seen = []
    spoken = lambda words: seen.append(catalogue_language()) or "x"  # noqa: E731
    urgent_to(kinds, reader)
    object.__setattr__(kinds[0], "said", spoken)

    run_due_jobs()

    assert seen[-1] == "de"


def catalogue_language():
    from django.utils.translation import get_language  # noqa: PLC0415

    return get_language()


def test_a_name_with_a_line_break_becomes_no_header(kinds, reader):
    urgent_to(kinds, reader, person="Ada\nBcc: x@example.com")

    run_due_jobs()

    assert subjects() == ["Ada Bcc: x@example.com waits for you"]


def test_while_the_mail_server_is_away_nothing_counts_as_mailed_and_the_job_tries_again(kinds, reader, monkeypatch):
    backend = "django.core.mail.backends.locmem.EmailBackend.send_messages"
    urgent_to(kinds, reader)
    with monkeypatch.context() as away:
        away.setattr(backend, raising(SMTPServerDisconnected("away")))
        run_due_jobs()
    job = Job.objects.get(kind=MAIL_JOB)
    assert (job.state, Notice.objects.get().mailed_at) == (JobState.RUNNING, None)

    Job.objects.update(lease_until=timezone.now() - datetime.timedelta(seconds=1))
    run_due_jobs()

    assert subjects() == ["Ada waits for you"]


@pytest.mark.parametrize(
    ("refusal", "is_over"),
    [
        (SMTPRecipientsRefused({"nobody@example.com": (550, b"no")}), True),
        (SMTPRecipientsRefused({"nobody@example.com": (452, b"full")}), False),
        (SMTPDataError(554, b"no"), True),
    ],
)
def test_one_refused_letter_keeps_nobody_else_from_theirs(kinds, reader, monkeypatch, refusal, is_over):
    refused = make_user()
    refused.email = "nobody@example.com"
    refused.save()
    from django.core.mail.backends.locmem import EmailBackend  # noqa: PLC0415

    send = EmailBackend.send_messages

    def choosy(self, letters):
        if letters[0].to == ["nobody@example.com"]:
            raise refusal
        return send(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", choosy)
    for user in (refused, reader):
        urgent_to(kinds, user)

    run_due_jobs()

    assert [letter.to for letter in mail.outbox] == [["reader@example.com"]]
    assert (Notice.objects.get(employee=refused.employee).mailed_at is not None) == is_over
    assert not Job.objects.exclude(state=JobState.DONE).exists()


def raising(error):
    def fail(*args, **kwargs):
        raise error

    return fail


def test_what_was_read_90_days_ago_is_cleared_away(kinds, reader):
    long_ago = timezone.now() - datetime.timedelta(days=91)
    for key in ("old", "new", "unread"):
        calm_to(kinds, reader, key)
    Notice.objects.filter(key="old").update(read_at=long_ago)
    Notice.objects.filter(key="new").update(read_at=timezone.now())

    start_job("notices.clear_away", "Clearing", by=None)
    run_due_jobs()

    assert sorted(Notice.objects.values_list("key", flat=True)) == ["new", "unread"]


def test_settings_are_chosen_on_their_page(client, kinds, reader):
    client.force_login(reader)

    client.post(reverse("notices:settings_edit"), {"language": "de", "test.urgent": "never", "test.calm": "daily"})

    reader.refresh_from_db()
    assert reader.language == "de"
    assert [(s.kind, s.mail) for s in NoticeSetting.objects.all()] == [("test.urgent", "never")]


def test_a_choice_that_does_not_exist_is_refused_and_nothing_is_kept(client, kinds, reader):
    client.force_login(reader)

    answer = client.post(reverse("notices:settings_edit"), {"language": "de", "test.urgent": "x", "test.calm": "never"})

    assert answer.status_code == 422
    assert not NoticeSetting.objects.exists()


def test_the_catalogue_shows_every_kind_with_its_when(client, reader):
    client.force_login(reader)

    page = client.get(reverse("notices:kind_list"))

    assert [kind for _, kinds in page.context["groups"] for kind in kinds] == sorted(
        all_kinds(), key=lambda kind: (str(kind.group), kind.key)
    )


def test_every_kind_says_what_it_is_when_it_is_sent_and_where_it_belongs():
    lacking = [kind.key for kind in all_kinds() if not (kind.sample and str(kind.when) and str(kind.group))]

    assert lacking == []


def test_every_key_names_its_room_and_fits_its_column():
    odd = [kind.key for kind in all_kinds() if "." not in kind.key or len(kind.key) > 60]

    assert odd == []


@pytest.fixture
def api(reader):
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", frozenset({"notices:read", "notices:write"}), reader))
    return caller


def test_the_api_lists_reads_and_chooses(api, kinds, reader):
    urgent_to(kinds, reader)
    notice = Notice.objects.get()

    listed = api.get("/api/v1/notices/?is_read=false").json()["results"]
    read = api.post(f"/api/v1/notices/{notice.pk}/read/").json()
    chosen = api.patch("/api/v1/notices/kinds/", {"kind": "test.calm", "mail": "never"}, format="json").json()

    assert [row["title"] for row in listed] == ["Ada waits for you"]
    assert read["read_at"] is not None
    assert {row["kind"]: row["mail"] for row in chosen} == {"test.calm": "never", "test.urgent": "at_once"}
    assert api.get("/api/v1/notices/?is_read=false").json()["results"] == []


def test_the_api_refuses_a_kind_that_does_not_exist(api, kinds):
    assert api.patch("/api/v1/notices/kinds/", {"kind": "x", "mail": "never"}, format="json").status_code == 409
    assert not NoticeSetting.objects.exists()


def test_a_client_without_a_person_has_no_notices(kinds, reader):
    urgent_to(kinds, reader)
    caller = APIClient()
    caller.force_authenticate(ClientPrincipal("test", frozenset({"notices:read", "notices:write"})))

    assert caller.get("/api/v1/notices/").json()["results"] == []
    assert caller.post("/api/v1/notices/read-all/").json() == {"read": 0}


def test_a_client_without_the_scope_reads_no_ones_notices(kinds, reader):
    urgent_to(kinds, reader)
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", frozenset({"reviews:read"}), reader))

    assert caller.get("/api/v1/notices/").status_code == 403


def test_a_confidential_notice_reaches_its_reader_and_no_client(api, client, kinds, reader):
    private = notice_kind("test.private", "Something personal", when="never", group="Test", is_confidential=True)
    notify(private, [Message(reader.employee_id, "1", HOME)])
    client.force_login(reader)

    assert "Something personal" in client.get(reverse("notices:notice_list")).content.decode()
    assert api.get("/api/v1/notices/").json()["results"] == []
    assert api.post("/api/v1/notices/read-all/").json() == {"read": 0}


def test_what_was_told_before_its_sentence_had_another_word_is_read_and_mailed(client, kinds, reader):
    Notice.objects.create(employee=reader.employee, kind="test.urgent", key="1", url=HOME, words={})
    client.force_login(reader)

    page = client.get("/notices/")
    start_job(MAIL_JOB, "Mailing", by=None)
    run_due_jobs()

    assert "… waits for you" in page.content.decode()
    assert [letter.subject for letter in mail.outbox] == ["… waits for you"]
