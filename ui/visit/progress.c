/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a section is. Pure. */

#include "ui/visit/progress.h"

static guint
count_rows (const YmDraft *draft, const YmForm *form)
{
  guint n = 0;

  for (guint i = 0; i < draft->rows->len; i++)
    if (((const YmRecord *) g_ptr_array_index (draft->rows, i))->form == form)
      n++;
  return n;
}

static gboolean
is_wanted (GPtrArray *problems, const YmForm *form)
{
  for (guint i = 0; i < problems->len; i++)
    if (((const YmVisitProblem *) g_ptr_array_index (problems, i))->rows == form)
      return TRUE;
  return FALSE;
}

static void
count_fields (const YmRecord *record, guint section, YmSectionProgress *progress)
{
  for (guint i = 0; i < record->form->n_fields; i++)
    {
      const YmField *field = &record->form->fields[i];

      if (field->section != section || (field->flags & YM_FIELD_AUTOMATIC) != 0 || !ym_record_is_asked (record, field))
        continue;
      progress->asked++;
      if (record->values[i].kind != YM_VALUE_NULL)
        progress->answered++;
    }
}

YmSectionProgress
ym_section_progress (const YmDraft *draft, const YmSection *section, GPtrArray *problems)
{
  YmSectionProgress progress = { .not_discussed = ym_record_is_not_discussed (draft->record, section->number) };
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  count_fields (draft->record, section->number, &progress);
  for (guint i = 0; i < n_forms; i++)
    {
      gboolean here = forms[i]->rows_of == draft->record->form->id && forms[i]->rows_section == section->number
                      && ym_visit_asks_rows (draft, forms[i]);
      gboolean answered = here && count_rows (draft, forms[i]) > 0;

      if (answered || (here && is_wanted (problems, forms[i])))
        progress.asked++;
      if (answered)
        progress.answered++;
    }
  for (guint i = 0; i < problems->len; i++)
    if (((const YmVisitProblem *) g_ptr_array_index (problems, i))->section == section->number)
      progress.missing++;
  return progress;
}
