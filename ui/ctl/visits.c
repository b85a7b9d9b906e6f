/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A visit from its first draft to its addenda (R12). */

#include "ui/ctl/command.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/notebook/visit.h"
#include "ui/ctl/sections.h"
#include "ui/ctl/words.h"

static void
out_draft_saved (YmCtlCall *call, const YmDraft *draft)
{
  g_autoptr (GPtrArray) problems = ym_visit_problems (draft);

  ym_out_id (call->out, "draft", _ ("Draft"), &draft->record->id);
  ym_out_instant (call->out, "saved_at", _ ("Saved"), draft->saved_at_us);
  ym_out_integer (call->out, "missing", _ ("Still missing"), problems->len);
}

static gboolean
begin_visit (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home;
  g_autoptr (YmDraft) draft = NULL;

  if (!ym_ctl_find_home (desk, call->arguments[0], &home, error))
    return FALSE;
  draft = ym_visit_begin (desk, &home, error);
  if (draft == NULL)
    return FALSE;
  out_draft_saved (call, draft);
  return TRUE;
}

static YmDraft *
find_visit_draft (YmDesk *desk, const char *text, GError **error)
{
  g_autoptr (YmDraft) draft = ym_ctl_find_draft (desk, text, error);

  if (draft == NULL || draft->record->form->id == YM_FORM_VISIT)
    return g_steal_pointer (&draft);
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("This draft is not of a visit; it is of: %s."),
               ym_label (draft->record->form->label));
  return NULL;
}

/* A time without a date is of the day of the visit. */
static YmDay
day_of_visit (YmDesk *desk, const YmDraft *draft)
{
  gint64 started_at_us = ym_record_get_integer (draft->record, YM_VISIT_STARTED_AT, YM_INSTANT_NONE);

  return started_at_us != YM_INSTANT_NONE ? ym_london_day (started_at_us) : ym_ctl_today (desk);
}

static gboolean
save_draft (YmDesk *desk, YmCtlCall *call, YmDraft *draft, GError **error)
{
  if (!ym_draft_save (desk, draft, error))
    return FALSE;
  out_draft_saved (call, draft);
  return TRUE;
}

static gboolean
set_answers (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmDraft) draft = find_visit_draft (desk, call->arguments[0], error);

  return draft != NULL
         && ym_ctl_set_answers (draft->record, day_of_visit (desk, draft), call->arguments + 1, call->n_arguments - 1,
                                error)
         && save_draft (desk, call, draft, error);
}

static const YmForm *
find_row_form (const char *name, GError **error)
{
  const YmForm *form = ym_form_by_name (name);

  if (form != NULL && form->rows_of == YM_FORM_VISIT)
    return form;
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("A visit has no rows called “%s”; “ymweldctl forms” lists them."),
               name);
  return NULL;
}

static gboolean
add_row (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmDraft) draft = find_visit_draft (desk, call->arguments[0], error);
  const YmForm *form = draft != NULL ? find_row_form (call->arguments[1], error) : NULL;
  YmRecord *row;

  if (form == NULL)
    return FALSE;
  row = ym_draft_add_row (draft, form, desk->random);
  if (!ym_ctl_set_answers (row, day_of_visit (desk, draft), call->arguments + 2, call->n_arguments - 2, error))
    return FALSE;
  ym_out_id (call->out, "row", _ ("Row"), &row->id);
  return save_draft (desk, call, draft, error);
}

static YmRecord *
find_row (const YmDraft *draft, const char *digits, GError **error)
{
  YmRecord *found = NULL;
  guint n_found = 0;

  for (guint i = 0; i < draft->rows->len; i++)
    {
      YmRecord *row = g_ptr_array_index (draft->rows, i);
      g_autofree char *id = ym_id_to_string (&row->id);

      if (!g_str_has_prefix (id, digits))
        continue;
      found = row;
      n_found++;
    }
  if (n_found == 1)
    return found;
  g_set_error (error, YM_ERROR, n_found == 0 ? YM_ERROR_NOT_FOUND : YM_ERROR_INVALID,
               n_found == 0 ? _ ("The draft has no row that begins with “%s”.")
                            : _ ("Several rows begin with “%s”: give more digits."),
               digits);
  return NULL;
}

static gboolean
set_row (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmDraft) draft = find_visit_draft (desk, call->arguments[0], error);
  YmRecord *row = draft != NULL ? find_row (draft, call->arguments[1], error) : NULL;

  return row != NULL
         && ym_ctl_set_answers (row, day_of_visit (desk, draft), call->arguments + 2, call->n_arguments - 2, error)
         && save_draft (desk, call, draft, error);
}

static gboolean
remove_row (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmDraft) draft = find_visit_draft (desk, call->arguments[0], error);
  const YmRecord *row = draft != NULL ? find_row (draft, call->arguments[1], error) : NULL;
  YmId id;

  if (row == NULL)
    return FALSE;
  id = row->id;
  ym_draft_remove_row (draft, &id);
  return save_draft (desk, call, draft, error);
}

/* What is missing, at the field that is missing. */
static void
out_problems (YmOut *out, const YmDraft *draft, GPtrArray *problems)
{
  ym_out_begin_list (out, "problems", NULL, YM_OUT_TABLE);
  for (guint i = 0; i < problems->len; i++)
    {
      const YmVisitProblem *problem = g_ptr_array_index (problems, i);
      const YmSection *section = ym_form_section (draft->record->form, problem->section);
      gboolean in_row = !ym_id_equal (&problem->record, &draft->record->id);

      ym_out_begin_item (out);
      ym_out_code (out, "section", _ ("Section"), section != NULL ? section->name : NULL,
                   section != NULL ? ym_label (section->label) : NULL);
      ym_out_code (out, "field", _ ("Field"), problem->field != NULL ? problem->field->name : NULL,
                   problem->field != NULL ? problem->field->name : problem->rows->name);
      ym_out_text (out, "rows", NULL, problem->rows != NULL ? problem->rows->name : NULL);
      ym_out_id (out, "row", NULL, in_row ? &problem->record : &ym_id_zero);
      ym_out_text (out, "message", _ ("What is missing"), problem->message);
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
}

static gboolean
show_problems (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmDraft) draft = find_visit_draft (desk, call->arguments[0], error);
  g_autoptr (GPtrArray) problems = NULL;

  if (draft == NULL)
    return FALSE;
  problems = ym_visit_problems (draft);
  ym_out_boolean (call->out, "complete", NULL, problems->len == 0);
  out_problems (call->out, draft, problems);
  if (problems->len == 0)
    ym_out_say (call->out, _ ("Nothing is missing: the visit can be signed off."));
  return TRUE;
}

static gboolean
sign_off (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmDraft) draft = find_visit_draft (desk, call->arguments[0], error);
  g_autoptr (GPtrArray) problems = NULL;

  if (draft == NULL)
    return FALSE;
  problems = ym_visit_problems (draft);
  if (problems->len > 0)
    {
      out_problems (call->out, draft, problems);
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("The visit can't be signed off yet: answer what is missing, or say of a section that it "
                              "was not discussed."));
      return FALSE;
    }
  if (!ym_visit_sign_off (desk, draft, error))
    return FALSE;
  ym_out_id (call->out, "visit", _ ("Visit"), &draft->record->id);
  ym_out_say (call->out, _ ("Signed off. It is fixed now; a correction is an addendum."));
  return TRUE;
}

static void
out_addenda (YmDesk *desk, YmOut *out, GPtrArray *addenda)
{
  ym_out_begin_list (out, "addenda", addenda->len > 0 ? _ ("Addenda") : NULL, YM_OUT_BLOCKS);
  for (guint i = 0; i < addenda->len; i++)
    {
      const YmRecord *addendum = g_ptr_array_index (addenda, i);
      g_autofree char *officer = NULL;
      YmId id;

      if (ym_record_get_id (addendum, YM_ADDENDUM_OFFICER, &id))
        officer = ym_ctl_officer_name (desk, &id);
      ym_out_begin_item (out);
      ym_out_id (out, "id", NULL, &addendum->id);
      ym_out_text (out, "by", _ ("Officer"), officer);
      ym_out_answers (out, addendum);
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
}

static gboolean
show_visit (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId id;
  g_autoptr (YmVisit) visit = NULL;

  if (!ym_ctl_find_record (desk, ym_form (YM_FORM_VISIT), call->arguments[0], &id, error))
    return FALSE;
  visit = ym_visit_load (desk, &id, error);
  if (visit == NULL)
    return FALSE;
  ym_ctl_out_head (desk, call->out, visit->visit);
  ym_out_instant (call->out, "signed_at", _ ("Signed off, by the device's clock"), visit->signed_at_us);
  ym_out_instant (call->out, "received_at", _ ("Received, by the server's clock"), visit->received_at_us);
  ym_out_id (call->out, "device", _ ("Device"), &visit->device);
  ym_ctl_out_sections (call->out, visit->visit, visit->rows);
  out_addenda (desk, call->out, visit->addenda);
  return TRUE;
}

static gboolean
add_addendum (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId visit;

  if (!ym_ctl_find_record (desk, ym_form (YM_FORM_VISIT), call->arguments[0], &visit, error)
      || !ym_visit_add_addendum (desk, &visit, ym_ctl_option (call, "text"), ym_ctl_option (call, "reason"), error))
    return FALSE;
  ym_out_id (call->out, "visit", _ ("Visit"), &visit);
  ym_out_say (call->out, _ ("The addendum is signed and stands beside the original."));
  return TRUE;
}

const YmCtlCommand ym_ctl_visit_commands[] = {
  { .name = "visit begin",
    .arguments = "REGISTRATION_NO",
    .summary = N_ ("Begin a visit to a home, or carry on with the unfinished one"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = begin_visit },
  { .name = "visit set",
    .arguments = "DRAFT FIELD=VALUE...",
    .summary = N_ ("Answer, or take an answer back with nothing after the ="),
    .least = 2,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = set_answers },
  { .name = "visit add-row",
    .arguments = "DRAFT ROWS FIELD=VALUE...",
    .summary = N_ ("Add a person met, a placement, a conversation or a concern"),
    .least = 3,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = add_row },
  { .name = "visit set-row",
    .arguments = "DRAFT ROW FIELD=VALUE...",
    .summary = N_ ("Change such a row"),
    .least = 3,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = set_row },
  { .name = "visit remove-row",
    .arguments = "DRAFT ROW",
    .summary = N_ ("Take such a row away"),
    .least = 2,
    .most = 2,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = remove_row },
  { .name = "visit problems",
    .arguments = "DRAFT",
    .summary = N_ ("What stands between a draft and its sign-off"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = show_problems },
  { .name = "visit sign-off",
    .arguments = "DRAFT",
    .summary = N_ ("Fix the visit for ever"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = sign_off },
  { .name = "visit show",
    .arguments = "VISIT",
    .summary = N_ ("A signed-off visit with its addenda"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = show_visit },
  { .name = "visit addendum",
    .arguments = "VISIT",
    .summary = N_ ("Correct a signed-off visit"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = add_addendum,
    .options = { { "reason", "WHY", TRUE }, { "text", "TEXT", TRUE } } },
  { NULL },
};
