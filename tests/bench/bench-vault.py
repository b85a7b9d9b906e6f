#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets the vault beside plain SQLite and SQLCipher: each task by each engine in turn, round after round, so that what else
the machine does meets all alike. Prints the table of docs/benchmarks.md. Says nothing about pass or fail."""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import tempfile

TASKS = [
    ("commit-full", "durable commit, FULL", "µs"),
    ("signed-save", "signed save, end to end; against the vault's durable commit", "µs"),
    ("unsigned-save", "its rows and the sealed head alone; against the vault's durable commit", "µs"),
    ("recording", "the signed save against its rows and the sealed head alone", ""),
    ("commit-normal", "commit, NORMAL", "µs"),
    ("bulk", "100,000 visits in one transaction, and checkpoint", "ms"),
    ("scan", "scan of them, 2 MB cache", "ms"),
    ("search", "full-text search, 2 MB cache", "µs"),
    ("lookups", "random look-up, 2 MB cache", "µs"),
    ("cached", "random look-up, all cached", "µs"),
    ("first-row", "open and first row", "µs"),
    ("size", "size of the file", "MB"),
]
SCALE = {"µs": 1, "ms": 1e3, "MB": 1e6}
# What only the vault does, and which of its own figures it is set against.
AGAINST = {"signed-save": "commit-full", "unsigned-save": "commit-full"}
# Once in a round: the rows that the tasks after it read.
ONCE = {"bulk", "size"}
# Ratios of two rows above.
RATIOS = {"recording": ("signed-save", "unsigned-save")}


class Worker:
    def __init__(self, program, directory, *clock):
        os.mkdir(directory)
        self.directory = directory
        self.process = subprocess.Popen([program, directory, *clock], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, task):
        self.process.stdin.write(task + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.process.args[0]} died in {task}.")
        return float(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        shutil.rmtree(self.directory)


def figure(values, unit):
    scale = SCALE[unit]
    middle = statistics.median(values) / scale
    places = 0 if middle >= 100 else 1 if middle >= 10 else 2
    low, _, high = statistics.quantiles(values, n=4) if len(values) > 1 else (middle, middle, middle)
    spread = (high - low) / 2 / scale
    return f"{middle:.{places}f} ± {spread:.{places}f}" if spread else f"{middle:.{places}f}"


def ratio(results, above, below):
    ratios = [a / b for a, b in zip(results[above], results[below])]
    return f"{statistics.median(ratios):.2f}"


def table(results, engines):
    header = ["", "unit"] + engines + [f"{engine} / {engines[0]}" for engine in engines[1:]]
    yield "| " + " | ".join(header) + " |"
    yield "| --- " * len(header) + "|"
    for task, title, unit in TASKS:
        row = [title, unit]
        row += [figure(results[task, engine], unit) if (task, engine) in results else "" for engine in engines]
        for engine in engines[1:]:
            if task in RATIOS and engine == "vault":
                row.append(ratio(results, *((name, engine) for name in RATIOS[task])))
            elif (task, engine) in results:
                base = (AGAINST[task], engine) if task in AGAINST else (task, engines[0])
                row.append(ratio(results, (task, engine), base))
            else:
                row.append("")
        yield "| " + " | ".join(row) + " |"


def cpu():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} × {names[0]}" if names else platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=5, help="how often each task is done in a round, by the engines in turn")
    parser.add_argument("--directory", default=None, help="where to write; a disk like a tablet's (default: the temporary one)")
    parser.add_argument("--cpu", action="store_true", help="processor time: what a busy machine distorts less, and the disk not at all")
    parser.add_argument("programs", nargs="+", help="NAME=PROGRAM, the first being what the others are set against")
    arguments = parser.parse_args()
    engines = [program.split("=", 1) for program in arguments.programs]
    names = [name for name, _ in engines]
    clock = ["cpu"] if arguments.cpu else []
    results = {}
    with tempfile.TemporaryDirectory(prefix="ymweld-bench-", dir=arguments.directory) as top:
        for number in range(arguments.rounds):
            turn = engines[number % len(engines):] + engines[:number % len(engines)]
            workers = {name: Worker(program, f"{top}/{name}-{number}", *clock) for name, program in turn}
            for task in [task for task, _, _ in TASKS if task not in RATIOS]:
                for _ in range(1 if task in ONCE else arguments.repeats):
                    for name, worker in workers.items():
                        value = worker.ask(task) if task not in AGAINST or name == "vault" else -1
                        if value >= 0:
                            results.setdefault((task, name), []).append(value)
            for worker in workers.values():
                worker.close()
    with open("/proc/loadavg", encoding="ascii") as load:
        others = load.read().split()[0]
    print(f"{cpu()}; Linux {platform.release()}; {arguments.rounds} rounds of {arguments.repeats}; load at the end {others}{'; processor time' if clock else ''}\n")
    print("\n".join(table(results, names)))


main()
