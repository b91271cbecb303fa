"""Pages as a browser asks for them, against the portal's own signed-in empty page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.test import Client, override_settings
from django.urls import reverse

from benchmarks.measuring import Result, count_queries, seconds_of_both, taken_back
from calibration.enums import SessionState
from calibration.models import CalibrationSession, Card
from hrportal.people.models import Employee, User
from performance.enums import CycleState, ReviewState
from performance.models import Review
from talent.models import SuccessionPlan, TalentProfile

EMPTY = "/bench/empty/"
MOST_CARDS = 500


@dataclass(frozen=True)
class Promise:
    """How many times the empty page a page may take, and how many queries."""

    ratio: float
    queries: int


LIST, BOARD = Promise(3, 15), Promise(12, 20)


def measure_pages() -> Iterator[Result]:
    """The empty page, lists, and a large board."""
    with override_settings(ROOT_URLCONF="benchmarks.doors"):
        manager, leader = _client("manager"), _client("hrleader")
        yield _empty_page(manager)
        for name, route, client, model in (
            ("my work, manager", "home:my_work", manager, None),
            ("directory, manager", "people:employee_list", manager, Employee),
            ("reviews, manager", "performance:review_list", manager, Review),
            ("reviews, HR leader", "performance:review_list", leader, Review),
            ("talent profiles, HR leader", "talent:profile_list", leader, TalentProfile),
        ):
            yield _page(name, client, reverse(route), model.objects.count() if model else 1, LIST)
        yield _page("benches, HR leader", leader, reverse("talent:bench_list"), SuccessionPlan.objects.count(), BOARD)
        with taken_back():
            session = _large_session()
            url = reverse("calibration:session_board", args=[session.pk])
            yield _page("calibration board, HR leader", leader, url, session.cards.count(), BOARD)


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
