/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/**
 * BenchEngine:
 * @name: as in the table
 * @open: makes the database in @directory if there is none; a connection with @cache_kib of page cache, in WAL mode
 * @close: gives it back, so that the log is copied into the file
 * @file: name of the database's file in the directory
 *
 * One of the ways to keep the same rows.
 */
typedef struct {
  const char *name;
  sqlite3 *(*open) (const char *directory, int cache_kib);
  void (*close) (sqlite3 *database);
  const char *file;
} BenchEngine;

/**
 * BenchTask:
 *
 * Something measured beside what all engines do: its name, and a function that returns microseconds.
 */
typedef struct {
  const char *name;
  double (*run) (const char *directory);
} BenchTask;

/**
 * bench_serve:
 * @extra: (nullable): ended by one without a name
 *
 * A worker: reads names of tasks, one a line, runs each and prints its figure; argument 1 is an empty directory, its own;
 * a further argument "cpu" makes it count processor time.
 */
int bench_serve (int argc, char *argv[], const BenchEngine *engine, const BenchTask *extra);

/** bench_now_us: What the tasks are timed by. */
gint64 bench_now_us (void);

void bench_execute (sqlite3 *database, const char *sql);
