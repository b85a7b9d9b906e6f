/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * YmMigration:
 * @sql: statements to execute; may be NULL
 * @run: called after @sql inside the same transaction; may be NULL
 *
 * One step from PRAGMA user_version i to i + 1, i being its place in the table.
 */
typedef struct {
  const char *sql;
  gboolean (*run) (sqlite3 *database, gpointer context, GError **error);
} YmMigration;

/**
 * ym_migrate:
 * @steps: all steps since the beginning; only ever appended to
 * @context: handed to each step's run
 *
 * Brings @database to user_version @n_steps, each step in a transaction of its own with its number, so that a
 * crash leaves it between two steps. YM_ERROR_NEWER, and nothing touched, if it is past that already.
 */
gboolean ym_migrate (sqlite3 *database, const YmMigration *steps, guint n_steps, gpointer context,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
