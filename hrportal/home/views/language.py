"""The language of the pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from hrportal.common.access import PUBLIC, access
from hrportal.people.models import User


@access(PUBLIC)
@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page, in it; before signing in, too.

    Of somebody signed in, the account keeps it as well, for the letters they get.
    """
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return set_language(request)
