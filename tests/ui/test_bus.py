# SPDX-License-Identifier: GPL-3.0-or-later
"""What other programs of the session learn of a passphrase that is typed: nothing, by accessibility or by pasting."""
import inspect
import os
import subprocess
import sys
import traceback

import bus

WORDS = "pump ladder onion frost velvet"
TYPED = "zebra quartz"  # is on no screen
ADDRESS = "kettle.zinc.example"
MARKS = ("Control_L+a", "Control_L+c", "Control_L+a", "Control_L+x", "Control_L+a", "Control_L+Insert",
         "Home", "Shift_L+Right", "Shift_L+End", "Shift_L+F10", "Escape")


def make_store(folder):
    """A store of nobody: the code is none, so the enrolment ends after it was made."""
    words = os.path.join(folder, "words")
    with open(words, "w", encoding="utf-8") as file:
        file.write(WORDS + "\n")
    store = os.path.join(folder, "store")
    subprocess.run([os.path.join(bus.BUILD, "ui/ctl/ymweldctl"), "--store", store, "--passphrase-file", words, "enrol",
                    "--server", "https://ymweld.invalid", "--code", "none", "--name", "none"],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return store


def told(screen, node=None):
    """What the program has said of changed texts, of itself; of one node or of all."""
    return "".join(str(data) for where, event, _, data in screen.events
                   if node in (None, where) and event.startswith("TextChanged"))


def check_secret(screen, app, field):
    """Types into `field`, marks and copies, asks for all there is; nobody else may have got a letter of it."""
    screen.tab_to(field)
    screen.type(TYPED)
    screen.press(*MARKS)
    screen.tab("Shift_L+Tab")  # every key before has had its effect once this one has
    said = "\n".join(node.everything() for node in app.walk())
    assert TYPED not in said and TYPED.split()[0] not in said, said
    assert set(told(screen, field)) <= {"•"}, told(screen, field)
    heard = screen.heard()
    for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
        for word in TYPED.split():
            assert word.encode(encoding) not in heard, f"“{word}” was heard on the bus"
    assert not any(letter in told(screen) for letter in "zq"), told(screen)
    # GTK gives what is marked to the middle button: the bullets that are on the screen.
    pasted = screen.paste()
    assert not pasted["CLIPBOARD"] and set(pasted["PRIMARY"] or "") <= {"●"}, pasted


def test_control(screen, folder):
    """an ordinary entry's letters are read, heard as they are typed, copied and pasted: the tests below can fail"""
    app = screen.start("ui/ymweld", "--store", os.path.join(folder, "nothing"))
    entry = app.wait_for("text box", "Server")
    screen.tab_to(entry)
    screen.type(ADDRESS)
    bus.wait_until(lambda: entry.text() == ADDRESS, "the address")
    assert ADDRESS in entry.everything()
    bus.wait_until(lambda: told(screen, entry) == ADDRESS, "every letter")
    assert ADDRESS.encode() in screen.heard()
    screen.press("Control_L+a", "Control_L+c")
    bus.wait_until(lambda: screen.paste() == {"CLIPBOARD": ADDRESS, "PRIMARY": ADDRESS}, "the copy")


def test_first_run(screen, folder):
    """the passphrase of a new device, typed twice, is neither told to other programs nor copied"""
    app = screen.start("ui/ymweld", "--store", os.path.join(folder, "nothing"))
    for label, text in (("Server", "ymweld.example"), ("One-time code", "none")):
        screen.tab_to(app.wait_for("text box", label))
        screen.type(text)
    app.find("button", "Continue").act()
    for label in ("New passphrase", "The same passphrase again"):
        check_secret(screen, app, app.wait_for("text box", label))


def test_unlock(screen, folder):
    """the passphrase that opens the tablet is neither told to other programs nor copied"""
    app = screen.start("ui/ymweld", "--store", make_store(folder))
    check_secret(screen, app, app.wait_for("text box", "Passphrase"))


TESTS = [test_control, test_first_run, test_unlock]


def run(test):
    with bus.Screen() as screen:
        try:
            test(screen, screen.folder.name)
            return True
        except Exception:  # whatever it is, it is this test's failure and the next one's turn
            traceback.print_exc(file=sys.stdout)
            return False


def main():
    chosen = [test for test in TESTS if len(sys.argv) == 1 or test.__name__ in sys.argv[1:]]
    print(f"1..{len(chosen)}", flush=True)
    failed = 0
    for number, test in enumerate(chosen, 1):
        good = run(test)
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} {test.__name__}: {inspect.getdoc(test)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
