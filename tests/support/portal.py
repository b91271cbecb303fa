"""A running portal: web server, worker and beat as real processes on a database of their own."""

import os
import secrets
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

from .processes import Process, free_port

ROOT = Path(__file__).resolve().parents[2]


class Portal:
    """Everything one installation of the portal consists of, under one environment.

    Without `redis_url` it is embedded: the web process works off deliveries and jobs itself, as in the demo.
    """

    def __init__(self, directory: Path, *, database_url: str, redis_url: str = "", **settings: str):
        self.directory = Path(directory)
        self.processes: list[Process] = []
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "MODE": "production" if redis_url else "demo",
            "DJANGO_SETTINGS_MODULE": "hrportal.settings",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "SECURE": "0",
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "PUBLIC_URL": self.url,
            "PORT": str(self.port),
            "EMAIL_URL": "dummymail://",
            "API_READS_PER_MINUTE": "0",
            "API_WRITES_PER_MINUTE": "0",
            "API_TOKENS_PER_MINUTE": "0",
            "STATIC_ROOT": str(self.directory / "static"),
            "MEDIA_ROOT": str(self.directory / "media"),
            **settings,
        }

    def manage(self, *arguments: str) -> str:
        """Run a management command to its end and return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def start_web(self, *, supervised: bool = False) -> Process:
        """Serve pages and API at `self.url`."""
        web = self._start("web", ["gunicorn", "hrportal.wsgi"], supervised)
        return web.wait_for(lambda: _answers(f"{self.url}/healthz"))

    def start_worker(self, *, children: int = 2, supervised: bool = False) -> Process:
        """A Celery worker with this many children, ready to take work."""
        command = ["celery", "-A", "hrportal", "worker", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
        worker = self._start("worker", [*command, f"--concurrency={children}"], supervised)
        return worker.wait_for(lambda: "ready." in worker.tail(1000))

    def start_beat(self, *, supervised: bool = False) -> Process:
        """Celery's clock, which sends the sweeps."""
        schedule = self.directory / f"beat-{len(self.processes)}"
        return self._start("beat", ["celery", "-A", "hrportal", "beat", "-s", schedule], supervised)

    def stop(self) -> None:
        """Stop everything that was started here."""
        for process in reversed(self.processes):
            process.stop()

    def _start(self, name: str, command: list, supervised: bool) -> Process:
        log = self.directory / f"{name}-{len(self.processes)}.log"
        program = [sys.executable, "-m", *command]
        process = Process(program, log=log, env=self.environment, cwd=ROOT, supervised=supervised)
        self.processes.append(process)
        return process.start()


def _answers(url: str) -> bool:
    """Whether anybody answers at this URL, with whatever status."""
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except HTTPError:
        return True
    except OSError:
        return False
    return True
