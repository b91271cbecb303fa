"""Whether performance and potential are told apart: the correlation of P and Q over the people a reader sees."""

import datetime

from hrportal.people.viewer import Principal
from talent.models import PotentialAssessment, TalentProfile
from talent.potential.levels import performance_of, potential_of
from talent.scores.correlation import Correlation, correlation


def separation_for(user: Principal, today: datetime.date) -> tuple[Correlation | None, int]:
    """The correlation over everybody whose P and Q this reader may both read (None of too few), and how many they are.

    Five queries, whatever the number of people. P rests on ratings.
    """
    if not user.viewer.may_use("ratings:read"):
        return None, 0
    assessed = PotentialAssessment.objects.visible_to(user).known().unbiased_for(user)
    profiles = TalentProfile.objects.visible_to(user).filter(employee__in=assessed.values("employee"))
    people = list(profiles.values_list("employee", flat=True))
    potential = potential_of(people, today, user)
    performance = performance_of(people, today)
    pairs = [(performance[pk].level.value, potential[pk].value) for pk in potential if pk in performance]
    return correlation(pairs), len(pairs)
