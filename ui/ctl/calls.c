/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls from a home (R4) and the home's own log of them. */

#include "ui/ctl/calls.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "ui/ctl/words.h"

/* Calls that stand, an officer's typed ones included; ?1 is what they are looked for by. */
#define STANDING(is)                                                                                                   \
  "SELECT id, scope FROM call WHERE coalesce(withdrawn, 0) <> 1 AND " is                                               \
  " UNION SELECT id, scope FROM call_review r WHERE coalesce(withdrawn, 0) <> 1 AND received_at IS NOT NULL AND " is   \
  " AND NOT EXISTS (SELECT 1 FROM call c WHERE c.id = r.id AND c.scope = r.scope) LIMIT 2"

/* How many there are, up to 2, and the last of them; -1 on failure. */
static int
look_up (YmDesk *desk, const char *sql, const char *text, YmId *id, YmId *home, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (desk->db, error, sql, "t", text);
  YmSqlStep step = YM_SQL_FAILED;
  int n = 0;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      *id = ym_sql_column_id (rows, 0);
      *home = ym_sql_column_id (rows, 1);
      n++;
    }
  return step == YM_SQL_DONE ? n : -1;
}

YmCall *
ym_ctl_find_call (YmDesk *desk, const char *text, GError **error)
{
  YmId id, home;
  int n = look_up (desk, STANDING ("incident_ref = ?1 COLLATE NOCASE"), text, &id, &home, error);

  if (n == 0 && !ym_ctl_check_digits (text, error))
    return NULL;
  if (n == 0)
    n = look_up (desk, STANDING ("hex(id) LIKE ?1 || '%'"), text, &id, &home, error);
  if (n < 0 || !ym_ctl_check_found ((guint) n, text, error))
    return NULL;
  return ym_call_load (desk, &home, &id, error);
}

YmRecord *
ym_ctl_find_entry (YmDesk *desk, const char *text, GError **error)
{
  static const guint forms[] = { YM_FORM_HOME_LOG_ENTRY, YM_FORM_IMPORTED_LOG_ENTRY };
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);

  if (!ym_ctl_check_digits (text, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GPtrArray) found = ym_tables_select (desk->db, ym_form (forms[i]), error,
                                                      "WHERE hex(id) LIKE ? || '%' LIMIT 2", "t", text);

      if (found == NULL)
        return NULL;
      while (found->len > 0)
        g_ptr_array_add (all, g_ptr_array_steal_index (found, found->len - 1));
    }
  return ym_ctl_check_found (all->len, text, error) ? g_ptr_array_steal_index (all, 0) : NULL;
}

void
ym_ctl_out_call (YmOut *out, const YmCall *call)
{
  ym_out_id (out, "id", _ ("Call"), &call->id);
  ym_out_instant (out, "received_at", _ ("Received"), call->received_at_us);
  ym_out_text (out, "incident_ref", _ ("Incident"), ym_call_incident_ref (call));
  ym_out_choice (out, "reason", _ ("Reason"), &ym_choices_call_reason, ym_call_answer (call, YM_CALL_REASON));
  ym_out_choice (out, "appropriate", _ ("Appropriate"), &ym_choices_appropriate, ym_call_answer (call, YM_CALL_APPROPRIATE));
  ym_out_choice (out, "outcome", _ ("Outcome"), &ym_choices_call_outcome, ym_call_answer (call, YM_CALL_OUTCOME));
  ym_out_boolean (out, "typed", _ ("Typed"), call->call == NULL);
}

void
ym_ctl_out_entry (YmOut *out, const YmLogEntry *entry)
{
  ym_out_id (out, "id", _ ("Entry"), &entry->record->id);
  ym_out_instant (out, "logged_at", _ ("By the home's log"), entry->logged_at_us);
  ym_out_choice (out, "reason", _ ("Reason"), &ym_choices_call_reason,
                 ym_record_get_integer (entry->record, YM_HOME_LOG_ENTRY_REASON, 0));
  ym_out_text (out, "entry_no", _ ("Number"), ym_record_get_text (entry->record, YM_HOME_LOG_ENTRY_ENTRY_NO));
  ym_out_boolean (out, "imported", _ ("Imported"), entry->imported);
}

static gboolean
list_calls (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home;
  YmPeriod period = ym_period_all ();
  g_autoptr (GPtrArray) calls = NULL;

  if (!ym_ctl_find_home (desk, call->arguments[0], &home, error) || !ym_ctl_read_period (desk, call, &period, error))
    return FALSE;
  calls = ym_calls_list (desk, &home, &period, error);
  if (calls == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "calls", NULL, YM_OUT_TABLE);
  for (guint i = 0; i < calls->len; i++)
    {
      ym_out_begin_item (call->out);
      ym_ctl_out_call (call->out, g_ptr_array_index (calls, i));
      ym_out_end_item (call->out);
    }
  ym_out_end_list (call->out);
  ym_out_say_printf (call->out, ngettext ("%u call.", "%u calls.", calls->len), calls->len);
  return TRUE;
}

static gboolean
show_call (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmCall) found = ym_ctl_find_call (desk, call->arguments[0], error);
  g_autofree char *home = NULL;

  if (found == NULL)
    return FALSE;
  home = ym_ctl_home_name (desk, &found->home);
  ym_out_text (call->out, "home", _ ("Home"), home);
  ym_ctl_out_call (call->out, found);
  if (found->call != NULL)
    {
      ym_out_begin (call->out, "control_room", _ ("By the control room's record"));
      ym_out_answers (call->out, found->call);
      ym_out_end (call->out);
    }
  if (found->review != NULL)
    {
      ym_out_begin (call->out, "officers", _ ("As officers see it"));
      ym_out_answers (call->out, found->review);
      ym_out_end (call->out);
    }
  return TRUE;
}

static gboolean
save_review (YmDesk *desk, YmCtlCall *call, YmRecord *review, GError **error)
{
  if (!ym_ctl_set_answers (review, ym_ctl_today (desk), call->arguments + 1, call->n_arguments - 1, error)
      || !ym_call_review_save (desk, review, error))
    return FALSE;
  ym_out_id (call->out, "call", _ ("Call"), &review->id);
  ym_out_say (call->out, _ ("Saved."));
  return TRUE;
}

static gboolean
review_call (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmCall) found = ym_ctl_find_call (desk, call->arguments[0], error);
  g_autoptr (YmRecord) review = found != NULL ? ym_call_review_begin (found) : NULL;

  return review != NULL && save_review (desk, call, review, error);
}

static gboolean
type_call (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home;
  g_autoptr (YmRecord) review = NULL;

  if (!ym_ctl_find_home (desk, call->arguments[0], &home, error))
    return FALSE;
  review = ym_call_type_begin (desk, &home);
  return save_review (desk, call, review, error);
}

static gboolean
save_entry (YmDesk *desk, YmCtlCall *call, const YmRecord *before, YmRecord *after, GError **error)
{
  if (!ym_ctl_set_answers (after, ym_ctl_today (desk), call->arguments + 1, call->n_arguments - 1, error)
      || !ym_home_log_save (desk, before, after, error))
    return FALSE;
  ym_out_id (call->out, "entry", _ ("Entry"), &after->id);
  ym_out_say (call->out, _ ("Saved."));
  return TRUE;
}

static gboolean
add_entry (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home, visit = ym_id_zero;
  g_autoptr (YmRecord) entry = NULL;

  if (!ym_ctl_find_home (desk, call->arguments[0], &home, error) || !ym_ctl_read_visit (desk, call, &visit, error))
    return FALSE;
  entry = ym_home_log_begin (desk, &home, ym_id_is_zero (&visit) ? NULL : &visit);
  return save_entry (desk, call, NULL, entry, error);
}

static gboolean
edit_entry (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmRecord) before = ym_ctl_find_entry (desk, call->arguments[0], error);
  g_autoptr (YmRecord) after = before != NULL ? ym_record_copy (before) : NULL;

  if (after == NULL)
    return FALSE;
  if (before->form->id == YM_FORM_HOME_LOG_ENTRY)
    return save_entry (desk, call, before, after, error);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("This line was imported. Ask the administrator to correct the spreadsheet and import it again."));
  return FALSE;
}

static gboolean
list_entries (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home;
  YmPeriod period = ym_period_all ();
  g_autoptr (GPtrArray) entries = NULL;

  if (!ym_ctl_find_home (desk, call->arguments[0], &home, error) || !ym_ctl_read_period (desk, call, &period, error))
    return FALSE;
  entries = ym_home_log_list (desk, &home, &period, error);
  if (entries == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "entries", NULL, YM_OUT_TABLE);
  for (guint i = 0; i < entries->len; i++)
    {
      ym_out_begin_item (call->out);
      ym_ctl_out_entry (call->out, g_ptr_array_index (entries, i));
      ym_out_end_item (call->out);
    }
  ym_out_end_list (call->out);
  ym_out_say_printf (call->out, ngettext ("%u entry.", "%u entries.", entries->len), entries->len);
  return TRUE;
}

const YmCtlCommand ym_ctl_call_commands[] = {
  { .name = "calls",
    .arguments = "REGISTRATION_NO",
    .summary = N_ ("The calls that police had from a home"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = list_calls,
    .options = { { "month", "MONTH" }, { "from", "DATE" }, { "until", "DATE" } } },
  { .name = "call show",
    .arguments = "CALL",
    .summary = N_ ("One call: what the control room says and what officers say; CALL is an incident reference or an id"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = show_call },
  { .name = "call review",
    .arguments = "CALL FIELD=VALUE...",
    .summary = N_ ("Say what officers know of a call, and whether it was appropriate and why (form call_review)"),
    .least = 2,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = review_call },
  { .name = "call type",
    .arguments = "REGISTRATION_NO FIELD=VALUE...",
    .summary = N_ ("Type a call that the control room has not sent (form call_review)"),
    .least = 2,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = type_call },
  { .name = "log list",
    .arguments = "REGISTRATION_NO",
    .summary = N_ ("The home's own log of its calls"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = list_entries,
    .options = { { "month", "MONTH" }, { "from", "DATE" }, { "until", "DATE" } } },
  { .name = "log add",
    .arguments = "REGISTRATION_NO FIELD=VALUE...",
    .summary = N_ ("Type a line of the home's own log, at a visit or not (form home_log_entry)"),
    .least = 2,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = add_entry,
    .options = { { "visit", "VISIT" } } },
  { .name = "log edit",
    .arguments = "ENTRY FIELD=VALUE...",
    .summary = N_ ("Correct a line that was typed, or take it back with withdrawn=yes"),
    .least = 2,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = edit_entry },
  { NULL },
};
