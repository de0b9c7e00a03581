"""The virus scanner: a clamd of the operator's, asked over its socket (INSTREAM)."""

import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

from ..slow_work import outside_transactions

CHUNK = 64 * 1024
# The harmless file that every scanner knows (eicar.org); its second half, so that no scanner stops at this file.
TEST_FILE = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE" + b"!$H+H*"


class ScannerAway(Exception):
    """Nobody answers, or not sensibly: ask again later."""


@outside_transactions
def scan(content: bytes) -> str:
    """What the scanner found, by its name; empty where the file is clean. ScannerAway where it cannot say."""
    if not settings.CLAMD_SOCKET:
        if settings.DEMO and settings.SCANNER_STAND_IN:
            return "Stand-in.Test-File" if TEST_FILE in content else ""
        raise ScannerAway("no scanner is configured (CLAMD_SOCKET)")
    try:
        answer = ask(content)
    except OSError as error:
        raise ScannerAway(f"{type(error).__name__}: {error}") from error
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerAway(f"clamd answered {answer[:200]!r}")


def ask(content: bytes) -> str:
    with connect() as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            piece = content[start : start + CHUNK]
            connection.sendall(struct.pack(">I", len(piece)) + piece)
        connection.sendall(struct.pack(">I", 0))
        answer = b""
        while piece := connection.recv(4096):
            answer += piece
    return answer.rstrip(b"\0").decode("utf-8", "replace")


def connect() -> socket.socket:
    """unix:///run/clamav/clamd.ctl or tcp://scanner:3310."""
    address = urlsplit(settings.CLAMD_SOCKET)
    if address.scheme == "tcp":
        return socket.create_connection((address.hostname, address.port or 3310), settings.CLAMD_SECONDS)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(settings.CLAMD_SECONDS)
    try:
        connection.connect(address.path)
    except BaseException:
        connection.close()
        raise
    return connection
