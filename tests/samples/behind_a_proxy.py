"""What gunicorn serves behind the proxies under test: Samvad, and besides, what reached it through them."""

import json
import socket
from collections.abc import Callable, Iterable
from typing import Any

from wsgi import app

_reached: list[str] = []
_samvad = app.wsgi_app


def look_first(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """`/seen` tells the headers that came, and what came before; what must not be asked for says that it was.

    A query of `hang-up` is hung up on, as by a server that dies.
    """
    path = environ["PATH_INFO"]
    if path != "/seen":
        _reached.append(f"{environ['REQUEST_METHOD']} {path}")
    elif environ["QUERY_STRING"] == "reached":
        return _tell(_reached, start_response)
    else:
        return _tell({name: value for name, value in environ.items() if isinstance(value, str)}, start_response)
    if path.strip("/").partition("/")[0] in {"healthz", "readyz", "metrics"}:
        return _tell("inner", start_response)
    if environ["QUERY_STRING"] == "hang-up":
        environ["gunicorn.socket"].shutdown(socket.SHUT_RDWR)
    return _samvad(environ, start_response)


def _tell(what: Any, start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(what).encode()]


app.wsgi_app = look_first  # type: ignore[method-assign]
