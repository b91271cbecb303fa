"""The quickstart for integrators, run block by block as it is printed, against a portal that starts empty."""

import shutil
import subprocess

import pytest

from tests.support.pages import DOCS, prints, steps
from tests.support.portal import ROOT, Portal
from tests.support.processes import free_port
from tests.support.require import require

pytestmark = pytest.mark.services

PAGE = DOCS / "quickstart-integration.md"
MARK = "=== end of block"


def test_every_block_prints_what_the_page_says(empty_portal, tmp_path):
    require(shutil.which("jq") and shutil.which("curl"), "jq")

    printed = run([block for block, _ in steps(PAGE)], empty_portal, tmp_path)

    assert len(printed) >= 10
    for (block, promised), text in zip(steps(PAGE), printed, strict=True):
        assert prints(promised).fullmatch(text), f"{block}\nprinted\n{text}\nand not\n{promised}"


def run(blocks: list[str], portal: Portal, folder) -> list[str]:
    """Run the blocks in one shell, one after the other; what each printed."""
    script = "set -eu -o pipefail\n" + "".join(f"{block}echo '{MARK}'\n" for block in blocks)
    done = subprocess.run(
        ["bash", "-c", script],
        env=portal.environment | {"PORTAL": portal.url, "HOOK_PORT": str(free_port()), "TMPDIR": str(folder)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    *printed, rest = done.stdout.split(f"{MARK}\n")
    assert done.returncode == 0, f"block {len(printed) + 1} failed: {rest}{done.stderr}"
    return printed
