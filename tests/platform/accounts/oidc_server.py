# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real OpenID Connect provider on this machine: discovery, authorization code with PKCE, token and keys over HTTP."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT_ID = "samenspel"
CLIENT_SECRET = "a secret of the test"


def new_key() -> rsa.RSAPrivateKey:
    """A key to sign with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class OidcServer:
    """Gives out id_tokens about `person`; `spoil` changes the claims just before they are signed."""

    person: dict[str, Any]
    spoil: Callable[[dict[str, Any]], None] = lambda claims: None
    signs_with: rsa.RSAPrivateKey = field(default_factory=cache(new_key))
    publishes: rsa.RSAPrivateKey | None = None
    algorithm: str = "RS256"
    denies: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __enter__(self) -> "OidcServer":
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer._get(self)

            def do_POST(self) -> None:
                outer._post(self)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def _get(self, handler: BaseHTTPRequestHandler) -> None:
        address = urlsplit(handler.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        self.seen.append((address.path, query))
        if address.path == "/.well-known/openid-configuration":
            self._json(
                handler,
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/jwks",
                    "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                },
            )
        elif address.path == "/jwks":
            public = (self.publishes or self.signs_with).public_key()
            self._json(handler, {"keys": [{**RSAAlgorithm.to_jwk(public, as_dict=True), "kid": "1", "use": "sig"}]})
        elif address.path == "/authorize":
            if self.denies:
                answer = {"error": "access_denied", "state": query["state"]}
            else:
                code = secrets.token_urlsafe(16)
                self.codes[code] = query
                answer = {"code": code, "state": query["state"]}
            handler.send_response(302)
            handler.send_header("Location", f"{query['redirect_uri']}?{urlencode(answer)}")
            handler.end_headers()
        else:
            handler.send_error(404)

    def _post(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        self.seen.append((handler.path, given))
        asked = self.codes.pop(given.get("code", ""), None)
        expected = "Basic " + base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            asked is None
            or handler.headers.get("Authorization") != expected
            or asked.get("code_challenge_method") != "S256"
            or asked.get("code_challenge") != challenge
            or asked["redirect_uri"] != given.get("redirect_uri")
        ):
            self._json(handler, {"error": "invalid_grant"}, 400)
            return
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce"),
            "sub": "subject-1",
            **self.person,
        }
        self.spoil(claims)
        key: Any = self.signs_with if self.algorithm.startswith("RS") else CLIENT_SECRET.ljust(64, "x")
        if self.algorithm == "none":
            key = None
        id_token = jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "1"})
        self._json(handler, {"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "id_token": id_token})

    @staticmethod
    def _json(handler: BaseHTTPRequestHandler, content: dict[str, Any], status: int = 200) -> None:
        data = json.dumps(content).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)
