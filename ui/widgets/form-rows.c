/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a line of a forms table to the row that asks for it: a question is added in one place. */

#include "ui/widgets/form-rows.h"

#include "ui/widgets/choice-row.h"
#include "ui/widgets/choices-row.h"
#include "ui/widgets/date-row.h"
#include "ui/widgets/note-row.h"
#include "ui/widgets/number-row.h"
#include "ui/widgets/pick-row.h"
#include "ui/widgets/text-row.h"

typedef GtkWidget *(*MakeRow) (const YmField *field, const YmClock *clock);

static GtkWidget *
make_text (const YmField *field, const YmClock *clock)
{
  return ym_text_row_new (ym_label (field->label), (guint) field->maximum);
}

static GtkWidget *
make_note (const YmField *field, const YmClock *clock)
{
  return ym_note_row_new (ym_label (field->label), (guint) field->maximum);
}

static GtkWidget *
make_integer (const YmField *field, const YmClock *clock)
{
  return ym_number_row_new (ym_label (field->label), field->minimum, field->maximum);
}

static GtkWidget *
make_choice (const YmField *field, const YmClock *clock)
{
  gboolean few = field->choices->n_items <= YM_CHOICE_BUTTONS_MAX;
  GtkWidget *row = few ? ym_choice_row_new (ym_label (field->label)) : ym_pick_row_new (ym_label (field->label));

  for (guint i = 0; i < field->choices->n_items; i++)
    {
      const YmChoice *choice = &field->choices->items[i];
      const YmValue value = ym_value_integer (choice->number);

      if (few)
        ym_choice_row_add (YM_CHOICE_ROW (row), choice->number, ym_label (choice->label));
      else
        ym_pick_row_add (YM_PICK_ROW (row), &value, ym_label (choice->label), NULL);
    }
  return row;
}

static GtkWidget *
make_choices (const YmField *field, const YmClock *clock)
{
  GtkWidget *row = ym_choices_row_new (ym_label (field->label));

  for (guint i = 0; i < field->choices->n_items; i++)
    ym_choices_row_add (YM_CHOICES_ROW (row), field->choices->items[i].number,
                        ym_label (field->choices->items[i].label));
  return row;
}

static GtkWidget *
make_date (const YmField *field, const YmClock *clock)
{
  return ym_date_row_new (ym_label (field->label), clock);
}

static GtkWidget *
make_instant (const YmField *field, const YmClock *clock)
{
  return ym_date_row_new_instant (ym_label (field->label), clock);
}

static GtkWidget *
make_reference (const YmField *field, const YmClock *clock)
{
  return ym_pick_row_new (ym_label (field->label));
}

static const MakeRow makers[] = {
  [YM_FIELD_TEXT] = make_text,       [YM_FIELD_NOTE] = make_note,
  [YM_FIELD_INTEGER] = make_integer, [YM_FIELD_CHOICE] = make_choice,
  [YM_FIELD_CHOICES] = make_choices, [YM_FIELD_DATE] = make_date,
  [YM_FIELD_INSTANT] = make_instant, [YM_FIELD_REFERENCE] = make_reference,
};

GtkWidget *
ym_form_row_new (const YmField *field, const YmClock *clock)
{
  GtkWidget *row;

  g_return_val_if_fail (field != NULL && clock != NULL, NULL);
  g_return_val_if_fail (field->kind < G_N_ELEMENTS (makers) && (field->flags & YM_FIELD_AUTOMATIC) == 0, NULL);
  row = makers[field->kind](field, clock);
  if (field->hint != NULL)
    ym_field_row_set_hint (YM_FIELD_ROW (row), ym_label (field->hint));
  return row;
}
