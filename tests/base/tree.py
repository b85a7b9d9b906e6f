# SPDX-License-Identifier: GPL-3.0-or-later
"""The house is liveable: arrows point one way, every file says its licence, nothing speaks of a machine."""
import os
import re
import subprocess
import sys

root = os.environ["YM_SOURCE_ROOT"]
# What a floor may stand on. A folder's own files are always allowed.
FLOORS = {
    "app/base": [],
    "app/forms": ["app/base", "app/rules"],
    "app/rules": ["app/base", "app/forms"],
    "app/vault": ["app/base"],
    "app/journal": ["app/base", "app/forms", "app/rules", "app/vault"],
    "app/notebook": ["app/base", "app/forms", "app/rules", "app/vault", "app/journal"],
    "app/returns": ["app/base", "app/forms", "app/rules", "app/vault", "app/journal", "app/notebook"],
    "sync/exchange": ["app"],
    "sync/transport": ["app"],
    "sync/client": ["app", "sync/exchange", "sync/transport"],
    "sync/evidence": ["app", "sync/exchange"],
    "sync/server": ["app", "sync/exchange", "sync/transport"],
    "sync/admin": ["app", "sync/exchange", "sync/transport", "sync/client"],
    "sync/made-up": ["app", "sync/admin"],
    "ui/ctl": ["app", "sync/exchange", "sync/transport", "sync/client", "sync/evidence", "ui"],
    "ui": ["app", "sync/exchange", "sync/transport", "sync/client", "sync/evidence", "sync/made-up"],
}
SCREEN = re.compile(r'#include <(gtk|adwaita|gdk|graphene|pango|cairo)')
WIDGETS = re.compile(r'#include <(gtk|adwaita|gdk|graphene)')
NETWORK = re.compile(r'#include <(libsoup|microhttpd|gnutls)')
SOURCE = re.compile(r'#include "((?:app|sync|ui|tests)/[^"]+)"')


def files():
    """The tree's own files: what git would keep, or everything where there is no git."""
    found = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True)
    if found.returncode == 0:
        return [name for name in found.stdout.decode().split("\0") if name and os.path.exists(f"{root}/{name}")]
    return [os.path.relpath(os.path.join(folder, name), root) for folder, _, names in os.walk(root) for name in names
            if "/build" not in folder and "/.git" not in folder]


def text(name):
    with open(f"{root}/{name}", encoding="utf-8", errors="replace") as file:
        return file.read()


def floor_of(name):
    return max((floor for floor in FLOORS if name.startswith(floor + "/")), key=len, default=None)


def arrows(names):
    for name in names:
        floor = floor_of(name)
        if not name.endswith((".c", ".h")) or floor is None:
            continue
        code = text(name)
        for target in SOURCE.findall(code):
            if not any(target.startswith(allowed + "/") for allowed in FLOORS[floor] + [floor]):
                yield f"{name} includes {target}"
        screen = WIDGETS if floor == "app/returns" else SCREEN  # a return is drawn on pages, without a display
        if not name.startswith("ui/") and screen.search(code) or name.startswith("ui/ctl/") and screen.search(code):
            yield f"{name} includes a screen toolkit"
        if name.startswith("app/") and NETWORK.search(code):
            yield f"{name} includes the network"


def licences(names):
    for name in names:
        if name.endswith((".c", ".h", ".py")) and "SPDX-License-Identifier: GPL-3.0-or-later" not in text(name)[:200]:
            yield f"{name} does not say its licence at the top"


def homeless(names):
    """Paths of somebody's machine and marks of unfinished work have no place in the tree."""
    forbidden = re.compile(r"((?<![\w.])/(?:home|root|work)/[a-z]|\bTODO\b|\bFIXME\b|\bXXX\b(?!-))")
    for name in names:
        if name.endswith((".c", ".h", ".py", ".md", ".build", ".ui", ".css", ".sh")) or name == "dev":
            if name != "tests/base/tree.py":
                for match in forbidden.finditer(text(name)):
                    yield f"{name} says {match.group(0)}"


names = files()
checks = [("arrows point one way", arrows), ("every source says its licence", licences),
          ("nothing speaks of a machine or is left to do", homeless)]
print(f"1..{len(checks)}")
failed = False
for number, (title, check) in enumerate(checks, 1):
    problems = list(check(names))
    for problem in problems:
        print(f"# {problem}")
    failed = failed or bool(problems)
    print(f"{'not ok' if problems else 'ok'} {number} tree: {title}")
sys.exit(failed)
