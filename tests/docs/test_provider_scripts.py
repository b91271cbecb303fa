"""The scripts of the pages about providers, run as printed: a stand-in answers as the vendor’s reference says, the portal is real."""

import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.support.pages import DOCS, blocks
from tests.support.require import require

pytestmark = pytest.mark.services

PROVIDERS = DOCS / "providers"
SCOPES = ["employees:read", "employees:write"]


@pytest.fixture(scope="module")
def client(empty_portal):
    return json.loads(empty_portal.manage("create_api_client", "HRIS", "--scopes", *SCOPES))


@pytest.fixture
def hris(empty_portal, client, tmp_path):
    return Hris(empty_portal, client, tmp_path)


class Hris:
    """A script of a page with the portal it feeds."""

    def __init__(self, portal, client, folder):
        self.portal, self.folder = portal, folder
        self.environment = os.environ | {
            "PORTAL": portal.url,
            "CLIENT_ID": client["client_id"],
            "CLIENT_SECRET": client["client_secret"],
            "STATE": str(folder / "state.json"),
        }
        grant = {"grant_type": "client_credentials"}
        auth = (client["client_id"], client["client_secret"])
        token = requests.post(f"{portal.url}/api/oauth/token", data=grant, auth=auth, timeout=60).json()
        self.headers = {"Authorization": f"Bearer {token['access_token']}"}

    def run(self, command: list[str], **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment | environment, capture_output=True, text=True, check=False
        )

    def people(self, source: str) -> dict[str, tuple]:
        """Status, unit and manager of everybody of a source, by their number."""
        asked = {"include_deleted": "true", "source": source}
        answer = requests.get(f"{self.portal.url}/api/v1/employees/", params=asked, headers=self.headers, timeout=60)
        rows = answer.json()["results"]
        numbers = {row["id"]: row["employee_number"] for row in rows}
        return {
            row["employee_number"]: (
                row["status"],
                (row["org_unit"] or {}).get("code"),
                numbers.get((row["manager"] or {}).get("id")),
            )
            for row in rows
        }


@contextmanager
def vendor(answer):
    """Serve `answer(path, query)` as JSON or text; 404 for None."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            address = urlsplit(self.path)
            found = answer(address.path, {name: values[0] for name, values in parse_qs(address.query).items()})
            body = (found if isinstance(found, str) else json.dumps(found)).encode()
            self.send_response(404 if found is None else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def script(page: str, folder) -> list[str]:
    (block,) = [block for block in blocks(PROVIDERS / page) if block.language == "python"]
    (folder / "script.py").write_text(block.text, encoding="utf-8")
    return [sys.executable, "script.py"]


def test_bamboohr_is_followed_from_change_to_change(hris, tmp_path):
    staff = {
        "10": bamboo("E10", supervisorEId="11", department="Sales"),
        "11": bamboo("E11", supervisorEId=None, department="Sales"),
        "12": bamboo("E12", supervisorEId="11", department="Sales", workEmail="nobody"),
    }
    told = {"latest": "2026-05-01T00:00:00+00:00", "employees": {who: {"action": "Inserted"} for who in staff}}
    asked = []

    def answer(path, query):
        if path == "/employees/changed":
            asked.append(query["since"])
            return told
        return staff.get(path.split("/")[2])

    command = script("bamboohr.md", tmp_path)
    with vendor(answer) as url:
        here = {"BAMBOO_URL": url, "BAMBOO_KEY": "k"}
        assert hris.run(command, DRY_RUN="1", **here).returncode == 1
        assert hris.people("bamboohr") == {}
        first = hris.run(command, **here)
        assert (first.returncode, first.stdout) == (1, "12 [('work_email', 'not an e-mail address')]\n"), first.stderr
        assert hris.people("bamboohr") == {"E10": ("active", "Sales", "E11"), "E11": ("active", "Sales", None)}

        staff["12"]["workEmail"] = "cy@example.com"
        staff["10"] |= {"status": "Inactive", "terminationDate": "2026-04-30"}
        told |= {"latest": "2026-05-02T00:00:00+00:00", "employees": {"10": {"action": "Updated"}}}
        second = hris.run(command, **here)
        assert (second.returncode, second.stdout) == (0, ""), second.stderr
        told |= {"employees": {"12": {"action": "Deleted"}}}
        assert hris.run(command, **here).returncode == 0

    assert asked[2:] == ["2026-05-01T00:00:00+00:00", "2026-05-02T00:00:00+00:00"]
    assert {number: row[0] for number, row in hris.people("bamboohr").items()} == {
        "E10": "left",
        "E11": "active",
        "E12": "active",
    }


def bamboo(number: str, **fields) -> dict:
    given = {"employeeNumber": number, "firstName": "Ada", "lastName": "Byron", "hireDate": "2024-01-01"}
    return {**given, "status": "Active", "terminationDate": "0000-00-00"} | fields


def test_personio_is_read_page_by_page(hris, tmp_path):
    persons = [{"id": who, "first_name": "Ada", "last_name": "Byron"} for who in ("71", "72")]
    spells = {
        "71": {"employment_start_date": "2024-01-01", "supervisor": {"id": "72"}},
        "72": {"employment_start_date": "2024-01-01", "org_units": [{"type": "department", "id": "9"}]},
    }

    def answer(path, query):
        if path == "/auth/token":
            return {"access_token": "t"}
        if path == "/persons":
            page = int(query.get("cursor", 0))
            more = {"next": {"href": f"{url}/persons?cursor=1"}} if page == 0 else {}
            return {"_data": persons[page : page + 1], "_meta": {"links": more}}
        return {"_data": [spells[path.split("/")[2]]], "_meta": {}}

    with vendor(answer) as url:
        done = hris.run(script("personio.md", tmp_path), PERSONIO_URL=url, PERSONIO_ID="i", PERSONIO_SECRET="s")

    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert hris.people("personio") == {"71": ("active", None, "72"), "72": ("active", "9", None)}


WORKDAY = "employee_id,first_name,last_name,work_email,manager_id,org_unit,job_code,hire_date,termination_date\n"
BEN = "W2,Ben,Low,,W1,ENG,DEV,2024-01-01,\n"
ADA = "W1,Ada,Byron,ada@example.com,,ENG,CTO,2020-01-01,\n"


def test_a_report_of_workday_is_compared_and_taken_in(hris, tmp_path):
    require(shutil.which("jq") and shutil.which("curl"), "jq")
    (block,) = [block for block in blocks(PROVIDERS / "workday.md") if block.language == "sh"]
    assert hris.run(["bash", "-c", block.text]).returncode == 0
    report = [WORKDAY, BEN, ADA, "W3,,,,,,,,\n"]

    with vendor(lambda path, query: "".join(report)) as url:

        def told(**environment: str) -> tuple[int, str, str]:
            here = {"WORKDAY_REPORT": f"{url}/report?format=csv", "WORKDAY_USER": "u", "WORKDAY_PASSWORD": "p"}
            done = hris.run(["./workday-to-portal.sh"], **here, **environment)
            return done.returncode, done.stdout, done.stderr

        numbers = '{"rows":3,"created":2,"changed":0,"ended":0,"refused":1}\n'
        status, said, errors = told(DRY_RUN="1")
        assert (status, said) == (0, numbers), errors
        assert '"line":4' in errors
        assert hris.people("workday") == {}
        status, said, errors = told()
        assert (status, said) == (0, f"{numbers}applied\n"), errors
        assert hris.people("workday") == {"W1": ("active", "ENG", None), "W2": ("active", "ENG", "W1")}

        report[:] = [WORKDAY, ADA]
        status, _, errors = told()
        assert status == 1
        assert "The file would end 1 of 2 people." in errors
        report[:] = [WORKDAY, BEN.replace("ENG", "OPS"), ADA]
        assert told(EFFECTIVE_ON="2099-01-01")[1].endswith("scheduled\n")

    assert hris.people("workday") == {"W1": ("active", "ENG", None), "W2": ("active", "ENG", "W1")}
