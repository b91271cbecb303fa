"""Documents: made of our own files alone, and a page with words where they cannot be made."""

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.test import RequestFactory

from hrportal.common import pdf
from tests.support.require import require


@pytest.fixture
def pango():
    """A machine that can lay out documents."""
    try:
        import weasyprint  # noqa: PLC0415  (needs Pango)
    except OSError:
        weasyprint = None
    return require(weasyprint, "Pango")


def test_a_template_becomes_a_pdf(pango):
    assert pdf.render_pdf("document.html", {}).startswith(b"%PDF-")


def test_our_own_static_files_are_found(pango):
    found = pdf._fetch("https://portal.invalid/static/css/document.css")

    assert found.content_type == "text/css"
    assert b"@page" in found.read()


def test_a_foreign_picture_is_left_out_and_the_document_made_all_the_same(pango, monkeypatch):
    page = "<h1>Title</h1><img alt='' src='http://169.254.169.254/latest/'><img alt='' src='file:///etc/passwd'>"
    monkeypatch.setattr(pdf, "render_to_string", lambda template, context: page)

    assert pdf.render_pdf("any.html", {}).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://169.254.169.254/latest/",
        "https://portal.invalid/static/%2e%2e/%2e%2e/manage.py",
        "https://portal.invalid/static/../manage.py",
        "https://portal.invalid/static/no-such-file.css",
        "data:text/plain,hello",
    ],
)
def test_nothing_else_is_fetched(url, pango):
    with pytest.raises((ValueError, SuspiciousFileOperation)):
        pdf._fetch(url)


def test_without_the_library_a_page_says_what_is_missing(monkeypatch, rf: RequestFactory, settings):
    def cannot(template, context):
        raise pdf.PdfUnavailable("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "render_pdf", cannot)
    monkeypatch.setattr(pdf, "render", lambda request, template, context, status: (template, context, status))

    template, context, status = pdf.pdf_response(rf.get("/"), "document.html", {}, title="A review", page_url="/there/")

    assert (template, status) == ("pdf_unavailable.html", 503)
    assert "libpango" in str(context["missing"])
    assert context["page_url"] == "/there/"
