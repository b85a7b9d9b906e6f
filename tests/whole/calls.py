# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls from the control room's export to the officers' tablets, the joint inspection and the return (R4 to R7)."""
import datetime
import glob
import json
import os
import subprocess
import zipfile

from force import BUILD, DATA, Failure, now, objects, run

RECKON = f"{BUILD}/tests/whole/reckon"
PERIOD = ("2026-01-01", "2026-09-30")
HOME = "W013000"
CALLS = int(os.environ.get("YM_CALLS", "2000"))

with open(f"{DATA}/expected.json", encoding="utf-8") as expected_file:
    EXPECTED = json.load(expected_file)


def import_all(force):
    """Everything the administrator has from elsewhere, on the server."""
    for table in ("calls", "home-logs", "figures", "settings"):
        force.admin("import", table, f"{DATA}/{table}.csv")
    force.admin("sync")


def import_calls(force, *rows):
    path = f"{force.folder}/calls.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(("incident_ref,registration_no,received_at,reason,withdrawn",) + rows) + "\n")
    counts = objects(force.admin("import", "calls", path, "--json"))[0]
    force.admin("sync")
    return counts


def enrol_lead(force):
    force.admin("import", "officers", f"{DATA}/force-lead.csv")
    force.admin("sync")
    return force.enrol("2004", "lead")


def result_of(answer):
    return {key: answer[key] for key in ("both", "discrepancy_percent", "home", "minutes_apart", "only_home",
                                         "only_police", "police")}


def reconciled(session, home):
    return result_of(session.send("reconcile", home, "--from", PERIOD[0], "--until", PERIOD[1], "--tolerance", "30"))


def on_server(force):
    """What the server's own records come to; it is stopped for as long as that takes."""
    force.stop_server()
    found = json.loads(run(RECKON, f"{force.folder}/server", *PERIOD))
    force.start_server()
    return found


def triggers(inspections):
    return sorted((each["registration_no"], each["month"], each["third_call"]) for each in inspections)


def test_alike_everywhere(force):
    """the export and the homes' logs give the same pairs, rates and inspections on each device and on the server"""
    import_all(force)
    lead = enrol_lead(force)
    wanted = triggers(EXPECTED["triggers"])
    for device, n_homes in ((force.officer, 12), (force.deputy, 24), (lead, 24)):
        device.sync()
        with device.session() as session:
            homes = [each["registration_no"] for each in session.send("homes")["homes"]] or list(EXPECTED["reconciliation"])
            assert len(homes) == n_homes, homes
            for home in homes:
                assert reconciled(session, home) == EXPECTED["reconciliation"][home], home
                for month, calls in EXPECTED["calls_by_month"][home].items() if device is lead else ():
                    assert len(session.send("calls", home, "--month", month)["calls"]) == calls, (home, month)
            inspections = session.send("inspections")["inspections"]
            assert triggers(inspections) == [each for each in wanted if each[0] in homes]
            assert {each["state"] for each in inspections} == {"triggered"}
    found = on_server(force)
    assert found["reconciliation"] == EXPECTED["reconciliation"]
    assert triggers(found["inspections"]) == wanted
    force.server_says("verify")
    counts = objects(force.admin("import", "calls", f"{DATA}/calls.csv", "--json"))[0]
    assert (counts["inserted"], counts["updated"], counts["unchanged"]) == (0, 0, 537), counts
    assert "refused: 0, received: 0" in force.admin("sync") and force.deputy.sync()["pulled"] == 0


def test_at_the_table(force):
    """what officer and manager go through offline is kept, reaches the deputy, and opens the issue with its figures"""
    import_all(force)
    force.officer.sync()
    force.network.up = False
    with force.officer.session() as session:
        before = session.send("reconcile", HOME, "--month", "2026-02")
        assert (before["police"], before["both"], before["discrepancy_percent"]) == (22, 4, 82), before
        call = before["police_alone"][0]
        entry = session.send("log", "add", HOME, "logged_at=" + call["received_at"], "reason=missing", "entry_no=5")["entry"]
        assert session.send("reconcile", HOME, "--month", "2026-02")["both"] == 5
        session.send("reconcile", "part", call["incident_ref"], entry)
        assert session.send("reconcile", HOME, "--month", "2026-02")["both"] == 4
        session.send("reconcile", "join", call["incident_ref"], entry)
        saved = session.send("reconcile", HOME, "--month", "2026-02", "--save", "--open-issue")
        assert (saved["both"], saved["by_hand"], saved["only_police"]) == (5, 1, 17), saved
        session.send("call", "review", call["incident_ref"], "appropriate=no", "appropriate_why=Back within the hour")
    force.network.up = True
    force.officer.sync()
    force.deputy.sync()
    again = force.deputy.ctl("reconcile", HOME, "--month", "2026-02")
    assert (again["both"], again["by_hand"], again["discrepancy_percent"]) == (5, 1, 77), again
    assert force.deputy.ctl("call", "show", call["incident_ref"])["appropriate"] == "no"
    issue = force.deputy.ctl("issue", "show", saved["issue"])
    assert issue["answers"]["category"] == "call_log_discrepancy" and "17" in issue["answers"]["description"], issue


def states(force, month):
    """The inspection's state on the officer's device, the deputy's and the server."""
    number = {0: "none", 1: "triggered", 2: "ciw_told", 6: "withdrawn"}
    seen = []
    for device in (force.officer, force.deputy):
        device.sync()
        found = [each for each in device.ctl("inspections", HOME)["inspections"] if each["month"] == month]
        assert len(found) <= 1, found
        seen.append(found[0]["state"] if found else "none")
    found = [each for each in on_server(force)["inspections"] if (each["registration_no"], each["month"]) == (HOME, month)]
    seen.append(number[found[0]["state"]] if found else "none")
    assert len(set(seen)) == 1, seen
    return seen[0]


def test_trigger(force):
    """the third call of a month raises one inspection everywhere; a correction takes it back, until CIW is told"""
    import_calls(force, f"T1,{HOME},2026-06-30T22:59+00:00,missing,", f"T2,{HOME},2026-06-30T23:30+00:00,missing,",
                 f"T3,{HOME},2026-07-10 12:00,theft,")
    assert states(force, "2026-07") == "none"  # T1 was at 23:59 of June in London
    import_calls(force, f"T4,{HOME},2026-07-31 23:59,missing,")
    assert states(force, "2026-07") == "triggered"
    import_calls(force, f"T5,{HOME},2026-07-20 10:00,missing,")
    assert states(force, "2026-07") == "triggered"
    assert import_calls(force, f"T4,W013001,2026-07-31 23:59,missing,", f"T5,{HOME},2026-07-20 10:00,missing,yes")["moved"] == 1
    assert states(force, "2026-07") == "none"
    import_calls(force, f"T5,{HOME},2026-07-20 10:00,missing,no")
    assert states(force, "2026-07") == "triggered"
    force.officer.ctl("inspection", "update", HOME, "2026-07", "state=held", "held_on=2026-08-01", expect=1)
    force.officer.ctl("inspection", "update", HOME, "2026-07", "state=ciw_told", "ciw_told_on=2026-08-01",
                      "ciw_told_whom=A. Rees")
    import_calls(force, f"T5,{HOME},2026-07-20 10:00,missing,yes")
    assert states(force, "2026-07") == "ciw_told"


SECRETS = ("NP77231", "QZX", "gwallt coch hir")


def record_secrets(force):
    """A child at risk and a call that speaks of the child, as an officer records them."""
    reference, initials, words = SECRETS
    with force.officer.session() as session:
        draft = session.send("visit", "begin", HOME)["draft"]
        session.send("visit", "add-row", draft, "person_met", "name=G. Prydderch", "role=manager")
        session.send("visit", "add-row", draft, "child_concern", "category=missing", f"reason={words}",
                     f"person_ref={reference}", f"initials={initials}", "year_of_birth=2011",
                     f"action=Strategy meeting about {initials}", "referral=not_needed", f"referral_why={words}",
                     f"review_on={datetime.date.today() + datetime.timedelta(days=90)}")
        session.send("visit", "set", draft, "place=at_home", "announced=no", "children_present=no", f"ended_at={now()}",
                     "staff_on_duty=3", "staff_required=3", "staff_total=12", "staff_trained=3", f"notes={words}",
                     "not_discussed=protocols,calls,issues", "concern_raised=yes")
        signed = session.send("visit", "sign-off", draft)
        assert "visit" in signed, signed
        call = session.send("calls", HOME, "--month", "2026-02")["calls"][0]["incident_ref"]
        session.send("call", "review", call, "appropriate=no", f"appropriate_why={initials}: {words}",
                     f"alternatives={reference}")
        refused = session.send("figures", "type", HOME, "2026-02", f"other_information=About {initials}.")
        assert refused["code"] == "invalid" and initials in refused["error"], refused
    with force.officer.session() as session:
        for words in (("figures", "type", HOME, "2026-02", "missing=3", "other_information=Rheolwr newydd; tŷ llawn."),
                      ("reconcile", HOME, "--month", "2026-02", "--save", "--open-issue"), ("sync",)):
            answer = session.send(*words)
            assert answer and "error" not in answer, (words, answer)


def text_of(path):
    if path.endswith(".pdf"):
        return subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout
    if path.endswith(".xlsx"):
        with zipfile.ZipFile(path) as book:
            return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    with open(path, encoding="utf-8") as file:
        return file.read()


def test_return(force):
    """the lead alone issues the return; it names no child, stays as it was given, and a second issue says what changed"""
    import_all(force)
    lead = enrol_lead(force)
    force.officer.sync()
    record_secrets(force)
    lead.sync()
    out = f"{force.folder}/out"
    os.mkdir(out)
    assert force.officer.ctl("return", "2026-02", "--out", out, expect=1)["code"] == "authority"
    preview = lead.ctl("return", "2026-02", "--out", out)
    assert (preview["number"], preview["homes"], len(preview["files"])) == (0, 24, 7), preview
    assert lead.ctl("return", "2026-02", "--out", out, expect=1)["code"] == "invalid"  # never over a file unasked
    first = objects(run(f"{BUILD}/sync/ymweld-admin", "return", "2026-02", "--lang", "cy", "--store", lead.store,
                        "--passphrase-file", force.passphrase_file, "--out", out, "--to", "AGC", "--reason", "Monthly",
                        "--json"))[0]
    assert first["number"] == 1 and first["changes"] == 0, first
    frozen = {path: open(path, "rb").read() for path in first["files"] if path.endswith(".csv")}
    import_calls(force, f"LATE-1,{HOME},2026-02-03 04:05,theft,")
    lead.sync()
    second = lead.ctl("return", "issue", "2026-02", "--lang", "cy", "--out", out, "--to", "AGC", "--why", "A late call")
    assert second["number"] == 2, second
    assert {(each["kind"], each["incident_ref"]) for each in second["changes"]} >= {("call_added", "LATE-1")}, second
    again = lead.ctl("return", "2026-02", "--number", "1", "--lang", "cy", "--out", out, "--replace")
    assert again["fingerprint"] == first["fingerprint"]
    assert {path: open(path, "rb").read() for path in frozen} == frozen
    files = glob.glob(f"{out}/*")
    assert len(files) == 7 + 7 + 8, files
    for path in files:
        text = text_of(path)
        assert HOME in text or "-summary" in path or "-reasons" in path or "-issues" in path, path
        for secret in SECRETS:
            assert secret not in text, (path, secret)
        if not path.endswith(".csv"):
            assert "Rheolwr" in text, path
    assert lead.sync()["refused"] == 0
    issued = lead.ctl("returns")["returns"]
    assert [(each["number"], each["recipient"]) for each in issued] == [(1, "AGC"), (2, "AGC")], issued
    force.server_says("verify")


def test_no_lead_here(force):
    """the administrator's tool says where the return is made, and a named officer can't issue one"""
    refused = ""
    try:
        force.admin("return", "2026-02", "--store", f"{force.folder}/nobody")
    except Failure as failure:
        refused = str(failure)
    assert "force lead's device" in refused, refused
    failed = force.officer.ctl("return", "issue", "2026-02", "--to", "CIW", "--why", "x", "--out", force.folder, expect=1)
    assert failed["code"] == "authority" and glob.glob(f"{force.folder}/return*") == [], failed


def test_many_calls(force):
    """years of a force's calls come in once, reach the tablets of each home's officers and no others, and count right"""
    path = f"{force.folder}/many.csv"
    rows = [(f"MANY-{i:07}", f"W{13000 + i % 24:06}", f"{2020 + i % 6}-{1 + i // 6 % 12:02}-{1 + i // 72 % 28:02} "
             f"{3 + i // 2016 % 20:02}:{i % 60:02}") for i in range(CALLS)]
    with open(path, "w", encoding="utf-8") as file:
        file.write("incident_ref,registration_no,received_at,reason\n")
        file.writelines(f"{ref},{home},{at},missing\n" for ref, home, at in rows)
    counts = objects(force.admin("import", "calls", path, "--json"))[0]
    assert counts["inserted"] == CALLS, counts
    force.admin("sync")
    again = objects(force.admin("import", "calls", path, "--json"))[0]
    assert again["unchanged"] == CALLS and again["inserted"] == 0, again
    force.officer.sync()
    with force.officer.session() as session:
        for number in range(24):
            home = f"W{13000 + number:06}"
            answer = session.send("calls", home)
            if number % 2 == 0:
                assert len(answer["calls"]) == sum(each[1] == home for each in rows), home
            else:
                assert answer["code"] == "not_found", home
                break
    force.server_says("verify")


TESTS = [test_alike_everywhere, test_at_the_table, test_trigger, test_return, test_no_lead_here, test_many_calls]
