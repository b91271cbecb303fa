"""What calibration recovers of a known truth: a small look in every run, the whole proof among the long tests."""

import pytest

from benchmarks import calibration_truth
from benchmarks.calibration_truth import Goal, goals_of, measured, measured_odd, worlds
from benchmarks.organisations import World

SEEDS = range(6)


@pytest.mark.parametrize(("team", "least"), [(3, 0.2), (8, 0.45), (15, 0.5)])
@pytest.mark.parametrize("teams", ["lift", "mix", "none"])
def test_a_good_part_of_what_an_oracle_would_mend_is_mended(teams, team, least):
    cell = measured(World(teams, team), SEEDS)

    assert cell.raw < cell.ours < cell.oracle
    assert cell.recovered > least
    assert cell.coverage > 0.8
    assert cell.nearer > 0.7


@pytest.mark.parametrize("teams", ["lift", "mix"])
def test_where_teams_really_differ_the_usual_corrections_do_harm_and_ours_does_not(teams):
    cell = measured(World(teams, 8, leniency=0.3), SEEDS)

    assert max(cell.z_score, cell.centred) < cell.raw - 0.05
    assert cell.ours > cell.raw - 0.005


def test_few_of_those_flagged_are_flagged_in_vain():
    cell = measured_odd(World("mix", 8, people=1200, moving=0), SEEDS)

    assert cell.false <= 0.12
    assert cell.found_mean > 0.4


def test_a_missed_goal_is_called_so_and_fails(monkeypatch, capsys):
    one = World("none", 8, people=160)
    monkeypatch.setattr(calibration_truth, "worlds", lambda: [one])
    monkeypatch.setattr(calibration_truth, "odd_worlds", lambda: [])
    monkeypatch.setattr(calibration_truth, "LEAST_RECOVERED", {8: 2.0})

    assert calibration_truth.main(["--quick"]) == 1
    assert "MISSED" in capsys.readouterr().out


@pytest.mark.parametrize(("goal", "is_reached"), [(Goal("a", 0.4, 0.35), True), (Goal("b", 0.4, 0.35, at_least=False), False)])  # fmt: skip
def test_goals_have_a_direction(goal, is_reached):
    assert goal.is_reached == is_reached


@pytest.mark.long
def test_every_goal_is_reached(capsys):
    status = calibration_truth.main([])

    assert status == 0, capsys.readouterr().out


@pytest.mark.long
def test_every_goal_is_reached_on_other_organisations_too():
    cells = [measured(world, range(1000, 1060)) for world in worlds()]

    assert [goal for goal in goals_of(cells) if not goal.is_reached] == []
