/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a damaged store's damage is. The digest of the tables says that something is wrong and not what: that shows where
 * each row is held against what its signed operations make of it. */

#include "app/journal/damage.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/audit.h"
#include "app/journal/fold.h"
#include "app/journal/tables.h"

typedef struct {
  sqlite3 *db;
  guint n_wrong;
} Count;

static gboolean
is_as_signed (sqlite3 *db, const YmRecord *record)
{
  g_autoptr (YmRecord) signed_record = ym_fold_compute (db, record->form, &record->scope, &record->id, NULL);
  g_autoptr (GBytes) a = signed_record != NULL ? ym_tables_encode (signed_record) : NULL;
  g_autoptr (GBytes) b = ym_tables_encode (record);

  return a != NULL && g_bytes_equal (a, b);
}

static void
check_row (gpointer data, const YmRecord *record)
{
  Count *count = data;

  count->n_wrong += !is_as_signed (count->db, record);
}

/* Rows that are gone: their operations are here, and they are not. */
static void
count_missing (Count *count, const YmForm *form)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT DISTINCT o.scope, o.record FROM operation o WHERE o.type = ? AND NOT EXISTS "
                         "(SELECT 1 FROM \"%s\" t WHERE t.id = o.record AND t.scope = o.scope)",
                         form->name);
  g_autoptr (sqlite3_stmt) gone = ym_sql_prepare (count->db, NULL, sql, "i", (gint64) form->id);

  while (gone != NULL && ym_sql_step (gone, NULL) == YM_SQL_ROW)
    {
      YmId scope = ym_sql_column_id (gone, 0), id = ym_sql_column_id (gone, 1);
      g_autoptr (YmRecord) record = ym_fold_compute (count->db, form, &scope, &id, NULL);

      count->n_wrong += record != NULL;
    }
}

static void
name_rows (sqlite3 *db, GPtrArray *named)
{
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    {
      Count count = { db, 0 };
      gboolean all_read = ym_tables_each (db, forms[i], check_row, &count, NULL);

      count_missing (&count, forms[i]);
      if (count.n_wrong > 0)
        g_ptr_array_add (named, g_strdup_printf (_ ("%s, not as it was signed: %u"), ym_label (forms[i]->label), count.n_wrong));
      if (!all_read)
        g_ptr_array_add (named, g_strdup_printf (_ ("%s: some can't be read"), ym_label (forms[i]->label)));
    }
}

GPtrArray *
ym_journal_name_damage (sqlite3 *db, const guint8 root_key[YM_PUBLIC_KEY_BYTES], const GError *known)
{
  GPtrArray *named = g_ptr_array_new_with_free_func (g_free);
  g_auto (YmAudit) audit = { 0 };
  g_autoptr (GError) unreadable = NULL;

  if (!ym_journal_audit (db, root_key, &audit, &unreadable))
    g_ptr_array_add (named, g_strdup (unreadable->message));
  for (guint i = 0; audit.problems != NULL && i < audit.problems->len; i++)
    if (!g_str_equal (g_ptr_array_index (audit.problems, i), known->message))
      g_ptr_array_add (named, g_strdup (g_ptr_array_index (audit.problems, i)));
  name_rows (db, named);
  return named;
}
