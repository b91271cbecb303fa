"""A table of cards coming back."""

from calibration.boards.bulk import MOST_LINES
from hrportal.common.forms import TableForm


class BulkForm(TableForm):
    """The cards of a board, as they were taken away and changed."""

    most_lines = MOST_LINES
