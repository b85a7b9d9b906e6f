/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drafts: what is unfinished, and what the server refused and gave back. */

#include "ui/ctl/command.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/notebook/draft.h"
#include "app/notebook/save.h"
#include "app/rules/judgement.h"
#include "ui/ctl/sections.h"
#include "ui/ctl/words.h"

static gboolean
list_drafts (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (GPtrArray) drafts = ym_draft_list (desk, NULL, error);

  if (drafts == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "drafts", NULL, YM_OUT_TABLE);
  for (guint i = 0; i < drafts->len; i++)
    {
      const YmDraft *draft = g_ptr_array_index (drafts, i);
      g_autofree char *home = ym_ctl_home_name (desk, &draft->record->scope);

      ym_out_begin_item (call->out);
      ym_out_id (call->out, "id", _ ("Draft"), &draft->record->id);
      ym_out_code (call->out, "kind", _ ("What"), draft->record->form->name, ym_label (draft->record->form->label));
      ym_out_text (call->out, "home", _ ("Home"), home);
      ym_out_instant (call->out, "saved_at", _ ("Saved"), draft->saved_at_us);
      ym_out_integer (call->out, "reason", NULL, draft->reason);
      ym_out_text (call->out, "refused", _ ("Refused"),
                   draft->reason != YM_REASON_NONE ? ym_reason_get_message (draft->reason) : NULL);
      ym_out_end_item (call->out);
    }
  ym_out_end_list (call->out);
  if (drafts->len == 0)
    ym_out_say (call->out, _ ("Nothing is unfinished."));
  return TRUE;
}

static gboolean
show_draft (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmDraft) draft = ym_ctl_find_draft (desk, call->arguments[0], error);

  if (draft == NULL)
    return FALSE;
  ym_out_code (call->out, "kind", _ ("Draft of"), draft->record->form->name, ym_label (draft->record->form->label));
  ym_ctl_out_head (desk, call->out, draft->record);
  if (draft->reason != YM_REASON_NONE)
    ym_out_text (call->out, "refused", _ ("Refused"), ym_reason_get_message (draft->reason));
  if (draft->record->form->n_sections > 0)
    ym_ctl_out_sections (call->out, draft->record, draft->rows);
  else
    ym_out_answers (call->out, draft->record);
  return TRUE;
}

static gboolean
discard_draft (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmDraft) draft = ym_ctl_find_draft (desk, call->arguments[0], error);

  if (draft == NULL || !ym_draft_discard (desk, &draft->record->id, error))
    return FALSE;
  ym_out_id (call->out, "discarded", NULL, &draft->record->id);
  ym_out_say (call->out, _ ("The draft is thrown away."));
  return TRUE;
}

/* A draft of anything but a visit is saved as the record it is; a crash in between leaves both, which are the same. */
static gboolean
save_draft (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmDraft) draft = ym_ctl_find_draft (desk, call->arguments[0], error);

  if (draft == NULL)
    return FALSE;
  if (draft->record->form->id == YM_FORM_VISIT)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("A visit is not saved but signed off, with “ymweldctl visit sign-off”."));
      return FALSE;
    }
  if (!ym_ctl_set_answers (draft->record, ym_ctl_today (desk), call->arguments + 1, call->n_arguments - 1, error)
      || !ym_desk_save (desk, "draft.save", NULL, draft->record, error)
      || !ym_draft_discard (desk, &draft->record->id, error))
    return FALSE;
  ym_out_id (call->out, "id", NULL, &draft->record->id);
  ym_out_say (call->out, _ ("Saved."));
  return TRUE;
}

const YmCtlCommand ym_ctl_draft_commands[] = {
  { .name = "drafts",
    .arguments = "",
    .summary = N_ ("What is unfinished, and what the server refused"),
    .need = YM_CTL_NEEDS_OFFICER,
    .work = list_drafts },
  { .name = "draft show",
    .arguments = "DRAFT",
    .summary = N_ ("What a draft says so far"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = show_draft },
  { .name = "draft save",
    .arguments = "DRAFT [FIELD=VALUE...]",
    .summary = N_ ("Save what the server gave back, where it is no visit"),
    .least = 1,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = save_draft },
  { .name = "draft discard",
    .arguments = "DRAFT",
    .summary = N_ ("Throw a draft away"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = discard_draft },
  { NULL },
};
