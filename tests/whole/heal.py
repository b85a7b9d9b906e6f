# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that burns down: a backup, or nothing, is put in its place, and the tablets bring back what they hold."""
import os

from force import SERVER, objects, run, signed_visit
from recovery import view


def put_back(force, backup):
    """The old folder is moved away; the key was kept elsewhere."""
    lost = f"{force.folder}/lost"
    os.rename(f"{force.folder}/server", lost)
    run(SERVER, "restore", "--dir", f"{force.folder}/server", "--key", f"{lost}/key", backup)
    os.rename(f"{lost}/key", f"{force.folder}/server/key")
    assert objects(run(SERVER, "status", "--dir", f"{force.folder}/server", "--json"))[0]["awaits_identity"]
    force.admin("identity", "--out", f"{force.folder}/identity")


def test_restored_server(force):
    """a server is restored from an old backup, and everything that was acknowledged since comes back from the tablets alone"""
    with force.officer.session() as session:
        numbers = [home["registration_no"] for home in session.send("homes")["homes"]]
        before = {signed_visit(session, numbers[0], "before the backup")}
        session.send("sync")
    backup = f"{force.folder}/backup"
    run(SERVER, "backup", "--dir", f"{force.folder}/server", backup)
    with force.officer.session() as session, force.deputy.session() as deputy:
        shared = [home["registration_no"] for home in deputy.send("homes")["homes"] if home["registration_no"] in numbers][0]
        since = {signed_visit(session, number, "since the backup") for number in numbers}
        session.send("sync")
        since.add(signed_visit(deputy, shared, "by the deputy"))
        deputy.send("sync")
        session.send("sync")
        expected = view(session)
        force.kill_server()
        pending = signed_visit(session, numbers[0], "while it was away")
    put_back(force, backup)
    force.start_server()
    with force.officer.session() as session, force.deputy.session() as deputy:
        for each in (session, deputy, session):
            each.send("sync")
        status = session.send("status")
        assert status["here"] == status["sent"] == status["refused"] == status["evidence"] == 0, status
        assert status["missing"] == [], status
        assert view(session)[1] == expected[1] | {pending} >= before | since
    verified = force.server_says("verify")
    assert verified["good"] and verified["missing"] == 0, verified
    assert force.server_says("status")["missing"] == []


TESTS = [test_restored_server]
