"""Forms of people."""

from hrportal.people.forms.accounts import GrantForm, PasswordForm
from hrportal.people.forms.imports import ColumnsForm, UndoForm, UploadForm

__all__ = ["ColumnsForm", "GrantForm", "PasswordForm", "UndoForm", "UploadForm"]
