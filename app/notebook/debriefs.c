/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Debriefs: what a supervisor talked through with those who were there. Everybody of the home and the force lead read them,
 * so they stand for no child. */

#include "app/notebook/debriefs.h"

#include "app/journal/tables.h"
#include "app/notebook/monthly-figures.h"
#include "app/notebook/save.h"

YmRecord *
ym_debrief_begin (YmDesk *desk, const YmId *home, const YmArrest *arrest)
{
  YmRecord *debrief = ym_desk_new_record (desk, ym_form (YM_FORM_DEBRIEF), home);

  ym_record_set_integer (debrief, YM_DEBRIEF_HELD_AT, ym_clock_wall_us (desk->clock) / YM_MINUTE_US * YM_MINUTE_US);
  if (arrest != NULL && arrest->review != NULL)
    ym_record_set_id (debrief, YM_DEBRIEF_REVIEW, &arrest->review->id);
  return debrief;
}

gboolean
ym_debrief_save (YmDesk *desk, const YmRecord *before, const YmRecord *after, GError **error)
{
  static const guint texts[] = { YM_DEBRIEF_SUBJECT, YM_DEBRIEF_PARTICIPANTS, YM_DEBRIEF_TALKED_THROUGH,
                                 YM_DEBRIEF_DIFFERENTLY, YM_DEBRIEF_LEARNING };
  YmActionKind kind = before == NULL ? YM_ACTION_KIND_INSERT : YM_ACTION_KIND_UPDATE;

  if (!ym_desk_check_may (desk, after->form, kind, &after->scope, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!ym_check_names_no_child (desk, &after->scope, ym_record_get_text (after, texts[i]), error))
      return FALSE;
  return ym_desk_save (desk, "debrief.save", before, after, error);
}

GPtrArray *
ym_debrief_list (YmDesk *desk, const YmId *home, GError **error)
{
  return ym_tables_select (desk->db, ym_form (YM_FORM_DEBRIEF), error,
                           "WHERE scope = coalesce(?, scope) ORDER BY held_at DESC, id", "d", home);
}
