/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The administrator's folder: DIRECTORY/root holds the root key and nothing else, DIRECTORY/store the journal. */

#include "sync/admin/office.h"

#include <glib/gi18n-lib.h>
#include <errno.h>
#include <sodium.h>

#include "app/base/error.h"

static gboolean
sign (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES], GError **error)
{
  ym_store_sign (context, message, length, signature);
  return TRUE;
}

static gboolean
seal (gpointer context, YmHead *head, GError **error)
{
  return ym_store_seal_head (context, head, error);
}

static gboolean
read_head (gpointer context, YmHead *head, GError **error)
{
  return ym_store_read_head (context, head, error);
}

static YmAuthor
author_of (YmStore *store)
{
  guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES];

  ym_store_public_key (store, public_key);
  return (YmAuthor){ ym_id_of_public_key ("device", public_key), { sign, store } };
}

/* Opens a store, or makes it where @make says so and there is none. */
static YmStore *
open_store (const char *directory, const char *name, const YmSecret *passphrase, gboolean make,
            const YmStoreOptions *options, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  if (make && !ym_store_exists (path, options))
    return ym_store_create (path, passphrase, options, error);
  return ym_store_open (path, passphrase, options, error);
}

static YmOffice *
open_office (const char *directory, const YmSecret *passphrase, gboolean with_root, gboolean make,
             const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmOffice) office = g_new0 (YmOffice, 1);
  YmJournalOptions journal_options = { options->clock, options->random, seal, read_head, NULL };

  office->options = *options;
  if (with_root)
    {
      office->root_store = open_store (directory, "root", passphrase, make, options, error);
      if (office->root_store == NULL)
        return NULL;
      office->root = author_of (office->root_store);
    }
  office->store = open_store (directory, "store", passphrase, make, options, error);
  if (office->store == NULL)
    return NULL;
  office->administrator = author_of (office->store);
  journal_options.seal_context = office->store;
  office->journal = ym_journal_open (ym_store_writer (office->store), &journal_options, error);
  if (office->journal == NULL)
    return NULL;
  office->sync_store = ym_sync_store_direct (office->journal);
  return ym_sync_migrate (&office->sync_store, error) ? g_steal_pointer (&office) : NULL;
}

void
ym_office_free (YmOffice *office)
{
  if (office == NULL)
    return;
  g_clear_pointer (&office->journal, ym_journal_free);
  ym_store_close (office->store);
  ym_store_close (office->root_store);
  g_free (office);
}

static YmRecord *
describe_device (const YmId *force, const YmAuthor *author, YmStore *store, guint kind, gint64 now_us)
{
  YmRecord *record = ym_record_new (ym_form (YM_FORM_DEVICE), force, &author->device);
  guint8 key[YM_STORE_PUBLIC_KEY_BYTES];
  guint8 sealing_key[crypto_scalarmult_curve25519_BYTES];
  g_auto (YmValue) value = YM_VALUE_INIT;
  g_auto (YmValue) sealing_value = YM_VALUE_INIT;

  ym_store_public_key (store, key);
  g_assert (crypto_sign_ed25519_pk_to_curve25519 (sealing_key, key) == 0);
  value = ym_value_bytes (key, sizeof key);
  sealing_value = ym_value_bytes (sealing_key, sizeof sealing_key);
  ym_record_set_integer (record, YM_DEVICE_KIND, kind);
  ym_record_set (record, YM_DEVICE_PUBLIC_KEY, &value);
  ym_record_set (record, YM_DEVICE_SEALING_KEY, &sealing_value);
  ym_record_set_integer (record, YM_DEVICE_ENROLLED_AT, now_us);
  return record;
}

/* The root key's first words: who it is, what the force is called, and who administers it. */
static gboolean
write_first (YmJournal *journal, gpointer data, GError **error)
{
  YmOffice *office = data;
  gint64 now_us = ym_clock_wall_us (office->options.clock);
  const YmId *force = ym_journal_get_force (journal);
  g_autoptr (YmRecord) root
      = describe_device (force, &office->root, office->root_store, YM_DEVICE_KIND_ROOT, now_us);
  g_autoptr (YmRecord) administrator
      = describe_device (force, &office->administrator, office->store, YM_DEVICE_KIND_ADMINISTRATOR, now_us);
  const YmChange changes[] = { { NULL, root }, { NULL, administrator } };

  return ym_journal_write (journal, &office->root, "device.certify", &root->id, changes, G_N_ELEMENTS (changes), error);
}

typedef struct {
  YmOffice *office;
  const char *force_name;
} Founding;

static gboolean
found (YmJournal *journal, gpointer data, GError **error)
{
  const Founding *founding = data;
  YmOffice *office = founding->office;
  guint8 root_key[YM_STORE_PUBLIC_KEY_BYTES];
  g_autoptr (YmRecord) force = NULL;
  YmChange change = { NULL, NULL };

  ym_store_public_key (office->root_store, root_key);
  if (!ym_journal_found (journal, root_key, &office->administrator.device, error)
      || !write_first (journal, office, error))
    return FALSE;
  force = ym_record_new (ym_form (YM_FORM_FORCE), ym_journal_get_force (journal), ym_journal_get_force (journal));
  ym_record_set_text (force, YM_FORCE_NAME, founding->force_name);
  change.after = force;
  return ym_journal_write (journal, &office->root, "force.found", &force->id, &change, 1, error);
}

static gboolean
check_name (const char *name, GError **error)
{
  const YmField *field = ym_form_field (ym_form (YM_FORM_FORCE), YM_FORCE_NAME);

  if (g_utf8_validate (name, -1, NULL) && *name != '\0' && g_utf8_strlen (name, -1) <= field->maximum)
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
               _ ("Give the force a name of up to %ld letters."), (glong) field->maximum);
  return FALSE;
}

YmOffice *
ym_office_create (const char *directory, const YmSecret *passphrase, const char *force_name,
                  const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmOffice) office = NULL;
  Founding founding;

  if (!check_name (force_name, error))
    return NULL;
  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_STORAGE, _ ("The folder %s can't be made: %s."), directory,
                   g_strerror (errno));
      return NULL;
    }
  office = open_office (directory, passphrase, TRUE, TRUE, options, error);
  if (office == NULL)
    return NULL;
  if (ym_journal_is_founded (office->journal))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                   _ ("There is a force in %s already. Choose another folder for another force."), directory);
      return NULL;
    }
  founding = (Founding){ office, force_name };
  return ym_sync_store_write (&office->sync_store, found, &founding, error) ? g_steal_pointer (&office) : NULL;
}

YmOffice *
ym_office_open (const char *directory, const YmSecret *passphrase, gboolean with_root, const YmStoreOptions *options,
                GError **error)
{
  g_autoptr (YmOffice) office = open_office (directory, passphrase, with_root, FALSE, options, error);

  if (office == NULL || ym_journal_is_founded (office->journal))
    return g_steal_pointer (&office);
  g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND,
               _ ("There is no whole force in %s. Make one with “ymweld-admin init”."), directory);
  return NULL;
}

/* A record on its way through a transaction. */
typedef struct {
  const YmAuthor *author;
  const char *intent;
  YmChange change;
} Writing;

static gboolean
write_one (YmJournal *journal, gpointer data, GError **error)
{
  const Writing *writing = data;

  return ym_journal_write (journal, writing->author, writing->intent, &writing->change.after->id, &writing->change, 1,
                           error);
}

gboolean
ym_office_write (YmOffice *office, const YmAuthor *author, const char *intent, const YmRecord *before,
                 const YmRecord *after, GError **error)
{
  Writing writing = { author, intent, { before, after } };

  return ym_sync_store_write (&office->sync_store, write_one, &writing, error);
}
