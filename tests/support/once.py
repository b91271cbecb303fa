"""Things that many processes need and one of them makes."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """A folder that the first who asks fills and the others find."""
    with only_one(folder):
        if not folder.exists():
            making = folder.with_name(f"{folder.name}-in-the-making")
            shutil.rmtree(making, ignore_errors=True)  # of somebody who was stopped
            making.mkdir()
            make(making)
            making.rename(folder)
    return folder


@contextmanager
def only_one(what: Path) -> Iterator[None]:
    """Let one process at a time do something that all of them need once."""
    with what.with_name(f"{what.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
