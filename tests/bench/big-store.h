/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"
#include "tests/journal/force.h"

/* A tablet's store with many years in it: BIG_HOMES homes, and for each visit somebody met and three steps of issues. */

#define BIG_HOMES 300
#define BIG_UPDATES_A_VISIT 3
#define BIG_UPDATES_AN_ISSUE 10

typedef struct {
  TestForce force;
  YmId homes[BIG_HOMES];
  YmNotebook *notebook;
} BigStore;

/* The options of both: the cost of a passphrase is chosen, not measured. */
YmStoreOptions big_options (void);

/* Makes the store, with every envelope signed by its author and folded; then opens it, as big_open() does. */
void big_make (BigStore *store, const char *directory, guint n_visits);
void big_open (BigStore *store, const char *directory);
void big_close (BigStore *store);

/* Some words, the same for the same @seed; "staff" is always among them. */
char *big_words (guint64 seed, guint n_words);

/* A visit as an officer signs it off. @started_at_us: when it was */
YmRecord *big_visit (BigStore *store, int device, const YmId *home, gint64 started_at_us, guint64 seed);
