/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The home's own log of calls (R5), typed at the visit or imported, as one list. */

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/reconciliation.h"
#include "app/notebook/save.h"

void
ym_log_entry_free (YmLogEntry *entry)
{
  if (entry == NULL)
    return;
  g_clear_pointer (&entry->record, ym_record_free);
  g_free (entry);
}

static gboolean
add_entries (YmDesk *desk, guint form, const YmId *home, gint64 from_us, gint64 until_us, GPtrArray *entries,
             GError **error)
{
  g_autoptr (GPtrArray) records = ym_tables_select (
      desk->db, ym_form (form), error,
      "WHERE scope = ? AND logged_at >= ? AND logged_at < ? AND coalesce(withdrawn, 0) <> 1", "dii", home, from_us, until_us);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      YmLogEntry *entry = g_new0 (YmLogEntry, 1);

      entry->record = ym_record_copy (g_ptr_array_index (records, i));
      entry->logged_at_us = ym_record_get_integer (entry->record, YM_HOME_LOG_ENTRY_LOGGED_AT, 0);
      entry->imported = form == YM_FORM_IMPORTED_LOG_ENTRY;
      g_ptr_array_add (entries, entry);
    }
  return records != NULL;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const YmLogEntry *one = *(YmLogEntry *const *) a, *other = *(YmLogEntry *const *) b;

  if (one->logged_at_us != other->logged_at_us)
    return one->logged_at_us < other->logged_at_us ? -1 : 1;
  return ym_id_compare (&one->record->id, &other->record->id);
}

GPtrArray *
ym_home_log_between (YmDesk *desk, const YmId *home, gint64 from_us, gint64 until_us, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_log_entry_free);

  if (!add_entries (desk, YM_FORM_HOME_LOG_ENTRY, home, from_us, until_us, entries, error)
      || !add_entries (desk, YM_FORM_IMPORTED_LOG_ENTRY, home, from_us, until_us, entries, error))
    return NULL;
  g_ptr_array_sort (entries, compare_entries);
  return g_steal_pointer (&entries);
}

GPtrArray *
ym_home_log_list (YmDesk *desk, const YmId *home, const YmPeriod *period, GError **error)
{
  return ym_home_log_between (desk, home, ym_london_day_start (period->from), ym_london_day_start (period->until + 1),
                              error);
}

YmRecord *
ym_home_log_begin (YmDesk *desk, const YmId *home, const YmId *visit)
{
  YmRecord *record = ym_desk_new_record (desk, ym_form (YM_FORM_HOME_LOG_ENTRY), home);

  ym_record_set_id (record, YM_HOME_LOG_ENTRY_HOME, home);
  if (visit != NULL)
    ym_record_set_id (record, YM_HOME_LOG_ENTRY_VISIT, visit);
  return record;
}

gboolean
ym_home_log_save (YmDesk *desk, const YmRecord *before, const YmRecord *after, GError **error)
{
  if (ym_record_get_integer (after, YM_HOME_LOG_ENTRY_LOGGED_AT, 0) > ym_clock_wall_us (desk->clock) + YM_DAY_US)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("The home can't have logged a call in the future; correct the date."));
      return FALSE;
    }
  return ym_desk_save (desk, "home-log.save", before, after, error);
}
