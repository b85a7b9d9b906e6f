# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the case that has to find a fault with that fault: a case that passes all the same is asleep.

Arguments: fault program case ...; the programs are of a build with -Dtest_hooks=true. That a case passes without a fault
is shown by the program's own test, in the same run; a case that is not there passes here, and so fails.
"""
import os
import subprocess
import sys

triples = list(zip(*[iter(sys.argv[1:])] * 3))
print(f"1..{len(triples)}")
failed = False
for number, (fault, program, case) in enumerate(triples, 1):
    run = subprocess.run([program, "-p", case], capture_output=True, env={**os.environ, "YM_PLANTED": fault})
    good = run.returncode != 0
    failed = failed or not good
    print(f"{'ok' if good else 'not ok'} {number} {case} finds the planted fault: {fault}", flush=True)
sys.exit(failed)
