"""What is known of skills: which level counts and why, what jobs ask for, and the way from one to the other."""

from talent.skills.counting import Counting, levels_that_count
from talent.skills.demands import demands_of
from talent.skills.shown import SkillLine, skills_of

__all__ = ["Counting", "SkillLine", "demands_of", "levels_that_count", "skills_of"]
