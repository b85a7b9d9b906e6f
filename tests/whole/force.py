# SPDX-License-Identifier: GPL-3.0-or-later
"""A force of real processes on this machine: a server, the administrator's tool, devices, and a network between them."""
import datetime
import json
import os
import shutil
import signal
import subprocess
import time

SOURCE = os.environ["YM_SOURCE_ROOT"]
BUILD = os.environ["YM_BUILD_ROOT"]
SERVER = f"{BUILD}/sync/ymweld-server"
ADMIN = f"{BUILD}/sync/ymweld-admin"
CTL = f"{BUILD}/ui/ctl/ymweldctl"
FORGE = f"{BUILD}/tests/whole/forge"
DATA = f"{SOURCE}/data/demo-force"
PASSPHRASE = "afon ladder gwynt velvet bara"
RECOVERY_PASSPHRASE = "caerau lantern mynydd saddle ffenestr"
PATIENCE_S = int(os.environ.get("YM_PATIENCE_S", "90"))

children = set()


def start(*words, **options):
    """A process that is ended with the test, whatever becomes of the test."""
    child = subprocess.Popen([str(word) for word in words], text=True, env=environment(), **options)
    children.add(child)
    return child


def end(child, number=signal.SIGKILL):
    if child.poll() is None:
        child.send_signal(number)
    child.wait(PATIENCE_S)
    for pipe in (child.stdin, child.stdout, child.stderr):
        if pipe is not None:
            pipe.close()
    children.discard(child)
    return child.returncode


def end_all():
    for child in list(children):
        end(child)


def environment():
    return {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "G_SLICE": "always-malloc"}


def objects(text):
    """JSON values, one after the other."""
    decoder, values, at = json.JSONDecoder(), [], 0
    while text[at:].strip():
        value, length = decoder.raw_decode(text[at:].lstrip())
        values.append(value)
        at += len(text[at:]) - len(text[at:].lstrip()) + length
    return values


def now(minutes=0):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    return moment.isoformat(timespec="microseconds")


class Failure(Exception):
    """A program that did not do what the test needs."""


def run(*words, expect=0):
    """What a program prints, when it ends as expected."""
    child = start(*words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, complaint = child.communicate(timeout=PATIENCE_S)
    finally:
        end(child)
    if expect is not None and child.returncode != expect:
        raise Failure(f"{' '.join(map(str, words))}: status {child.returncode}, not {expect}\n{out}{complaint}")
    return out


class Session:
    """One run of `ymweldctl shell`: unlocked once, a command at a time."""

    def __init__(self, device):
        self.child = start(*device.words, "--json", "shell", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE)

    def send(self, *words):
        """The answer, or None if the program died before it gave one."""
        line = " ".join("'" + str(word).replace("'", "'\\''") + "'" for word in words)
        try:
            self.child.stdin.write(line + "\n")
            self.child.stdin.flush()
        except BrokenPipeError:
            return None
        text = ""
        while piece := self.child.stdout.readline():
            text += piece
            if piece in ("}\n", "{}\n"):
                return json.loads(text)
        return None

    def kill(self):
        self.child.send_signal(signal.SIGKILL)

    def close(self):
        try:
            self.child.stdin.close()
        except BrokenPipeError:
            pass
        self.child.stdin = None
        self.child.wait(PATIENCE_S)
        return end(self.child)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Device:
    """One officer's tablet."""

    def __init__(self, force, name):
        self.force = force
        self.store = f"{force.folder}/{name}"
        self.words = [CTL, "--store", self.store, "--passphrase-file", force.passphrase_file]

    def ctl(self, *words, expect=0):
        return objects(run(*self.words, "--json", *words, expect=expect))[0]

    def session(self):
        return Session(self)

    def visit(self, home, notes):
        """A whole visit, signed off; its id."""
        with self.session() as session:
            return signed_visit(session, home, notes)

    def sync(self, expect=0):
        return self.ctl("sync", expect=expect)

    def states(self):
        return {save["subject"]: save["state"] for save in self.ctl("status")["saves"]}


def signed_visit(session, home, notes):
    draft = session.send("visit", "begin", home)["draft"]
    session.send("visit", "add-row", draft, "person_met", "name=G. Prydderch", "role=manager")
    session.send("visit", "set", draft, "place=at_home", "announced=no", "children_present=no", f"ended_at={now()}",
                 "staff_on_duty=3", "staff_required=3", "staff_total=12", "staff_trained=3", f"notes={notes}",
                 "not_discussed=protocols,calls,children,issues")
    return session.send("visit", "sign-off", draft)["visit"]


class Force:
    """The folders of one force. Copies share the address, so one of them lives at a time."""

    def __init__(self, folder, network):
        self.folder = folder
        self.network = network
        self.passphrase_file = f"{folder}/passphrase"
        self.server = None
        self.devices = {}

    def device(self, name):
        return self.devices.setdefault(name, Device(self, name))

    @property
    def officer(self):
        return self.device("officer")

    @property
    def deputy(self):
        return self.device("deputy")

    def admin(self, command, *words, expect=0):
        return run(ADMIN, command, "--dir", f"{self.folder}/admin", "--passphrase-file", self.passphrase_file, *words,
                   expect=expect)

    def start_server(self):
        address = f"{self.folder}/listening"
        if os.path.exists(address):
            os.remove(address)
        self.server = start(SERVER, "serve", "--dir", f"{self.folder}/server", "--identity", f"{self.folder}/identity",
                            "--listen", "127.0.0.1:0", "--address-file", address, stdin=subprocess.DEVNULL,
                            stderr=open(f"{self.folder}/server.log", "a", encoding="utf-8"))
        until = time.monotonic() + PATIENCE_S
        while not (os.path.exists(address) and os.path.getsize(address)):
            if self.server.poll() is not None or time.monotonic() > until:
                with open(f"{self.folder}/server.log", encoding="utf-8") as log:
                    raise Failure("the server did not start: " + log.read()[-2000:])
            time.sleep(0.01)  # the file is the event; there is nothing else to wait for
        with open(address, encoding="utf-8") as file:
            self.network.server_port = int(file.read().strip().rsplit(":", 1)[1])

    def stop_server(self):
        return end(self.server, signal.SIGTERM)

    def kill_server(self):
        return end(self.server)

    def server_says(self, command):
        return objects(run(SERVER, command, "--dir", f"{self.folder}/server", "--json"))[0]

    def weaken(self, store):
        """The least key derivation: the tests open a store some hundred times.."""
        run(FORGE, f"{self.folder}/{store}", self.passphrase_file, "weaken")

    def make(self):
        os.makedirs(self.folder, mode=0o700)
        with open(self.passphrase_file, "w", encoding="utf-8") as file:
            file.write(PASSPHRASE + "\n")
        self.admin("init", "--force", "Heddlu Enghraifft")
        self.weaken("admin/root")
        self.weaken("admin/store")
        self.recovery("recovery-key")
        run(SERVER, "init", "--dir", f"{self.folder}/server", "--address", f"https://127.0.0.1:{self.network.port}")
        self.admin("certify-server", "--request", f"{self.folder}/server/request", "--identity",
                   f"{self.folder}/identity")
        self.start_server()
        for table in ("homes", "officers", "assignments"):
            self.admin("import", table, f"{DATA}/{table}.csv")
        self.admin("sync")

    def recovery(self, command, *words, expect=0):
        """A command that takes the recovery key, whose passphrase is another one."""
        path = f"{self.folder}/recovery-passphrase"
        with open(path, "w", encoding="utf-8") as file:
            file.write(RECOVERY_PASSPHRASE + "\n")
        return self.admin(command, "--recovery-passphrase-file", path, *words, expect=expect)

    def enrol(self, collar_no, name):
        self.certify(collar_no, self.device(name))
        self.weaken(name)
        return self.device(name)

    def certify(self, collar_no, device):
        """The administrator's tool waits while the device answers with the code."""
        office = start(ADMIN, "enrol", "--dir", f"{self.folder}/admin", "--passphrase-file", self.passphrase_file,
                       "--wait", PATIENCE_S, "--json", collar_no, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        text = ""
        while piece := office.stdout.readline():
            text += piece
            if piece == "}\n":
                break
        device.ctl("enrol", "--server", f"https://127.0.0.1:{self.network.port}", "--code", json.loads(text)["code"],
                   "--name", f"Tablet of {collar_no}", "--wait", PATIENCE_S)
        office.stdout.read()
        office.wait(PATIENCE_S)
        status = end(office)
        if status != 0:
            raise Failure(f"ymweld-admin enrol ended with {status}")

    def copy(self, folder):
        """The same force at another place, as it stands now; its server must be down."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("control", "listening"))
        return Force(folder, self.network)
