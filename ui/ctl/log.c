/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The officer's own acts (R13), the history of a record, and the services beside the police. */

#include "ui/ctl/command.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/acts.h"
#include "app/notebook/consultation.h"
#include "app/notebook/history.h"
#include "app/notebook/partners.h"
#include "ui/ctl/file.h"
#include "ui/ctl/words.h"

#define MOST_ACTS 200

static gboolean
read_query (YmDesk *desk, YmCtlCall *call, YmActsQuery *query, GError **error)
{
  const char *code = ym_ctl_option (call, "kind");
  const YmChoice *kind = code != NULL ? ym_choices_by_code (&ym_choices_act_kind, code) : NULL;
  YmPeriod period = ym_period_all ();

  if (code != NULL && kind == NULL)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("--kind takes collection, alteration, consultation, disclosure, combination or erasure."));
      return FALSE;
    }
  if (!ym_ctl_read_period (desk, call, &period, error))
    return FALSE;
  *query = (YmActsQuery){ .kinds = kind != NULL ? 1u << kind->number : 0,
                          .from_us = ym_london_day_start (period.from),
                          .until_us = ym_london_day_start (period.until + 1),
                          .most = MOST_ACTS };
  return TRUE;
}

static void
out_act (YmOut *out, const YmAct *act)
{
  ym_out_begin_item (out);
  ym_out_instant (out, "at", _ ("When"), act->at_us);
  ym_out_choice (out, "kind", _ ("What was done"), &ym_choices_act_kind, act->kind);
  ym_out_code (out, "what", _ ("What"), act->form->name, ym_label (act->form->label));
  ym_out_text (out, "home", _ ("Home"), act->home);
  ym_out_text (out, "title", _ ("Title"), act->title);
  ym_out_text (out, "why", _ ("Justification"), act->why);
  ym_out_text (out, "recipient", _ ("Recipient"), act->recipient);
  ym_out_id (out, "record", _ ("Record"), &act->record);
  ym_out_instant (out, "received_at", NULL, act->received_at_us);
  ym_out_boolean (out, "stands", NULL, act->counts);
  ym_out_end_item (out);
}

static gboolean
show_acts (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmActsQuery query;
  g_autoptr (GPtrArray) acts = NULL;

  if (!read_query (desk, call, &query, error) || (acts = ym_acts_read (desk, &query, error)) == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "acts", NULL, YM_OUT_TABLE);
  for (guint i = 0; i < acts->len; i++)
    out_act (call->out, g_ptr_array_index (acts, i));
  ym_out_end_list (call->out);
  if (acts->len == 0)
    ym_out_say (call->out, _ ("Nothing of that kind is in the log for that time."));
  if (acts->len == MOST_ACTS)
    ym_out_say (call->out, _ ("There may be more; a shorter time shows all."));
  return TRUE;
}

static gboolean
give_out_acts (YmDesk *desk, YmCtlCall *call, GError **error)
{
  const char *path = ym_ctl_option (call, "out");
  YmActsQuery query;
  g_autoptr (GBytes) csv = NULL;

  /* Before anything is logged as given out. */
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("“%s” is there already; name a new file."), path);
      return FALSE;
    }
  if (!read_query (desk, call, &query, error))
    return FALSE;
  query.most = YM_ACTS_MOST;
  csv = ym_acts_give_out (desk, &query, ym_ctl_option (call, "recipient"), ym_ctl_option (call, "justification"), error);
  if (csv == NULL || !ym_ctl_write_file (path, csv, error))
    return FALSE;
  ym_out_text (call->out, "file", _ ("File"), path);
  ym_out_integer (call->out, "bytes", _ ("Bytes"), (gint64) g_bytes_get_size (csv));
  ym_out_say (call->out, _ ("The file is not encrypted. That it was given out is logged."));
  return TRUE;
}

static void
out_change (YmOut *out, const YmForm *form, const YmFieldChange *change)
{
  const YmField *field = ym_form_field (form, change->field);

  if (field == NULL)
    return;
  ym_out_begin_item (out);
  ym_out_code (out, "field", _ ("Question"), field->name, ym_label (field->label));
  ym_out_begin (out, "from", _ ("From"));
  ym_out_value (out, field, &change->old);
  ym_out_end (out);
  ym_out_begin (out, "to", _ ("To"));
  ym_out_value (out, field, &change->new);
  ym_out_end (out);
  ym_out_end_item (out);
}

static void
out_step (YmOut *out, const YmHistoryStep *step)
{
  ym_out_begin_item (out);
  ym_out_instant (out, "at", _ ("When"), step->wall_us);
  ym_out_code (out, "done", _ ("What was done"), step->insert ? "recorded" : "changed",
               step->insert ? _ ("Recorded") : _ ("Changed"));
  ym_out_text (out, "officer", _ ("Officer"), step->author);
  ym_out_text (out, "device", _ ("Device"), step->device);
  ym_out_instant (out, "received_at", _ ("Received at, by the server's clock"), step->received_at_us);
  ym_out_boolean (out, "stands", NULL, step->counts);
  ym_out_begin_list (out, "changes", _ ("Changes"), YM_OUT_BLOCKS);
  for (guint i = 0; i < step->changes->len; i++)
    out_change (out, step->form, &g_array_index (step->changes, YmFieldChange, i));
  ym_out_end_list (out);
  ym_out_end_item (out);
}

/* What is recorded about a child is read for a reason (R13), which --why gives. */
static gboolean
give_reason (YmDesk *desk, YmCtlCall *call, const YmRecord *record, GError **error)
{
  const char *code = ym_ctl_option (call, "why");
  const YmChoice *why = code != NULL ? ym_choices_by_code (&ym_choices_consultation_why, code) : NULL;
  gboolean asked;

  if (!ym_consultation_asked (desk, record->form, &record->id, &asked, error))
    return FALSE;
  if (!asked)
    return TRUE;
  if (why == NULL)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("This is about a child: say why you read it, with --why visit, safeguarding, missing, review, "
                              "partner, supervision, or other and --reason."));
      return FALSE;
    }
  return ym_consultation_save (desk, &record->scope, &record->id, why->number, ym_ctl_option (call, "reason"), error);
}

static gboolean
show_history (YmDesk *desk, YmCtlCall *call, GError **error)
{
  const YmForm *form = ym_form_by_name (call->arguments[0]);
  g_autoptr (YmRecord) record = NULL;
  g_autoptr (YmHistory) history = NULL;
  YmId id;

  if (form == NULL)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("“%s” is no kind of record; visit, issue, contact and child_concern are."),
                   call->arguments[0]);
      return FALSE;
    }
  if (!ym_ctl_find_record (desk, form, call->arguments[1], &id, error)
      || (record = ym_tables_find (desk->db, form, &id, error)) == NULL || !give_reason (desk, call, record, error)
      || (history = ym_history_read (desk, &record->scope, &id, error)) == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "history", NULL, YM_OUT_BLOCKS);
  for (guint i = 0; i < history->steps->len; i++)
    out_step (call->out, g_ptr_array_index (history->steps, i));
  ym_out_end_list (call->out);
  return TRUE;
}

static gboolean
show_partners (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (GPtrArray) partners = ym_partners_list (desk, error);

  if (partners == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "partners", NULL, YM_OUT_BLOCKS);
  for (guint i = 0; i < partners->len; i++)
    if (ym_partners_serve (g_ptr_array_index (partners, i), ym_ctl_option (call, "area")))
      {
        ym_out_begin_item (call->out);
        ym_out_answers (call->out, g_ptr_array_index (partners, i));
        ym_out_end_item (call->out);
      }
  ym_out_end_list (call->out);
  if (partners->len == 0)
    ym_out_say (call->out, _ ("No partner is listed yet. An administrator imports them: ymweld-admin import partners FILE.csv"));
  return TRUE;
}

const YmCtlCommand ym_ctl_log_commands[] = {
  { .name = "acts",
    .summary = N_ ("What you did, as the law wants it logged, the latest first"),
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_READ,
    .work = show_acts,
    .options = { { "kind", "KIND", FALSE, N_ ("Only collection, alteration, consultation, disclosure, combination or erasure") },
                 { "from", "DAY" }, { "until", "DAY" }, { "month", "MONTH" } } },
  { .name = "acts give-out",
    .summary = N_ ("Write it as CSV for somebody; that is logged too"),
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = give_out_acts,
    .options = { { "out", "FILE", TRUE }, { "recipient", "TEXT", TRUE }, { "justification", "TEXT", TRUE },
                 { "kind", "KIND" }, { "from", "DAY" }, { "until", "DAY" }, { "month", "MONTH" } } },
  { .name = "history",
    .arguments = "KIND RECORD",
    .summary = N_ ("What became of one record, field by field"),
    .least = 2,
    .most = 2,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = show_history,
    .options = { { "why", "REASON", FALSE, N_ ("Why you read what is about a child") }, { "reason", "TEXT" } } },
  { .name = "partners",
    .summary = N_ ("Whom to ring or write to: social services, youth justice, CAMHS, advocates"),
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_READ,
    .work = show_partners,
    .options = { { "area", "AREA", FALSE, N_ ("Only those who serve this area") } } },
  { NULL },
};
