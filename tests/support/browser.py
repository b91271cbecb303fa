"""Finding Chromium and watching what its console says."""

import shutil

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


def find_chromium() -> str | None:
    """The path of an installed Chromium or Chrome, else None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright, program: str) -> Browser:
    """Start it without a window and without calls home."""
    return playwright.chromium.launch(executable_path=program, args=FLAGS, headless=True)


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
