"""The receivers in the documentation, run as printed: they take what the portal signs, and nothing else."""

import base64
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from hrportal.integrations.webhooks.signatures import new_secret, signature_headers
from tests.support.pages import DOCS, blocks
from tests.support.require import require

pytestmark = pytest.mark.one_database

PAGE = DOCS / "integration" / "webhooks.md"
CALL = """
const {headers, body, secret} = JSON.parse(require("node:fs").readFileSync(0));
console.log(verified(headers, Buffer.from(body, "base64"), secret));
"""
BODY = '{"type": "performance.review_shared", "data": {"title": "Größe"}}'.encode()
SECRET, NEXT = new_secret(), new_secret()


@dataclass(frozen=True)
class Sent:
    """A request as a receiver meets it."""

    headers: dict[str, str]
    body: bytes = BODY
    secret: str = SECRET


def sent(*secrets: str, ago: int = 0) -> Sent:
    return Sent(signature_headers("msg_3_4711", int(time.time()) - ago, BODY, secrets))


GOOD = {
    "as it was sent": lambda: sent(SECRET),
    "while the secret is rotated": lambda: sent(NEXT, SECRET),
}
BAD = {
    "with another body": lambda: replace(sent(SECRET), body=BODY.replace(b"shared", b"closed")),
    "with another id": lambda: Sent(sent(SECRET).headers | {"webhook-id": "msg_3_4712"}),
    "with another secret": lambda: sent(NEXT),
    "long ago": lambda: sent(SECRET, ago=3600),
    "signed in another version": lambda: Sent(
        sent(SECRET).headers | {"webhook-signature": sent(SECRET).headers["webhook-signature"].replace("v1,", "v2,")}
    ),
}


def snippet(language: str) -> str:
    (text,) = [block.text for block in blocks(PAGE) if block.language == language]
    return text


def in_python() -> Callable[[Sent], bool]:
    namespace: dict = {}
    exec(snippet("python"), namespace)
    return lambda it: namespace["verified"](it.headers, it.body, it.secret)


def in_node() -> Callable[[Sent], bool]:
    node = require(shutil.which("node"), "Node.js")

    def verified(it: Sent) -> bool:
        given = {"headers": it.headers, "body": base64.b64encode(it.body).decode(), "secret": it.secret}
        command = [node, "-e", snippet("js") + CALL]
        done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return verified


def as_the_standard_has_it() -> Callable[[Sent], bool]:
    def verified(it: Sent) -> bool:
        try:
            Webhook(it.secret).verify(it.body, it.headers)
        except WebhookVerificationError:
            return False
        return True

    return verified


@pytest.fixture(params=[in_python, in_node, as_the_standard_has_it])
def verified(request) -> Iterator[Callable[[Sent], bool]]:
    return request.param()


@pytest.mark.parametrize("case", GOOD)
def test_what_the_portal_sent_is_taken(verified, case):
    assert verified(GOOD[case]()) is True


@pytest.mark.parametrize("case", BAD)
def test_anything_else_is_refused(verified, case):
    assert verified(BAD[case]()) is False
