"""What a client can be given.

A scope opens routes and rows. What a client may then do by itself is said by each room's rules.py: what is a person's
own (writing or handing in a review, acknowledging it) takes `act_for` and a person who may do it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    EMPLOYEES_READ = "employees:read", _("Read the directory and the organisation")
    EMPLOYEES_WRITE = "employees:write", _("Take in people and organisation, and change them")
    ACCOUNTS_READ = "accounts:read", _("Read who has an account")
    ACCOUNTS_WRITE = "accounts:write", _("Invite people to their accounts, close accounts and open them again")
    GOALS_READ = "goals:read", _("Read goals")
    GOALS_WRITE = "goals:write", _("Set goals and check in")
    CYCLES_WRITE = "cycles:write", _("Create, launch and close review cycles")
    REVIEWS_READ = "reviews:read", _("Read cycles and reviews, without ratings")
    REVIEWS_WRITE = "reviews:write", _("Move reviews from step to step")
    RATINGS_READ = "ratings:read", _("Read ratings, wherever they appear")
    CALIBRATION_READ = "calibration:read", _("Read calibration sessions and decisions")
    CALIBRATION_WRITE = "calibration:write", _("Run calibration sessions")
    TALENT_READ = "talent:read", _("Read talent profiles")
    TALENT_WRITE = "talent:write", _("Work on the competency library, role profiles and the skills inventory")
    POTENTIAL_READ = "potential:read", _("Read potential, pools and talent reviews")
    POTENTIAL_WRITE = "potential:write", _("Work on potential, pools and talent reviews")
    RETENTION_READ = "retention:read", _("Read flight risks, retention plans and exits")
    RETENTION_WRITE = "retention:write", _("Work on flight risks, retention plans and exits")
    MOBILITY_READ = "mobility:read", _("Read what people wish for their careers")
    MOBILITY_WRITE = "mobility:write", _("Say for a person what they wish for their career")
    REWARDS_READ = "rewards:read", _("Read pay and merit recommendations")
    REWARDS_WRITE = "rewards:write", _("Work on pay and merit recommendations")
    DEVELOPMENT_READ = "development:read", _("Read development plans")
    DEVELOPMENT_WRITE = "development:write", _("Work on development plans")
    SUCCESSION_READ = "succession:read", _("Read succession plans")
    SUCCESSION_WRITE = "succession:write", _("Work on succession plans")
    NOTICES_READ = "notices:read", _("Read a person’s notices")
    NOTICES_WRITE = "notices:write", _("Mark notices as read and choose which come by e-mail")
    WEBHOOKS_MANAGE = "webhooks:manage", _("Set up webhooks of one’s own")
    ACT_FOR = "act_for", _("Act for a person, with that person's rights")


# What a person's token can be narrowed to: nobody acts for others by a token, and webhooks belong to clients.
FOR_PEOPLE = [scope.value for scope in Scope if scope not in {Scope.ACT_FOR, Scope.WEBHOOKS_MANAGE}]
