"""What the pages of talent share: forms and buttons that end in one action."""

from hrportal.common.pages import form_page, step

__all__ = ["form_page", "step"]
