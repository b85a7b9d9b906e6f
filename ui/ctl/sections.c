/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A visit, drafted or signed off, as it is asked: section by section, the rows with the section that asks for them. */

#include "ui/ctl/sections.h"

#include <glib/gi18n-lib.h>

#include "ui/ctl/words.h"

static void
out_section (YmOut *out, const YmRecord *visit, GPtrArray *rows, const YmSection *section)
{
  const YmForm *form = visit->form;

  ym_out_begin (out, section->name, ym_label (section->label));
  if (ym_record_is_not_discussed (visit, section->number))
    ym_out_code (out, "not_discussed", _ ("This section"), "yes", _ ("Not discussed"));
  for (guint i = 0; i < form->n_fields; i++)
    if (form->fields[i].section == section->number)
      ym_out_value (out, &form->fields[i], &visit->values[i]);
  ym_out_begin_list (out, "rows", NULL, YM_OUT_BLOCKS);
  for (guint i = 0; i < rows->len; i++)
    {
      const YmRecord *row = g_ptr_array_index (rows, i);

      if (row->form->rows_section != section->number)
        continue;
      ym_out_begin_item (out);
      ym_out_code (out, "kind", _ ("Row"), row->form->name, ym_label (row->form->label));
      ym_out_id (out, "id", _ ("Id"), &row->id);
      ym_out_answers (out, row);
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
  ym_out_end (out);
}

void
ym_ctl_out_sections (YmOut *out, const YmRecord *visit, GPtrArray *rows)
{
  ym_out_begin (out, "sections", NULL);
  for (guint i = 0; i < visit->form->n_sections; i++)
    out_section (out, visit, rows, &visit->form->sections[i]);
  ym_out_end (out);
}

void
ym_ctl_out_head (YmDesk *desk, YmOut *out, const YmRecord *visit)
{
  g_autofree char *home = ym_ctl_home_name (desk, &visit->scope);
  g_autofree char *officer = NULL;
  YmId officer_id = ym_id_zero;

  if (ym_record_get_id (visit, YM_VISIT_OFFICER, &officer_id))
    officer = ym_ctl_officer_name (desk, &officer_id);
  ym_out_id (out, "id", _ ("Visit"), &visit->id);
  ym_out_text (out, "home", _ ("Home"), home);
  ym_out_text (out, "officer", _ ("Officer"), officer);
}
