/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same work on a vault; and a signed save of the notebook, from the checked record to the sealed head, beside one of the
 * same rows that nothing is recorded of. */

#include <sodium.h>
#include <string.h>

#include "app/journal/derived.h"
#include "app/journal/journal-private.h"
#include "app/journal/tables.h"
#include "app/notebook/issues.h"
#include "app/notebook/save.h"
#include "app/vault/store.h"
#include "tests/bench/work.h"
#include "tests/journal/force.h"

#define SAVES 100

static YmStore *store;

/* Opened by a raw key: the cost of a passphrase is chosen, not measured. */
static sqlite3 *
vault_open (const char *directory, int cache_kib)
{
  g_autoptr (YmSecret) key = ym_secret_new (YM_STORE_KEY_BYTES);
  g_autoptr (GError) error = NULL;
  YmStoreOptions options = ym_store_options_default ();

  options.cache_bytes = (gsize) cache_kib * 1024;
  if (ym_store_exists (directory, &options))
    store = ym_store_open_with_key (directory, key, &options, &error);
  else
    store = ym_store_create_with_key (directory, key, &options, &error);
  if (store == NULL)
    g_error ("%s", error->message);
  return ym_store_writer (store);
}

static void
vault_close (sqlite3 *database)
{
  g_clear_pointer (&store, ym_store_close);
}

typedef gboolean (*SaveFunc) (YmDesk *desk, const YmRecord *record, GError **error);

typedef struct {
  TestForce force;
  YmJournal *server;
  SaveFunc save;
  double took_us;
} Saving;

static gboolean
save_signed (YmDesk *desk, const YmRecord *record, GError **error)
{
  return ym_desk_save (desk, "issue.open", NULL, record, error);
}

/* What the fold writes, and the commit and sealed head after it; no operation, envelope, signature or chain. */
static gboolean
save_unsigned (YmDesk *desk, const YmRecord *record, GError **error)
{
  return ym_journal_begin (desk->journal, error)
         && ym_tables_put (desk->db, &desk->journal->digest, record, 0, error)
         && ym_derived_update (desk->db, record, error) && ym_journal_commit (desk->journal, error);
}

static gpointer
do_pull (YmDesk *desk, gpointer data, GError **error)
{
  Saving *saving = data;

  test_succeeds (ym_journal_begin (desk->journal, error), *error);
  test_succeeds (ym_journal_found (desk->journal, saving->force.devices[TEST_ROOT].public_key, &desk->author.device, error),
                 *error);
  test_succeeds (ym_journal_commit (desk->journal, error), *error);
  test_copy (&saving->force, saving->server, desk->journal, 0);
  return NULL;
}

static gpointer
do_saves (YmDesk *desk, gpointer data, GError **error)
{
  Saving *saving = data;
  gint64 begun = bench_now_us ();

  for (int i = 0; i < SAVES; i++)
    {
      g_autoptr (YmRecord) issue = ym_desk_new_record (desk, ym_form (YM_FORM_ISSUE), &saving->force.home_1);

      ym_record_set_text (issue, YM_ISSUE_TITLE, "One waking night staff for six children since the agency left");
      ym_record_set_integer (issue, YM_ISSUE_CATEGORY, 1);
      ym_record_set_integer (issue, YM_ISSUE_SEVERITY, YM_SEVERITY_HIGH);
      ym_record_set_integer (issue, YM_ISSUE_OWNER, 1);
      test_succeeds (saving->save (desk, issue, error), *error);
    }
  saving->took_us = (double) (bench_now_us () - begun) / SAVES;
  return NULL;
}

static void
certify (Saving *saving, YmNotebook *notebook)
{
  TestForce *force = &saving->force;
  guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES];
  g_auto (YmValue) key = YM_VALUE_INIT;
  g_autoptr (YmRecord) device = NULL;
  YmId id;

  ym_store_public_key (ym_notebook_get_store (notebook), public_key);
  id = ym_id_of_public_key ("device", public_key);
  key = ym_value_bytes (public_key, sizeof public_key);
  device = ym_record_new (ym_form (YM_FORM_DEVICE), &force->force, &id);
  ym_record_set_integer (device, YM_DEVICE_KIND, YM_DEVICE_KIND_OFFICER);
  ym_record_set (device, YM_DEVICE_PUBLIC_KEY, &key);
  ym_record_set_integer (device, YM_DEVICE_ENROLLED_AT, 0);
  ym_record_set_id (device, YM_DEVICE_OFFICER, &force->devices[TEST_2001].officer);
  test_write (saving->server, &force->devices[TEST_ROOT], "device.certify", NULL, device);
  test_place_pending (force, saving->server, 100);
}

static double
time_saves (const char *directory, SaveFunc save)
{
  g_autofree char *path = g_build_filename (directory, "store", NULL);
  g_autoptr (YmSecret) passphrase = ym_secret_new_from_passphrase ("pump ladder onion frost velvet", 30);
  g_autoptr (GError) error = NULL;
  YmStoreOptions options = ym_store_options_default ();
  Saving saving = { .save = save };
  YmNotebook *notebook;

  options.argon2_operations = crypto_pwhash_OPSLIMIT_MIN;
  options.argon2_memory_bytes = crypto_pwhash_MEMLIMIT_MIN;
  test_force_init (&saving.force);
  saving.server = test_journal_open (&saving.force, TEST_ADMINISTRATOR);
  test_force_found (&saving.force, saving.server);
  notebook = ym_notebook_create (path, passphrase, &options, &error);
  g_assert_no_error (error);
  certify (&saving, notebook);
  ym_notebook_run (notebook, YM_LANE_WRITE, do_pull, &saving, &error);
  g_assert_no_error (error);
  ym_notebook_run (notebook, YM_LANE_WRITE, do_saves, &saving, &error);
  g_assert_no_error (error);
  ym_notebook_close (notebook);
  test_journal_close (saving.server);
  return saving.took_us;
}

static double
signed_save (const char *directory)
{
  return time_saves (directory, save_signed);
}

static double
unsigned_save (const char *directory)
{
  return time_saves (directory, save_unsigned);
}

int
main (int argc, char *argv[])
{
  static const BenchEngine vault = { "vault", vault_open, vault_close, "vault" };
  static const BenchTask extra[] = { { "signed-save", signed_save }, { "unsigned-save", unsigned_save }, { NULL, NULL } };

  return bench_serve (argc, argv, &vault, extra);
}
