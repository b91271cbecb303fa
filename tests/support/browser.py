"""Finding Chromium, signing in, and noticing what a page does that no page may."""

import shutil
from collections.abc import Iterable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

DEMO_PASSWORD = "hrportal-demo"
SERIOUS = {"serious", "critical"}


def find_chromium() -> str | None:
    """The path of an installed Chromium or Chrome, else None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright, program: str) -> Browser:
    """Start it without a window and without calls home."""
    return playwright.chromium.launch(executable_path=program, args=FLAGS, headless=True)


def sign_in(page: Page, username: str, password: str = DEMO_PASSWORD) -> None:
    """Sign in as one of the demo's people and wait for their first page."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def every_role(usernames: Iterable[str], *at_least: str) -> list:
    """Parameters for a test that visits everybody: `at_least` these always, the others among the long tests."""
    return [name if name in at_least else pytest.param(name, marks=pytest.mark.long) for name in usernames]


def barriers(page: Page) -> list[str]:
    """What axe finds on this page that keeps people out; an accessible page has none."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['target']}"
        for violation in violations
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]


def listen(page: Page, complaints: list[str], *, home: str) -> None:
    """Note what no page may do: script errors, blocked content, requests to other hosts, failed files.

    Answers that refuse (403, 404, 409, 422) are part of the portal's manners and only count for files.
    """

    def on_console(message) -> None:
        # The browser's own line for any answer from 400 on; `on_response` decides about those.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"console: {message.text}")

    def on_request(request) -> None:
        if not request.url.startswith((home, "data:", "blob:")):
            complaints.append(f"request to another host: {request.url}")

    def on_response(response) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            complaints.append(f"{response.status}: {response.url}")

    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on("console", on_console)
    page.on("request", on_request)
    page.on("response", on_response)
