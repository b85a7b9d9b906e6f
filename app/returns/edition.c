/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A return on its way to its reader (R7): previewed, issued, or issued long ago, always with what changed since the issue
 * before it. */

#include "app/returns/edition.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"

void
ym_return_edition_free (YmReturnEdition *edition)
{
  if (edition == NULL)
    return;
  g_clear_pointer (&edition->given, ym_return_free);
  g_clear_pointer (&edition->issued, ym_record_free);
  g_clear_pointer (&edition->changes, g_ptr_array_unref);
  g_free (edition);
}

gboolean
ym_return_check_lead (YmDesk *desk, GError **error)
{
  gint64 role;

  if (!ym_sql_integer (desk->db, &role, error, "SELECT coalesce((SELECT role FROM officer WHERE id = ?), 0)", "d",
                       &desk->officer))
    return FALSE;
  if (role == YM_ROLE_FORCE_LEAD)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_AUTHORITY,
                       _ ("The return of the whole force is made on the force lead's device, which alone has every home, "
                          "and only the force lead issues returns. A return of one home can be looked at here."));
  return FALSE;
}

/* What @edition says otherwise than @before did, if there was one. */
static gboolean
compare_with (YmDesk *desk, YmReturnEdition *edition, const YmRecord *before, GError **error)
{
  g_autoptr (YmReturn) said = NULL;

  if (before == NULL)
    return TRUE;
  said = ym_return_issued_load (desk, before, error);
  if (said != NULL)
    edition->changes = ym_return_compare (said, edition->given);
  return said != NULL;
}

static const YmRecord *
record_at (GPtrArray *issues, guint index)
{
  return index < issues->len ? g_ptr_array_index (issues, index) : NULL;
}

YmReturnEdition *
ym_return_edition_preview (YmDesk *desk, const YmPeriod *period, const YmId *home, GError **error)
{
  g_autoptr (YmReturnEdition) edition = g_new0 (YmReturnEdition, 1);
  g_autoptr (GPtrArray) issues = NULL;

  if (home == NULL && !ym_return_check_lead (desk, error))
    return NULL;
  issues = ym_return_issued (desk, period, home, error);
  if (issues == NULL)
    return NULL;
  edition->at_us = ym_clock_wall_us (desk->clock);
  edition->given = ym_return_build (desk, period, home, error);
  if (edition->given == NULL || !compare_with (desk, edition, record_at (issues, issues->len - 1), error))
    return NULL;
  return g_steal_pointer (&edition);
}

/* The edition that @index of @issues is. */
static YmReturnEdition *
load (YmDesk *desk, GPtrArray *issues, guint index, GError **error)
{
  g_autoptr (YmReturnEdition) edition = g_new0 (YmReturnEdition, 1);

  edition->issued = ym_record_copy (g_ptr_array_index (issues, index));
  edition->number = (guint) ym_record_get_integer (edition->issued, YM_ISSUED_RETURN_NUMBER, 0);
  edition->at_us = ym_record_get_integer (edition->issued, YM_ISSUED_RETURN_AT, 0);
  edition->given = ym_return_issued_load (desk, edition->issued, error);
  if (edition->given == NULL || !compare_with (desk, edition, record_at (issues, index - 1), error))
    return NULL;
  return g_steal_pointer (&edition);
}

YmReturnEdition *
ym_return_edition_issued (YmDesk *desk, const YmPeriod *period, const YmId *home, guint number, GError **error)
{
  g_autoptr (GPtrArray) issues = ym_return_issued (desk, period, home, error);

  if (issues == NULL)
    return NULL;
  for (guint i = issues->len; i > 0; i--)
    if (number == 0
        || ym_record_get_integer (g_ptr_array_index (issues, i - 1), YM_ISSUED_RETURN_NUMBER, 0) == (gint64) number)
      return load (desk, issues, i - 1, error);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                       _ ("There is no such issue of this return on this device. Issues that were given out come with the "
                          "next sync."));
  return NULL;
}

YmReturnEdition *
ym_return_edition_issue (YmDesk *desk, const YmPeriod *period, const YmId *home, const char *recipient,
                         const char *justification, GError **error)
{
  g_autoptr (YmReturn) given = NULL;
  g_autoptr (YmRecord) issued = NULL;

  if (!ym_return_check_lead (desk, error))
    return NULL;
  given = ym_return_build (desk, period, home, error);
  issued = given != NULL ? ym_return_issue (desk, home, given, recipient, justification, error) : NULL;
  if (issued == NULL)
    return NULL;
  return ym_return_edition_issued (desk, period, home, (guint) ym_record_get_integer (issued, YM_ISSUED_RETURN_NUMBER, 0),
                                   error);
}
