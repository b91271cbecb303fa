"""Taking in employees from a file of an HRIS: read, map, resolve, compare, apply.

The file is read twice. The first reading surveys it: which rows are well-formed, who reports to whom, who wants which
seat; from that it is decided which rows cannot go in. The second compares batch after batch with what is stored, and
writes what differs. So memory holds a line per person, never a file.
"""

from hrportal.people.importing.options import ImportRefused, Lookup, Options
from hrportal.people.importing.recording import import_employees

__all__ = ["ImportRefused", "Lookup", "Options", "import_employees"]
