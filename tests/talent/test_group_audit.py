"""How a choice falls on groups: rates, four fifths, Fisher's p, and what small groups never tell."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hrportal.common.actions import ActionError
from hrportal.people.enums import Role
from talent import actions
from talent.models import GroupAudit
from talent.scores.group_audit import age_group, audit_of
from talent.scores.rates import fisher
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.potential import GroupAuditFactory, PoolMemberFactory, TalentPoolFactory, a_member

people = st.lists(st.tuples(st.sampled_from(["", "female", "male", "diverse"]), st.booleans()), max_size=60)


@given(people)
def test_lines_can_be_done_by_hand(rows):
    lines = {line.group: line for line in audit_of("gender", rows)}

    for group, line in lines.items():
        count, chosen = (
            sum(name == group for name, _chosen in rows),
            sum(chosen for name, chosen in rows if name == group),
        )
        if count < 5 or group == "":
            assert (line.chosen, line.rate, line.ratio, line.p) == (None,) * 4
        else:
            assert line.rate == chosen / count
    compared = [line for line in lines.values() if line.rate is not None]
    best = max((line.rate for line in compared), default=None)
    for line in compared:
        assert line.ratio is None or best == 0 or line.ratio == pytest.approx(line.rate / best)


def test_a_group_chosen_half_as_often_asks_why():
    rows = [("female", n < 2) for n in range(20)] + [("male", n < 4) for n in range(20)]

    lines = {line.group: line for line in audit_of("gender", rows)}

    assert lines["male"].is_reference
    assert lines["female"].ratio == pytest.approx(0.5)
    assert lines["female"].p == pytest.approx(fisher(2, 18, 4, 16))
    assert lines["female"].asks_why


def test_four_people_are_too_few_to_say_anything():
    [small] = audit_of("gender", [("diverse", True)] * 4)

    assert (small.is_small, small.count, small.asks_why) == (True, None, False)


@pytest.mark.parametrize(
    ("birth_year", "group"),
    [(None, ""), (2000, "under_30"), (1996, "30_to_39"), (1977, "40_to_49"), (1976, "50_and_over")],
)
def test_age_groups(birth_year, group):
    assert age_group(birth_year, 2026) == group


@pytest.mark.django_db
class TestOfAPool:
    def publish(self):
        """Ten men of whom five are members, ten women of whom one is."""
        pool = TalentPoolFactory()
        for number in range(10):
            for gender, most in (("male", 5), ("female", 0)):
                person = EmployeeFactory(gender=gender, birth_year=1990)
                if number < most:
                    a_member(pool=pool, employee=person)
        PoolMemberFactory(pool=pool, state="approved", employee=person)
        leader = make_user(Role.HR_LEADER, employee=EmployeeFactory())
        return actions.publish_pool(pool, by=leader), leader

    def test_it_is_stored_and_asks_why_and_blocks_nothing(self):
        audit, _leader = self.publish()

        assert (audit.population, audit.chosen, audit.asks_why) == (20, 6, True)
        female = next(line for line in audit.lines if line["group"] == "female")
        assert (female["count"], female["chosen"], female["ratio"]) == (10, 1, pytest.approx(0.2))

    def test_a_person_answers_once(self):
        audit, leader = self.publish()

        actions.answer_group_audit(audit, by=leader, answer="We look at nominations from plants.")
        with pytest.raises(ActionError):
            actions.answer_group_audit(audit, by=leader, answer="Again")

        audit.refresh_from_db()
        assert audit.answer == "We look at nominations from plants."

    @pytest.mark.parametrize("role", [Role.HRBP, Role.EXECUTIVE, Role.ADMIN])
    def test_only_hr_leaders_read_it(self, role):
        GroupAuditFactory()

        assert not GroupAudit.objects.visible_to(make_user(role)).exists()

    def test_the_page_names_nobody(self, client):
        audit, leader = self.publish()
        client.force_login(leader)

        page = client.get(reverse("talent:group_audit_detail", args=[audit.pk])).content.decode().split("<main", 1)[1]

        names = [member.employee.last_name for member in audit.pool.members.select_related("employee")]
        assert not [name for name in names if name in page]
