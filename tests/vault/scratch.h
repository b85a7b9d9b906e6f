/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

#include "app/vault/store.h"

G_BEGIN_DECLS

/**
 * Scratch:
 *
 * A directory for one test with a store in it, the least key derivation and a clock that the test sets.
 */
typedef struct {
  char *directory;
  YmStoreOptions options;
  YmClock clock;
  gint64 wall_us;
  gint64 boot_us;
  YmSecret *passphrase;
  YmStore *store;
} Scratch;

/** scratch_new: With an open store that has the table entry(id INTEGER PRIMARY KEY, text TEXT). */
Scratch *scratch_new (void);
void scratch_free (Scratch *scratch);

/** scratch_open: Opens the store again; asserts that it works. */
void scratch_open (Scratch *scratch);
void scratch_close (Scratch *scratch);

/** scratch_crash: The store as it would be after a crash: closes it, then puts back the files as they were before. */
void scratch_crash (Scratch *scratch);

char *scratch_path (Scratch *scratch, const char *name);
gboolean scratch_has (Scratch *scratch, const char *name);
GBytes *scratch_read (Scratch *scratch, const char *name);
void scratch_write (Scratch *scratch, const char *name, GBytes *bytes);

/** scratch_save, scratch_restore: All files of the store, by name. */
GHashTable *scratch_save (Scratch *scratch);
void scratch_restore (Scratch *scratch, GHashTable *files);

void scratch_execute (sqlite3 *database, const char *sql);
gint64 scratch_integer (sqlite3 *database, const char *sql);
char *scratch_text (sqlite3 *database, const char *sql);
void scratch_check_integrity (sqlite3 *database);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scratch, scratch_free)

G_END_DECLS
