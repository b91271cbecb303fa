"""Documents to keep: a template as a PDF. Nothing is fetched for it but the portal's own static files."""

import mimetypes
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.text import slugify

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

# The address of the portal inside a document, where nobody can follow it.
OURSELVES = "https://portal.invalid"


class PdfUnavailable(Exception):
    """The libraries that lay out documents are not installed; the message names what is missing."""


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The template as a PDF. Raises PdfUnavailable where this machine cannot lay out documents."""
    try:
        from weasyprint import HTML, URLFetcher  # noqa: PLC0415  (needs Pango, which the rest of the portal does without)
    except (ImportError, OSError) as error:
        raise PdfUnavailable(str(error)) from error

    class OwnFiles(URLFetcher):
        """Fetches our static files; what it refuses is left out of the document."""

        def fetch(self, url: str, headers: Any = None) -> "URLFetcherResponse":
            return _fetch(url)

    page = render_to_string(template, context)
    made = HTML(string=page, base_url=f"{OURSELVES}/", url_fetcher=OwnFiles())
    document: bytes = made.write_pdf(pdf_variant="pdf/ua-1")
    return document


def pdf_response(
    request: HttpRequest, template: str, context: dict[str, Any], *, title: str, page_url: str
) -> HttpResponse:
    """The document to download, named by `title`. Where it cannot be made: a page that says why and that `page_url` prints as well."""
    try:
        document = render_pdf(template, context)
    except PdfUnavailable as missing:
        return render(request, "pdf_unavailable.html", {"missing": missing, "page_url": page_url}, status=503)
    name = slugify(title) or "document"
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


def _fetch(url: str) -> "URLFetcherResponse":
    """A static file of ours; everything else is refused, whatever a document may name."""
    from weasyprint.urls import URLFetcherResponse  # noqa: PLC0415  (as above)

    prefix = OURSELVES + settings.STATIC_URL
    if not url.startswith(prefix):
        raise ValueError(f"documents are made of the portal's own files only, not of {url}")
    name = unquote(urlsplit(url).path.removeprefix(urlsplit(prefix).path))
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return URLFetcherResponse(url, body=_static(name), headers={"Content-Type": kind})


def _static(name: str) -> bytes:
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read()
    found = finders.find(name)
    if found is None:
        raise ValueError(f"there is no static file {name}")
    with open(found, "rb") as file:
        return file.read()
