# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worker: takes jobs from the queue until told to stop, and takes up what a killed worker left behind."""

import asyncio
import signal
import threading
from typing import Any

import structlog
from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from samenspel.platform.jobs.actions import take_up_stalled

log = structlog.get_logger(__name__)

HEARTBEAT_SECONDS = 5.0
STALLED_AFTER_SECONDS = 20.0  # four heartbeats missed: the worker is dead
LOOK_FOR_STALLED_EVERY_SECONDS = 10.0
CONCURRENCY = 2  # a long import must not hold up short work


def run_worker(
    stop_event: threading.Event | None = None,
    *,
    concurrency: int = CONCURRENCY,
    wait: bool = True,
    stalled_after: float = STALLED_AFTER_SECONDS,
) -> None:
    """Work until `stop_event` is set or, without one, until SIGTERM or SIGINT; then finish the running jobs and return.

    `wait=False`: do what waits and return. A job whose worker was killed is taken up again once that worker has shown
    no sign of life for `stalled_after` seconds. Raises what the database raises when it cannot be reached.
    """
    connector = PsycopgConnector(kwargs=connector_params("default"), min_size=1, max_size=4)
    with app.replace_connector(connector):
        asyncio.run(_run(stop_event, concurrency, wait, stalled_after))


async def _run(stop_event: threading.Event | None, concurrency: int, wait: bool, stalled_after: float) -> None:
    options: dict[str, Any] = {
        "concurrency": concurrency,
        "wait": wait,
        "update_heartbeat_interval": min(HEARTBEAT_SECONDS, stalled_after / 4),
        "stalled_worker_timeout": stalled_after,
        "install_signal_handlers": False,
    }
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    if stop_event is None:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stopping.set)
    log.info("worker starts", concurrency=concurrency)
    async with app.open_async():
        # What a killed worker left is taken up before anything else, so that `wait=False` does it too.
        await _take_up(stalled_after)
        working = asyncio.create_task(app.run_worker_async(**options), name="worker")
        side = [
            asyncio.create_task(_stop_when_told(working, stopping, stop_event)),
            asyncio.create_task(_keep_looking_for_stalled(stalled_after)),
        ]
        try:
            await working
        except asyncio.CancelledError:
            if not stopping.is_set():
                raise
        finally:
            for task in side:
                task.cancel()
            await asyncio.gather(*side, return_exceptions=True)
    log.info("worker stopped")


async def _stop_when_told(
    working: "asyncio.Task[None]", stopping: asyncio.Event, stop_event: threading.Event | None
) -> None:
    if stop_event is None:
        await stopping.wait()
    else:
        while not stop_event.is_set():
            await asyncio.sleep(0.2)
        stopping.set()
    working.cancel()  # procrastinate takes this as: finish what runs, begin nothing new


async def _keep_looking_for_stalled(stalled_after: float) -> None:
    while True:
        await asyncio.sleep(min(LOOK_FOR_STALLED_EVERY_SECONDS, stalled_after / 2))
        try:
            await _take_up(stalled_after)
        except Exception as error:
            log.error("looking for stalled jobs failed", exc_info=error)


@sync_to_async(thread_sensitive=False)
def _take_up(stalled_after: float) -> None:
    try:
        take_up_stalled(seconds=stalled_after)
    finally:
        connections.close_all()
