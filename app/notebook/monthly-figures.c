/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a home counted in a month (R10), and the line that goes into the monthly return (R7), which may name no child. */

#include "app/notebook/monthly-figures.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/save.h"

void
ym_monthly_figures_clear (YmMonthlyFigures *figures)
{
  g_clear_pointer (&figures->typed, ym_record_free);
  g_clear_pointer (&figures->imported, ym_record_free);
}

gboolean
ym_monthly_figures_get (const YmMonthlyFigures *figures, guint field, gint64 *number)
{
  const YmRecord *const records[] = { figures->typed, figures->imported };

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    if (records[i] != NULL && ym_record_has (records[i], field))
      {
        *number = ym_record_get_integer (records[i], field, 0);
        return TRUE;
      }
  return FALSE;
}

const char *
ym_monthly_figures_other (const YmMonthlyFigures *figures)
{
  return figures->typed == NULL ? NULL : ym_record_get_text (figures->typed, YM_MONTHLY_FIGURES_OTHER);
}

static gboolean
read_one (YmDesk *desk, guint form, const YmId *home, YmMonth month, YmRecord **record, GError **error)
{
  g_autoptr (GPtrArray) found
      = ym_tables_select (desk->db, ym_form (form), error, "WHERE scope = ? AND month = ? ORDER BY id LIMIT 1", "di", home,
                          (gint64) ym_month_first_day (month));

  if (found != NULL && found->len > 0)
    *record = g_ptr_array_steal_index (found, 0);
  return found != NULL;
}

gboolean
ym_monthly_figures_load (YmDesk *desk, const YmId *home, YmMonth month, YmMonthlyFigures *figures, GError **error)
{
  *figures = (YmMonthlyFigures){ NULL, NULL };
  return read_one (desk, YM_FORM_MONTHLY_FIGURES, home, month, &figures->typed, error)
         && read_one (desk, YM_FORM_IMPORTED_FIGURES, home, month, &figures->imported, error);
}

YmRecord *
ym_monthly_figures_begin (YmDesk *desk, const YmId *home, YmMonth month, const YmMonthlyFigures *figures)
{
  YmRecord *record;

  if (figures->typed != NULL)
    return ym_record_copy (figures->typed);
  record = ym_desk_new_record (desk, ym_form (YM_FORM_MONTHLY_FIGURES), home);
  ym_record_set_id (record, YM_MONTHLY_FIGURES_HOME, home);
  ym_record_set_integer (record, YM_MONTHLY_FIGURES_MONTH, ym_month_first_day (month));
  record->id = ym_record_key_id (record, ym_journal_get_force (desk->journal));
  return record;
}

gboolean
ym_monthly_figures_save (YmDesk *desk, const YmRecord *before, const YmRecord *after, GError **error)
{
  return ym_check_names_no_child (desk, &after->scope, ym_record_get_text (after, YM_MONTHLY_FIGURES_OTHER), error)
         && ym_desk_save (desk, "figures.save", before, after, error);
}

/* Whether @word stands in @text by itself, its full stops left out: "J.S." is JS. */
static gboolean
has_word (const char *text, const char *word)
{
  g_autoptr (GString) token = g_string_new (NULL);

  for (const char *at = text;; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (g_unichar_isalnum (letter))
        g_string_append_unichar (token, letter);
      else if (letter != '.')
        {
          if (g_str_equal (token->str, word))
            return TRUE;
          g_string_truncate (token, 0);
        }
      if (letter == 0)
        return FALSE;
    }
}

static gboolean
has_reference (const char *text, const char *reference)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *wanted = g_utf8_casefold (reference, -1);

  return *wanted != '\0' && strstr (folded, wanted) != NULL;
}

gboolean
ym_check_names_no_child (YmDesk *desk, const YmId *home, const char *text, GError **error)
{
  g_autoptr (GPtrArray) concerns = NULL;

  if (text == NULL)
    return TRUE;
  concerns = ym_tables_select (desk->db, ym_form (YM_FORM_CHILD_CONCERN), error,
                               home != NULL ? "WHERE scope = ?1" : "WHERE ?1 IS NULL", "d", home);
  for (guint i = 0; concerns != NULL && i < concerns->len; i++)
    {
      const YmRecord *concern = g_ptr_array_index (concerns, i);
      const char *reference = ym_record_get_text (concern, YM_CHILD_CONCERN_PERSON_REF);
      const char *initials = ym_record_get_text (concern, YM_CHILD_CONCERN_INITIALS);
      gboolean by_reference = reference != NULL && has_reference (text, reference);

      if (by_reference || (initials != NULL && has_word (text, initials)))
        {
          g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("“%s” stands for a child who is recorded here. Others will read this: say it without."),
                       by_reference ? reference : initials);
          return FALSE;
        }
    }
  return concerns != NULL;
}
