# SPDX-License-Identifier: GPL-3.0-or-later
"""A forgotten passphrase: the administrator opens the tablet, and nothing that was on it is lost."""
import re
import time

from day import homes_of

NEW_PASSPHRASE = "deilen copper rhedyn anchor llwybr"


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)
    return path


def read(path):
    with open(path, "rb") as file:
        return file.read()


def changed(path, where):
    """The file with one byte changed."""
    content = bytearray(read(path))
    content[where] ^= 1
    return write(f"{path}.changed", content)


def fingerprint_of(answer):
    assert re.fullmatch(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", answer["fingerprint"]), answer
    return answer["fingerprint"]


def choose(force):
    """The file with the passphrase that the officer wants from now on."""
    return write(f"{force.folder}/fresh", (NEW_PASSPHRASE + "\n").encode())


def wait_out(device):
    while device.ctl("lock", "info")["wait_seconds"]:
        time.sleep(0.1)  # the delay itself is what is waited for


def test_forgotten_passphrase(force):
    """a visit recorded offline and a draft outlive a forgotten passphrase; the visit reaches the deputy as it was signed"""
    officer = force.officer
    home = homes_of(force.deputy)[0]["registration_no"]
    old_device = officer.ctl("status")["device"]
    force.network.up = False
    visit = officer.visit(home, "Cyn anghofio")
    with officer.session() as session:
        draft = session.send("visit", "begin", home)["draft"]
        session.send("visit", "set", draft, "notes=Drafft sy'n aros")
    force.network.up = True

    fresh = choose(force)
    request, answer = f"{force.folder}/request", f"{force.folder}/answer"
    shown = officer.ctl("escrow", "request", request, "--new-passphrase-file", fresh)
    assert shown["device"] == old_device
    fingerprint = fingerprint_of(shown)
    assert officer.ctl("escrow", "show")["fingerprint"] == fingerprint
    reason = ("--reason", "Forgotten")

    # What was altered on the way, a nod to another fingerprint, the wrong passphrase: nothing is opened, nothing is logged.
    force.recovery("recover", changed(request, 100), "--answer", answer, *reason, "--fingerprint", fingerprint, expect=1)
    force.recovery("recover", request, "--answer", answer, *reason, "--fingerprint", "0000-0000-0000-0000", expect=1)
    force.admin("recover", request, "--answer", answer, *reason, "--fingerprint", fingerprint,
                "--recovery-passphrase-file", force.passphrase_file, expect=1)

    said = force.recovery("recover", request, "--answer", answer, *reason, "--fingerprint", fingerprint.lower())
    assert "Tablet of 2001" in said and "2001" in said and fingerprint in said, said
    officer.ctl("escrow", "open", changed(answer, 90), "--new-passphrase-file", fresh, expect=1)
    # Another device's tablet does not take it.
    force.deputy.ctl("escrow", "request", f"{force.folder}/others", "--new-passphrase-file", fresh)
    force.deputy.ctl("escrow", "open", answer, "--new-passphrase-file", fresh, expect=1)

    officer.ctl("escrow", "open", answer, "--new-passphrase-file", fresh)
    assert officer.ctl("homes", expect=1)["code"] == "passphrase"
    officer.words[-1] = fresh
    wait_out(officer)
    assert officer.ctl("escrow", "open", answer, "--new-passphrase-file", fresh, expect=1)["code"] == "not_found"
    assert officer.ctl("visit", "begin", home, expect=1)["code"] == "not_found"  # not enrolled: nobody's name to write in

    # Enrolled again into the same notebook, for the same officer only.
    force.certify("2001", officer)
    new_device = officer.ctl("status")["device"]
    assert new_device != old_device
    status = officer.ctl("status")
    assert status["here"] == status["sent"] == status["refused"] == 0, status
    assert next(save for save in status["saves"] if save["subject"] == visit)["state"] == "receipted", status
    assert officer.ctl("draft", "show", draft)["sections"]["notes"]["notes"] == "Drafft sy'n aros"
    assert {device["id"] for device in status["devices"]} == {old_device, new_device}, status
    assert [opening["device"] for opening in status["openings"]] == [old_device], status
    assert status["openings"][0]["request"] == fingerprint and status["openings"][0]["reason"] == "Forgotten"

    later = officer.visit(home, "Wedi cofio")
    force.admin("revoke", old_device, "--reason", "Passphrase forgotten")
    force.admin("sync")
    officer.sync()
    force.deputy.sync()
    for each, notes in ((visit, "Cyn anghofio"), (later, "Wedi cofio")):
        assert force.deputy.ctl("visit", "show", each)["sections"]["notes"]["notes"] == notes
    for device in (officer, force.deputy):
        assert device.ctl("verify")["verified"]
    force.server_says("verify")


def test_late_answers(force):
    """an answer to a request that was withdrawn, by a newer one or by unlocking, opens nothing"""
    officer = force.officer
    fresh = choose(force)
    first, second = f"{force.folder}/first", f"{force.folder}/second"
    answers = []
    for path in (first, second):
        shown = officer.ctl("escrow", "request", path, "--new-passphrase-file", fresh)
        force.recovery("recover", path, "--answer", f"{path}.answer", "--reason", "Forgotten", "--fingerprint",
                       fingerprint_of(shown))
        answers.append(f"{path}.answer")
    assert officer.ctl("escrow", "open", answers[0], "--new-passphrase-file", fresh, expect=1)["code"] == "invalid"
    assert homes_of(officer)  # remembered after all
    assert officer.ctl("escrow", "open", answers[1], "--new-passphrase-file", fresh, expect=1)["code"] == "not_found"
    force.admin("sync")
    officer.sync()
    assert len(officer.ctl("status")["openings"]) == 2


def test_rekey(force):
    """new keys under the same passphrase: all is there, the old vault's keyring opens nothing, a colleague sees no difference"""
    officer = force.officer
    home = homes_of(force.deputy)[0]["registration_no"]
    visit = officer.visit(home, "Cyn newid")
    old = read(f"{officer.store}/keyring")
    officer.ctl("rekey")
    assert officer.ctl("visit", "show", visit)["sections"]["notes"]["notes"] == "Cyn newid"
    officer.sync()
    assert officer.ctl("verify")["verified"]
    fresh = read(f"{officer.store}/keyring")
    for name in ("keyring", "keyring.bak"):
        write(f"{officer.store}/{name}", old)
    assert officer.ctl("homes", expect=1)["code"] == "damaged"
    for name in ("keyring", "keyring.bak"):
        write(f"{officer.store}/{name}", fresh)
    assert homes_of(officer)


TESTS = [test_forgotten_passphrase, test_late_answers, test_rekey]
