# SPDX-License-Identifier: GPL-3.0-or-later
"""The network between the devices and the server: it can be away, and it can be cut at a chosen byte."""
import socket
import threading

CHUNK_BYTES = 4096


class Network:
    """A TCP relay on the address that devices call. It sees the TLS records only, as any network does."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.server_port = None
        self.lock = threading.Lock()
        self.up = True
        self.restore()
        threading.Thread(target=self._accept, daemon=True).start()

    def restore(self):
        """Forgets what was to be cut, and counts from nothing."""
        with self.lock:
            self.cut = None
            self.bytes = {"up": 0, "down": 0}

    def cut_at(self, direction, count, action=None):
        """The connection that carries byte number `count` in `direction` is cut right after it, once; then `action`."""
        with self.lock:
            self.bytes = {"up": 0, "down": 0}
            self.cut = (direction, count, action)

    def _accept(self):
        while True:
            device, _ = self.listener.accept()
            if not self.up or self.server_port is None:
                device.close()
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self.server_port))
            except OSError:
                device.close()
                continue
            for source, sink, direction in ((device, server, "up"), (server, device, "down")):
                threading.Thread(target=self._carry, args=(source, sink, direction), daemon=True).start()

    def _carry(self, source, sink, direction):
        try:
            while chunk := source.recv(CHUNK_BYTES):
                chunk, action, ends = self._count(direction, chunk)
                sink.sendall(chunk)
                if ends:
                    self._end(source, sink)
                    if action is not None:
                        action()
                    return
        except OSError:
            pass
        self._end(source, sink)

    def _count(self, direction, chunk):
        """What of `chunk` goes through, and whether the cut comes after it."""
        with self.lock:
            before = self.bytes[direction]
            self.bytes[direction] += len(chunk)
            if self.cut is None or self.cut[0] != direction or before + len(chunk) < self.cut[1]:
                return chunk, None, False
            action, count = self.cut[2], self.cut[1]
            self.cut = None
            return chunk[:count - before], action, True

    @staticmethod
    def _end(*sockets):
        for each in sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()
