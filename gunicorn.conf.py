"""How the portal is served: by `make demo`, by the container and by the tests alike."""

import gc
import os

is_demo = os.environ.get("MODE") == "demo"

# The demo has well-known passwords, so it answers this machine alone.
bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"  # keeps connections alive; plain sync workers drop them
# The demo has no Celery: one thread of its only worker does the background work.
workers = 1 if is_demo else int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "8" if is_demo else "4"))

timeout = 60
graceful_timeout = 3 if is_demo else 30
keepalive = 5
limit_request_line = 8190  # the most it can be told: lists are asked for by many ids
# A worker is replaced now and then, never two at once, so a slow leak stays small.
max_requests = 0 if is_demo else 5000
max_requests_jitter = 500
# Heartbeats are files; on a slow disk a busy worker would look dead.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  (memory, not a shared place for data)
# A socket in the home folder to steer the server by: nobody uses it, and two portals would share it.
control_socket_disable = True
loglevel = "warning" if is_demo else "info"


def post_fork(server, worker):
    """Loading the portal throws nothing away; looking for it all the same would take nearly as long as the loading."""
    gc.disable()


def post_worker_init(worker):
    """Whatever the server writes of requests, an access log too: no address in it is a key."""
    from hrportal.common.logs import SecretAddresses  # noqa: PLC0415  (the server itself loads no code of the portal)
    from hrportal.common.memory import keep_what_is_loaded  # noqa: PLC0415

    keep_what_is_loaded()
    for log in (worker.log.error_log, worker.log.access_log):
        for handler in log.handlers:
            handler.addFilter(SecretAddresses())


def when_ready(server):
    """Say where the demo is, after everything else has been said."""
    if is_demo:
        server.log.warning("hrportal is ready: %s   (Ctrl+C stops it)", os.environ.get("PUBLIC_URL", f"http://{bind}"))
