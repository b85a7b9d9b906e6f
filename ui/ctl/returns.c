/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The return to the inspectorate (R7): looked at, issued, and written again as it was issued. */

#include <glib/gi18n-lib.h>

#include "app/journal/tables.h"
#include "app/returns/order.h"
#include "app/returns/return-tables.h"
#include "ui/ctl/command.h"
#include "ui/ctl/words.h"
#include "ui/language.h"

static const char *const change_kinds[] = {
  [YM_RETURN_HOME_ADDED] = "home_added",         [YM_RETURN_HOME_LEFT] = "home_left",
  [YM_RETURN_CALL_ADDED] = "call_added",         [YM_RETURN_CALL_LEFT] = "call_left",
  [YM_RETURN_CALL_CHANGED] = "call_changed",     [YM_RETURN_NUMBER_CHANGED] = "number_changed",
  [YM_RETURN_TEXT_CHANGED] = "text_changed",     [YM_RETURN_INSPECTION_CHANGED] = "inspection_changed",
};

/* To people in the words of the re-issue itself. */
static void
out_changes (YmOut *out, GPtrArray *changes)
{
  g_autoptr (YmWords) words = ym_words_new (ym_language_current ()->code, NULL, NULL);
  g_autoptr (YmTable) table = words != NULL ? ym_return_changes_table (changes, words) : NULL;

  ym_out_begin_list (out, "changes", changes->len > 0 ? _ ("Changed since the issue before") : NULL, YM_OUT_TABLE);
  for (guint i = 0; i < changes->len; i++)
    {
      const YmReturnChange *change = g_ptr_array_index (changes, i);

      ym_out_begin_item (out);
      ym_out_text (out, "kind", NULL, change_kinds[change->kind]);
      ym_out_text (out, "home", NULL, change->home);
      ym_out_text (out, "incident_ref", NULL, change->incident_ref);
      for (guint j = 0; table != NULL && !ym_out_is_json (out) && j < table->columns->len; j++)
        {
          g_autofree char *text = ym_cell_to_string (ym_table_cell (table, i, j));

          ym_out_text (out, "", g_array_index (table->columns, YmColumn, j).head, text);
        }
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
  if (changes->len == 0)
    ym_out_say (out, _ ("Nothing changed since the issue before."));
}

static guint
count_calls (const YmReturn *given)
{
  guint n = 0;

  for (guint i = 0; i < given->homes->len; i++)
    n += ((const YmReturnHome *) g_ptr_array_index (given->homes, i))->calls->len;
  return n;
}

static void
out_edition (YmOut *out, const YmReturnEdition *edition, GStrv paths)
{
  YmHash hash = ym_return_fingerprint (edition->given);

  ym_out_integer (out, "number", _ ("Issue"), edition->number);
  ym_out_day (out, "from", _ ("From"), edition->given->period.from);
  ym_out_day (out, "until", _ ("Until"), edition->given->period.until);
  ym_out_integer (out, "homes", _ ("Homes"), edition->given->homes->len);
  ym_out_integer (out, "calls", _ ("Calls"), count_calls (edition->given));
  ym_out_hash (out, "fingerprint", _ ("Fingerprint"), &hash);
  if (edition->issued != NULL)
    {
      ym_out_text (out, "recipient", _ ("Recipient"), ym_record_get_text (edition->issued, YM_ISSUED_RETURN_RECIPIENT));
      ym_out_instant (out, "issued_at", _ ("Issued"), edition->at_us);
    }
  if (edition->changes != NULL)
    out_changes (out, edition->changes);
  ym_out_begin_list (out, "files", _ ("Files"), YM_OUT_TABLE);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      ym_out_begin_item (out);
      ym_out_text (out, "file", _ ("File"), paths[i]);
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
  if (edition->number == 0)
    ym_out_say (out, _ ("This is a preview and says so; “return issue” gives it a number and keeps it."));
}

static gboolean
carry_out (YmDesk *desk, YmCtlCall *call, gboolean issue, GError **error)
{
  const char *language = ym_ctl_option (call, "lang");
  const YmReturnOrder order = { .period = call->arguments[0],
                                .registration_no = ym_ctl_option (call, "home"),
                                .language = language != NULL ? language : ym_language_current ()->code,
                                .format = ym_ctl_option (call, "format"),
                                .folder = ym_ctl_option (call, "out"),
                                .replace = ym_ctl_option (call, "replace") != NULL,
                                .number = ym_ctl_option (call, "number"),
                                .issue = issue,
                                .recipient = ym_ctl_option (call, "to"),
                                .justification = ym_ctl_option (call, "why") };
  g_autoptr (YmReturnEdition) edition = NULL;
  g_auto (GStrv) paths = NULL;

  if (!ym_return_order_carry_out (desk, &order, &edition, &paths, error))
    return FALSE;
  out_edition (call->out, edition, paths);
  return TRUE;
}

static gboolean
make_return (YmDesk *desk, YmCtlCall *call, GError **error)
{
  return carry_out (desk, call, FALSE, error);
}

static gboolean
issue_return (YmDesk *desk, YmCtlCall *call, GError **error)
{
  return carry_out (desk, call, TRUE, error);
}

static gboolean
list_returns (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (GPtrArray) issues = ym_tables_select (desk->db, ym_form (YM_FORM_ISSUED_RETURN), error,
                                                   "ORDER BY from_date, until_date, home, issue_number, at, id", "");

  if (issues == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "returns", NULL, YM_OUT_TABLE);
  for (guint i = 0; i < issues->len; i++)
    {
      const YmRecord *issue = g_ptr_array_index (issues, i);
      YmId home, officer;
      g_autofree char *home_name
          = ym_record_get_id (issue, YM_ISSUED_RETURN_HOME, &home) ? ym_ctl_home_name (desk, &home) : NULL;
      g_autofree char *officer_name
          = ym_record_get_id (issue, YM_ISSUED_RETURN_OFFICER, &officer) ? ym_ctl_officer_name (desk, &officer) : NULL;

      ym_out_begin_item (call->out);
      ym_out_day (call->out, "from", _ ("From"), (YmDay) ym_record_get_integer (issue, YM_ISSUED_RETURN_FROM_DATE, 0));
      ym_out_day (call->out, "until", _ ("Until"), (YmDay) ym_record_get_integer (issue, YM_ISSUED_RETURN_UNTIL_DATE, 0));
      ym_out_text (call->out, "home", _ ("Home"), home_name);
      ym_out_integer (call->out, "number", _ ("Issue"), ym_record_get_integer (issue, YM_ISSUED_RETURN_NUMBER, 0));
      ym_out_instant (call->out, "issued_at", _ ("Issued"), ym_record_get_integer (issue, YM_ISSUED_RETURN_AT, 0));
      ym_out_text (call->out, "officer", _ ("Issued by"), officer_name);
      ym_out_text (call->out, "recipient", _ ("Recipient"), ym_record_get_text (issue, YM_ISSUED_RETURN_RECIPIENT));
      ym_out_text (call->out, "justification", _ ("Justification"),
                   ym_record_get_text (issue, YM_ISSUED_RETURN_JUSTIFICATION));
      ym_out_end_item (call->out);
    }
  ym_out_end_list (call->out);
  if (issues->len == 0)
    ym_out_say (call->out, _ ("No return was issued yet."));
  return TRUE;
}

const YmCtlCommand ym_ctl_return_commands[] = {
  { .name = "returns",
    .arguments = "",
    .summary = N_ ("The returns that were issued, to whom and why"),
    .need = YM_CTL_NEEDS_OFFICER,
    .work = list_returns },
  { .name = "return",
    .arguments = "MONTH|DATE..DATE",
    .summary = N_ ("The return of the force, or of one home, as a preview or as it was issued: XLSX, CSV and PDF"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = make_return,
    .options = { { "home", "REGISTRATION_NO" },
                 { "lang", "CODE" },
                 { "format", "xlsx|csv|pdf" },
                 { "out", "FOLDER" },
                 { "replace", NULL },
                 { "number", "NUMBER|last" } } },
  { .name = "return issue",
    .arguments = "MONTH|DATE..DATE",
    .summary = N_ ("Issue the return to somebody: it gets a number and is kept word for word; the force lead's"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = issue_return,
    .options = { { "to", "RECIPIENT", TRUE },
                 { "why", "TEXT", TRUE },
                 { "home", "REGISTRATION_NO" },
                 { "lang", "CODE" },
                 { "format", "xlsx|csv|pdf" },
                 { "out", "FOLDER" },
                 { "replace", NULL } } },
  { NULL },
};
