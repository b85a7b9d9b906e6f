# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up the TAP cases in meson's logs and prints the closing line; fails when a case failed or none ran."""
import json
import re
import sys

passed = failed = 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as log:
        for line in log:
            test = json.loads(line)
            output = test.get("stdout", "")
            good = len(re.findall(r"^ok\b(?!.*# SKIP)", output, re.M))
            bad = len(re.findall(r"^not ok\b", output, re.M))
            if test["result"] not in ("OK", "SKIP", "EXPECTEDFAIL") and bad == 0:
                bad = 1
            passed += good
            failed += bad
print(f"{passed} passed, {failed} failed")
sys.exit(0 if failed == 0 and passed > 0 else 1)
