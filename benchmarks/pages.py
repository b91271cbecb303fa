"""Pages as a browser asks for them, against the portal's own signed-in empty page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle

from django.test import Client, override_settings
from django.urls import reverse

from benchmarks.measuring import Result, count_queries, seconds_of_both, taken_back
from calibration.enums import SessionState
from calibration.filters.cards import VIEWS
from calibration.models import CalibrationSession, Card
from hrportal.people.models import Employee, User
from performance.enums import CycleState, ReviewState
from performance.models import Review
from talent.models import SuccessionPlan, TalentProfile

EMPTY = "/bench/empty/"
HTMX = {"HX-Request": "true"}
MOST_CARDS = 500


@dataclass(frozen=True)
class Promise:
    """How many times the empty page a page may take, and how many queries."""

    ratio: float
    queries: int


# My work asks once for each kind of thing that may wait for somebody.
LIST, BOARD, MY_WORK = Promise(3, 15), Promise(12, 20), Promise(6, 34)
# A board of five hundred cards, what its poll costs while nothing changed, and one move on it.
FULL_BOARD, POLL, MOVE = Promise(40, 33), Promise(3, 9), Promise(12, 45)


def measure_pages() -> Iterator[Result]:
    """The empty page and lists."""
    with override_settings(ROOT_URLCONF="benchmarks.doors"):
        manager, leader = _client("manager"), _client("hrleader")
        yield _empty_page(manager)
        for name, route, client, model in (
            ("directory, manager", "people:employee_list", manager, Employee),
            ("reviews, manager", "performance:review_list", manager, Review),
            ("reviews, HR leader", "performance:review_list", leader, Review),
            ("talent profiles, HR leader", "talent:profile_list", leader, TalentProfile),
        ):
            yield _page(name, client, reverse(route), model.objects.count(), LIST)
        yield _page("my work, manager", manager, reverse("home:my_work"), 1, MY_WORK)
        yield _page("benches, HR leader", leader, reverse("talent:bench_list"), SuccessionPlan.objects.count(), BOARD)


def measure_board() -> Iterator[Result]:
    """The board of a large session in each of its views, a poll that has nothing to tell, and one move."""
    with override_settings(ROOT_URLCONF="benchmarks.doors"), taken_back():
        leader, session = _client("hrleader"), _large_session()
        url, size = reverse("calibration:session_board", args=[session.pk]), session.cards.count()
        for view in VIEWS:
            yield _page(f"board, {view}", leader, f"{url}?view={view}", size, FULL_BOARD)
        yield _board_part("board, a poll with nothing to tell", leader, _polling(leader, url), size, POLL)
        yield _board_part("board, one move", leader, _moving(leader, session), size, MOVE)


def _board_part(name: str, client: Client, ask: Callable[[], None], size: int, promise: Promise) -> Result:
    floor, taken = seconds_of_both(_asking(client, EMPTY), ask)
    return Result(name, size, "signed-in empty page", floor, taken, promise.ratio, count_queries(ask), promise.queries)


def _polling(client: Client, url: str) -> Callable[[], None]:
    etag = client.get(url, headers=HTMX)["ETag"]

    def poll() -> None:
        answer = client.get(url, headers=HTMX | {"If-None-Match": etag})
        assert answer.status_code == 304, f"a poll answered {answer.status_code}"

    return poll


def _moving(client: Client, session: CalibrationSession) -> Callable[[], None]:
    """Move one card to and fro between the two highest ratings."""
    card = session.cards.exclude(rating=None).order_by("pk")[0]
    levels = cycle(session.cycle.scale.levels.exclude(pk=card.rating_id).order_by("-value")[:2])
    versions = count(card.version)
    url = reverse("calibration:card_move", args=[card.pk])

    def move() -> None:
        data = {"rating": next(levels).pk, "rationale": "Compared with peers", "version": next(versions)}
        answer = client.post(url, data, headers=HTMX)
        assert answer.status_code == 200, f"a move answered {answer.status_code}"

    return move


def _client(username: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=username))
    return client


def _empty_page(client: Client) -> Result:
    ask = _asking(client, EMPTY)
    floor, taken = seconds_of_both(_asking(client, "/bench/bare/"), ask)
    return Result("signed-in empty page", 1, "bare signed-in view", floor, taken, 12, count_queries(ask), 4)


def _page(name: str, client: Client, url: str, size: int, promise: Promise) -> Result:
    ask = _asking(client, url)
    floor, taken = seconds_of_both(_asking(client, EMPTY), ask)
    queries = count_queries(ask)
    return Result(name, size, "signed-in empty page", floor, taken, promise.ratio, queries, promise.queries)


def _asking(client: Client, url: str) -> Callable[[], None]:
    def ask() -> None:
        answer = client.get(url)
        assert answer.status_code == 200, f"{url} answered {answer.status_code}"

    return ask


def _large_session() -> CalibrationSession:
    """An open session with as many cards as one board should bear, gathered from the cycle under way."""
    session = CalibrationSession.objects.filter(state=SessionState.OPEN).order_by("pk")[0]
    waiting = Card.objects.filter(review__cycle__state=CycleState.CALIBRATION)
    ids = list(waiting.values_list("pk", flat=True)[:MOST_CARDS])
    Card.objects.filter(pk__in=ids).update(session=session)
    Review.objects.filter(pk__in=Card.objects.filter(pk__in=ids).values("review")).update(
        state=ReviewState.IN_CALIBRATION
    )
    return session
