"""Cards taken away as a table, edited, and brought back."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import pgettext
from openpyxl import load_workbook
from rest_framework.test import APIClient

from calibration.actions import lock_session, move_card
from calibration.actions.bulk import move_in_bulk
from calibration.enums import Reason
from calibration.lists import CARDS, refused_file
from calibration.models import Card, CardMove, Recusal
from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.journal.models import Fact
from hrportal.people.exports import export_list
from tests.access.world import EVERY_SCOPE
from tests.factories.calibration import SessionFactory, open_board
from tests.factories.people import make_user
from tests.factories.performance import ReviewCycleFactory, rating_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return make_user("hrleader")


def taken_away(session, by, format="csv"):
    """The session's cards as the file that a page gives."""
    return export_list(CARDS, by=by, query=QueryDict(f"session={session.pk}"), format=format).content


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def as_text(rows, delimiter=",") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def line(card, rating, rationale="Wider scope", *, version=1, **more) -> dict[str, str]:
    return {"card": card.pk, "version": version, "rating": rating, "rationale": rationale, **more}


def kinds(report) -> list[str]:
    return [outcome.kind for outcome in report.outcomes]


def words(report) -> list[str]:
    return [outcome.refusal for outcome in report.outcomes]


def test_a_table_goes_out_is_edited_and_comes_back(leader):
    session = open_board([3, 3, 4])
    rows = rows_of(taken_away(session, leader))
    card = Card.objects.get(pk=rows[0]["Card"])
    rows[0] |= {
        "Now": "Exceeds expectations",
        "Kind of reason": "New evidence",
        "Why?": "=Late result",
        "Discussed": "yes",
    }

    report = move_in_bulk(session, by=leader, text=as_text(rows))

    assert kinds(report) == ["changes", "unchanged", "unchanged"]
    card.refresh_from_db()
    assert (card.rating.value, card.reason, card.rationale, card.is_discussed) == (4, "evidence", "=Late result", True)
    assert card.version == 2
    move = CardMove.objects.get()
    assert (move.from_rating.value, move.to_rating.value, move.moved_by) == (3, 4, leader.employee)
    assert sorted(
        Fact.objects.filter(subject_id=card.pk, topic__startswith="calibration.card").values_list("topic", flat=True)
    ) == [
        "calibration.card_discussed",
        "calibration.card_moved",
    ]


def test_what_was_taken_away_comes_back_as_it_was(leader):
    session = open_board([3, None])
    card = session.cards.exclude(rating=None).get()
    move_card(card, by=leader, rating=rating_of(session.cycle, 5), version=1, rationale="-5 % only\r\nby chance; “so”")
    content = taken_away(session, leader)

    report = move_in_bulk(session, by=leader, text=content.decode())

    assert kinds(report) == ["unchanged", "unchanged"]
    assert b"'-5 %" in content
    assert CardMove.objects.count() == 1


def test_a_trial_changes_nothing(leader):
    session = open_board([3])
    card = session.cards.get()

    report = move_in_bulk(session, by=leader, text=as_text([line(card, 4)]), is_trial=True)

    assert (kinds(report), report.is_applied) == (["changes"], False)
    assert session.cards.get().rating.value == 3
    assert not CardMove.objects.exists()


def test_each_line_is_checked_as_a_single_move_is_and_holds_up_no_other(leader):
    session, elsewhere = open_board([3, 3, 3, 3, 3, 3]), open_board([3])
    cards = list(session.cards.order_by("pk"))
    move_card(cards[1], by=leader, rating=rating_of(session.cycle, 5), version=1, rationale="Seen first")
    lines = [
        line(cards[0], "4"),
        line(cards[1], "2"),
        line(cards[2], "4", rationale=" "),
        line(cards[3], "Splendid"),
        line(cards[4], "4", reason="mood"),
        line(cards[5], "4", number="nobody"),
        line(elsewhere.cards.get(), "4"),
        {**line(cards[5], "4"), "card": "x"},
    ]
    names = ["card", "version", "rating", "rationale", "reason", "number"]

    report = move_in_bulk(
        session, by=leader, text=as_text([{name: row.get(name, "") for name in names} for row in lines])
    )

    assert kinds(report) == ["changes", *["refused"] * 7]
    told = words(report)
    for said in (leader.employee.name, "Outstanding", "Partly meets"):
        assert said in told[1]
    assert "Say why" in told[2]
    assert "“Splendid” is not a rating" in told[3]
    assert "Meets expectations" in told[3]
    assert "“mood” is not a kind of reason" in told[4]
    assert "belongs to another card" in told[5]
    assert told[6] == told[7] == "There is no such card on this board."
    assert [card.rating.value for card in session.cards.order_by("pk")] == [4, 5, 3, 3, 3, 3]


def test_a_card_that_is_there_twice_is_moved_by_neither_line(leader):
    session = open_board([3])
    card = session.cards.get()

    report = move_in_bulk(session, by=leader, text=as_text([line(card, 4), line(card, 5)]))

    assert words(report) == ["This card is in the table more than once."] * 2
    assert not CardMove.objects.exists()


def test_a_line_without_a_version_moves_nothing_but_may_say_what_is_so(leader):
    session = open_board([3, 3])
    first, second = session.cards.order_by("pk")

    report = move_in_bulk(
        session, by=leader, text=as_text([line(first, 4, version=""), line(second, 3, "", version="")])
    )

    assert kinds(report) == ["refused", "unchanged"]
    assert "version is missing" in words(report)[0]


def test_a_card_that_is_kept_from_somebody_is_no_card_at_all(table):
    """Their own, that of somebody they report to, and one about whom they declared a conflict."""
    own = Card.objects.get(review__employee=table.partner.employee)
    above = Card.objects.get(review__employee=table.manager)
    conflict = Card.objects.get(review__employee=table.people[0])
    Recusal.objects.create(session=table.session, employee=table.partner.employee, about=table.people[0], reason="Kin")
    unknown = {**line(own, 4), "card": 10**9}

    report = move_in_bulk(
        table.session, by=table.partner, text=as_text([line(own, 4), line(above, 4), line(conflict, 4), unknown])
    )

    assert set(words(report)) == {"There is no such card on this board."}
    assert not CardMove.objects.exists()
    content = taken_away(table.session, table.partner).decode()
    for hidden in (table.partner.employee, table.manager, table.people[0]):
        assert hidden.employee_number not in content


@pytest.mark.parametrize("who", ["participant", "executive", "stranger", "other_partner"])
def test_only_who_may_move_a_card_may_bring_a_table(table, browse, who):
    card = Card.objects.get(review__employee=table.people[1])
    text = as_text([line(card, 4)])

    page = browse(getattr(table, who)).post(
        reverse("calibration:session_bulk", args=[table.session.pk]), {"text": text, "apply": "1"}
    )

    assert page.status_code in {403, 404}
    assert not CardMove.objects.exists()


def test_a_table_for_a_parent_moves_the_cards_of_the_sessions_under_it(leader):
    cycle = ReviewCycleFactory()
    child = open_board([3], cycle=cycle)
    parent = SessionFactory(cycle=cycle, state="open")
    child.parent = parent
    child.save()
    card = child.cards.get()

    report = move_in_bulk(parent, by=leader, text=as_text([line(card, 4)]))
    lock_session(child, by=None)
    late = move_in_bulk(parent, by=leader, text=as_text([line(card, 5, version=2)]))

    assert kinds(report) == ["changes"]
    assert words(late) == ["This session is already: Locked."]
    assert child.cards.get().rating.value == 4


def test_a_locked_session_takes_no_table(leader, browse):
    session = open_board([3])
    card = session.cards.get()
    lock_session(session, by=None)

    with pytest.raises(ActionError, match="already: Locked"):
        move_in_bulk(session, by=leader, text=as_text([line(card, 4)]))
    page = browse(leader).post(
        reverse("calibration:session_bulk", args=[session.pk]), {"text": as_text([line(card, 4)])}
    )

    assert page.status_code == 422
    assert "This session is already: Locked." in page.text
    assert "Wider scope" in page.text
    assert browse(leader).get(page.request["PATH_INFO"]).url == reverse(
        "calibration:session_decisions", args=[session.pk]
    )
    assert session.cards.get().rating.value == 3


def test_headings_reasons_and_answers_are_known_in_every_language(leader):
    session = open_board([3])
    with translation.override("de"):
        rows = rows_of(taken_away(session, leader))
        heading, yes, evidence = list(rows[0]), pgettext("answer", "yes"), str(Reason.EVIDENCE.label)
    assert heading[3] == "Name"
    assert heading[2] != "Employee number"
    rows[0] |= {heading[7]: "4", heading[8]: evidence, heading[9]: "Später", heading[10]: yes}

    report = move_in_bulk(session, by=leader, text=as_text(rows))

    assert kinds(report) == ["changes"]
    card = session.cards.get()
    assert (card.rating.value, card.reason, card.is_discussed) == (4, "evidence", True)


def test_semicolons_marks_tabs_and_windows_letters_are_read(leader, browse):
    session = open_board([3, 3, 3, 3])
    cards, client = list(session.cards.order_by("pk")), browse(leader)
    files = [
        ("\ufeff" + as_text([line(cards[0], 4, "Größer")], ";")).encode(),
        as_text([line(cards[1], 4, "Größer")], ";").encode("cp1252"),
        ("sep=;\r\n" + as_text([line(cards[2], 4, "Größer")], ";")).encode(),
        as_text([line(cards[3], 4, "Größer")], "\t").encode("utf-16"),
    ]

    for content in files:
        page = client.post(
            reverse("calibration:session_bulk", args=[session.pk]),
            {"file": SimpleUploadedFile("cards.csv", content), "apply": "1"},
        )
        assert page.status_code == 302

    assert [(card.rating.value, card.rationale) for card in session.cards.all()] == [(4, "Größer")] * 4


def test_an_excel_sheet_comes_back_too(leader, browse):
    session = open_board([3, 3])
    book = load_workbook(io.BytesIO(taken_away(session, leader, "xlsx")))
    sheet = book.active
    sheet["H2"], sheet["J2"] = 4.0, "Wider scope"
    file = io.BytesIO()
    book.save(file)

    page = browse(leader).post(
        reverse("calibration:session_bulk", args=[session.pk]),
        {"file": SimpleUploadedFile("cards.xlsx", file.getvalue()), "apply": "1"},
    )

    assert page.url == reverse("calibration:session_board", args=[session.pk])
    assert sorted(card.rating.value for card in session.cards.all()) == [3, 4]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"card,version\n1,1\n", "These columns are missing: Now"),
        (b"card,version,rating,card\n1,1,3,1\n", "is there twice"),
        (b"  \n", "Choose a file"),
        (b'card,version,rating\n1,1,"3\n', "is not CSV"),
        (b"PK\x03\x04 no sheet", "cannot be read"),
        (b"card,version,rating\n" + b"1,1,3\n" * 2001, "too many"),
        (b"card\0,version,rating\n", "not text"),
        (b"\x81\x8d\x8f", "neither text nor an Excel sheet"),
    ],
)
def test_what_is_no_table_is_refused_in_words_and_not_lost(leader, browse, content, said):
    session = open_board([3])

    page = browse(leader).post(
        reverse("calibration:session_bulk", args=[session.pk]), {"file": SimpleUploadedFile("cards.csv", content)}
    )

    assert page.status_code == 422
    assert said in page.text
    if content.startswith(b"card,version\n"):
        assert "card,version\n1,1" in page.text


def test_the_page_shows_what_will_happen_then_does_it_and_gives_the_refused_lines_back(leader, browse):
    session = open_board([3, 3])
    good, bad = session.cards.order_by("pk")
    text = as_text([line(good, 4, "First; <b>reason</b>"), line(bad, "none", "=1+1")])
    client, url = browse(leader), reverse("calibration:session_bulk", args=[session.pk])

    seen = client.post(url, {"text": text})
    assert session.cards.get(pk=good.pk).rating.value == 3
    assert "1 card changes" in seen.text
    assert "1 line is refused" in seen.text
    assert "First; &lt;b&gt;reason" in seen.text

    done = client.post(url, {"text": text, "apply": "1"})
    assert session.cards.get(pk=good.pk).rating.value == 4
    assert "=1+1" in done.text
    file = client.post(reverse("calibration:session_bulk_refused", args=[session.pk]), {"text": text})

    (row,) = [row for row in rows_of(file.content) if row["card"] == str(bad.pk)]
    assert "is not a rating of this cycle" in row["Why it was refused"]
    assert row["rationale"] == "'=1+1"


def test_a_table_is_checked_again_when_it_is_applied(leader, browse):
    session = open_board([3])
    card, text = session.cards.get(), as_text([line(session.cards.get(), 4)])
    client, url = browse(leader), reverse("calibration:session_bulk", args=[session.pk])
    client.post(url, {"text": text})
    move_card(card, by=make_user("hrleader"), rating=rating_of(session.cycle, 2), version=1, rationale="Meanwhile")

    done = client.post(url, {"text": text, "apply": "1"})

    assert "Nothing was changed" in done.text
    assert session.cards.get().rating.value == 2


def test_refused_lines_come_back_in_the_file_as_they_were(leader):
    session = open_board([3])
    text = "Note;card;version;rating\n+1;77;1;4\nshort\n"

    report = move_in_bulk(session, by=leader, text=text, is_trial=True)

    rows = list(csv.reader(io.StringIO(refused_file(report).content.decode("utf-8-sig"))))
    assert rows[0] == ["Note", "card", "version", "rating", "Why it was refused"]
    assert rows[1] == ["'+1", "77", "1", "4", "There is no such card on this board."]
    assert rows[2][:4] == ["short", "", "", ""]


def test_the_number_of_queries_does_not_grow_with_the_lines(leader, django_assert_max_num_queries):
    counts = []
    for values in ([3], [3] * 6):
        session = open_board(values)
        cards = list(session.cards.order_by("pk"))
        move_card(cards[-1], by=leader, rating=rating_of(session.cycle, 5), version=1, rationale="First")
        text = as_text([line(card, 4, discussed="yes") for card in cards])
        with django_assert_max_num_queries(40) as queries:
            move_in_bulk(session, by=leader, text=text)
        counts.append(len(queries))
        if len(cards) > 1:
            assert session.cards.filter(rating__value=4, is_discussed=True).count() == len(cards) - 1

    assert (
        counts[1] - counts[0] <= 8
    )  # one line is refused only; six move and are ticked, each in one statement for all


def test_the_api_takes_the_same_table(leader):
    session = open_board([3, 3])
    cards = list(session.cards.order_by("pk"))
    api = APIClient()
    api.force_authenticate(ActingPrincipal("bulk", EVERY_SCOPE, leader))
    url = reverse("api:calibration-sessions-bulk", args=[session.pk])
    text = as_text([line(cards[0], 4), line(cards[1], "none")])

    tried = api.post(url, {"text": text, "dry_run": True}, format="json")
    done = api.post(url, {"text": text}, format="json")
    broken = api.post(url, {"text": "no table"}, format="json")

    assert (tried.data["is_applied"], tried.data["changed"], tried.data["refused"]) == (False, 1, 1)
    assert done.data["lines"][0] == {"line": 2, "card": cards[0].pk, "outcome": "changes", "message": ""}
    assert "is not a rating" in done.data["lines"][1]["message"]
    assert broken.status_code == 409
    assert session.cards.get(pk=cards[0].pk).rating.value == 4
