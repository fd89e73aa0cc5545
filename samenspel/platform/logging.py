# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Log lines: JSON, one each, with the correlation id of the request, command or job, and without personal data.

Three walls keep people out of the logs. Our own code names what it logs, key by key. Of other libraries only the fixed
part of a message is kept, not what was filled in, and of an exception only its type and place, not its message. What
still looks like an address, a number of a person or a secret is blotted out.
"""

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import structlog

ROOT = str(Path(__file__).resolve().parents[2]) + "/"
MOST_FRAMES = 12

_BLOTS = (
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"\?[^\s\"']+"), "?[query]"),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"), "[address]"),
    (re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}(?![\w:])", re.I), "[address]"),
    (re.compile(r"(?<![\w-])\+?\d(?:[ -]?\d){7,}(?![\w-])"), "[number]"),
)
# Keys whose value is an identifier we made ourselves.
_AS_IS = frozenset({"timestamp", "correlation_id", "level", "logger", "exception", "ms", "job", "pid"})

_to_stdout = False


class _LateStream(logging.StreamHandler[TextIO]):
    """Writes to the stream of the moment: stdout for a service, stderr for a command whose answer is on stdout."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stdout if _to_stdout else sys.stderr


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """JSON, or lines for people when a person is watching."""

    def format(self, record: logging.LogRecord) -> str:
        stream = sys.stdout if _to_stdout else sys.stderr
        renderer = _for_people if stream.isatty() else _for_machines
        self.processors = (structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer)
        return super().format(record)


def configure(options: Mapping[str, Any]) -> None:
    """Send all logging of the program and its libraries through one formatter (Django's LOGGING_CONFIG).

    `options`: {"level": "INFO"} and {"loggers": {name: level}}.
    """
    ours: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*ours, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = _LateStream()
    handler.setFormatter(
        _Formatter(
            foreign_pre_chain=[_fixed_part, *ours],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _for_machines],
            use_get_message=False,
        )
    )
    handler.addFilter(_worth_a_line)
    root = logging.getLogger()  # noqa: TID251
    for old in [old for old in root.handlers if isinstance(old, _LateStream)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(options.get("level", "INFO"))
    # Django's own handlers print to the console and mail whole requests to the administrators.
    for name in ("django", "django.server"):
        library = logging.getLogger(name)  # noqa: TID251
        library.handlers.clear()
        library.propagate = True
    for name, level in options.get("loggers", {}).items():
        logging.getLogger(name).setLevel(level)  # noqa: TID251
    logging.captureWarnings(True)


def logs_to_stdout() -> None:
    """For `serve` and `worker`: their output is their log."""
    global _to_stdout
    _to_stdout = True


def blotted(text: str) -> str:
    """`text` without what looks like an e-mail address, network address, query string, telephone or citizen number."""
    for pattern, word in _BLOTS:
        text = pattern.sub(word, text)
    return text


def describe(error: BaseException) -> dict[str, Any]:
    """An exception as type, place and chain; its message is left out, because it may hold what somebody typed."""
    described: dict[str, Any] = {"type": _type_name(error), "frames": _frames(error.__traceback__)}
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        described["because"] = {"type": _type_name(cause), "frames": _frames(cause.__traceback__)}
    return described


def _type_name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _frames(trace: TracebackType | None) -> list[str]:
    frames = [
        f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace, limit=-200)
    ]
    return frames[-MOST_FRAMES:]


def _short(filename: str) -> str:
    return filename.removeprefix(ROOT).split("/site-packages/")[-1]


def _worth_a_line(record: logging.LogRecord) -> bool:
    record.exc_text = None
    record.stack_info = None
    if record.name == "django.request":
        # "Not Found: /the/address": our own line of the request says it better. An error that nobody caught stays.
        return bool(record.exc_info)
    if _to_stdout or record.levelno >= logging.WARNING or logging.getLogger().level < logging.INFO:  # noqa: TID251
        return True
    # A person at a terminal asked one thing: what libraries find worth telling about themselves stays out.
    return record.name.partition(".")[0] == "samenspel"


def _fixed_part(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of another library's message only what its programmer wrote, not what was filled in."""
    record: logging.LogRecord = event["_record"]
    if record.name == "django.request":
        event["event"] = "unhandled error"
    elif record.name == "py.warnings":
        # "file:line: Category: message": the first line, without the source text under it.
        event["event"] = _short(blotted(record.getMessage().split("\n", 1)[0]))
    elif record.args:
        event["event"] = str(record.msg)
    elif isinstance(action := getattr(record, "action", None), str):
        event["event"] = action  # procrastinate puts a job's arguments in its messages
        job = getattr(record, "job", None)
        if isinstance(job, dict):
            event["job"], event["task"] = job.get("id"), job.get("task_name")
    else:
        event["event"] = blotted(str(record.msg))
    event.pop("positional_args", None)
    return event


def _clean(event: MutableMapping[str, Any]) -> dict[str, Any]:
    event = dict(event)
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    cleaned = {key: value if key in _AS_IS else _blot_deep(value) for key, value in event.items()}
    if isinstance(error, BaseException):
        cleaned["exception"] = describe(error)
    cleaned.pop("stack_info", None)
    return cleaned


def _blot_deep(value: Any) -> Any:
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, dict):
        return {str(key): _blot_deep(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_blot_deep(item) for item in value]
    return blotted(str(value))


_json = structlog.processors.JSONRenderer(ensure_ascii=False)
_console = structlog.dev.ConsoleRenderer(colors=True)


def _for_machines(logger: Any, method: str, event: MutableMapping[str, Any]) -> str | bytes:
    return _json(logger, method, _clean(event))


def _for_people(logger: Any, method: str, event: MutableMapping[str, Any]) -> str:
    return str(_console(logger, method, _clean(event)))
