"""Who may do what with vacancies: HR for the seat, unless the seat, its bench or whoever was taken concerns them."""

import rules

from hrportal.people.models import Position
from hrportal.people.viewer import Principal
from talent.models import SuccessionPlan, Vacancy
from talent.models.succession import own_circle
from talent.rules.succession import WORK_ON_BENCHES, is_hr_for_seat, is_seat_of


@rules.predicate
def may_open(user: Principal, position: Position | None) -> bool:
    """HR for some seats, or for this one; or a client that may write benches."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_BENCHES):
        return False
    if position is None:
        return viewer.is_client or viewer.is_hr
    if not is_hr_for_seat(viewer, position) or is_seat_of(own_circle(viewer), position):
        return False
    return viewer.is_client or not SuccessionPlan.objects.about(viewer).filter(position=position).exists()


@rules.predicate
def manages_vacancy(user: Principal, vacancy: Vacancy) -> bool:
    """HR for the seat, who may see the vacancy; or a client that may write benches."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_BENCHES):
        return False
    if not is_hr_for_seat(viewer, vacancy.position):
        return False
    return Vacancy.objects.visible_to(user).filter(pk=vacancy.pk).exists()


rules.add_perm("talent.open_vacancy", may_open)
for verb in ("edit_vacancy", "fill_vacancy", "cancel_vacancy", "note_outcome", "name_hire"):
    rules.add_perm(f"talent.{verb}", manages_vacancy)
