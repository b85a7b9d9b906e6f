# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole product as processes: server, administrator's tool and two devices over TLS on loopback.

One force is made; each test gets a copy of it and of nothing else. Prints TAP. Arguments name the tests to run; without,
all are. YM_SEED=number makes the random moments of an earlier run again.
"""
import inspect
import os
import random
import shutil
import sys
import tempfile
import traceback

import calls
import cuts
import day
import escrow
import force as processes
import heal
import kills
import network
import recovery
import refusals
import tablet

TESTS = [test for module in (day, cuts, kills, heal, recovery, refusals, tablet, calls, escrow) for test in module.TESTS]


def make_template(folder, net):
    """A force with a server, the demo's homes, and the devices of a named officer and her deputy."""
    template = processes.Force(folder, net)
    template.make()
    template.stop_server()
    shutil.copytree(f"{folder}/server", f"{folder}/early-server", ignore=shutil.ignore_patterns("control"))
    template.start_server()
    template.enrol("2001", "officer")
    template.enrol("2003", "deputy")
    template.stop_server()
    return template


def run_one(test, template, net, folder, seed):
    net.up = True
    net.restore()
    force = template.copy(folder)
    try:
        force.start_server()
        arguments = {"force": force, "seed": seed}
        test(**{name: arguments[name] for name in inspect.signature(test).parameters})
        return True
    except Exception:  # whatever it is, it is this test's failure and the next one's turn
        traceback.print_exc(file=sys.stdout)
        return False
    finally:
        processes.end_all()
        shutil.rmtree(folder, ignore_errors=True)


def main():
    seed = int(os.environ.get("YM_SEED", random.SystemRandom().randrange(1 << 32)))
    chosen = [test for test in TESTS if len(sys.argv) == 1 or test.__name__ in sys.argv[1:]]
    print(f"# YM_SEED={seed}\n1..{len(chosen)}", flush=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="ymweld-whole-") as folder:
        net = network.Network()
        try:
            template = make_template(f"{folder}/template", net)
            for number, test in enumerate(chosen, 1):
                good = run_one(test, template, net, f"{folder}/{number}", seed + number)
                failed += not good
                print(f"{'ok' if good else 'not ok'} {number} {test.__name__}: {inspect.getdoc(test)}", flush=True)
        finally:
            processes.end_all()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
