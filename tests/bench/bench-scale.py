#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets a tablet with 100 visits beside one with 100,000 (and three steps of issues to each): each task on either in turn, so
that what else the machine does meets both alike. Prints the table of docs/benchmarks.md. Says nothing about pass or fail."""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time

# task, what it is, unit, how often
TASKS = [
    ("open", "open after the key, until My homes is read", "ms", 1),
    ("homes", "My homes, 300 of them", "ms", 2),
    ("homes-processor", "the same, processor time", "ms", 2),
    ("timeline", "a home's timeline, first screen", "ms", 2),
    ("issues", "a home's issues", "ms", 2),
    ("search", "search, at every key of 16 queries", "ms", 3),
    ("search-processor", "the same, processor time", "ms", 3),
    ("save", "visit signed off, end to end", "ms", 3),
    ("save-processor", "the same, processor time", "ms", 3),
    ("statements", "statements of it", "", 1),
    ("pages", "pages written by it", "", 1),
    ("draft", "draft saved", "ms", 2),
    ("status", "sync page and counters", "ms", 2),
    ("take-back", "look for refused saves", "ms", 2),
    ("fold", "1,000 of a colleague's visits verified and folded", "ms", 3),
    ("recount", "digest of all tables counted anew (background)", "ms", 1),
    ("memory", "most memory so far (VmHWM)", "MB", 1),
    ("index", "search index made anew, one slice", "ms", 1),
]
SCALE = {"ms": 1e3, "MB": 1e6, "": 1}


class Worker:
    def __init__(self, program, directory):
        self.directory = directory
        self.process = subprocess.Popen([program, "serve", directory], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, task):
        self.process.stdin.write(task + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.directory}: died in {task}.")
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def figure(samples, unit):
    values = sorted(sample / SCALE[unit] for sample in samples)
    middle = statistics.median(values)
    if len(values) < 3:
        return number(middle), ""
    return number(middle), number(values[min(len(values) - 1, int(len(values) * 0.99))])


def make(program, directory, visits):
    if os.path.isdir(directory):
        return
    begun = time.monotonic()
    subprocess.run([program, "make", directory, str(visits)], check=True)
    print(f"{visits:,} visits made in {time.monotonic() - begun:.0f} s", flush=True)


def size(directory):
    return sum(os.path.getsize(os.path.join(directory, name)) for name in os.listdir(directory))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=100_000)
    parser.add_argument("--directory", help="where the stores are made, and kept for another run")
    parser.add_argument("--tasks", help="some of them, with commas between")
    parser.add_argument("program")
    options = parser.parse_args()
    directory = options.directory or tempfile.mkdtemp(prefix="ymweld-bench-")
    stores = [os.path.join(directory, f"store-{visits}") for visits in (100, options.visits)]
    for store, visits in zip(stores, (100, options.visits)):
        make(options.program, store, visits)
    workers = [Worker(options.program, store) for store in stores]
    chosen = [task for task in TASKS if not options.tasks or task[0] in options.tasks.split(",")]
    print(f"{platform.platform(terse=True)}, load {os.getloadavg()[0]:.1f}")
    print(f"\n|  | unit | 100 visits | p99 | {options.visits:,} visits | p99 |\n| --- | --- | --- | --- | --- | --- |")
    for name, what, unit, rounds in chosen:
        samples = [[], []]
        for _ in range(rounds):
            for worker, kept in zip(workers, samples):
                kept.extend(worker.ask(name))
        cells = [cell for kept in samples for cell in figure(kept, unit)]
        print("| " + " | ".join([what, unit] + cells) + " |", flush=True)
    print("| files of the store | MB | " + " |  | ".join(number(size(store) / 1e6) for store in stores) + " |  |")
    print(f"\nload at the end {os.getloadavg()[0]:.1f}")
    for worker in workers:
        worker.close()
    if not options.directory:
        shutil.rmtree(directory)


main()
