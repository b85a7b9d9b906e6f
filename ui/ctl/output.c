/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One answer, for people or for scripts.
 *
 * Text for people is laid out as it comes, indented by the depth; a table is kept until it ends, when the widths of its
 * columns are known. Control characters of a record never reach the terminal, which would obey them.
 */

#include "ui/ctl/output.h"

#include <glib/gi18n-lib.h>

#include "app/base/json.h"
#include "app/forms/text.h"
#include "ui/widgets/date-text.h"

#define MOST_DEPTH 16

typedef struct {
  char *label;
  GPtrArray *cells; /* one for each row down to the last that has this column */
} Column;

struct _YmOut {
  YmJson *json; /* or NULL: for people */
  GString *text;
  guint depth;
  guint levels[MOST_DEPTH]; /* the depths to come back to */
  guint n_levels;
  GPtrArray *columns; /* of the table under way, or NULL */
  guint n_rows;
  gboolean first_item;
};

YmOut *
ym_out_new (gboolean json)
{
  YmOut *out = g_new0 (YmOut, 1);

  out->text = g_string_new (NULL);
  if (json)
    {
      out->json = ym_json_new ();
      ym_json_begin_object (out->json, NULL);
    }
  return out;
}

void
ym_out_free (YmOut *out)
{
  if (out == NULL)
    return;
  ym_json_free (out->json);
  g_string_free (out->text, TRUE);
  g_clear_pointer (&out->columns, g_ptr_array_unref);
  g_free (out);
}

gboolean
ym_out_is_json (const YmOut *out)
{
  return out->json != NULL;
}

static void
indent (YmOut *out)
{
  for (guint i = 0; i < out->depth; i++)
    g_string_append (out->text, "  ");
}

/* Later lines of a note are indented below the first; other control characters show as U+FFFD. */
static void
append_safely (YmOut *out, const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == '\n')
        {
          g_string_append_c (out->text, '\n');
          indent (out);
          g_string_append (out->text, "  ");
        }
      else
        g_string_append_unichar (out->text, g_unichar_iscntrl (character) ? 0xfffd : character);
    }
}

void
ym_out_say (YmOut *out, const char *sentence)
{
  if (out->json != NULL)
    return;
  indent (out);
  append_safely (out, sentence);
  g_string_append_c (out->text, '\n');
}

void
ym_out_say_printf (YmOut *out, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  ym_out_say (out, sentence);
}

/* A part with a heading is set off and indented; one without is not. */
static void
begin_part (YmOut *out, const char *heading)
{
  g_assert (out->n_levels < MOST_DEPTH);
  out->levels[out->n_levels++] = out->depth;
  if (heading == NULL)
    return;
  if (out->text->len > 0 && out->depth == 0)
    g_string_append_c (out->text, '\n');
  ym_out_say (out, heading);
  out->depth++;
}

static void
end_part (YmOut *out)
{
  g_assert (out->n_levels > 0);
  out->depth = out->levels[--out->n_levels];
}

void
ym_out_begin (YmOut *out, const char *key, const char *heading)
{
  if (out->json != NULL)
    ym_json_begin_object (out->json, key);
  else
    begin_part (out, heading);
}

void
ym_out_end (YmOut *out)
{
  if (out->json != NULL)
    ym_json_end_object (out->json);
  else
    end_part (out);
}

static void
column_free (gpointer data)
{
  Column *column = data;

  g_free (column->label);
  g_ptr_array_unref (column->cells);
  g_free (column);
}

static Column *
find_column (YmOut *out, const char *label)
{
  Column *column;

  for (guint i = 0; i < out->columns->len; i++)
    {
      column = g_ptr_array_index (out->columns, i);
      if (g_str_equal (column->label, label))
        return column;
    }
  column = g_new (Column, 1);
  *column = (Column){ g_strdup (label), g_ptr_array_new_with_free_func (g_free) };
  g_ptr_array_add (out->columns, column);
  return column;
}

static void
add_cell (YmOut *out, const char *label, const char *text)
{
  Column *column = find_column (out, label);

  while (column->cells->len < out->n_rows - 1)
    g_ptr_array_add (column->cells, g_strdup (""));
  g_ptr_array_add (column->cells, g_strdelimit (g_strdup (text), "\n\t", ' '));
}

/* The text of a column in row @row; its label in the row before the first. */
static const char *
cell_text (const Column *column, int row)
{
  if (row < 0)
    return column->label;
  return (guint) row < column->cells->len ? g_ptr_array_index (column->cells, (guint) row) : "";
}

static glong
column_width (const Column *column, guint n_rows)
{
  glong width = 0;

  for (int row = -1; row < (int) n_rows; row++)
    width = MAX (width, g_utf8_strlen (cell_text (column, row), -1));
  return width;
}

static void
print_table (YmOut *out)
{
  for (int row = -1; row < (int) out->n_rows && out->n_rows > 0; row++)
    {
      glong spaces = 0;

      indent (out);
      for (guint i = 0; i < out->columns->len; i++)
        {
          const Column *column = g_ptr_array_index (out->columns, i);
          const char *text = cell_text (column, row);

          if (*text != '\0')
            g_string_append_printf (out->text, "%*s", (int) spaces, "");
          spaces = *text != '\0' ? 0 : spaces;
          append_safely (out, text);
          spaces += column_width (column, out->n_rows) - g_utf8_strlen (text, -1) + 2;
        }
      g_string_append_c (out->text, '\n');
    }
}

void
ym_out_begin_list (YmOut *out, const char *key, const char *heading, YmOutLayout layout)
{
  if (out->json != NULL)
    {
      ym_json_begin_array (out->json, key);
      return;
    }
  begin_part (out, heading);
  out->first_item = TRUE;
  out->n_rows = 0;
  if (layout == YM_OUT_TABLE)
    out->columns = g_ptr_array_new_with_free_func (column_free);
}

void
ym_out_end_list (YmOut *out)
{
  if (out->json != NULL)
    {
      ym_json_end_array (out->json);
      return;
    }
  if (out->columns != NULL)
    print_table (out);
  g_clear_pointer (&out->columns, g_ptr_array_unref);
  out->first_item = FALSE; /* of the list around this one */
  end_part (out);
}

void
ym_out_begin_item (YmOut *out)
{
  if (out->json != NULL)
    {
      ym_json_begin_object (out->json, NULL);
      return;
    }
  out->n_rows++;
  begin_part (out, NULL);
  if (out->columns == NULL && !out->first_item)
    g_string_append_c (out->text, '\n');
  out->first_item = FALSE;
}

void
ym_out_end_item (YmOut *out)
{
  if (out->json != NULL)
    ym_json_end_object (out->json);
  else
    end_part (out);
}

static void
show (YmOut *out, const char *label, const char *text)
{
  if (label == NULL || out->json != NULL)
    return;
  if (out->columns != NULL)
    {
      add_cell (out, label, text != NULL ? text : "");
      return;
    }
  if (text == NULL)
    return;
  indent (out);
  append_safely (out, label);
  g_string_append (out->text, ": ");
  append_safely (out, text);
  g_string_append_c (out->text, '\n');
}

void
ym_out_text (YmOut *out, const char *key, const char *label, const char *text)
{
  ym_out_code (out, key, label, text, text);
}

void
ym_out_code (YmOut *out, const char *key, const char *label, const char *code, const char *text)
{
  if (out->json != NULL && key != NULL)
    ym_json_add_text (out->json, key, code);
  show (out, label, text);
}

void
ym_out_integer (YmOut *out, const char *key, const char *label, gint64 integer)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, integer);

  if (out->json != NULL)
    ym_json_add_integer (out->json, key, integer);
  show (out, label, text);
}

void
ym_out_boolean (YmOut *out, const char *key, const char *label, gboolean boolean)
{
  if (out->json != NULL)
    ym_json_add_boolean (out->json, key, boolean);
  show (out, label, boolean ? _ ("Yes") : _ ("No"));
}

void
ym_out_day (YmOut *out, const char *key, const char *label, YmDay day)
{
  g_autofree char *code = day != YM_DAY_NONE ? ym_day_to_string (day) : NULL;
  g_autofree char *text = day != YM_DAY_NONE ? ym_date_say (day) : NULL;

  ym_out_code (out, key, label, code, text);
}

static char *
say_instant (gint64 at_us)
{
  YmLondonTime time = ym_london_from_instant (at_us);
  g_autofree char *day = ym_date_say (time.day);
  g_autofree char *minute = ym_time_write (time.minute);

  return g_strdup_printf ("%s, %s", day, minute);
}

void
ym_out_instant (YmOut *out, const char *key, const char *label, gint64 at_us)
{
  g_autofree char *code = at_us != 0 ? ym_instant_to_london_string (at_us) : NULL;
  g_autofree char *text = at_us != 0 ? say_instant (at_us) : NULL;

  ym_out_code (out, key, label, code, text);
}

void
ym_out_choice (YmOut *out, const char *key, const char *label, const YmChoices *choices, gint64 number)
{
  const YmChoice *choice = ym_choices_by_number (choices, number);

  ym_out_code (out, key, label, choice != NULL ? choice->code : NULL, choice != NULL ? ym_label (choice->label) : NULL);
}

void
ym_out_id (YmOut *out, const char *key, const char *label, const YmId *id)
{
  g_autofree char *code = ym_id_is_zero (id) ? NULL : ym_id_to_string (id);
  g_autofree char *text = g_strndup (code != NULL ? code : "", YM_OUT_ID_DIGITS);

  ym_out_code (out, key, label, code, text);
}

void
ym_out_hash (YmOut *out, const char *key, const char *label, const YmHash *hash)
{
  g_autofree char *code = ym_hash_to_string (hash);
  g_autofree char *text = g_strndup (code, 2 * YM_OUT_ID_DIGITS);

  ym_out_code (out, key, label, code, text);
}

static char *
say_choices (const YmField *field, gint64 mask)
{
  GString *labels = g_string_new (NULL);

  for (guint i = 0; i < field->choices->n_items; i++)
    if ((mask & (G_GINT64_CONSTANT (1) << field->choices->items[i].number)) != 0)
      g_string_append_printf (labels, "%s%s", labels->len == 0 ? "" : ", ", ym_label (field->choices->items[i].label));
  return g_string_free (labels, FALSE);
}

void
ym_out_value (YmOut *out, const YmField *field, const YmValue *value)
{
  g_autofree char *code = ym_field_write (field, value);
  g_autofree char *choices = NULL;
  const char *label = ym_label (field->label);

  if (value->kind == YM_VALUE_NULL)
    return;
  switch (field->kind)
    {
    case YM_FIELD_INTEGER:
      ym_out_integer (out, field->name, label, value->integer);
      break;
    case YM_FIELD_CHOICE:
      ym_out_choice (out, field->name, label, field->choices, value->integer);
      break;
    case YM_FIELD_CHOICES:
      choices = say_choices (field, value->integer);
      ym_out_code (out, field->name, label, code, choices);
      break;
    case YM_FIELD_DATE:
      ym_out_day (out, field->name, label, (YmDay) value->integer);
      break;
    case YM_FIELD_INSTANT:
      ym_out_instant (out, field->name, label, value->integer);
      break;
    case YM_FIELD_REFERENCE:
    case YM_FIELD_BYTES:
      ym_out_code (out, field->name, NULL, code, NULL);
      break;
    case YM_FIELD_TEXT:
    case YM_FIELD_NOTE:
      ym_out_text (out, field->name, label, value->text);
      break;
    }
}

void
ym_out_answers (YmOut *out, const YmRecord *record)
{
  for (guint i = 0; i < record->form->n_fields; i++)
    ym_out_value (out, &record->form->fields[i], &record->values[i]);
}

void
ym_out_records (YmOut *out, const char *key, const char *heading, GPtrArray *records)
{
  ym_out_begin_list (out, key, records->len > 0 ? heading : NULL, YM_OUT_BLOCKS);
  for (guint i = 0; i < records->len; i++)
    {
      const YmRecord *record = g_ptr_array_index (records, i);

      ym_out_begin_item (out);
      ym_out_id (out, "id", _ ("Id"), &record->id);
      ym_out_answers (out, record);
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
}

char *
ym_out_finish (YmOut *out)
{
  char *text;

  if (out->json != NULL)
    {
      ym_json_end_object (out->json);
      text = ym_json_finish (g_steal_pointer (&out->json));
    }
  else
    text = g_strdup (out->text->str);
  ym_out_free (out);
  return text;
}
