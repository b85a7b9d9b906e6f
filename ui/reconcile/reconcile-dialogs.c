/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked before two entries are joined or parted, a line is withdrawn, or other days are looked at. */

#include "ui/reconcile/reconcile-dialogs.h"

#include <glib/gi18n-lib.h>

#include "app/rules/reconcile.h"
#include "ui/dialog.h"
#include "ui/home/entry-list.h"
#include "ui/reconcile/reconcile-words.h"
#include "ui/visit/answers.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/confirm.h"
#include "ui/widgets/date-row.h"
#include "ui/widgets/number-row.h"

#define CANDIDATES 20
#define WIDTH_PX 480
#define HEIGHT_PX 600

/* A decision that waits for its answer. */
typedef struct {
  YmSheet *sheet;
  YmWork work;
  YmReconcileMark mark;
} Decision;

static void
decision_free (gpointer data, GClosure *closure)
{
  Decision *decision = data;

  g_object_unref (decision->sheet);
  g_free (decision);
}

static void
decide (Decision *decision)
{
  if (ym_sheet_get_session (decision->sheet) != NULL)
    ym_sheet_write (decision->sheet, decision->work, g_memdup2 (&decision->mark, sizeof decision->mark), g_free, NULL, NULL);
}

static Decision *
decision_new (YmSheet *sheet, const YmId *home, const YmReconcileRow *row, YmWork work, int mark)
{
  Decision *decision = g_new (Decision, 1);

  *decision = (Decision){ g_object_ref (sheet), work, { *home, row->call.id, row->entry.id, row->entry.at_us, mark } };
  return decision;
}

void
ym_reconcile_part_present (YmSheet *sheet, const YmId *home, YmReconcileItem *item)
{
  const YmReconcileRow *row = ym_reconcile_item_get (item);
  g_autofree char *police = ym_reconcile_side_text (&row->call, TRUE);
  g_autofree char *logged = ym_reconcile_side_text (&row->entry, TRUE);
  g_autofree char *police_point = g_strdup_printf (_ ("Police: %s"), police);
  g_autofree char *home_point = g_strdup_printf (_ ("Home's log: %s"), logged);
  g_autofree char *apart = ym_reconcile_apart_text (row->apart_us);
  YmConfirm *confirm = ym_confirm_new (
      ym_sheet_window (sheet), _ ("Are these two the same call?"),
      row->by_hand ? _ ("They were joined by hand. Undone, they are left to the rule again.")
                   : _ ("Parted, they stay apart, and each may go with another entry."),
      row->by_hand ? _ ("Undo the Join") : _ ("Part Them"), FALSE);

  ym_confirm_add_point (confirm, police_point);
  ym_confirm_add_point (confirm, home_point);
  ym_confirm_add_point (confirm, apart);
  g_signal_connect_data (confirm, "accepted", G_CALLBACK (decide),
                         decision_new (sheet, home, row, ym_reconcile_mark, row->by_hand ? YM_PAIR_UNDONE : YM_PAIR_PARTED),
                         decision_free, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (confirm));
}

void
ym_reconcile_withdraw_present (YmSheet *sheet, const YmId *home, YmReconcileItem *item)
{
  const YmReconcileRow *row = ym_reconcile_item_get (item);
  g_autofree char *logged = ym_reconcile_side_text (&row->entry, TRUE);
  YmConfirm *confirm;

  if (row->imported)
    return;
  confirm = ym_confirm_new (ym_sheet_window (sheet), _ ("Was this line entered by mistake?"),
                            _ ("It is then no longer counted; that it was there stays in the record."),
                            _ ("Take It Out"), FALSE);
  ym_confirm_add_point (confirm, logged);
  g_signal_connect_data (confirm, "accepted", G_CALLBACK (decide), decision_new (sheet, home, row, ym_reconcile_withdraw, 0),
                         decision_free, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (confirm));
}

/* --- joining --- */

typedef struct {
  YmReconcileItem *item;
  gint64 apart_us;
} Candidate;

static void
candidate_clear (gpointer candidate)
{
  g_object_unref (((Candidate *) candidate)->item);
}

/* The other side's entries in order of nearness, as many as one would look through. */
static GArray *
find_candidates (const YmReconcileAnswer *answer, const YmReconcileRow *row)
{
  GArray *others = ym_reconcile_list (answer, row->has_call ? YM_RECONCILE_ONLY_HOME : YM_RECONCILE_ONLY_POLICE);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Candidate));
  gint64 at_us = row->has_call ? row->call.at_us : row->entry.at_us;

  g_array_set_clear_func (found, candidate_clear);
  for (guint i = 0; i < others->len; i++)
    {
      const YmReconciledPair *other = &g_array_index (others, YmReconciledPair, i);
      gint64 other_us = other->call != NULL ? other->call->received_at_us : other->entry->logged_at_us;
      Candidate candidate = { NULL, ABS (other_us - at_us) };
      guint place = found->len;

      while (place > 0 && g_array_index (found, Candidate, place - 1).apart_us > candidate.apart_us)
        place--;
      if (place == CANDIDATES)
        continue;
      candidate.item = ym_reconcile_item_new (other);
      g_array_insert_val (found, place, candidate);
      if (found->len > CANDIDATES)
        g_array_set_size (found, CANDIDATES);
    }
  return found;
}

typedef struct {
  YmSheet *sheet;
  GtkWidget *window;
  YmId home;
  YmReconcileItem *item;
  GArray *candidates;
} Joining;

static void
joining_free (gpointer data, GClosure *closure)
{
  Joining *joining = data;

  g_object_unref (joining->sheet);
  g_object_unref (joining->item);
  g_array_unref (joining->candidates);
  g_free (joining);
}

static void
joined_cb (YmEntryList *list, guint index, Joining *joining)
{
  const YmReconcileRow *row = ym_reconcile_item_get (joining->item);
  const YmReconcileRow *other
      = ym_reconcile_item_get (g_array_index (joining->candidates, Candidate, index).item);
  const YmReconcileRow *with_call = row->has_call ? row : other, *with_entry = row->has_call ? other : row;
  const YmReconcileMark mark
      = { joining->home, with_call->call.id, with_entry->entry.id, with_entry->entry.at_us, YM_PAIR_JOINED };

  if (ym_sheet_get_session (joining->sheet) != NULL)
    ym_sheet_write (joining->sheet, ym_reconcile_mark, g_memdup2 (&mark, sizeof mark), g_free, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (joining->window));
}

static YmEntries *
candidate_entries (GArray *candidates)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      const YmReconcileRow *row = ym_reconcile_item_get (candidate->item);
      const YmReconcileSide *side = row->has_call ? &row->call : &row->entry;
      const YmEntry entry = {
        .key = ym_entries_own (entries, ym_id_to_string (&side->id)),
        .icon = row->has_call ? "call-start-symbolic" : "home-symbolic",
        .title = ym_entries_own (entries, ym_reconcile_side_text (side, TRUE)),
        .detail = ym_entries_own (entries, ym_reconcile_apart_text (candidate->apart_us)),
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

void
ym_reconcile_join_present (YmSheet *sheet, const YmReconcileAnswer *answer, YmReconcileItem *item)
{
  const YmReconcileRow *row = ym_reconcile_item_get (item);
  g_autofree char *what = ym_reconcile_side_text (row->has_call ? &row->call : &row->entry, TRUE);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *list = ym_entry_list_new (
      row->has_call ? _ ("Join with this line of the home's log") : _ ("Join with this call"),
      row->has_call ? _ ("No line of the home's log is left to join it with.")
                    : _ ("No call with the police alone is left to join it with."));
  Joining *joining = g_new (Joining, 1);
  g_autoptr (YmEntries) entries = NULL;

  *joining = (Joining){ g_object_ref (sheet), NULL, answer->result->home, g_object_ref (item), find_candidates (answer, row) };
  entries = candidate_entries (joining->candidates);
  ym_entry_list_show (YM_ENTRY_LIST (list), entries);
  gtk_box_append (GTK_BOX (column), ym_paragraph_new (what, "title-4"));
  gtk_box_append (GTK_BOX (column), list);
  joining->window = ym_dialog_new (ym_sheet_window (sheet), _ ("Join by Hand"), column, WIDTH_PX, HEIGHT_PX);
  g_signal_connect_data (list, "activated", G_CALLBACK (joined_cb), joining, joining_free, 0);
  gtk_window_present (GTK_WINDOW (joining->window));
}

/* --- days and tolerance --- */

typedef struct {
  YmSheet *sheet;
  GtkWidget *window;
  YmFieldRow *from;
  YmFieldRow *until;
  YmFieldRow *tolerance;
  YmReconcilePeriodChosen chosen;
} Asking;

static void
asking_free (gpointer data, GClosure *closure)
{
  g_object_unref (((Asking *) data)->sheet);
  g_free (data);
}

/* Whether the row has an answer; the sentence that says what is missing is shown at the row. */
static gboolean
read_row (YmFieldRow *row, gint64 *number)
{
  g_auto (YmValue) value = YM_VALUE_INIT;
  gboolean good = ym_field_row_get_value (row, &value) && value.kind == YM_VALUE_INTEGER;

  if (good)
    *number = value.integer;
  else if (value.kind == YM_VALUE_NULL)
    ym_field_row_set_error (row, _ ("This is not answered yet."));
  return good;
}

static void
apply_cb (Asking *asking)
{
  gint64 from, until, tolerance;
  YmPeriod period;

  if (!read_row (asking->from, &from) || !read_row (asking->until, &until) || !read_row (asking->tolerance, &tolerance))
    return;
  if (until < from)
    {
      ym_field_row_set_error (asking->until, _ ("The period ends before it begins; correct one of the two dates."));
      return;
    }
  period = (YmPeriod){ (YmDay) from, (YmDay) until };
  asking->chosen (asking->sheet, &period, (int) tolerance);
  gtk_window_destroy (GTK_WINDOW (asking->window));
}

static YmFieldRow *
add_row (GtkWidget *card, GtkWidget *row, gint64 number)
{
  const YmValue value = ym_value_integer (number);

  ym_field_row_set_value (YM_FIELD_ROW (row), &value);
  gtk_box_append (GTK_BOX (card), row);
  return YM_FIELD_ROW (row);
}

void
ym_reconcile_period_present (YmSheet *sheet, const YmPeriod *period, int tolerance_minutes, YmReconcilePeriodChosen chosen)
{
  const YmClock *clock = ym_session_get_clock (ym_sheet_get_session (sheet));
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *apply = ym_wrap_button_new (_ ("Show These Days"));
  Asking *asking = g_new (Asking, 1);

  *asking = (Asking){ .sheet = g_object_ref (sheet), .chosen = chosen };
  asking->from = add_row (card, ym_date_row_new (_ ("From"), clock), period->from);
  asking->until = add_row (card, ym_date_row_new (_ ("Until"), clock), period->until);
  asking->tolerance = add_row (card,
                               ym_number_row_new (_ ("Tolerance in minutes"), YM_RECONCILE_TOLERANCE_MINUTES_MIN,
                                                  YM_RECONCILE_TOLERANCE_MINUTES_MAX),
                               tolerance_minutes);
  ym_field_row_set_hint (asking->tolerance, _ ("Entries so far apart are still taken for the same call."));
  gtk_widget_add_css_class (card, "form-card");
  gtk_widget_add_css_class (apply, "suggested-action");
  gtk_box_append (GTK_BOX (column), card);
  gtk_box_append (GTK_BOX (column), apply);
  asking->window = ym_dialog_new (ym_sheet_window (sheet), _ ("Days and Tolerance"), column, WIDTH_PX, HEIGHT_PX);
  g_signal_connect_data (apply, "clicked", G_CALLBACK (apply_cb), asking, asking_free, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (asking->window));
}
