"""What people do on pages, in the words of the pages."""

import email.policy
import re
from collections.abc import Callable
from email.parser import BytesParser
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support.browser import sign_in
from tests.support.processes import wait_until

PASSWORD = "a long walk by the sea"
LINK = re.compile(r"https?://\S+/people/invitation/\S+")


class Mailbox:
    """The folder a portal with `EMAIL_URL=filemail://…` puts its mail in."""

    def __init__(self, folder: Path):
        self.folder = folder

    def invitation_for(self, address: str) -> str:
        """The link in the newest invitation to this address, once it has come."""
        return wait_until(lambda: self._find(address), what=f"the invitation of {address}")

    def _find(self, address: str) -> str | None:
        files = sorted(self.folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
        return next((link for file in files if (link := _link_to(address, file.read_bytes()))), None)


def _link_to(address: str, mails: bytes) -> str | None:
    for mail in mails.split(b"-" * 79):
        message = BytesParser(policy=email.policy.default).parsebytes(mail.lstrip())
        if message["To"] == address:
            return LINK.search(message.get_content())[0]
    return None


def come_in(page: Page, invitation: str, username: str) -> Page:
    """Follow an invitation, set a password and sign in with it."""
    page.goto(invitation)
    fill(page, new_password1=PASSWORD, new_password2=PASSWORD)
    press(page, "Set the password")
    page.wait_for_url("**/accounts/login/")
    sign_in(page, username, PASSWORD)
    return page


def go(page: Page, *links: str) -> None:
    """Follow links by their words, the first of them in the menu."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name=links[0], exact=True).click()
    for link in links[1:]:
        page.locator("main").get_by_role("link", name=link).first.click()


def press(page: Page, button: str) -> None:
    """Press a button by its words."""
    page.get_by_role("button", name=button, exact=True).click()


def fill(page: Page, **fields: str) -> None:
    """Fill in fields by their names; an option is chosen by its words."""
    for name, value in fields.items():
        field = page.locator("main").locator(f"[name='{name}']:not([type=hidden])")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def see(page: Page, words: str) -> None:
    """Wait until the page says this."""
    expect(page.locator("main").get_by_text(words).first).to_be_visible()


def see_saved(page: Page) -> None:
    """Wait until what was typed is with the server."""
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")


def look_again_until(page: Page, true: Callable[[], bool]) -> None:
    """Reload the page until it shows what goes on behind it."""
    wait_until(lambda: true() or page.reload() is None, what="the page to show it")


def watch_job(page: Page) -> None:
    """Stay on the page of a job until its bar is full."""
    expect(page.locator(".job")).to_contain_text("See the result", timeout=60_000)


def see_board(page: Page) -> None:
    """Wait until the cards of the board can be moved."""
    page.wait_for_function("() => window.Sortable && document.querySelector('[data-board]')")
    page.wait_for_load_state("networkidle")
