/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an officer reads before a visit becomes evidence. */

#include "ui/visit/sign-off.h"

#include <glib/gi18n-lib.h>

#include "app/rules/civil.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/progress.h"
#include "ui/visit/row-card.h"

static void
add_time (YmConfirm *confirm, const YmRecord *visit)
{
  const YmField *place = ym_form_field (visit->form, YM_VISIT_PLACE);
  gint64 started_at_us = ym_record_get_integer (visit, YM_VISIT_STARTED_AT, 0);
  gint64 ended_at_us = ym_record_get_integer (visit, YM_VISIT_ENDED_AT, 0);
  gboolean one_day = ym_london_day (started_at_us) == ym_london_day (ended_at_us);
  g_autofree char *where = ym_answer_text (place, ym_record_get (visit, YM_VISIT_PLACE));
  g_autofree char *from = ym_instant_say (started_at_us);
  g_autofree char *until = one_day ? ym_time_say (ended_at_us) : ym_instant_say (ended_at_us);
  /* TRANSLATORS: where, date and time of arrival, time of leaving */
  g_autofree char *text = g_strdup_printf (_ ("%s: %s to %s"), where, from, until);

  ym_confirm_add_point (confirm, text);
}

static void
add_sections (YmConfirm *confirm, const YmDraft *draft)
{
  const YmForm *form = draft->record->form;
  g_autoptr (GPtrArray) problems = ym_visit_problems (draft);
  g_autoptr (GString) silent = g_string_new (NULL);
  guint n_answered = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < form->n_sections; i++)
    {
      const YmSectionProgress progress = ym_section_progress (draft, &form->sections[i], problems);

      if (progress.not_discussed)
        g_string_append_printf (silent, "%s%s", silent->len > 0 ? ", " : "", ym_label (form->sections[i].label));
      else if (progress.answered > 0)
        n_answered++;
    }
  text = g_strdup_printf (ngettext ("%u section answered", "%u sections answered", n_answered), n_answered);
  ym_confirm_add_point (confirm, text);
  if (silent->len > 0)
    {
      g_autofree char *left_out = g_strdup_printf (_ ("Not discussed: %s"), silent->str);

      ym_confirm_add_point (confirm, left_out);
    }
}

/* A child's row is counted, not named: somebody may be looking on. */
static void
add_rows (YmConfirm *confirm, const YmDraft *draft, const YmForm *form)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;
  guint n = 0;

  for (guint i = 0; i < draft->rows->len; i++)
    {
      const YmRecord *row = g_ptr_array_index (draft->rows, i);
      g_autofree char *summary = row->form == form ? ym_record_summary (row) : NULL;

      if (summary != NULL)
        g_string_append_printf (names, "%s%s", n++ > 0 ? "; " : "", summary);
    }
  if (n == 0 || !ym_visit_asks_rows (draft, form))
    return;
  if (form->record_class == YM_CLASS_CHILD)
    text = g_strdup_printf ("%s: %u", _ (ym_row_words (form)->title), n);
  else
    text = g_strdup_printf ("%s: %u (%s)", _ (ym_row_words (form)->title), n, names->str);
  ym_confirm_add_point (confirm, text);
}

YmConfirm *
ym_sign_off_confirm_new (GtkWindow *parent, const YmDraft *draft)
{
  YmConfirm *confirm
      = ym_confirm_new (parent, _ ("Sign off this visit?"),
                        _ ("It is fixed for ever then. A correction is an addendum beside it. This becomes fixed:"),
                        _ ("Sign Off"), FALSE);
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  add_time (confirm, draft->record);
  for (guint i = 0; i < n_forms; i++)
    if (forms[i]->rows_of == draft->record->form->id)
      add_rows (confirm, draft, forms[i]);
  add_sections (confirm, draft);
  return confirm;
}
