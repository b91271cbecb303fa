"""For tests of every topic: a notice leads to a page that opens for whom it was sent to."""

from django.test import Client

from hrportal.notices.models import Notice
from hrportal.people.models import User
from tests.factories.people import make_user


def assert_openable(notice: Notice) -> None:
    """The recipient follows the notice and finds its page, and the notice is read afterwards."""
    client = Client()
    account = User.objects.filter(employee=notice.employee).first()
    client.force_login(account or make_user(employee=notice.employee))

    answer = client.get(f"/notices/{notice.pk}/open/", follow=True)

    assert answer.status_code == 200, f"{notice.kind} leads {notice.employee} to {notice.url}: {answer.status_code}"
    assert "/accounts/" not in answer.request["PATH_INFO"]
    notice.refresh_from_db()
    assert notice.is_read
    assert notice.title
