# SPDX-License-Identifier: GPL-3.0-or-later
"""A connection that is cut, and a batch that comes twice."""
import shutil

from day import homes_of

# Where on the way of a sync: in the handshake, in the request, in the answer, at its last byte.
FRACTIONS = (0.05, 0.3, 0.55, 0.8, 0.95, 1.0)




def check_once(force, visits):
    """Every visit is on the server, once, and everything verifies."""
    states = force.officer.states()
    assert all(states[visit] == "receipted" for visit in visits), states
    force.server_says("verify")
    force.deputy.sync()
    entries = [entry["id"] for home in homes_of(force.deputy)
               for entry in force.deputy.ctl("home", home["registration_no"])["timeline"]]
    assert all(entries.count(visit) == 1 for visit in visits), (visits, entries)
    assert force.deputy.ctl("verify")["verified"] and force.officer.ctl("verify")["verified"]


def test_cuts(force):
    """a connection cut at any byte, on the way up or down, is taken up again: nothing lost, nothing twice"""
    home = homes_of(force.deputy)[0]["registration_no"]
    visits = [force.officer.visit(home, "first")]
    force.network.restore()
    force.officer.sync()
    whole = dict(force.network.bytes)
    for direction in ("up", "down"):
        for fraction in FRACTIONS:
            visits.append(force.officer.visit(home, f"{direction} {fraction}"))
            force.network.cut_at(direction, max(1, int(whole[direction] * fraction)))
            force.officer.sync(expect=None)
            force.network.restore()
            force.officer.sync()
    check_once(force, visits)


def test_the_same_batch_twice(force):
    """a tablet put back to before its sync sends the same again: one entry, the same receipt"""
    home = homes_of(force.deputy)[0]["registration_no"]
    visit = force.officer.visit(home, "once")
    shutil.copytree(force.officer.store, f"{force.folder}/before")
    force.officer.sync()
    receipts = force.officer.ctl("receipts")["receipts"]
    positions = {save["subject"]: save["position"] for save in force.officer.ctl("status")["saves"]}
    shutil.rmtree(force.officer.store)
    shutil.move(f"{force.folder}/before", force.officer.store)
    assert force.officer.states()[visit] == "on_device"
    force.officer.sync()
    again = {save["subject"]: save["position"] for save in force.officer.ctl("status")["saves"]}
    assert again == positions, (again, positions)
    assert {each["last_hash"] for each in force.officer.ctl("receipts")["receipts"]} == {
        each["last_hash"] for each in receipts}
    check_once(force, [visit])


TESTS = [test_cuts, test_the_same_batch_twice]
