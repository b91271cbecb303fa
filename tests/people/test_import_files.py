"""What a file may be: written in any way spreadsheets write, and refused in clear words when it is broken or hostile."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook

from hrportal.people.importing import ImportRefused, Options, import_employees
from hrportal.people.importing.columns import COLUMNS
from hrportal.people.importing.mapping import guess_columns
from hrportal.people.importing.reading import look_at, open_table
from hrportal.people.importing.uploads import read_look
from hrportal.people.importing.words import COLUMN_WORDS
from hrportal.people.models import Employee, EmployeeImport

HEADER = "employee_number,first_name,last_name"
PLAIN = f"{HEADER}\n1,Zoë,Brönte\n"


@pytest.fixture
def write(tmp_path):
    def write(content: bytes | str, name: str = "people.csv"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


def table(file, sheet: str = ""):
    look = look_at(file)
    with open_table(file, look.encoding or "utf-8", sheet) as (header, lines):
        return header, list(lines)


def workbook(*rows, sheets=("People",)) -> bytes:
    book = Workbook()
    book.active.title = sheets[0]
    for name in sheets[1:]:
        book.create_sheet(name)
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding_is_found_out(write, encoding, found):
    file = write(PLAIN.encode(encoding))

    assert look_at(file).encoding == found
    assert table(file) == (HEADER.split(","), [(2, ["1", "Zoë", "Brönte"])])


def test_newlines_may_be_mixed_and_rows_empty(write):
    header, lines = table(write("a;b\r\n1;2\r3;4\n\n;;\n5;6"))

    assert (header, [cells for _line, cells in lines]) == (["a", "b"], [["1", "2"], ["3", "4"], ["5", "6"]])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (f'{HEADER}\n1,"Ada,Lovelace\n', "Line 2 is not CSV"),
        (f"{HEADER}\n1,A\0da,L\n", "NUL byte"),
        (HEADER + ",x" * 500 + "\n", "503 columns"),
        (HEADER + ",x" * 5_000_000 + "\n", "longer than"),
        (f"{HEADER}\n1,{'x' * 20_000},L\n", "a cell of more than"),
        (f'{HEADER}\n1,"' + "x\n" * 5000, "does not end"),
        (b"\x00\x01\x02\xff" * 100, "neither text nor an Excel workbook"),
    ],
    ids=["open quote", "NUL", "columns", "long line", "long cell", "open row", "bytes"],
)
def test_a_broken_text_is_refused_in_words(write, content, words):
    with pytest.raises(ImportRefused, match=words):
        table(write(content))


@pytest.mark.parametrize("encoding", ["no-such-encoding", "hex", "undefined", "unicode_escape", "UTF-7", "idna"])
def test_an_encoding_that_does_not_exist_is_refused_by_its_name(write, encoding):
    with pytest.raises(ImportRefused, match=encoding), open_table(write(PLAIN), encoding):
        pass


@pytest.mark.parametrize("error", [KeyError, IndexError])
def test_what_goes_wrong_while_a_file_is_taken_in_is_not_said_to_be_its_encoding(write, error):
    with pytest.raises(error), open_table(write(PLAIN), "utf-8"):
        raise error("a fault of the portal’s own")


def test_a_sheet_keeps_days_numbers_and_zeros_that_are_text(write):
    day = datetime.date(2026, 1, 31)
    file = write(
        workbook(
            ["Number", "First day", "Level", "Name"], [None], ["007", day, 3, " Ada "], [12.0, None, 2.5, "two\nlines"]
        ),
        "people.xlsx",
    )

    header, lines = table(file)

    assert header == ["Number", "First day", "Level", "Name"]
    assert lines == [(3, ["007", "2026-01-31", "3", "Ada"]), (4, ["12", "", "2.5", "two lines"])]


def test_a_sheet_is_chosen_by_its_name(write):
    file = write(workbook(["a"], [1], sheets=("People", "Other")), "people.xlsx")

    assert look_at(file).sheets == ("People", "Other")
    assert table(file, "Other") == ([""], [])
    with pytest.raises(ImportRefused, match="no sheet Third"):
        table(file, "Third")


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def with_sheet(xml: bytes) -> bytes:
    """A workbook whose sheet is this."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["a"]))) as book, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in book.infolist():
            made.writestr(entry.filename, xml if entry.filename.endswith("sheet1.xml") else book.read(entry))
    return file.getvalue()


FAR = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (packed(hello=b"x"), "no Excel workbook"),
        (workbook(["a"])[:-200], "cannot be read"),
        (with_sheet(b"<worksheet>" + b" " * 50_000_000), "far more than a sheet"),
        (with_sheet(FAR), "far more than a sheet"),
        (with_sheet(b"<worksheet><sheetData><row"), "cannot be read"),
    ],
    ids=["archive", "cut off", "bomb", "far cells", "broken sheet"],
)
def test_a_broken_or_hostile_workbook_is_refused_in_words(write, content, words):
    with pytest.raises(ImportRefused, match=words):
        table(write(content, "people.xlsx"))


def test_a_file_without_anything_in_it_is_refused(write):
    with pytest.raises(ImportRefused, match="nothing in it"):
        read_look(write(""))


def test_headers_of_other_systems_are_recognised_once_each():
    header = ["Personnel No.", "Vorname", "Nachname", "Name", "E-Mail", "Manager ID", "Favourite colour"]

    assert guess_columns([name.replace(".", "") for name in header], {}) == {
        "Personnel No": "employee_number",
        "Vorname": "first_name",
        "Nachname": "last_name",
        "Name": "",
        "E-Mail": "email",
        "Manager ID": "manager_number",
        "Favourite colour": "",
    }
    assert guess_columns(["Favourite colour"], {"favourite COLOUR": "location"}) == {"Favourite colour": "location"}


def test_every_column_has_words():
    assert COLUMN_WORDS.keys() == COLUMNS.keys()


@pytest.mark.django_db
def test_days_and_numbers_are_read_as_the_file_writes_them(write):
    file = write(
        workbook([*HEADER.split(","), "manager_number", "hire_date"], [12, "A", "B", 7, "31.01.2020"], [7, "C", "D"])
    )

    report = import_employees(Options(file=file, digits=5, date_format="%d.%m.%Y"), by=None)

    assert report.errors == []
    person = Employee.objects.get(employee_number="00012")
    assert (person.manager.employee_number, str(person.hired_on)) == ("00007", "2020-01-31")


@pytest.mark.django_db
@pytest.mark.parametrize("end", [f"\n{'x,' * 300}", '\nc,"open', "\n\0"], ids=["columns", "quote", "NUL"])
def test_of_a_file_that_breaks_off_nothing_goes_in(write, end):
    rows = "\n".join(f"p{n},A,B" for n in range(1500))

    with pytest.raises(ImportRefused):
        import_employees(Options(file=write(f"{HEADER}\n{rows}{end}")), by=None)

    assert (Employee.objects.count(), EmployeeImport.objects.count()) == (0, 0)
