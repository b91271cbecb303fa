"""The language of the pages."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from hrportal.common.access import PUBLIC, access


@access(PUBLIC)
@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page, in it; before signing in, too."""
    return set_language(request)
