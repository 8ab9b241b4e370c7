"""A server of post for tests: takes letters, or behaves as badly as it is told."""

import socket
import socketserver
import threading
import time
from contextlib import contextmanager
from email import message_from_bytes, policy


class Clerk(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.server.calls += 1
        if self.server.manner == "silent":
            return self.server.over.wait(5)
        self.say("220 office")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"QUIT":
                return self.say("221 bye")
            if word == b"DATA":
                self.say("354 go on")
                if not self.take():
                    return None
            elif word == b"RCPT" and self.server.manner == "unknown":
                self.say("550 no box for lai@example.vn, secret")
            elif word == b"MAIL" and self.server.manner == "dying":
                return None
            else:
                self.say("250 fine")
        return None

    def take(self):
        """The letter; False when the line goes dead before the answer."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        if self.server.manner == "full":
            return self.say("452 no room") or True
        self.server.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))
        if self.server.manner == "slow":
            time.sleep(0.5)
        if self.server.manner == "deaf":
            return False
        return self.say("250 taken") or True


class Office(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Clerk)
        self.manner, self.letters, self.calls, self.over = "kind", [], 0, threading.Event()

    @property
    def port(self):
        return self.server_address[1]


@contextmanager
def open_office():
    with Office() as office:
        thread = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield office
        office.over.set()
        office.shutdown()
        thread.join()


def closed_port():
    """A port where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
