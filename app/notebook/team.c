/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The supervisor's view: homes by officer, and what should not wait any longer. */

#include "app/notebook/team.h"

#include "app/journal/tables.h"
#include "app/notebook/figures.h"

gboolean
ym_desk_role (YmDesk *desk, guint *role, GError **error)
{
  gint64 value;

  if (!ym_sql_integer (desk->db, &value, error, "SELECT coalesce((SELECT role FROM officer WHERE id = ?), 0)", "d",
                       &desk->officer))
    return FALSE;
  *role = (guint) value;
  return TRUE;
}

static void
home_free (gpointer data)
{
  YmTeamHome *home = data;

  ym_home_summary_free (home->summary);
  g_free (home);
}

static void
officer_free (gpointer data)
{
  YmTeamOfficer *officer = data;

  g_clear_pointer (&officer->officer, ym_record_free);
  g_ptr_array_unref (officer->homes);
  g_free (officer);
}

void
ym_team_free (YmTeam *team)
{
  if (team == NULL)
    return;
  g_clear_pointer (&team->officers, g_ptr_array_unref);
  g_clear_pointer (&team->issues, g_ptr_array_unref);
  g_clear_pointer (&team->inspections, g_ptr_array_unref);
  g_clear_pointer (&team->concerns, g_ptr_array_unref);
  g_clear_pointer (&team->arrests, g_ptr_array_unref);
  g_free (team);
}

static YmDay
today (YmDesk *desk)
{
  return ym_london_day (ym_clock_wall_us (desk->clock));
}

/* The halves of months that have ended, the latest first. */
static void
find_windows (YmTeam *team, YmDay day)
{
  YmMonth month = ym_month_of_day (day);
  guint n = 0;

  while (n < YM_TEAM_WINDOWS)
    {
      YmVisitWindow halves[2];

      ym_visit_windows_of_month (month--, halves);
      for (int half = 1; half >= 0 && n < YM_TEAM_WINDOWS; half--)
        if (halves[half].last < day)
          team->windows[n++].window = halves[half];
    }
}

static void
add (YmVisitCompliance *sum, const YmVisitCompliance *part)
{
  sum->kept += part->kept;
  sum->ended += part->ended;
}

static gboolean
count_visits (YmDesk *desk, YmTeam *team, YmTeamHome *home, GError **error)
{
  for (guint i = 0; i < YM_TEAM_WINDOWS; i++)
    {
      YmTeamWindow *window = &team->windows[i];
      const YmPeriod period = { window->window.first, window->window.last };
      YmVisitCompliance visits;

      if (!ym_figures_visits (desk, home->summary->home, &period, &visits, error))
        return FALSE;
      add (&home->visits, &visits);
      add (&window->visits, &visits);
    }
  return TRUE;
}

/* The named officer's record id today; zero for a home that has none. */
static gboolean
find_named (YmDesk *desk, const YmId *home, YmId *officer, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      desk->db, error,
      "SELECT officer FROM assignment WHERE scope = ?1 AND role = ?2 AND from_date <= ?3 AND coalesce(to_date, ?3) >= ?3 "
      "ORDER BY from_date DESC, id LIMIT 1",
      "dii", home, (gint64) YM_ASSIGNMENT_NAMED, (gint64) today (desk));
  YmSqlStep step;

  *officer = ym_id_zero;
  if (rows == NULL)
    return FALSE;
  step = ym_sql_step (rows, error);
  if (step == YM_SQL_ROW)
    *officer = ym_sql_column_id (rows, 0);
  return step != YM_SQL_FAILED;
}

/* What this device knows of when the server last heard from the officer: the newest envelope it has of theirs. */
static gboolean
find_heard (YmDesk *desk, const YmId *officer, gint64 *heard_at_us, GError **error)
{
  return ym_sql_integer (desk->db, heard_at_us, error,
                         "SELECT coalesce(max(e.received_at), 0) FROM envelope e JOIN device d ON d.id = e.author "
                         "WHERE d.officer = ? AND e.position IS NOT NULL",
                         "d", officer);
}

static YmTeamOfficer *
find_officer (GPtrArray *officers, const YmId *id)
{
  for (guint i = 0; i < officers->len; i++)
    {
      YmTeamOfficer *officer = g_ptr_array_index (officers, i);

      if (officer->officer == NULL ? ym_id_is_zero (id) : ym_id_equal (&officer->officer->id, id))
        return officer;
    }
  return NULL;
}

/* The officer's place in the team, made if there is none yet; %NULL with @error. */
static YmTeamOfficer *
take_officer (YmDesk *desk, YmTeam *team, const YmId *id, GError **error)
{
  YmTeamOfficer *officer = find_officer (team->officers, id);
  g_autoptr (GPtrArray) found = NULL;

  if (officer != NULL)
    return officer;
  found = ym_tables_select (desk->db, ym_form (YM_FORM_OFFICER), error, "WHERE id = ?", "d", id);
  if (found == NULL)
    return NULL;
  if (found->len == 0 && !ym_id_is_zero (id)) /* assigned, and not imported */
    return take_officer (desk, team, &ym_id_zero, error);
  officer = g_new0 (YmTeamOfficer, 1);
  officer->homes = g_ptr_array_new_with_free_func (home_free);
  g_ptr_array_add (team->officers, officer);
  if (found->len > 0)
    officer->officer = ym_record_copy (g_ptr_array_index (found, 0));
  return found->len == 0 || find_heard (desk, id, &officer->heard_at_us, error) ? officer : NULL;
}

/* @summary: (transfer full) */
static gboolean
add_home (YmDesk *desk, YmTeam *team, YmHomeSummary *summary, GError **error)
{
  YmTeamHome *home = g_new0 (YmTeamHome, 1);
  YmTeamOfficer *officer;
  YmId named;

  home->summary = summary;
  if (!find_named (desk, &summary->home->id, &named, error)
      || (officer = take_officer (desk, team, &named, error)) == NULL)
    {
      home_free (home);
      return FALSE;
    }
  g_ptr_array_add (officer->homes, home);
  if (!count_visits (desk, team, home, error))
    return FALSE;
  add (&officer->visits, &home->visits);
  return TRUE;
}

/* As ym_homes_list() orders them, without putting the supervisor's own homes first: there are none. */
static gboolean
read_homes (YmDesk *desk, YmTeam *team, GError **error)
{
  g_autoptr (GPtrArray) homes = ym_homes_list (desk, error);

  if (homes == NULL)
    return FALSE;
  while (homes->len > 0)
    if (!add_home (desk, team, g_ptr_array_steal_index (homes, 0), error))
      return FALSE;
  return TRUE;
}

static int
compare_officers (gconstpointer a, gconstpointer b)
{
  const YmTeamOfficer *one = *(YmTeamOfficer *const *) a, *other = *(YmTeamOfficer *const *) b;

  if (one->officer == NULL || other->officer == NULL)
    return (one->officer != NULL) - (other->officer != NULL);
  return g_utf8_collate (ym_record_get_text (one->officer, YM_OFFICER_NAME),
                         ym_record_get_text (other->officer, YM_OFFICER_NAME));
}

static int
compare_issues (gconstpointer a, gconstpointer b)
{
  return (*(YmIssue *const *) b)->days_past_due - (*(YmIssue *const *) a)->days_past_due;
}

/* Keeps in @items those that @waits is true of. */
static void
keep (GPtrArray *items, gboolean (*waits) (gconstpointer item))
{
  for (guint i = items->len; i > 0; i--)
    if (!waits (g_ptr_array_index (items, i - 1)))
      g_ptr_array_remove_index (items, i - 1);
}

static gboolean
issue_waits (gconstpointer issue)
{
  return ((const YmIssue *) issue)->days_past_due >= YM_ISSUE_PAST_DUE_DAYS;
}

static gboolean
inspection_waits (gconstpointer inspection)
{
  return ym_inspection_next (((const YmInspection *) inspection)->state) != NULL;
}

static gboolean
arrest_waits (gconstpointer data)
{
  const YmArrest *arrest = data;

  return arrest->state == YM_ARREST_REVIEW_OPEN || arrest->state == YM_ARREST_REVIEW_LATE;
}

/* The same test as ym_concern_is_past_review(), by which a concern is shown from the day after. */
static gboolean
read_concerns (YmDesk *desk, YmTeam *team, GError **error)
{
  team->concerns = ym_tables_select (desk->db, ym_form (YM_FORM_CHILD_CONCERN), error,
                                     "WHERE review_on < ? ORDER BY review_on, id", "i", (gint64) today (desk));
  return team->concerns != NULL;
}

static gboolean
read_lists (YmDesk *desk, YmTeam *team, GError **error)
{
  team->issues = ym_issue_list (desk, NULL, error);
  team->inspections = team->issues == NULL ? NULL : ym_inspections_list (desk, NULL, error);
  team->arrests = team->inspections == NULL ? NULL : ym_arrest_list (desk, NULL, error);
  if (team->arrests == NULL || !read_concerns (desk, team, error))
    return FALSE;
  keep (team->issues, issue_waits);
  keep (team->inspections, inspection_waits);
  keep (team->arrests, arrest_waits);
  g_ptr_array_sort (team->issues, compare_issues);
  return TRUE;
}

YmTeam *
ym_team_read (YmDesk *desk, GError **error)
{
  g_autoptr (YmTeam) team = g_new0 (YmTeam, 1);

  team->officers = g_ptr_array_new_with_free_func (officer_free);
  find_windows (team, today (desk));
  if (!read_homes (desk, team, error) || !read_lists (desk, team, error))
    return NULL;
  g_ptr_array_sort (team->officers, compare_officers);
  return g_steal_pointer (&team);
}

const YmHomeSummary *
ym_team_find_home (const YmTeam *team, const YmId *id)
{
  for (guint i = 0; i < team->officers->len; i++)
    {
      const YmTeamOfficer *officer = g_ptr_array_index (team->officers, i);

      for (guint j = 0; j < officer->homes->len; j++)
        {
          const YmTeamHome *home = g_ptr_array_index (officer->homes, j);

          if (ym_id_equal (&home->summary->home->id, id))
            return home->summary;
        }
    }
  return NULL;
}
