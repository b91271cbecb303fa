"""How somebody signs in, on the page of their account."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.template.loader import render_to_string

from hrportal.people.models import PersonalToken, User


def sign_in_panel(*, account: User, request: HttpRequest) -> str:
    """Password, providers, second factors, open sessions and access tokens: that there are such, never what they are."""
    user: Any = request.user
    context = {
        "account": account,
        "may_help": user.has_perm("sign_in.help", account),
        "factors": [
            factor.get_type_display() for factor in Authenticator.objects.filter(user=account).order_by("type")
        ],
        "identities": SocialAccount.objects.filter(user=account).order_by("id"),
        "sessions": UserSession.objects.filter(user=account).count(),
        "tokens": PersonalToken.objects.valid().of(account).count(),
    }
    return render_to_string("sign_in/account_panel.html", context, request)
