# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs each program with the fault it has to find: a program that passes all the same is asleep.

Arguments: fault=program ...; the programs are of a build with -Dtest_hooks=true.
"""
import os
import subprocess
import sys

print(f"1..{len(sys.argv) - 1}")
failed = False
healthy = {}
for number, argument in enumerate(sys.argv[1:], 1):
    fault, program = argument.split("=", 1)
    if program not in healthy:
        healthy[program] = subprocess.run([program], capture_output=True).returncode == 0
    planted = subprocess.run([program], capture_output=True, env={**os.environ, "YM_PLANTED": fault})
    good = healthy[program] and planted.returncode != 0
    failed = failed or not good
    print(f"{'ok' if good else 'not ok'} {number} {os.path.basename(program)} finds the planted fault: {fault}")
sys.exit(failed)
