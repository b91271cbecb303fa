"""Identity providers, from the environment to what allauth asks for. Read by the settings, so nothing here knows models."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

PROVISIONING = ("none", "accounts", "people")
SAML_APP = "allauth.socialaccount.providers.saml"


@dataclass(frozen=True)
class Trust:
    """What the portal believes of one provider beyond who signed in.

    `number_claim` names the claim with the employee number; with `trusts_email` an address that the provider has verified
    says whose account it is. `provisioning` is what a first sign-in may make: nothing, an account for somebody the portal
    knows, or a person too.
    """

    number_claim: str = ""
    trusts_email: bool = False
    provisioning: str = "none"


def oidc_apps(providers: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """OpenID Connect providers as allauth's apps. Raises ImproperlyConfigured where something is missing."""
    return [_oidc_app(provider) for provider in providers]


def saml_apps(providers: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """SAML providers as allauth's apps. Raises ImproperlyConfigured where something is missing, such as the package."""
    apps = [_saml_app(provider) for provider in providers]
    if apps and find_spec("onelogin") is None:
        raise ImproperlyConfigured("SAML_PROVIDERS needs the packages of requirements-saml.txt.")
    return apps


def origins_of(providers: Iterable[Mapping[str, Any]]) -> list[str]:
    """Where the sign-in form may lead: the origin of each provider, for the content security policy."""
    urls = [str(provider.get("server_url") or provider.get("idp", {}).get("sso_url", "")) for provider in providers]
    parts = [urlsplit(url) for url in urls if url]
    extra = [origin for provider in providers for origin in provider.get("origins", [])]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts} | {*extra})


def trust_of(settings: Mapping[str, Any]) -> Trust:
    """What an app's own settings say about believing it."""
    return Trust(**settings.get("trust", {}))


def _oidc_app(provider: Mapping[str, Any]) -> dict[str, Any]:
    _require(provider, "SSO_PROVIDERS", "id", "server_url", "client_id", "secret")
    known = {"server_url": provider["server_url"], "oauth_pkce_enabled": True, "trust": _trust(provider)}
    optional = {name: provider[name] for name in ("token_auth_method", "uid_field") if name in provider}
    return {
        "provider_id": provider["id"],
        "name": provider.get("name", provider["id"]),
        "client_id": provider["client_id"],
        "secret": provider["secret"],
        "settings": {**known, **optional},
    }


def _saml_app(provider: Mapping[str, Any]) -> dict[str, Any]:
    _require(provider, "SAML_PROVIDERS", "id", "idp")
    passed_on = {name: provider[name] for name in ("attribute_mapping", "sp", "advanced") if name in provider}
    return {
        "provider_id": provider["idp"].get("entity_id", provider["id"]),
        "name": provider.get("name", provider["id"]),
        "client_id": provider["id"],
        "settings": {"idp": provider["idp"], "trust": _trust(provider), **passed_on},
    }


def _trust(provider: Mapping[str, Any]) -> dict[str, Any]:
    trust = {name: provider[name] for name in ("number_claim", "trusts_email", "provisioning") if name in provider}
    if trust.get("provisioning", "none") not in PROVISIONING:
        raise ImproperlyConfigured(f"provisioning is one of {', '.join(PROVISIONING)}.")
    if trust.get("provisioning") == "people" and not trust.get("number_claim"):
        raise ImproperlyConfigured(
            "A provider that makes people needs a number_claim: people are known by their number."
        )
    return trust


def _require(provider: Mapping[str, Any], setting: str, *names: str) -> None:
    if missing := [name for name in names if not provider.get(name)]:
        raise ImproperlyConfigured(f"{setting}: {provider.get('id', 'a provider')} lacks {', '.join(missing)}.")
