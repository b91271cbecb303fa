"""The conformance suite's own command against a portal that runs: web server, PostgreSQL and Redis are real."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.services, pytest.mark.long]


def test_the_command_of_the_conformance_suite_finds_nothing_wrong(portal):
    made = json.loads(portal.manage("create_scim_client", "Okta", "--takes-on-people"))
    portal.start_web()

    told = subprocess.run(
        [Path(sys.executable).with_name("scim"), "--url", f"{portal.url}/scim/v2", "test", "-v"],
        env=os.environ | {"SCIM_CLI_HEADERS": f"Authorization: Bearer {made['token']}"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )

    assert told.returncode == 0, told.stdout + told.stderr
    assert not re.search(r"\b(ERROR|CRITICAL|DEVIATION)\b", told.stdout), told.stdout
    assert len(re.findall(r"\bSUCCESS\b", told.stdout)) > 60
