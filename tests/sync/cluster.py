# SPDX-License-Identifier: GPL-3.0-or-later
"""Real PostgreSQL servers for tests: each in a folder of its own, on a Unix socket, with fsync on.

As a program: cluster.py COMMAND... runs the command with $YM_TEST_LEDGER set to a fresh database's URL.
"""
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse


def find_programs():
    for folder in ("/usr/lib/postgresql/15/bin", *os.environ.get("PATH", "").split(":")):
        if os.access(os.path.join(folder, "initdb"), os.X_OK):
            return pathlib.Path(folder)
    sys.exit("There is no PostgreSQL here: ./dev test installs it.")


PROGRAMS = find_programs()
# PostgreSQL refuses to run as root: then it is the user that its package makes, or nobody.
USER = next((name for name in ("postgres", "nobody") if name in {p.pw_name for p in pwd.getpwall()}), None)


def as_user(command):
    """Also ends with whoever started it, however that ends."""
    user = [f"--reuid={USER}", f"--regid={pwd.getpwnam(USER).pw_gid}", "--clear-groups"] if os.getuid() == 0 else []
    return ["setpriv", *user, "--pdeathsig", "QUIT", *command]


def give_to_user(path):
    if os.getuid() == 0:
        shutil.chown(path, USER)


class Cluster:
    """One PostgreSQL server. It is this process's child: kill() is a power cut, without the disk."""

    def __init__(self, folder, name):
        self.folder = pathlib.Path(folder) / name
        self.name = name
        self.process = None

    def run(self, program, *arguments):
        subprocess.run(as_user([str(PROGRAMS / program), *map(str, arguments)]), check=True, stdout=subprocess.DEVNULL,
                       cwd="/", env={**os.environ, "LC_ALL": "C.UTF-8"})

    def make(self):
        self.folder.mkdir()
        give_to_user(self.folder)
        self.run("initdb", "--pgdata", self.folder / "data", "--username", "ymweld", "--auth", "trust", "--encoding", "UTF8",
                 "--no-locale", "--no-instructions", "--no-sync")
        with open(self.folder / "data" / "postgresql.conf", "a") as file:
            file.write(f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nport = 5432\nfsync = on\n"
                       "shared_buffers = 16MB\nmax_connections = 40\nwal_level = replica\nwal_sender_timeout = 5s\n"
                       "wal_receiver_status_interval = 1s\nautovacuum = off\nlog_min_messages = fatal\n")

    def make_standby_of(self, primary):
        self.folder.mkdir()
        give_to_user(self.folder)
        self.run("pg_basebackup", "--pgdata", self.folder / "data", "--host", primary.folder, "--username", "ymweld",
                 "--checkpoint", "fast", "--write-recovery-conf", "--wal-method", "stream")
        with open(self.folder / "data" / "postgresql.conf", "a") as file:
            file.write(f"unix_socket_directories = '{self.folder}'\n"
                       f"primary_conninfo = 'host={primary.folder} user=ymweld application_name={self.name}'\n")
        (self.folder / "data" / "postgresql.auto.conf").write_text("")

    def start(self):
        log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(as_user([str(PROGRAMS / "postgres"), "-D", str(self.folder / "data")]),
                                        stdout=log, stderr=log, cwd="/")
        self.wait_until("SELECT 1")

    def ask(self, sql):
        answer = subprocess.run([str(PROGRAMS / "psql"), "--no-psqlrc", "--tuples-only", "--no-align", "--quiet",
                                 "--host", str(self.folder), "--username", "ymweld", "--dbname", "postgres", "--command", sql],
                                capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
        return answer.stdout.strip() if answer.returncode == 0 else None

    def dump(self):
        return subprocess.run([str(PROGRAMS / "pg_dump"), "--host", str(self.folder), "--username", "ymweld", "postgres"],
                              capture_output=True, check=True).stdout

    def wait_until(self, sql, answer=None):
        """Until the server answers, with @answer if there is one."""
        end = time.monotonic() + 60
        while True:
            got = self.ask(sql)
            if got is not None and answer in (None, got):
                return
            if time.monotonic() > end or (self.process is not None and self.process.poll() is not None):
                sys.exit(f"PostgreSQL does not answer “{sql}”: {(self.folder / 'log').read_text()}")
            time.sleep(0.02)

    def wait_for_standby(self, standby):
        """Commits wait for @standby from now on."""
        self.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{standby.name}'")
        self.ask("SELECT pg_reload_conf()")
        self.wait_until(f"SELECT sync_state FROM pg_stat_replication WHERE application_name = '{standby.name}'", "sync")

    def signal(self, number):
        """To the server and its children, each of which has a session of its own."""
        own = self.process.pid
        children = pathlib.Path(f"/proc/{own}/task/{own}/children").read_text().split()
        os.kill(own, number)
        for child in children:
            try:
                os.kill(int(child), number)
            except ProcessLookupError:
                pass  # it ended by itself meanwhile

    def freeze(self):
        self.signal(signal.SIGSTOP)

    def thaw(self):
        self.signal(signal.SIGCONT)

    def promote(self):
        self.ask("SELECT pg_promote()")
        self.wait_until("SELECT pg_is_in_recovery()", "f")

    def url(self):
        return f"postgresql://ymweld@/postgres?host={urllib.parse.quote(str(self.folder), safe='')}"

    def kill(self):
        """Everything of it at once."""
        if self.process is not None:
            self.signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self):
        if self.process is not None:
            os.kill(self.process.pid, signal.SIGQUIT)
            self.process.wait()
            self.process = None


class Folder:
    """Where clusters are, as short as a socket's path must be."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="ympg"))
        self.path.chmod(0o755)
        self.clusters = []
        return self

    def cluster(self, name):
        self.clusters.append(Cluster(self.path, name))
        return self.clusters[-1]

    def __exit__(self, *_):
        for cluster in self.clusters:
            cluster.stop()
        shutil.rmtree(self.path, ignore_errors=True)


def main():
    with Folder() as folder:
        cluster = folder.cluster("one")
        cluster.make()
        cluster.start()
        return subprocess.run(sys.argv[1:], env={**os.environ, "YM_TEST_LEDGER": cluster.url()}).returncode


if __name__ == "__main__":
    sys.exit(main())
