"""Show every piece of the design system on one page, without a database: `python tools/styleguide.py [port]`.

The autosave and the board answer as the portal would, from memory; `/break?how=offline|conflict|signed-out|refused|` changes how the
next saves are answered, so that what people see then can be looked at too.
"""

import datetime
import secrets
import sys
from pathlib import Path
from types import SimpleNamespace
from wsgiref.simple_server import make_server

import django
from csp.constants import NONE, SELF
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent

settings.configure(
    DEBUG=True,
    SECRET_KEY=secrets.token_urlsafe(),
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "template_partials",
        "crispy_forms",
        "crispy_bootstrap5",
        "allauth",
        "allauth.account",
        "allauth.mfa",
        "csp",
    ],
    MIDDLEWARE=[
        "csp.middleware.CSPMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [ROOT / "templates"],
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                    "django.template.context_processors.i18n",
                ],
                "builtins": ["django.templatetags.i18n", "template_partials.templatetags.partials"],
            },
        }
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    CRISPY_ALLOWED_TEMPLATE_PACKS="bootstrap5",
    CRISPY_TEMPLATE_PACK="bootstrap5",
    STATIC_URL="/static/",
    STATICFILES_DIRS=[ROOT / "static"],
    LANGUAGES=[("en", "English"), ("de", "Deutsch"), ("ar", "العربية")],
    USE_TZ=True,
    CONTENT_SECURITY_POLICY={
        "DIRECTIVES": {"default-src": [SELF], "img-src": [SELF, "data:"], "object-src": [NONE], "base-uri": [NONE]}
    },
)
django.setup()

from django import forms  # noqa: E402  Django has to be set up first
from django.contrib import messages  # noqa: E402
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.paginator import Paginator  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.shortcuts import redirect, render  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.utils import timezone  # noqa: E402

NAMES = [
    "Amara Okafor",
    "Jonas Weber",
    "Mei Lin",
    "Sofia Rossi",
    "Tariq Haddad",
    "Ines Costa",
    "Noah Berg",
    "Priya Nair",
]
JOBS = ["Engineer", "Product Manager", "Analyst", "Team Lead"]
RATINGS = ["Below expectations", "Developing", "Meets expectations", "Exceeds", "Outstanding"]


def person(number):
    name = NAMES[number % len(NAMES)]
    initials = "".join(word[0] for word in name.split())
    return SimpleNamespace(pk=number, name=name, initials=initials, job=JOBS[number % len(JOBS)], org_unit="Platform")


def job(state, done, total):
    label = {"running": "Running", "done": "Done", "failed": "Failed"}[state]
    return SimpleNamespace(
        pk=done, title="Launch the annual cycle", state=state, done=done, total=total, percent=total and 100 * done // total,
        is_finished=state != "running", get_state_display=label, error="The rating scale was removed meanwhile.", result_url="#",
    )  # fmt: skip


class ExampleForm(forms.Form):
    title = forms.CharField(help_text="What will be different when it is reached?")
    due_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(choices=[("business", "Business goal"), ("development", "Development goal")])
    is_private = forms.BooleanField(required=False, label="Only my manager and I see it")


MEMORY = SimpleNamespace(
    how="",
    review={"version": 1, "comment": "Led the migration with care.", "needs": ""},
    cards={number: SimpleNamespace(pk=number, person=person(number), rating=number % 5 + 1, version=1) for number in range(8)},
)  # fmt: skip


def columns():
    cards = list(MEMORY.cards.values())
    return [
        SimpleNamespace(value=value, label=label, cards=[card for card in cards if card.rating == value])
        for value, label in enumerate(RATINGS, 1)
    ]


def distribution():
    shares = [(4, 5, 3), (12, 20, 14), (48, 50, 42), (28, 20, 31), (8, 5, 10)]
    return [
        {"label": label, "count": share * 2, "share": share, "guideline": guideline, "before": before}
        for label, (share, guideline, before) in zip(RATINGS, shares, strict=True)
    ]


def navigation():
    groups = {
        "": [("My work", "house", 3), ("Directory", "people", 0)],
        "Performance": [("Reviews", "clipboard-check", 0), ("Goals", "bullseye", 0), ("Feedback", "chat-left-text", 0)],
        "Calibration": [("Sessions", "sliders", 0), ("Hand-over", "arrow-left-right", 0)],
        "Talent": [("Profiles", "person-badge", 0), ("Nine-box", "grid-3x3-gap", 0), ("Succession", "diagram-3", 0)],
    }
    return [
        {
            "label": label,
            "items": [
                {"label": name, "url": "#", "icon": icon, "is_active": name == "Reviews", "badge": badge}
                for name, icon, badge in items
            ],
        }
        for label, items in groups.items()
    ]


def guide(request):
    """The page itself."""
    if "said" in request.GET:
        messages.success(request, "The review was submitted.")
        messages.error(request, "The session was locked meanwhile; nothing was changed.")
    form = ExampleForm({"title": "", "due_on": "soon"}) if "errors" in request.GET else ExampleForm()
    now = timezone.now()
    context = {
        "navigation": navigation(),
        "user": SimpleNamespace(is_authenticated=True, pk=1, username="amara", employee=person(0)),
        "search_url": "/",
        "notifications_url": "#",
        "notifications_count": 4,
        "people": [person(number) for number in range(6)],
        "rows": distribution(),
        "jobs": [job("running", 320, 800), job("running", 0, None), job("done", 800, 800), job("failed", 12, 800)],
        "form": form,
        "ratings": list(enumerate(RATINGS, 1)),
        "columns": columns(),
        "review": MEMORY.review,
        "page_obj": Paginator(range(120), 25).page(2),
        "trend": {"type": "line", "labels": ["2023", "2024", "2025", "2026"], "percent": True, "series": [
            {"label": "Completed on time", "values": [61, 70, None, 92]},
            {"label": "Guideline", "values": [80, 80, 85, 85], "tone": "care", "dashed": True},
        ]},
        "today": now.date(),
        "spring": datetime.date(2026, 3, 4),
        "steps": [
            {"what": "Proposed by Jonas Weber", "at": now, "icon": "pencil", "url": "#"},
            {"what": "Calibrated in “Platform, spring”", "at": now, "who": "Mei Lin", "icon": "sliders", "url": "#"},
            {"what": "Entered the talent profile", "at": now, "icon": "person-badge"},
        ],
    }  # fmt: skip
    return render(request, "styleguide.html", context)


def board(request):
    return render(request, "styleguide.html#board", {"columns": columns(), "ratings": list(enumerate(RATINGS, 1))})


def move(request, number):
    card = MEMORY.cards[number]
    if int(request.POST["version"]) != card.version:
        return JsonResponse({"message": f"{card.person.name} was moved meanwhile."}, status=409)
    if len(request.POST["rationale"]) < 5:
        return JsonResponse({"errors": {"rationale": ["Say why, in a sentence."]}}, status=422)
    card.rating, card.version = int(request.POST["rating"]), card.version + 1
    return board(request)


def autosave(request):
    if MEMORY.how == "offline":
        return HttpResponse(status=503)
    if MEMORY.how == "signed-out":
        return redirect("account_login")
    if MEMORY.how == "refused":
        return JsonResponse({"message": "This review was already submitted."}, status=422)
    if int(request.POST["version"]) != MEMORY.review["version"]:
        theirs = {name: MEMORY.review[name] for name in ("comment", "needs")}
        return JsonResponse({"version": MEMORY.review["version"], "theirs": theirs}, status=409)
    MEMORY.review.update(
        comment=request.POST["comment"], needs=request.POST["needs"], version=MEMORY.review["version"] + 1
    )
    return JsonResponse({"version": MEMORY.review["version"], "saved_at": timezone.now()})


def job_progress(request):
    return render(request, "includes/job_progress.html", {"job": job("running", 480, 800), "poll_url": "/job"})


def break_it(request):
    """Choose how the next saves go; "conflict" plays somebody else who saves now."""
    MEMORY.how = request.GET.get("how", "")
    if MEMORY.how == "conflict":
        MEMORY.review.update(comment="Somebody else's words.", version=MEMORY.review["version"] + 1)
    return HttpResponse(MEMORY.how)


def page(template):
    return lambda request: render(request, template)


urlpatterns = [
    path("", guide),
    path("board", board),
    path("move/<int:number>", move),
    path("autosave", autosave),
    path("job", job_progress),
    path("break", break_it),
    *(path(f"{name}.html", page(f"{name}.html")) for name in ("400", "403", "403_csrf", "404", "429", "500")),
    path("accounts/", include("allauth.urls")),
]

if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8100
    sys.stdout.write(f"http://127.0.0.1:{port}/\n")
    sys.stdout.flush()
    make_server("127.0.0.1", port, StaticFilesHandler(get_wsgi_application())).serve_forever()
