"""The API's description of itself, and its answer to addresses it does not have."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from hrportal.common.access import PUBLIC, Access, access
from hrportal.common.problems import problem_response
from hrportal.integrations.description import SharedDescription


class SchemaView(SpectacularAPIView):
    """OpenAPI 3.1, generated from the running code."""

    access = Access(PUBLIC)
    renderer_classes = [OpenApiJsonRenderer, OpenApiJsonRenderer2]  # the second to whoever asks for application/json
    generator_class = SharedDescription


class DocsView(SpectacularSwaggerSplitView):
    """The same to read and to try."""

    access = Access(PUBLIC)
    url_name = "api:schema"
    template_name = "integrations/api_docs.html"


@csrf_exempt
@access(PUBLIC)
def not_found(request: HttpRequest, path: str) -> HttpResponse:
    """Every other address below /api/, for programs: a problem document rather than a page."""
    return problem_response(request, 404, "not_found", _("There is nothing at this address."))
