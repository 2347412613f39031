"""A real server with Samvad, and each proxy in front of it, started from its sample."""

import json
import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.samples import program, sample, write


@dataclass(frozen=True, slots=True)
class Proxy:
    """One that listens, with the folder into which it writes all that it writes."""

    name: str
    port: int
    folder: Path
    trust: ssl.SSLContext

    def ask(self, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> tuple[HTTPResponse, bytes]:
        connection = HTTPSConnection("localhost", self.port, context=self.trust, timeout=60)
        connection.request(method, path, headers={"Host": "localhost", **(headers or {})})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def seen(self, query: str = "", headers: dict[str, str] | None = None) -> Any:
        return json.loads(self.ask(f"/seen?{query}", headers)[1])

    def connect(self) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        return self.trust.wrap_socket(plain, server_hostname="localhost")

    def written(self) -> str:
        return "\n".join(file.read_text("utf-8", "replace") for file in sorted(self.folder.glob("*.log")))


@pytest.fixture(scope="session")
def upstream(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[int]:
    """The port of Samvad itself, with an installation of its own."""
    folder = tmp_path_factory.mktemp("upstream")
    port = free_port()
    with started(port, upstream_command(port), folder, upstream_environment(folder, migrated_file)):
        yield port


@pytest.fixture(scope="session", params=["nginx", "caddy"])
def proxy(request: pytest.FixtureRequest, upstream: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    found = program(request.param)
    if found is None:
        pytest.skip(f"{request.param} is not installed here, so its sample was not started")
    folder = tmp_path_factory.mktemp(request.param)
    certificate, key = make_certificate(folder)
    outer = free_port()
    make_command = {"nginx": nginx_command, "caddy": caddy_command}[request.param]
    command, environment = make_command(found, folder, upstream, outer, certificate, key)
    with started(outer, command, folder, environment):
        yield Proxy(request.param, outer, folder, ssl.create_default_context(cafile=str(certificate)))


def nginx_command(
    name: str, folder: Path, inner: int, outer: int, certificate: Path, key: Path
) -> tuple[list[str], dict[str, str]]:
    headers = write(folder, "samvad-proxy.conf", sample("nginx/samvad-proxy.conf"))
    site = sample(
        "nginx/samvad.conf",
        {
            "listen 443 ssl": f"listen 127.0.0.1:{outer} ssl",
            "    listen [::]:443 ssl http2;\n": "",
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "    listen [::]:80;\n": "",
            "samvad.example.in;": "localhost;",
            "/etc/letsencrypt/live/samvad.example.in/fullchain.pem": str(certificate),
            "/etc/letsencrypt/live/samvad.example.in/privkey.pem": str(key),
            "/var/log/nginx/": f"{folder}/",
            "/etc/nginx/samvad-proxy.conf": str(headers),
            "127.0.0.1:8000": f"127.0.0.1:{inner}",
            "client_body_timeout 10s": "client_body_timeout 2s",
        },
    )
    kept = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    who = "user root;" if os.getuid() == 0 else ""
    main = f"daemon off; {who} pid {folder}/pid; events {{}} http {{ {kept} include {write(folder, 'site', site)}; }}"
    return [name, "-p", str(folder), "-e", "stderr", "-c", str(write(folder, "main", main))], {}


def caddy_command(
    name: str, folder: Path, inner: int, outer: int, certificate: Path, key: Path
) -> tuple[list[str], dict[str, str]]:
    site = sample(
        "caddy/Caddyfile",
        {
            "{\n\t# Errors": "{\n\tadmin off\n\tauto_https disable_redirects\n\t# Errors",
            "samvad.example.in {": f"https://localhost:{outer} {{\n\tbind 127.0.0.1\n\ttls {certificate} {key}",
            "127.0.0.1:8000": f"127.0.0.1:{inner}",
            "read_body 3m": "read_body 2s",
        },
    )
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    return [name, "run", "--adapter", "caddyfile", "--config", str(write(folder, "Caddyfile", site))], home


def upstream_command(port: int) -> list[str]:
    """As the sample of the unit has it, with one worker, since what it saw is asked of it afterwards."""
    unit = sample(
        "systemd/samvad-web.service",
        {
            "/srv/samvad/.venv/bin/": f"{Path(sys.executable).parent}/",
            "--workers 2": "--workers 1",
            "127.0.0.1:8000": f"127.0.0.1:{port}",
            "wsgi:app": "tests.samples.behind_a_proxy:app",
        },
    )
    (line,) = re.findall(r"^ExecStart=(.+)$", unit.replace("\\\n", " "), re.M)
    return shlex.split(line)


def upstream_environment(folder: Path, migrated_file: Path) -> dict[str, str]:
    """What an installation without places and codes is started with."""
    names = ("session", "audit", "accounts", "receipts")
    secrets = {**dict.fromkeys(names, "ab" * 32), "signing": {"0": "cd" * 32}, "sealing": {"1": "ef" * 32}}
    folder.chmod(0o700)
    write(folder, "secrets.json", json.dumps(secrets)).chmod(0o600)
    shutil.copyfile(migrated_file, folder / "samvad.db")
    return {
        "SAMVAD_MODE": "test",
        "SAMVAD_INSTANCE": str(folder),
        "SAMVAD_ADDRESS": "https://localhost",
        "SAMVAD_PROXIES": "1",
    }


@contextmanager
def started(port: int, command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[None]:
    """A server that listens on a port; what it says goes into a file of the folder."""
    said = folder / f"{Path(command[0]).name}-{port}.log"
    with said.open("wb") as log:
        process = subprocess.Popen(
            command, env=os.environ | environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            until = time.monotonic() + 60
            while not listens(port):
                assert process.poll() is None, said.read_text("utf-8")
                assert time.monotonic() < until, said.read_text("utf-8")
                time.sleep(0.05)
            yield
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(30)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """For `localhost`, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return folder / "certificate.pem", folder / "key.pem"
