/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The officer's log given out, which is logged itself. */

#include "app/notebook/acts.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/forms/csv.h"
#include "app/notebook/save.h"
#include "app/rules/civil.h"

static void
add_instant (YmCsvWriter *csv, gint64 at_us)
{
  g_autofree char *text = at_us != 0 ? ym_instant_to_london_string (at_us) : NULL;

  ym_csv_writer_add (csv, text);
}

static void
add_row (YmCsvWriter *csv, const YmAct *act)
{
  g_autofree char *record = ym_id_to_string (&act->record);
  const char *const texts[] = {
    ym_label (ym_choices_by_number (&ym_choices_act_kind, act->kind)->label),
    ym_label (act->form->label), act->home, act->title, act->why, act->recipient, record,
  };

  add_instant (csv, act->at_us);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    ym_csv_writer_add (csv, texts[i]);
  add_instant (csv, act->received_at_us);
  ym_csv_writer_add (csv, act->counts ? _ ("Yes") : _ ("No"));
  ym_csv_writer_end_row (csv);
}

GBytes *
ym_acts_to_csv (const GPtrArray *acts)
{
  static const char *const heads[]
      = { N_ ("When, by the device's clock"), N_ ("What was done"), N_ ("What"), N_ ("Home"), N_ ("Title"),
          N_ ("Justification"), N_ ("Recipient"), N_ ("Record"), N_ ("Received at, by the server's clock"), N_ ("Stands") };
  YmCsvWriter *csv = ym_csv_writer_new (',');

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    ym_csv_writer_add (csv, _ (heads[i]));
  ym_csv_writer_end_row (csv);
  for (guint i = 0; i < acts->len; i++)
    add_row (csv, g_ptr_array_index (acts, i));
  return ym_csv_writer_finish (csv);
}

static YmRecord *
new_disclosure (YmDesk *desk, const YmId *home, GBytes *content, const char *recipient, const char *justification)
{
  YmRecord *record = ym_desk_new_record (desk, ym_form (YM_FORM_DISCLOSURE), home);
  YmHash hash = ym_hash_of_bytes (content);
  g_auto (YmValue) fingerprint = ym_value_bytes (hash.bytes, sizeof hash.bytes);

  ym_record_set_integer (record, YM_DISCLOSURE_WHAT, YM_DISCLOSED_LOG);
  ym_record_set_text (record, YM_DISCLOSURE_TITLE, _ ("Log of an officer's acts"));
  ym_record_set_integer (record, YM_DISCLOSURE_AUDIENCE, YM_AUDIENCE_FILE);
  ym_record_set_text (record, YM_DISCLOSURE_RECIPIENT, recipient);
  ym_record_set_text (record, YM_DISCLOSURE_JUSTIFICATION, justification);
  ym_record_set (record, YM_DISCLOSURE_CONTENT, &fingerprint);
  ym_record_set_integer (record, YM_DISCLOSURE_CONTENT_BYTES, (gint64) g_bytes_get_size (content));
  return record;
}

/* The homes in the log of which this officer may still write; an entry of the log lies where what it is about lies. */
static gboolean
find_homes (YmDesk *desk, const GPtrArray *acts, GPtrArray *homes, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (ym_id_hash_func, ym_id_equal_func);

  for (guint i = 0; i < acts->len; i++)
    {
      const YmAct *act = g_ptr_array_index (acts, i);
      g_autoptr (GError) why_not = NULL;

      if (act->home == NULL || !g_hash_table_add (seen, (gpointer) &act->scope))
        continue;
      if (ym_desk_check_may (desk, ym_form (YM_FORM_DISCLOSURE), YM_ACTION_KIND_INSERT, &act->scope, &why_not))
        g_ptr_array_add (homes, (gpointer) &act->scope);
      else if (!g_error_matches (why_not, YM_ERROR, YM_ERROR_AUTHORITY))
        {
          g_propagate_error (error, g_steal_pointer (&why_not));
          return FALSE;
        }
    }
  if (homes->len > 0 || acts->len == 0)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_AUTHORITY,
                       _ ("No home in this log is yours any more, so that giving it out can't be logged. Ask your supervisor for it."));
  return FALSE;
}

GBytes *
ym_acts_give_out (YmDesk *desk, const YmActsQuery *query, const char *recipient, const char *justification, GError **error)
{
  g_autoptr (GPtrArray) acts = ym_acts_read (desk, query, error);
  g_autoptr (GPtrArray) homes = g_ptr_array_new ();
  g_autoptr (GPtrArray) disclosures = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (YmChange));
  g_autoptr (GBytes) csv = NULL;

  if (acts == NULL || !find_homes (desk, acts, homes, error))
    return NULL;
  csv = ym_acts_to_csv (acts);
  for (guint i = 0; i < homes->len; i++)
    {
      const YmChange change = { NULL, new_disclosure (desk, g_ptr_array_index (homes, i), csv, recipient, justification) };

      g_ptr_array_add (disclosures, (gpointer) change.after);
      g_array_append_val (changes, change);
    }
  if (changes->len > 0
      && !ym_desk_save_changes (desk, "log.give-out", &g_array_index (changes, YmChange, 0), changes->len, error))
    return NULL;
  return g_steal_pointer (&csv);
}
