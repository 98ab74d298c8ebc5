# SPDX-License-Identifier: Apache-2.0
"""One server for all workers of pytest-xdist: the controller holds it, and starts it when the first worker asks."""

import os
import shutil
import tempfile
import threading
from multiprocessing.connection import Client, Connection, Listener

from .control import AwryError
from .server import Server


class Holder:
    """The server of this run. It is started when it is first needed, by whichever thread."""

    def __init__(self, scenarios: "list[str]"):
        self._scenarios = scenarios
        self._lock = threading.Lock()
        self._server: "Server | None" = None
        self._failure: "AwryError | None" = None

    def endpoint(self) -> str:
        """Where the server is; it is started but once, and what hindered that is told to all."""
        given = os.environ.get("AWRY_ENDPOINT", "").rstrip("/")
        if given:
            return given
        with self._lock:
            if self._failure:
                raise self._failure
            try:
                self._server = self._server or Server(self._scenarios)
            except AwryError as failure:
                self._failure = failure
                raise
            return self._server.endpoint

    def stop(self) -> None:
        """Stops what was started."""
        with self._lock:
            if self._server:
                self._server.stop()
            self._server = None


class Desk:
    """The controller's side: answers workers that ask where the server is, over a socket of this user's alone."""

    def __init__(self, holder: Holder):
        self._holder = holder
        # A socket's path holds 107 bytes (unix(7)), and temporary folders of CI systems may be deep.
        is_deep = len(tempfile.gettempdir()) > 80
        self._folder = tempfile.mkdtemp(prefix="pytest-awry-", dir="/tmp" if is_deep else None)
        self.address = os.path.join(self._folder, "desk")
        self._listener = Listener(self.address, "AF_UNIX", backlog=128)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection = self._listener.accept()
            except OSError:
                return
            with connection:
                self._answer(connection)

    def _answer(self, connection: Connection) -> None:
        try:
            answer = (True, self._holder.endpoint())
        except AwryError as failure:
            answer = (False, str(failure))
        try:
            connection.send(answer)
        except OSError:
            # The worker has gone; the next one is not concerned.
            pass

    def close(self) -> None:
        """Answers no more."""
        self._listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class Visitor:
    """The worker's side."""

    def __init__(self, address: str):
        self._address = address

    def endpoint(self) -> str:
        """Where the controller's server is."""
        with Client(self._address, "AF_UNIX") as connection:
            is_there, text = connection.recv()
        if not is_there:
            raise AwryError(text)
        return text

    def stop(self) -> None:
        """The server is the controller's."""
