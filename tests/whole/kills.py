# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of each process in turn, at chosen and at random moments."""
import random
import subprocess
import threading

from cuts import check_once
from day import homes_of
from force import end, now, start

ROUNDS = 4


def kill_after(session, seconds):
    timer = threading.Timer(seconds, session.kill)
    timer.start()
    return timer


def test_draft(force, seed):
    """a device killed in mid-typing comes back with the draft: all that was acknowledged, at most one answer more"""
    chance = random.Random(seed)
    home = homes_of(force.officer)[0]["registration_no"]
    draft = force.officer.ctl("visit", "begin", home)["draft"]
    acknowledged = 0
    for _ in range(ROUNDS):
        session = force.officer.session()
        session.send("drafts")  # unlocked: a passphrase that is cut off counts as a wrong try
        timer = kill_after(session, chance.uniform(0.3, 1.5))
        number = acknowledged + 1
        while session.send("visit", "set", draft, f"notes=word {number}") is not None:
            acknowledged, number = number, number + 1
        timer.join()
        session.close()
        found = force.officer.ctl("draft", "show", draft)["sections"]["notes"].get("notes")
        assert found in (f"word {acknowledged}", f"word {acknowledged + 1}") or acknowledged == 0, (found, acknowledged)
        acknowledged = int(found.split()[1]) if found else 0
    assert acknowledged > 0


def test_sign_off(force, seed):
    """a device killed while it signs has the draft or the visit, and the visit if it said so"""
    chance = random.Random(seed)
    home = homes_of(force.officer)[0]["registration_no"]
    for number in range(ROUNDS):
        session = force.officer.session()
        draft = session.send("visit", "begin", home)["draft"]
        session.send("visit", "add-row", draft, "person_met", "name=G. Prydderch", "role=manager")
        session.send("visit", "set", draft, "place=at_home", "announced=no", "children_present=no", f"ended_at={now()}",
                     "not_discussed=staffing,protocols,calls,children,issues", f"notes=round {number}")
        timer = kill_after(session, chance.uniform(0, 0.02))
        acknowledged = session.send("visit", "sign-off", draft) is not None
        timer.join()
        session.close()
        drafts = [each["id"] for each in force.officer.ctl("drafts")["drafts"]]
        signed = force.officer.ctl("visit", "show", draft, expect=None)
        is_signed = "error" not in signed
        assert is_signed != (draft in drafts), (signed, drafts)
        assert is_signed or not acknowledged
        if not is_signed:
            force.officer.ctl("draft", "discard", draft)
    assert force.officer.ctl("verify")["verified"]


def test_device_in_sync(force, seed):
    """a device killed while it syncs has lost nothing and sends nothing twice"""
    home = homes_of(force.deputy)[0]["registration_no"]
    force.network.restore()
    visits = [force.officer.visit(home, "first")]
    force.officer.sync()
    whole = dict(force.network.bytes)
    chance = random.Random(seed)
    for direction in ("up", "down"):
        for _ in range(2):
            visits.append(force.officer.visit(home, direction))
            child = start(*force.officer.words, "sync", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL)
            force.network.cut_at(direction, chance.randint(1, whole[direction]), child.kill)
            child.wait()
            end(child)
            force.network.restore()
    force.officer.sync()
    check_once(force, visits)


def test_server_in_batch(force, seed):
    """a server killed while it takes a batch has lost nothing that it receipted, and has nothing twice"""
    home = homes_of(force.deputy)[0]["registration_no"]
    force.network.restore()
    visits = [force.officer.visit(home, "first")]
    force.officer.sync()
    whole = dict(force.network.bytes)
    chance = random.Random(seed)
    moments = [("up", whole["up"]), ("down", whole["down"]), ("up", chance.randint(1, whole["up"])),
               ("down", chance.randint(1, whole["down"]))]
    for direction, count in moments:
        visits.append(force.officer.visit(home, f"{direction} {count}"))
        force.network.cut_at(direction, max(1, count - 40), force.server.kill)
        force.officer.sync(expect=None)
        force.kill_server()
        force.network.restore()
        force.start_server()
        force.officer.sync()
    check_once(force, visits)


TESTS = [test_draft, test_sign_off, test_device_in_sync, test_server_in_batch]
