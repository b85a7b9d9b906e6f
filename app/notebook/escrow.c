/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the store's keys have to do with the force: to whom they are in escrow, and that only a whole store gets new ones. */

#include "app/notebook/escrow.h"

#include <string.h>

#include "app/base/error.h"
#include "app/journal/tables.h"

typedef struct {
  gboolean found;
  guint8 recovery_key[YM_STORE_PUBLIC_KEY_BYTES];
} Found;

/* The force's record is the root key's word: no replica folds one that another key has signed. */
static gpointer
read_recovery_key (YmDesk *desk, gpointer data, GError **error)
{
  Found *found = data;
  g_autoptr (GPtrArray) forces = ym_tables_select (desk->db, ym_form (YM_FORM_FORCE), error, NULL, "");
  const YmRecord *force = forces != NULL && forces->len > 0 ? g_ptr_array_index (forces, 0) : NULL;
  const YmValue *key = force != NULL ? ym_record_get (force, YM_FORCE_RECOVERY_KEY) : NULL;

  if (forces == NULL)
    return NULL;
  found->found = key != NULL && key->kind == YM_VALUE_BYTES && g_bytes_get_size (key->bytes) == sizeof found->recovery_key;
  if (found->found)
    memcpy (found->recovery_key, g_bytes_get_data (key->bytes, NULL), sizeof found->recovery_key);
  return found;
}

void
ym_notebook_tend_escrow (YmNotebook *notebook)
{
  g_autoptr (GError) ignored = NULL;
  Found found = { FALSE, { 0 } };

  if (ym_notebook_run (notebook, YM_LANE_READ, read_recovery_key, &found, &ignored) != NULL && found.found)
    (void) !ym_store_set_escrow (ym_notebook_get_store (notebook), found.recovery_key, &ignored);
}

static gpointer
recount (YmDesk *desk, gpointer data, GError **error)
{
  return ym_journal_recount (desk->db, error) ? desk : NULL;
}

static gboolean
is_whole (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmNotebook) notebook = ym_notebook_open (directory, passphrase, options, error);

  return notebook != NULL && ym_notebook_run (notebook, YM_LANE_READ, recount, NULL, error) != NULL;
}

gboolean
ym_notebook_change_keys (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options, GError **error)
{
  return is_whole (directory, passphrase, options, error)
         && ym_store_change_keys (directory, passphrase, options, error);
}

YmNotebook *
ym_notebook_open_renewed (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options,
                          GError **unchanged, GError **error)
{
  g_autoptr (YmNotebook) notebook = ym_notebook_open (directory, passphrase, options, error);
  gboolean due;

  if (notebook == NULL || !ym_store_keys_are_due (ym_notebook_get_store (notebook), &due, error))
    return NULL;
  if (!due)
    return g_steal_pointer (&notebook);
  g_clear_pointer (&notebook, ym_notebook_close);
  if (ym_notebook_change_keys (directory, passphrase, options, unchanged))
    return ym_notebook_open (directory, passphrase, options, error);
  notebook = ym_notebook_open (directory, passphrase, options, error);
  if (notebook == NULL)
    g_clear_error (unchanged);
  return g_steal_pointer (&notebook);
}
