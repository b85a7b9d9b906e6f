/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page of a home reads and writes, on the notebook's lanes. */

#include "ui/home/home-facts.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/notebook/draft.h"
#include "app/notebook/issues.h"
#include "app/notebook/reconciliation.h"
#include "app/notebook/save.h"
#include "app/notebook/timeline.h"
#include "sync/client/status.h"
#include "ui/issue/record-dialog.h"

void
ym_home_facts_free (YmHomeFacts *facts)
{
  if (facts == NULL)
    return;
  g_clear_pointer (&facts->summary, ym_home_summary_free);
  g_clear_pointer (&facts->drafts, g_ptr_array_unref);
  g_clear_pointer (&facts->issues, g_ptr_array_unref);
  g_clear_pointer (&facts->timeline, g_ptr_array_unref);
  g_clear_pointer (&facts->standings, g_array_unref);
  g_clear_pointer (&facts->reconciled, ym_record_free);
  g_clear_pointer (&facts->inspection, ym_inspection_free);
  g_free (facts);
}

static gboolean
read_standings (YmDesk *desk, YmHomeFacts *facts, GError **error)
{
  facts->standings = g_array_new (FALSE, TRUE, sizeof (YmSyncStanding));
  for (guint i = 0; i < facts->timeline->len; i++)
    {
      const YmRecord *record = ((YmTimelineEntry *) g_ptr_array_index (facts->timeline, i))->record;
      YmSyncStanding standing;

      if (!ym_sync_standing_read (desk->db, record->form->id, &record->scope, &record->id, &standing, error))
        return FALSE;
      g_array_append_val (facts->standings, standing);
    }
  return TRUE;
}

static gboolean
read_calls (YmDesk *desk, const YmId *home, YmHomeFacts *facts, GError **error)
{
  gint64 now_us = ym_clock_wall_us (desk->clock);
  g_autoptr (GError) failed = NULL;

  facts->inspection = ym_inspection_load (desk, home, ym_month_of_day (ym_london_day (now_us)), error);
  if (facts->inspection == NULL)
    return FALSE;
  facts->reconciled = ym_reconciliation_last (desk, home, now_us + YM_DAY_US, &failed);
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return facts->reconciled != NULL || failed == NULL;
}

gpointer
ym_home_facts_read (YmDesk *desk, gpointer data, GError **error)
{
  const YmHomeFactsQuestion *question = data;
  g_autoptr (YmHomeFacts) facts = g_new0 (YmHomeFacts, 1);

  facts->summary = ym_home_load (desk, &question->home, error);
  if (facts->summary == NULL)
    return NULL;
  facts->drafts = ym_draft_list (desk, &question->home, error);
  if (facts->drafts == NULL)
    return NULL;
  facts->issues = ym_issue_list (desk, &question->home, error);
  if (facts->issues == NULL)
    return NULL;
  facts->timeline = ym_timeline_read (desk, &question->home, question->most + 1, error);
  if (facts->timeline == NULL)
    return NULL;
  facts->more = facts->timeline->len > question->most;
  if (facts->more)
    g_ptr_array_set_size (facts->timeline, (int) question->most);
  return read_calls (desk, &question->home, facts, error) && read_standings (desk, facts, error) ? g_steal_pointer (&facts) : NULL;
}

/* A home's facts are one record, named by the home (a natural key), so that two officers write the same one. */
static gboolean
save_facts (YmDesk *desk, const YmDraft *draft, const YmRecord *before, GError **error)
{
  g_autoptr (YmRecord) after = ym_record_copy (draft->record);

  ym_record_set_id (after, YM_HOME_FACTS_HOME, &after->scope);
  if (before == NULL)
    after->id = ym_record_key_id (after, ym_journal_get_force (desk->journal));
  return ym_desk_save (desk, "home.facts", before, after, error);
}

void
ym_home_facts_dialog_present (GtkWindow *parent, YmSession *session, const YmId *home, const YmRecord *facts)
{
  const YmRecordTask task = {
    .form = YM_FORM_HOME_FACTS,
    .home = home,
    .before = facts,
    .title = _ ("Good to know about the home"),
    .accept = _ ("Save"),
    .intent = "home.facts",
    .save = save_facts,
  };

  ym_record_dialog_present (parent, session, &task);
}
