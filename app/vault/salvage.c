/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Unlocks a damaged store, hands out what its pages hold, and puts a new store in its place. */

#include "app/vault/salvage.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/salvage-rows.h"
#include "app/vault/store-private.h"

struct _YmSalvage {
  char *directory;
  YmStoreOptions options;
  gpointer lock;
  YmKeys *keys;
  YmPageSeal *seal;
  YmSalvagePages *pages;
  YmSalvageCounts counts;
};

static gboolean
is_there (const YmFiles *files, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = files->read (files->context, path, 0, &error);

  return bytes != NULL || !g_error_matches (error, YM_ERROR, YM_ERROR_NOT_FOUND);
}

/* With the key in use. */
static gboolean
look_through (YmSalvage *salvage, GError **error)
{
  g_autofree char *vault = g_build_filename (salvage->directory, YM_VAULT_FILE, NULL);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  for (int i = 1; i <= YM_MOST_KEPT_WALS; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s-wal.kept-%d", vault, i);

      if (is_there (salvage->options.files, path))
        g_ptr_array_add (kept, g_steal_pointer (&path));
    }
  g_ptr_array_add (kept, NULL);
  g_clear_pointer (&salvage->pages, ym_salvage_pages_free);
  g_clear_pointer (&salvage->seal, ym_page_seal_free);
  salvage->counts = (YmSalvageCounts){ 0 };
  salvage->seal = ym_page_seal_new (&salvage->keys->store_id, salvage->keys->vault, salvage->options.random);
  salvage->pages = ym_salvage_pages_new (salvage->options.base_vfs, salvage->seal, vault, (const char *const *) kept->pdata,
                                 &salvage->counts, error);
  return salvage->pages != NULL;
}

/* Where a change of keys was cut, the key in use is the one under which there is more to read. */
static gboolean
look_through_by_either (YmSalvage *salvage, GError **error)
{
  guint64 readable;

  if (!look_through (salvage, error))
    return FALSE;
  readable = salvage->counts.pages;
  if (salvage->keys->next_vault == NULL)
    return TRUE;
  ym_keys_swap_vault (salvage->keys);
  if (!look_through (salvage, error))
    return FALSE;
  if (salvage->counts.pages > readable)
    return TRUE;
  ym_keys_swap_vault (salvage->keys);
  return look_through (salvage, error);
}

YmSalvage *
ym_salvage_open (const char *directory, const YmUnlock *unlock, const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmSalvage) salvage = g_new0 (YmSalvage, 1);
  const YmFiles *files = options->files;
  g_autofree char *lock = NULL;

  g_assert (sodium_init () >= 0);
  salvage->directory = g_canonicalize_filename (directory, NULL);
  salvage->options = *options;
  if (!ym_keyring_exists (salvage->directory, options))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                           _ ("There is no keyring here, and without it nothing can be read. Put a copy of the store's "
                              "files “keyring” or “keyring.bak” back."));
      return NULL;
    }
  lock = g_build_filename (salvage->directory, "lock", NULL);
  salvage->lock = files->lock (files->context, lock, error);
  if (salvage->lock == NULL)
    return NULL;
  salvage->keys = ym_keyring_open (salvage->directory, unlock, options, error);
  if (salvage->keys == NULL || !look_through_by_either (salvage, error))
    return NULL;
  return g_steal_pointer (&salvage);
}

void
ym_salvage_free (YmSalvage *salvage)
{
  if (salvage == NULL)
    return;
  ym_salvage_pages_free (salvage->pages);
  ym_page_seal_free (salvage->seal);
  ym_keys_free (salvage->keys);
  if (salvage->lock != NULL)
    salvage->options.files->unlock (salvage->options.files->context, salvage->lock);
  g_free (salvage->directory);
  g_free (salvage);
}

const YmSalvageCounts *
ym_salvage_get_counts (YmSalvage *salvage)
{
  return &salvage->counts;
}

gboolean
ym_salvage_read_head (YmSalvage *salvage, YmHead *head)
{
  const YmSecret *const keys[] = { salvage->keys->head, salvage->keys->next_head };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      YmHeadFile file = { .files = salvage->options.files,
                          .directory = salvage->directory,
                          .store_id = &salvage->keys->store_id,
                          .key = keys[i],
                          .random = salvage->options.random };

      if (keys[i] != NULL && ym_head_read (&file, head, NULL))
        return TRUE;
    }
  return FALSE;
}

gboolean
ym_salvage_visit (YmSalvage *salvage, YmSalvageVisit visit, gpointer context, GError **error)
{
  guint8 page[YM_PAGE_BYTES];
  gboolean going = TRUE;
  guint n_images;
  const YmPageImage *images = ym_salvage_pages_get (salvage->pages, &n_images);

  for (guint i = 0; i < n_images && going; i++)
    if (ym_salvage_pages_read (salvage->pages, &images[i], page))
      going = ym_salvage_visit_page (salvage->pages, &images[i], page, visit, context, error);
  sodium_memzero (page, sizeof page);
  return going;
}

/* What an earlier salvage did not finish: never a store that anybody has used. */
static gboolean
clear_leftover (YmSalvage *salvage, const char *directory, GError **error)
{
  static const char *const names[] = { "keyring",     "keyring.bak", "keyring.new", "keyring.bak.new", "vault",
                                       "vault-wal",   "head",        "head.new",    "tries",           "lock" };
  const YmFiles *files = salvage->options.files;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (directory, names[i], NULL);

      if (!files->remove (files->context, path, error))
        return FALSE;
    }
  return TRUE;
}

YmStore *
ym_salvage_create_store (YmSalvage *salvage, const char *directory, const YmUnlock *unlock, GError **error)
{
  g_autoptr (YmKeys) keys = ym_keys_new (salvage->options.random);

  memcpy (ym_secret_data (keys->signing_seed), ym_secret_data (salvage->keys->signing_seed),
          ym_secret_length (keys->signing_seed));
  if (!clear_leftover (salvage, directory, error))
    return NULL;
  return ym_store_create_with_keys (directory, g_steal_pointer (&keys), unlock, &salvage->options, error);
}

/* STORE.damaged-2026-11-22T190155. */
static char *
name_aside (YmSalvage *salvage)
{
  g_autoptr (GDateTime) utc
      = g_date_time_new_from_unix_utc (ym_clock_wall_us (salvage->options.clock) / G_USEC_PER_SEC);
  g_autofree char *date = utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H%M%S") : NULL;

  return g_strdup_printf ("%s.damaged-%s", salvage->directory, date != NULL ? date : "");
}

gboolean
ym_salvage_take_place (YmSalvage *salvage, const char *directory, char **aside, GError **error)
{
  const YmFiles *files = salvage->options.files;
  g_autofree char *parent = g_path_get_dirname (salvage->directory);
  g_autofree char *name = name_aside (salvage);

  if (files->exchange == NULL)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE,
                           _ ("This file system can't put the new store in the damaged one's place. Nothing was changed."));
      return FALSE;
    }
  /* The name that the damaged store is going to have, first: whatever is cut, nothing is ever cleared under it. */
  if (!files->sync_directory (files->context, directory, error) || !files->rename (files->context, directory, name, error)
      || !files->exchange (files->context, salvage->directory, name, error)
      || !files->sync_directory (files->context, parent, error))
    return FALSE;
  *aside = g_steal_pointer (&name);
  return TRUE;
}
