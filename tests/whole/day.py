# SPDX-License-Identifier: GPL-3.0-or-later
"""The officer's day, from a tablet without signal to the deputy's screen."""
import time

from force import now


def homes_of(device):
    return device.ctl("homes")["homes"]


def test_the_day(force):
    """a day offline reaches the server when the signal is back, receipted, and the deputy sees the same, verified"""
    officer = force.officer
    home = homes_of(officer)[0]
    assert home["visits"] == "overdue" and home["days_since_visit"] is None, home
    registration_no = home["registration_no"]
    force.network.up = False

    with officer.session() as session:
        draft = session.send("visit", "begin", registration_no)["draft"]
        session.send("visit", "set", draft, "place=at_home", "announced=no", "children_present=no", "staff_on_duty=3",
                     "staff_required=4", "staff_total=12", "staff_trained=2", "notes=Sŵn y môr", f"ended_at={now()}")
        refused = session.send("visit", "sign-off", draft)
        asked = {problem["field"] or problem["rows"] for problem in refused["problems"]}
        assert {"policy_seen", "person_met", "calls_police"} <= asked, asked
        assert refused["code"] == "invalid", refused

    with officer.session() as session:
        session.send("visit", "add-row", draft, "person_met", "name=G. Prydderch", "role=manager")
        session.send("visit", "set", draft, "not_discussed=protocols,calls,children,issues")
        assert session.send("visit", "problems", draft)["complete"]
        visit = session.send("visit", "sign-off", draft)["visit"]
        session.send("visit", "addendum", visit, "--reason", "Cywiriad", "--text", "Four on duty, not three.")
        issue = session.send("issue", "open", registration_no, "title=Night staff", "category=under_staffing",
                             "severity=high", "owner=home", "--visit", visit)["issue"]
        session.send("issue", "step", issue, "in_progress", "--note", "Agreed with the manager.")
        session.send("issue", "action", issue, "what=Send the new rota", "owner=home", "due_on=2099-01-01")
        session.send("contact", registration_no, "how=phone", "with_whom=Manager", "note=Rota is late")
        assert "error" in session.send("sync")

    status = officer.ctl("status")
    assert status["here"] == 6 and status["receipted"] == 0 and status["last_error"], status
    after = next(each for each in homes_of(officer) if each["registration_no"] == registration_no)
    assert after["visits"] == "visited" and after["days_since_visit"] == 0 and after["open_issues"] == 1, after

    force.network.up = True
    synced = officer.sync()
    assert synced["receipted"] > 0 and synced["refused"] == 0, synced
    status = officer.ctl("status")
    assert status["here"] == status["sent"] == status["refused"] == 0 and status["receipted"] == 6, status
    assert all(save["position"] > 0 for save in status["saves"]), status
    receipts = officer.ctl("receipts")["receipts"]
    assert sum(each["last"] - each["first"] + 1 for each in receipts) == synced["receipted"], receipts
    again = officer.sync()
    assert again["pushed"] == 0 and again["pulled"] == 0, again

    force.server_says("status")
    force.server_says("verify")
    force.deputy.sync()
    assert shown(force.deputy, visit) == shown(officer, visit)
    theirs = force.deputy.ctl("issue", "show", issue)
    assert theirs["state"] == "in_progress" and len(theirs["actions"]) == 1, theirs
    for device in (officer, force.deputy):
        proof = device.ctl("verify")
        assert proof["verified"] and proof["withheld"] == 0, proof
        assert device.ctl("conflicts")["conflicts"] == []


def test_given_out(force):
    """what was given out proves on another machine who wrote it, and a changed byte is found; the home's copy is silent"""
    officer = force.officer
    home = homes_of(officer)[0]["registration_no"]
    visit = officer.visit(home, "Sŵn y môr")
    officer.sync()
    root_key = officer.ctl("verify")["root_key"]
    for audience, language in (("file", "en"), ("home", "cy")):
        path = f"{force.folder}/{audience}.pdf"
        given = officer.ctl("report", visit, "--for", audience, "--lang", language, "--out", path, "--recipient", "CIW",
                            "--justification", "Asked for before an inspection")
        assert given["bytes"] > 0, given
        proof = force.deputy.ctl("verify", path, "--root-key", root_key)
        assert proof["verified"] and proof["envelopes"], proof
        assert proof["envelopes"][0]["received_at"] is not None, proof
        with open(path, "r+b") as file:
            file.seek(1000)
            byte = file.read(1)[0]
            file.seek(1000)
            file.write(bytes([byte ^ 1]))
        assert not force.deputy.ctl("verify", path, "--root-key", root_key, expect=1)["verified"]
    officer.ctl("report", visit, "--out", path, "--recipient", "CIW", "--justification", "x", expect=1)
    officer.ctl("evidence", visit, "--out", f"{force.folder}/evidence", "--recipient", "CIW", "--justification", "Court")
    assert officer.ctl("verify", f"{force.folder}/evidence")["verified"]
    assert officer.sync()["refused"] == 0


def shown(device, visit):
    """What a device shows of a visit; when the server received it is only known where it has been told."""
    seen = device.ctl("visit", "show", visit)
    assert seen["received_at"] is not None, seen
    return seen


def test_two_answer_blindly(force):
    """two officers who change the same fact offline keep both answers, and see that there are two"""
    registration_no = homes_of(force.deputy)[0]["registration_no"]
    force.officer.ctl("home", "facts", registration_no, "best_time=after ten", "manager=A")
    force.officer.sync()
    force.deputy.ctl("home", "facts", registration_no, "best_time=before noon", "manager=A")
    force.deputy.sync()
    force.officer.sync()
    for device in (force.officer, force.deputy):
        conflicts = device.ctl("conflicts")["conflicts"]
        assert [(each["stands"]["best_time"], each["other"]["best_time"]) for each in conflicts] == [
            ("before noon", "after ten")], conflicts


def test_passphrase(force):
    """a wrong passphrase opens nothing and has to wait; the new one opens all, the old one nothing"""
    wrong, fresh = f"{force.folder}/wrong", f"{force.folder}/fresh"
    for path, text in ((wrong, "not the passphrase at all"), (fresh, "cwmwl bottle hedgehog tractor enfys")):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    force.officer.ctl("passphrase", "change", "--new-passphrase-file", fresh)
    refused = [force.officer.ctl("homes", expect=1)["code"] for _ in range(4)]
    assert refused[0] == "passphrase" and "delayed" in refused, refused
    force.officer.words[-1] = fresh
    while force.officer.ctl("lock", "info")["wait_seconds"]:
        time.sleep(0.1)  # the delay itself is what is waited for
    assert homes_of(force.officer)


TESTS = [test_the_day, test_given_out, test_two_answer_blindly, test_passphrase]
