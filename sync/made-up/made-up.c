/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A force to play with: root key, administrator and imports in one store, as envelopes like everybody's. The two keys live
 * in this function only, so that nobody can ever sign for that force again.
 */

#include "sync/made-up/made-up.h"

#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/rules/civil.h"
#include "sync/admin/import-row.h"
#include "sync/admin/importer.h"

/* The last day of the made-up calls; a Monday, so that weekdays stay what they are. */
#define LAST_DAY ym_day_from_ymd (2026, 9, 28)
#define DAYS_OF_MONTH 30.44

/* --- days --- */

static gboolean
shift_day_cb (const GMatchInfo *match, GString *result, gpointer data)
{
  const int *days = data;
  g_autofree char *text = g_match_info_fetch (match, 0);
  int year, month, day;

  if (sscanf (text, "%4d-%2d-%2d", &year, &month, &day) == 3)
    ym_day_to_ymd (ym_day_from_ymd (year, month, day) + *days, &year, &month, &day);
  g_string_append_printf (result, "%04d-%02d-%02d", year, month, day);
  return FALSE;
}

static gboolean
shift_month_cb (const GMatchInfo *match, GString *result, gpointer data)
{
  const int *days = data;
  g_autofree char *text = g_match_info_fetch (match, 0);
  int year, month;

  if (sscanf (text, ",%4d-%2d,", &year, &month) == 2)
    {
      int months = year * 12 + month - 1 + (int) (*days / DAYS_OF_MONTH);

      g_string_append_printf (result, ",%04d-%02d,", months / 12, months % 12 + 1);
    }
  return FALSE;
}

char *
ym_made_up_shift (const char *csv, int days)
{
  g_autoptr (GRegex) day = g_regex_new ("\\b\\d{4}-\\d{2}-\\d{2}", 0, 0, NULL);
  g_autoptr (GRegex) month = g_regex_new (",\\d{4}-\\d{2},", 0, 0, NULL);
  g_autofree char *with_days = g_regex_replace_eval (day, csv, -1, 0, 0, shift_day_cb, &days, NULL);

  return g_regex_replace_eval (month, with_days, -1, 0, 0, shift_month_cb, &days, NULL);
}

/* --- keys --- */

typedef struct {
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
  YmAuthor author;
} Key;

static gboolean
sign (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES], GError **error)
{
  const Key *key = context;

  return crypto_sign_detached (signature, NULL, message, length, key->secret_key) == 0;
}

static void
make_key (Key *key)
{
  crypto_sign_keypair (key->public_key, key->secret_key);
  key->author = (YmAuthor){ ym_id_of_public_key ("device", key->public_key), { sign, key } };
}

/* --- founding --- */

typedef struct {
  YmDesk *desk;
  Key root;
  Key administrator;
} Force;

static gboolean
write_one (Force *force, const char *intent, const YmRecord *record, GError **error)
{
  const YmChange change = { NULL, record };

  return ym_journal_write (force->desk->journal, &force->root.author, intent, &record->id, &change, 1, error);
}

static gboolean
certify (Force *force, const YmId *id, guint kind, const guint8 public_key[crypto_sign_PUBLICKEYBYTES], const YmId *officer,
         GError **error)
{
  const YmId *scope = ym_journal_get_force (force->desk->journal);
  g_autoptr (YmRecord) device = ym_record_new (ym_form (YM_FORM_DEVICE), scope, id);
  g_auto (YmValue) key = ym_value_bytes (public_key, crypto_sign_PUBLICKEYBYTES);

  ym_record_set_integer (device, YM_DEVICE_KIND, kind);
  ym_record_set (device, YM_DEVICE_PUBLIC_KEY, &key);
  ym_record_set_integer (device, YM_DEVICE_ENROLLED_AT, ym_clock_wall_us (force->desk->clock));
  if (officer != NULL)
    {
      ym_record_set_id (device, YM_DEVICE_OFFICER, officer);
      ym_record_set_text (device, YM_DEVICE_NAME, "Ymweld");
    }
  return write_one (force, "device.certify", device, error);
}

static gboolean
found (Force *force, const char *collar_no, const guint8 own_key[crypto_sign_PUBLICKEYBYTES], GError **error)
{
  YmJournal *journal = force->desk->journal;
  g_autoptr (YmRecord) name = NULL;
  YmId officer;

  if (!ym_journal_found (journal, force->root.public_key, &force->desk->author.device, error))
    return FALSE;
  officer = ym_id_from_key (ym_journal_get_force (journal), "officer", collar_no);
  name = ym_record_new (ym_form (YM_FORM_FORCE), ym_journal_get_force (journal), ym_journal_get_force (journal));
  ym_record_set_text (name, YM_FORCE_NAME, "Ymweld");
  return certify (force, &force->root.author.device, YM_DEVICE_KIND_ROOT, force->root.public_key, NULL, error)
         && write_one (force, "force.found", name, error)
         && certify (force, &force->administrator.author.device, YM_DEVICE_KIND_ADMINISTRATOR,
                     force->administrator.public_key, NULL, error)
         && certify (force, &force->desk->author.device, YM_DEVICE_KIND_OFFICER, own_key, &officer, error);
}

static gboolean
commit (YmJournal *journal, gboolean good, GError **error)
{
  if (good)
    return ym_journal_commit (journal, error);
  ym_journal_rollback (journal);
  return FALSE;
}

/* --- importing --- */

static gboolean
import (Force *force, const YmMadeUpFile *file, int days, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (file->csv, &length);
  g_autofree char *whole = g_strndup (text, length);
  char *shifted = ym_made_up_shift (whole, days);
  g_autoptr (GBytes) bytes = g_bytes_new_take (shifted, strlen (shifted));
  g_autoptr (YmCsv) csv = ym_csv_parse (bytes, error);
  YmImportCounts counts;

  return csv != NULL
         && ym_import (force->desk->journal, &force->administrator.author, ym_import_form (file->name), csv, NULL, &counts, error);
}

/* Where the last of what is placed stands; a new ledger where nothing is. */
static gboolean
read_end (YmDesk *desk, YmPosition *end, GError **error)
{
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (
      desk->db, error, "SELECT epoch, position FROM envelope WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1", "");
  YmSqlStep step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);

  *end = step == YM_SQL_ROW ? (YmPosition){ ym_sql_column_id (row, 0), (guint64) sqlite3_column_int64 (row, 1) }
                            : (YmPosition){ ym_id_random (desk->random), 0 };
  return step != YM_SQL_FAILED;
}

static gboolean
place_all (YmDesk *desk, GError **error)
{
  YmPosition through;
  g_autoptr (sqlite3_stmt) pending
      = ym_sql_prepare (desk->db, error, "SELECT author, chain, sequence FROM envelope WHERE position IS NULL ORDER BY entry", "");
  YmSqlStep step = YM_SQL_FAILED;

  if (pending == NULL || !read_end (desk, &through, error))
    return FALSE;
  while ((step = ym_sql_step (pending, error)) == YM_SQL_ROW)
    {
      YmId author = ym_sql_column_id (pending, 0);
      YmId chain = ym_sql_column_id (pending, 1);
      const YmPlacement placement = { TRUE, { through.epoch, ++through.number }, YM_DISPOSITION_ACCEPTED, YM_REASON_NONE,
                                      ym_clock_wall_us (desk->clock) };

      if (!ym_journal_place (desk->journal, &author, &chain, (guint64) sqlite3_column_int64 (pending, 2), &placement, error))
        return FALSE;
    }
  return step == YM_SQL_DONE && ym_journal_advance (desk->journal, &through, error);
}

gboolean
ym_made_up_receive (YmDesk *desk, GError **error)
{
  return ym_journal_begin (desk->journal, error) && commit (desk->journal, place_all (desk, error), error);
}

static gboolean
fill (Force *force, const char *collar_no, const guint8 *own_key, const YmMadeUpFile *files, guint n_files, GError **error)
{
  YmJournal *journal = force->desk->journal;
  /* Whole weeks, so that a Saturday's calls stay a Saturday's. */
  int days = (int) (ym_london_day (ym_clock_wall_us (force->desk->clock)) - LAST_DAY) / 7 * 7;

  if (!ym_journal_begin (journal, error) || !commit (journal, found (force, collar_no, own_key, error), error))
    return FALSE;
  for (guint i = 0; i < n_files; i++)
    if (!import (force, &files[i], days, error))
      return FALSE;
  return ym_made_up_receive (force->desk, error);
}

gboolean
ym_made_up_fill (YmDesk *desk, const guint8 public_key[YM_PUBLIC_KEY_BYTES], const char *collar_no,
                 const YmMadeUpFile *files, guint n_files, GError **error)
{
  Force *force = sodium_malloc (sizeof *force);
  gboolean filled;

  g_assert (force != NULL);
  force->desk = desk;
  make_key (&force->root);
  make_key (&force->administrator);
  filled = fill (force, collar_no, public_key, files, n_files, error);
  sodium_free (force);
  return filled;
}
