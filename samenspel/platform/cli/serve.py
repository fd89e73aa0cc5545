# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel serve`: the web server, and beside it the worker that does the jobs."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any, NoReturn

import click

from samenspel.platform.cli import fail, plain_failures, say, start_django
from samenspel.platform.database.embedded import EmbeddedDatabaseError

# A request holds a thread while it waits for the database; polars and numpy let go of the interpreter while they count.
THREADS_PER_PROCESS = 4
MOST_PROCESSES = 4
LONGEST_REQUEST_SECONDS = 60
# A worker that cannot start (a database that is away) is tried again, ever slower, and never gives up.
SHORTEST_RESTART_SECONDS = 1.0
LONGEST_RESTART_SECONDS = 60.0


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option(
    "--processes",
    default=min(MOST_PROCESSES, os.cpu_count() or 1),
    show_default="one for each core, at most 4",
    type=click.IntRange(1, 64),
    help="Web processes.",
)
@click.option("--worker/--no-worker", default=True, show_default=True, help="Also run the worker that does the jobs.")
@click.option("--migrate/--no-migrate", default=True, show_default=True, help="Bring the database up to date first.")
@plain_failures(EmbeddedDatabaseError)
def serve(host: str, port: int, processes: int, worker: bool, migrate: bool) -> None:
    """Serve Samenspel over HTTP, with the worker beside it, until Ctrl-C."""
    start_django()
    prepare(migrate=migrate)
    run_server(host=host, port=port, processes=processes, worker=worker)


def prepare(*, migrate: bool) -> None:
    """Bring the database up to date and put the static files where they are served from."""
    from django.core.management import call_command
    from django.db import connection

    from samenspel.platform.database.prepare import migrate_database

    if migrate:
        say("Preparing the database …")
        migrate_database()
    else:
        connection.ensure_connection()  # rather fail here, in a sentence, than at the first visitor
    call_command("collectstatic", interactive=False, verbosity=0)


def run_server(*, host: str, port: int, processes: int, worker: bool) -> None:
    """Listen and serve until told to stop (SIGINT or SIGTERM). Fails with a sentence when the port is taken."""
    from django.db import connections

    from samenspel.platform.logging import logs_to_stdout

    logs_to_stdout()
    check_port(host, port)
    connections.close_all()  # the web processes are forked from this one and open their own
    helper = WorkerKeeper() if worker else None
    if helper is not None:
        helper.start()
    try:
        _gunicorn(host, port, processes)
    finally:
        if helper is not None:
            helper.stop()


def serve_anew(*, host: str, port: int) -> NoReturn:
    """Become `samenspel serve`, in a fresh process.

    For a command that has worked with figures: their library keeps threads, which do not live on in the web processes
    that the server forks, so that these would wait for ever.
    """
    from django.db import connections

    connections.close_all()
    arguments = ["-m", "samenspel", "serve", "--no-migrate", "--host", host, "--port", str(port)]
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606


def check_port(host: str, port: int) -> None:
    """End with a clear sentence when nobody can listen on this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            fail(
                f"cannot listen on {host} port {port}: {error.strerror}. "
                f"Is Samenspel running already? Another port: --port {port + 1 if port < 65535 else 8000}"
            )


def _gunicorn(host: str, port: int, processes: int) -> None:
    from django.conf import settings
    from gunicorn.app.base import BaseApplication
    from gunicorn.http.wsgi import Response

    from samenspel.platform.warm_up import warm_up

    response_headers = Response.default_headers

    def without_our_name(response: Any) -> list[str]:
        """gunicorn's own headers, without the one that tells an attacker what to look for."""
        return [header for header in response_headers(response) if not header.startswith("Server:")]

    Response.default_headers = without_our_name

    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    shown = "localhost" if host in ("127.0.0.1", "::1", "0.0.0.0", "::") else host  # noqa: S104

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for key, value in {
                "bind": address,
                "workers": processes,
                "worker_class": "gthread",
                "threads": THREADS_PER_PROCESS,
                "timeout": LONGEST_REQUEST_SECONDS,
                "graceful_timeout": 10,
                "keepalive": 5,
                "loglevel": "warning",
                "logger_class": "samenspel.platform.cli.serve_log.ServerLog",
                "proc_name": "samenspel",
                "forwarded_allow_ips": "",  # TRUSTED_PROXIES alone says who is believed about the visitor
                # Workers signal life through a file; in memory, so that a slow disk does not get them killed.
                "worker_tmp_dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else None,  # noqa: S108
                # In the web process, when the application is loaded and before it takes requests; never in this one.
                "post_worker_init": lambda worker: warm_up(),
                "when_ready": lambda server: say(f"Samenspel is open on http://{shown}:{port}/  (Ctrl-C stops it)"),
            }.items():
                self.cfg.set(key, value)

        def load(self) -> Any:
            from importlib import import_module

            module, attribute = settings.WSGI_APPLICATION.rsplit(".", 1)
            return getattr(import_module(module), attribute)

    Server().run()


class WorkerKeeper:
    """Runs `samenspel worker` as a child and starts it again when it ends by itself."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)
        self._owner = os.getpid()

    def start(self) -> None:
        """Start the child, in the background."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the child to finish its job and stop; after ten seconds it is stopped."""
        if os.getpid() != self._owner:
            return  # a forked web process has no child of its own
        with self._lock:
            self._stopping.set()
            child = self._child
        if child is not None and child.poll() is None:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()

    def _keep(self) -> None:
        pause = SHORTEST_RESTART_SECONDS
        while True:
            with self._lock:
                if self._stopping.is_set():
                    return
                # A session of its own: Ctrl-C reaches the server, which then lets the worker finish its job.
                # Its standard input ends with us, also when we are killed: no worker is left behind.
                self._child = subprocess.Popen(
                    [sys.executable, "-m", "samenspel", "worker", "--while-stdin-open"],
                    stdin=subprocess.PIPE,
                    start_new_session=True,
                )
            started = time.monotonic()
            self._child.wait()
            if self._stopping.is_set():
                return
            if time.monotonic() - started > LONGEST_RESTART_SECONDS:
                pause = SHORTEST_RESTART_SECONDS
            say(f"The worker ended (exit code {self._child.returncode}); starting it again in {pause:.0f} s.")
            self._stopping.wait(pause)
            pause = min(pause * 2, LONGEST_RESTART_SECONDS)
