"""A host of the web, answered from files: HTTP/1.1, one request a connection. With leave of the network what has no file is
fetched where it really is, and kept."""

import hashlib
import json
import os
import re
import threading

from . import settings
from .notes import note

_TYPES = {
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".png": "image/png",
}
# Of what a server says of its answer, and what it was asked with: what holds for the bytes as they are kept.
_KEPT = ("content-type", "content-disposition", "last-modified", "etag")
_DROPPED = {"host", "connection", "accept-encoding", "content-length", "transfer-encoding"}

# Addresses of connections that began with TLS, and hosts, where the library moves the bytes itself.
said_over_tls = set()


def pattern_of(text):
    """A * stands for whatever comes."""
    return re.compile(".*".join(re.escape(part) for part in text.split("*")), re.S)


class Site:
    def __init__(self, host, port, through, asked_at):
        self.host, self.port, self.through, self.asked_at = host, port, through, asked_at

    def serve(self, listener):
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection):
        with connection, connection.makefile("rb") as stream:
            try:
                method, target, headers, body = read_request(stream)
                status, answered, content = self.find(method, self.url_of(target, connection), headers, body)
            except (OSError, ValueError):
                return  # the connection ends without an answer, as where there is no network
            head = "".join(f"{name}: {value}\r\n" for name, value in answered.items())
            length = f"Content-Length: {len(content)}\r\nConnection: close\r\n\r\n"
            connection.sendall(f"HTTP/1.1 {status} OK\r\n{head}{length}".encode("latin-1"))
            if method != "HEAD":
                connection.sendall(content)

    def url_of(self, target, connection):
        over_tls = connection.getpeername() in said_over_tls or (self.host in said_over_tls and self.port != 80)
        shown = self.host if self.port == (443 if over_tls else 80) else f"{self.host}:{self.port}"
        return f"{'https' if over_tls else 'http'}://{shown}{target}"

    def find(self, method, url, headers, body):
        for answer in settings.WEB:
            pattern = pattern_of(answer["url"] if "://" in answer["url"] else "*://" + answer["url"])
            if pattern.fullmatch(url) or pattern.fullmatch(url.split("?")[0]):
                return self.from_file(url, answer)
        if settings.ALLOW_NETWORK:
            return self.fetch(method, url, headers, body)
        note(what="refused", kind="network", target=f"{self.host}:{self.port}", url=url, at=self.asked_at)
        raise OSError("no file is given for this url")

    def from_file(self, url, answer):
        file = answer["file"]
        try:
            with open(file, "rb") as stream:
                content = stream.read()
        except OSError:
            note(what="answered", url=url, file=file, missing=True)
            raise
        note(what="answered", url=url, file=file, missing=False)
        kind = answer.get("type") or _TYPES.get(os.path.splitext(file)[1].lower(), "application/octet-stream")
        return answer.get("status", 200), {"Content-Type": kind}, content

    def fetch(self, method, url, headers, body):
        import http.client

        self.through.on = True
        try:
            kind = http.client.HTTPSConnection if url.startswith("https:") else http.client.HTTPConnection
            connection = kind(self.host, self.port, timeout=30)
            path = re.sub(r"^\w+://[^/]*", "", url)
            sent = {name: value for name, value in headers.items() if name not in _DROPPED}
            connection.request(method, path, body or None, sent)
            response = connection.getresponse()
            content = response.read()
        finally:
            self.through.on = False
        kept = {name: value for name, value in response.getheaders() if name.lower() in (*_KEPT, "location", "set-cookie")}
        if settings.RECORD and response.status == 200 and method == "GET":
            keep(url, kept, content)
        return response.status, kept, content


def keep(url, headers, content):
    given = os.path.splitext(url.split("?")[0].rsplit("/", 1)[-1])[1]
    kind = next((value for name, value in headers.items() if name.lower() == "content-type"), "").split(";")[0]
    ending = given if re.fullmatch(r"\.\w{1,5}", given) else next((end for end, one in _TYPES.items() if one.startswith(kind) and kind), ".txt")
    name = hashlib.sha256(url.encode()).hexdigest()[:12] + ending
    with open(os.path.join(settings.RECORD, name), "wb") as file:
        file.write(content)
    with open(os.path.join(settings.RECORD, "index.jsonl"), "a") as index:
        index.write(json.dumps({"url": url, "file": name}) + "\n")
    note(what="recorded", url=url, file=name)


def read_request(stream):
    words = stream.readline(65536).decode("latin-1").split()
    if len(words) < 2:
        raise ValueError("this is no request")
    headers = {}
    while line := stream.readline(65536).strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    if "chunked" in headers.get("transfer-encoding", ""):
        body = b""
        while size := int(stream.readline(1024).split(b";")[0], 16):
            body += stream.read(size)
            stream.readline(1024)
        stream.readline(1024)
    else:
        body = stream.read(int(headers.get("content-length", 0)))
    return words[0], words[1], headers, body
