/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of the day at the locked store: new keys, a forgotten passphrase, an update of the program. */

#include "tests/power/keys.h"

#include <string.h>

#include "app/base/error.h"
#include "app/vault/store-escrow.h"
#include "tests/power/station.h"

static YmSecret *
secret_of (const char *passphrase)
{
  return ym_secret_new_from_passphrase (passphrase, strlen (passphrase));
}

static void
close_and_wait (Tablet *tablet)
{
  tablet_close (tablet);
  tablet->boot_us += ym_store_get_wait_us (TABLET_DIRECTORY, &tablet->options);
}

gboolean
keys_set_escrow (Day *day, GError **error)
{
  return ym_store_set_escrow (tablet_get_store (&day->tablet), day->recovery_key, error);
}

gboolean
keys_change (Day *day, GError **error)
{
  g_autoptr (YmSecret) passphrase = secret_of (day->passphrase);

  close_and_wait (&day->tablet);
  return ym_store_change_keys (TABLET_DIRECTORY, passphrase, &day->tablet.options, error);
}

gboolean
keys_ask (Day *day, GError **error)
{
  g_autoptr (YmSecret) chosen = secret_of (KEYS_ANSWERED_PASSPHRASE);
  g_autoptr (GBytes) request = NULL;

  close_and_wait (&day->tablet);
  request = ym_store_request_escrow (TABLET_DIRECTORY, chosen, &day->tablet.options, error);
  day->asked = request != NULL;
  return day->asked;
}

gboolean
keys_answer (Day *day, Tablet *tablet, GError **error)
{
  g_autoptr (YmSecret) chosen = secret_of (KEYS_ANSWERED_PASSPHRASE);
  g_autoptr (GBytes) request = ym_store_read_escrow_request (TABLET_DIRECTORY, &tablet->options, error);
  g_autoptr (GBytes) answer = request != NULL ? station_answer (day, request, error) : NULL;

  return answer != NULL
         && ym_store_take_escrow_answer (TABLET_DIRECTORY, answer, chosen, &tablet->options, error);
}

/* Who unlocked the store meanwhile, by the old passphrase, has withdrawn the request; by the new one it is answered. */
gboolean
keys_take_answer (Day *day, GError **error)
{
  g_autoptr (GBytes) request = NULL;

  close_and_wait (&day->tablet);
  if (strcmp (day->passphrase, KEYS_ANSWERED_PASSPHRASE) == 0)
    return TRUE;
  request = ym_store_read_escrow_request (TABLET_DIRECTORY, &day->tablet.options, NULL);
  if ((request == NULL && !keys_ask (day, error)) || !keys_answer (day, &day->tablet, error))
    return FALSE;
  day->passphrase = KEYS_ANSWERED_PASSPHRASE;
  day->asked = FALSE;
  return TRUE;
}

/* The tables that hold nothing came later, and so did the last question of a visit. */
static gboolean
forget_forms (sqlite3 *db, GError **error)
{
  const YmForm *visit = ym_form (YM_FORM_VISIT);
  g_autoptr (GString) sql = g_string_new ("DELETE FROM state WHERE name IN ('forms', 'schema'); PRAGMA user_version = 1;");
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    {
      g_autofree char *any = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM \"%s\")", forms[i]->name);
      gint64 is_used;

      if (!ym_sql_integer (db, &is_used, error, any, ""))
        return FALSE;
      if (is_used == 0)
        g_string_append_printf (sql, "DROP TABLE \"%s\";", forms[i]->name);
    }
  g_string_append_printf (sql, "ALTER TABLE visit DROP COLUMN \"%s\";", visit->fields[visit->n_fields - 1].name);
  return ym_sql_script (db, sql->str, error);
}

static gpointer
do_grow_old (YmDesk *desk, gpointer data, GError **error)
{
  if (!ym_journal_begin (desk->journal, error))
    return NULL;
  if (forget_forms (desk->db, error))
    return ym_journal_commit (desk->journal, error) ? desk : NULL;
  ym_journal_rollback (desk->journal);
  return NULL;
}

gboolean
keys_grow_old (Day *day, GError **error)
{
  if (!tablet_run (&day->tablet, do_grow_old, NULL, error))
    return FALSE;
  tablet_close (&day->tablet);
  return TRUE;
}
