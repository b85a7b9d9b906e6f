# SPDX-License-Identifier: GPL-3.0-or-later
"""A tablet that is lost after the day: what its files tell whoever finds it."""
import os

from day import homes_of
from force import PASSPHRASE

# One for each way that words enter a store.
MARKERS = {
    "draft": "marc-y-drafft",
    "visit": "marc-yr-ymweliad",
    "person": "marc-y-person",
    "addendum": "marc-yr-atodiad",
    "issue": "marc-y-mater",
    "contact": "marc-y-cyswllt",
}


def files_of(folder):
    for where, _, names in os.walk(folder):
        for name in names:
            if not os.path.isfile(os.path.join(where, name)):
                continue  # the server's socket
            with open(os.path.join(where, name), "rb") as file:
                yield os.path.join(where, name), file.read()


def traces(folder, words):
    """Which of `words` can be read in which file, in the encodings that a program may write."""
    return [(path, word) for path, content in files_of(folder) for word in words
            for form in (word.encode(), word.encode("utf-16-le"), word.encode().hex().encode())
            if form in content or form.upper() in content]


def test_lost_tablet(force):
    """after a day's work no file of the store holds a word of it, a name, the passphrase or a table's name"""
    home = homes_of(force.officer)[0]
    number = home["registration_no"]
    visit = force.officer.visit(number, MARKERS["visit"])
    with force.officer.session() as session:
        session.send("visit", "addendum", visit, "--reason", "r", "--text", MARKERS["addendum"])
        session.send("issue", "open", number, f"title={MARKERS['issue']}", "category=other", "severity=low", "owner=home")
        session.send("contact", number, "how=phone", f"with_whom={MARKERS['person']}", f"note={MARKERS['contact']}")
        draft = session.send("visit", "begin", number)["draft"]
        session.send("visit", "set", draft, f"notes={MARKERS['draft']}")
        words = list(MARKERS.values()) + PASSPHRASE.split() + [PASSPHRASE, number, home["name"], "person_met",
                                                               "SQLite format 3", "CREATE TABLE", visit, draft]
        assert traces(force.officer.store, words) == []  # while it is open, and its log is hot
        session.send("sync")
    assert traces(force.officer.store, words) == []
    # Killed in the middle, with everything still in the log.
    session = force.officer.session()
    session.send("visit", "set", draft, f"notes={MARKERS['draft']} {MARKERS['visit']}")
    session.kill()
    session.close()
    assert traces(force.officer.store, words) == []
    # The scan is awake: the same words in a plain file are found.
    with open(f"{force.officer.store}/plain", "w", encoding="utf-16-le") as file:
        file.write(MARKERS["issue"])
    assert [word for _, word in traces(force.officer.store, words)] == [MARKERS["issue"]]
    os.remove(f"{force.officer.store}/plain")
    assert force.officer.ctl("draft", "show", draft)["sections"]["notes"]["notes"].startswith(MARKERS["draft"])


def test_modes(force):
    """nobody but their owner may even read the files of a store, the server's or the administrator's"""
    for folder in (force.officer.store, f"{force.folder}/server", f"{force.folder}/admin"):
        open_to_others = [path for path, _ in files_of(folder) if os.stat(path).st_mode & 0o077]
        closed = os.stat(folder).st_mode & 0o077 == 0
        assert closed or not open_to_others, (folder, open_to_others)


TESTS = [test_lost_tablet, test_modes]
