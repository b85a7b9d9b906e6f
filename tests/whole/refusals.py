# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server must not take, and what the officer is told of it."""
import shutil

from day import homes_of
from force import FORGE, run


def forge(force, *words):
    return run(FORGE, force.officer.store, force.passphrase_file, *words).strip()


def last_save(device, subject):
    return next(save for save in device.ctl("status")["saves"] if save["subject"] == subject)


def refused_draft(device, text):
    """The draft that brings the refused words back."""
    for draft in device.ctl("drafts")["drafts"]:
        if draft["refused"] and text in str(device.ctl("draft", "show", draft["id"])):
            return draft
    return None


def test_outside(force):
    """a record about a home that is not the officer's is refused, the reason is shown, the words are a draft again"""
    own = {home["registration_no"] for home in homes_of(force.officer)}
    other = next(number for number in ("W013001", "W013002", "W013003", "W013004") if number not in own)
    record = forge(force, "outside", other, "Geiriau a wrthodwyd")
    assert force.officer.sync()["refused"] == 1
    save = last_save(force.officer, record)
    assert save["state"] == "refused" and save["why"], save
    assert refused_draft(force.officer, "Geiriau a wrthodwyd")
    force.server_says("verify")


def test_fixed(force):
    """a change to a signed-off visit is refused everywhere, and the visit stays as it was signed"""
    home = homes_of(force.deputy)[0]["registration_no"]
    visit = force.officer.visit(home, "as it was")
    force.officer.sync()
    forge(force, "fixed", visit, "as it never was")
    force.officer.sync()
    save = last_save(force.officer, visit)
    assert save["state"] == "refused" and save["why"], save
    force.deputy.sync()
    for device in (force.officer, force.deputy):
        assert device.ctl("visit", "show", visit)["sections"]["notes"]["notes"] == "as it was"
    assert refused_draft(force.officer, "as it never was")


def test_changed_byte(force):
    """an envelope with one byte changed is not taken, nor anything after it; the verifier names it"""
    home = homes_of(force.deputy)[0]["registration_no"]
    visit = force.officer.visit(home, "one byte")
    forge(force, "tamper")
    proof = force.officer.ctl("verify", expect=1)
    assert proof["verified"] is False and proof["problems"], proof
    failed = force.officer.sync(expect=1)
    assert failed["error"], failed
    assert force.officer.states()[visit] != "receipted"
    force.server_says("verify")
    force.deputy.sync()
    force.deputy.ctl("visit", "show", visit, expect=1)


def test_unknown_device(force):
    """a device that the server does not know is told so, and keeps all that waits"""
    home = homes_of(force.officer)[0]["registration_no"]
    visit = force.officer.visit(home, "to nobody")
    force.stop_server()
    shutil.rmtree(f"{force.folder}/server")
    shutil.copytree(f"{force.folder}/early-server", f"{force.folder}/server")
    force.start_server()
    failed = force.officer.sync(expect=1)
    assert failed["code"] == "authority", failed
    assert force.officer.states()[visit] in ("on_device", "sent")
    assert force.officer.ctl("status")["last_error"]


def test_revoked_device(force):
    """what a revoked device signs is set aside and never shown to colleagues; the officer is told"""
    home = homes_of(force.deputy)[0]["registration_no"]
    force.admin("revoke", force.officer.ctl("status")["device"], "--reason", "Handed in")
    force.admin("sync")
    visit = force.officer.visit(home, "after the end")
    result = force.officer.ctl("sync", expect=None)
    save = last_save(force.officer, visit)
    assert save["state"] == "refused" and save["disposition"] == "quarantined" and save["why"], (result, save)
    assert force.officer.ctl("status")["devices"][0]["revoked"]
    force.deputy.sync()
    force.deputy.ctl("visit", "show", visit, expect=1)
    force.server_says("verify")


TESTS = [test_outside, test_fixed, test_changed_byte, test_unknown_device, test_revoked_device]
