# SPDX-License-Identifier: GPL-3.0-or-later
"""Several server processes on one ledger in a real PostgreSQL, with everything killed that can be. Prints TAP.

Arguments: the load program, then the programs that test any ledger. YM_SEED=number makes the random moments of an earlier
run again; YM_LEDGER_SECONDS is how long the servers are tormented.
"""
import concurrent.futures
import inspect
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

import cluster

SERVER = pathlib.Path(os.environ["YM_BUILD_ROOT"]) / "sync" / "ymweld-server"
LOAD, *SUITE = sys.argv[1:]
SECONDS = float(os.environ.get("YM_LEDGER_SECONDS", "4"))
OFFICERS = (3, 5)  # of one home, by their numbers in the load program: they must come to have the same


def call(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


class Server:
    """One process and its folder, which it has alone."""

    def __init__(self, folder, url):
        self.folder = folder
        self.url = url
        self.socket = f"{folder}.socket"
        self.process = None

    def start(self):
        pathlib.Path(self.socket).unlink(missing_ok=True)
        log = open(f"{self.folder}.log", "ab")
        self.process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", SERVER, "serve", "--dir", self.folder, "--ledger", self.url,
                                         "--unix", self.socket],
                                        stdout=log, stderr=log)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def mend(self):
        """As a service manager does."""
        if self.process.poll() is not None:
            self.start()

    def end(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)


class Force:
    """A certified server whose ledger is in a database, and copies of it."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.servers = []
        call(SERVER, "init", "--dir", self.folder / "0", "--address", "https://127.0.0.1:1")
        self.key = self.read_signing_key()
        call(LOAD, "identity", self.key, self.folder / "identity")

    def read_signing_key(self):
        """Field 3 of the request, a byte string of 32."""
        request = (self.folder / "0" / "request").read_bytes()
        at = request.index(b"\x03\x58\x20") + 3
        return request[at:at + 32].hex()

    def move(self, url, *options):
        return call(SERVER, "migrate-ledger", "--dir", self.folder / "0", "--ledger", url,
                    "--identity", self.folder / "identity", *options)

    def start(self, url, count):
        for number in range(count):
            if number > 0:
                shutil.copytree(self.folder / "0", self.folder / str(number), ignore=shutil.ignore_patterns("control", "fold"))
            self.servers.append(Server(self.folder / str(number), url))
        for server in self.servers:
            server.start()
        for server in self.servers:
            wait_for(lambda: os.path.exists(server.socket), server.process)

    def check(self, url, export):
        return call(LOAD, "check", self.key, self.folder, url, self.folder / "0" / "ledger-key", export)

    def end(self):
        for server in self.servers:
            server.end()


def wait_for(condition, process):
    end = time.monotonic() + 60
    while not condition():
        if process.poll() is not None or time.monotonic() > end:
            raise AssertionError("what was waited for did not come")
        time.sleep(0.01)


class Devices:
    process = None

    def start(self, force):
        self.process = subprocess.Popen([LOAD, "devices", force.key, force.folder, *(server.socket for server in force.servers)],
                                        stdout=subprocess.PIPE, text=True, start_new_session=True)
        line = self.process.stdout.readline()
        if line != "running\n":
            raise AssertionError(f"the devices did not start: {line}")

    def finish(self):
        self.process.send_signal(signal.SIGTERM)
        print(self.process.stdout.read(), end="")
        if self.process.wait(120) != 0:
            raise AssertionError("a device did not come to its end")

    def kill(self):
        """All of them, if they still run."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)


def torment(force, seconds, chance):
    """Kills one server or another, and starts what has ended, for so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        chance.choice(force.servers).kill()
        time.sleep(chance.uniform(0.1, 0.5))
        for server in force.servers:
            server.mend()
        time.sleep(chance.uniform(0.2, 0.8))


def assert_same_everywhere(force):
    exports = [(force.folder / f"export-{device}").read_bytes() for device in OFFICERS]
    if exports[0] != exports[1]:
        raise AssertionError("two officers of one home came to have different things")


def assert_tells_nothing(clusters):
    """What the database's administrator can read: neither words nor the ids of devices."""
    for one in clusters:
        dump = one.dump()
        for secret in (b"visit.sign-off", b"All was well", b"device.certify"):
            if secret.hex().encode() in dump or secret in dump:
                raise AssertionError(f"the database tells “{secret.decode()}”")


def test_ledger_suite(program):
    """The suite of every ledger passes over PostgreSQL."""
    with cluster.Folder() as clusters:
        one = clusters.cluster("one")
        one.make()
        one.start()
        with concurrent.futures.ThreadPoolExecutor() as pool:
            environment = {**os.environ, "YM_TEST_LEDGER": one.url()}
            for each, output in zip(program, pool.map(lambda path: call(path, env=environment), program)):
                print("#", pathlib.Path(each).name, output.count("\nok "), "tests")


def test_servers_die_and_standby_is_promoted(folder, chance):
    """Servers are killed all the time and the database fails over: nothing acknowledged is lost, nothing is there twice."""
    with cluster.Folder() as clusters:
        primary, standby = clusters.cluster("a"), clusters.cluster("b")
        primary.make()
        primary.start()
        standby.make_standby_of(primary)
        standby.start()
        primary.wait_for_standby(standby)
        url = primary.url() + "," + standby.url().rpartition("=")[2]
        force = Force(folder)
        print("#", force.move(url).strip())

        def fail_over():
            """Not before the primary has said "committed, but not there" for a while: that is no acknowledgement."""
            standby.freeze()
            end = time.monotonic() + 1
            while time.monotonic() < end:
                primary.ask("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
            primary.kill()
            standby.thaw()
            chance.choice(force.servers).kill()
            standby.promote()
            print("#", call(SERVER, "raise-term", "--dir", operator, "--ledger", url).strip())

        operator = force.folder / "operator"
        shutil.copytree(force.folder / "0", operator)
        devices = Devices()
        try:
            force.start(url, 3)
            devices.start(force)
            torment(force, SECONDS / 2, chance)
            fail_over()
            torment(force, SECONDS / 2, chance)
            devices.finish()
        finally:
            devices.kill()
            force.end()
        print(force.check(url, force.folder / "first"), end="")
        assert_same_everywhere(force)
        assert_tells_nothing([standby])
        # There and back again, and to a database that never saw it.
        print("#", force.move(url, "--back").strip())
        fresh = clusters.cluster("c")
        fresh.make()
        fresh.start()
        print("#", force.move(fresh.url()).strip())
        force.check(fresh.url(), force.folder / "second")
        if (force.folder / "first").read_bytes() != (force.folder / "second").read_bytes():
            raise AssertionError("the ledger changed on its way")


TESTS = [test_ledger_suite, test_servers_die_and_standby_is_promoted]


def run_one(test, seed):
    with tempfile.TemporaryDirectory(prefix="ymled") as folder:
        arguments = {"folder": folder, "chance": random.Random(seed), "program": SUITE}
        try:
            test(**{name: arguments[name] for name in inspect.signature(test).parameters})
            return True
        except Exception:  # whatever it is, it is this test's failure and the next one's turn
            traceback.print_exc(file=sys.stdout)
            for log in sorted(pathlib.Path(folder).glob("*.log")):
                print(log.name, log.read_text()[-2000:])
            return False


def main():
    seed = int(os.environ.get("YM_SEED", random.SystemRandom().randrange(1 << 32)))
    print(f"# YM_SEED={seed}\n1..{len(TESTS)}", flush=True)
    failed = 0
    for number, test in enumerate(TESTS, 1):
        good = run_one(test, seed + number)
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} {test.__name__}: {inspect.getdoc(test)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
