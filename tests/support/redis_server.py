"""A Redis of the tests' own, to be stopped, emptied, frozen and killed."""

import os
import shutil
import tempfile
from pathlib import Path

import redis

from .processes import Process, free_port


def find_redis() -> str | None:
    """The path of redis-server, else None."""
    return shutil.which("redis-server")


class RedisServer:
    """One Redis that keeps nothing on disk, always on the same port."""

    def __init__(self, program: str):
        self.directory = Path(tempfile.mkdtemp(prefix="hrportal-redis-"))
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        options = [
            "--port",
            self.port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            self.directory,
        ]
        self.process = Process([program, *options], log=self.directory / "log", env=dict(os.environ))

    def start(self) -> "RedisServer":
        """Start it empty and wait until it answers."""
        self.process.start().wait_for(self._is_ready)
        return self

    def stop(self) -> None:
        """Stop it: connections are refused until `start()`."""
        self.process.stop()

    def restart(self) -> None:
        """Stop and start: everything it held is gone."""
        self.stop()
        self.start()

    def kill(self) -> None:
        """End it without a goodbye."""
        self.process.kill()

    def suspend(self) -> None:
        """Freeze it: it accepts connections and stays silent, the worst of its failures."""
        self.process.suspend()

    def resume(self) -> None:
        """Let it answer again."""
        self.process.resume()

    def flush(self) -> None:
        """Throw away everything it holds."""
        self.client().flushall()

    def client(self) -> redis.Redis:
        """A connection to look inside."""
        return redis.Redis.from_url(self.url, socket_timeout=5)

    def remove(self) -> None:
        """Stop it and delete its folder."""
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def _is_ready(self) -> bool:
        try:
            return self.client().ping()
        except redis.RedisError:
            return False
