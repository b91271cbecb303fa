"""The two OAuth doors that are open: getting a token and giving it back. No other flow has a route."""

from allauth.idp.oidc import views as provider
from allauth.idp.oidc.models import Client
from django.http import HttpRequest, HttpResponse, JsonResponse

from hrportal.common.access import PUBLIC, Access


class TokenView(provider.TokenView):
    """`POST grant_type=client_credentials` with the client's id and secret (RFC 6749, section 4.4)."""

    http_method_names = ["post"]
    access = Access(PUBLIC)

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("grant_type") != Client.GrantType.CLIENT_CREDENTIALS:
            return JsonResponse({"error": "unsupported_grant_type"}, status=400)
        response = super().post(request)
        response["Cache-Control"] = "no-store"
        return response


class RevokeView(provider.RevokeView):
    """`POST token=…` with the client's id and secret (RFC 7009)."""

    http_method_names = ["post"]
    access = Access(PUBLIC)
