/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page of a home reads and writes, on the notebook's lanes. */

#include "ui/home/home-facts.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/notebook/draft.h"
#include "app/notebook/issues.h"
#include "app/notebook/reconciliation.h"
#include "app/notebook/save.h"
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
  g_clear_pointer (&facts->protocols, g_array_unref);
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

/* One entry more is asked for than is shown, to know whether there are earlier ones. */
static gboolean
read_timeline (YmDesk *desk, const YmId *home, const YmTimelineEntry *before, guint most, YmHomeFacts *facts, GError **error)
{
  facts->timeline = ym_timeline_read_before (desk, home, before, most + 1, error);
  if (facts->timeline == NULL)
    return FALSE;
  facts->more = facts->timeline->len > most;
  if (facts->more)
    g_ptr_array_set_size (facts->timeline, (int) most);
  return read_standings (desk, facts, error);
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
  facts->protocols = ym_protocols_read (desk, &question->home, error);
  if (facts->protocols == NULL)
    return NULL;
  return read_timeline (desk, &question->home, NULL, question->most, facts, error)
                 && read_calls (desk, &question->home, facts, error)
             ? g_steal_pointer (&facts)
             : NULL;
}

YmHomeEarlier *
ym_home_earlier_new (const YmHomeFacts *facts, guint most)
{
  const YmTimelineEntry *last;
  YmHomeEarlier *earlier;

  g_return_val_if_fail (facts->timeline->len > 0, NULL);
  last = g_ptr_array_index (facts->timeline, facts->timeline->len - 1);
  earlier = g_new0 (YmHomeEarlier, 1);
  earlier->home = facts->summary->home->id;
  earlier->before = g_new0 (YmTimelineEntry, 1);
  earlier->before->record = ym_record_copy (last->record);
  earlier->before->at_us = last->at_us;
  earlier->most = most;
  return earlier;
}

void
ym_home_earlier_free (gpointer data)
{
  YmHomeEarlier *earlier = data;

  ym_timeline_entry_free (earlier->before);
  g_free (earlier);
}

gpointer
ym_home_facts_read_earlier (YmDesk *desk, gpointer data, GError **error)
{
  const YmHomeEarlier *earlier = data;
  g_autoptr (YmHomeFacts) facts = g_new0 (YmHomeFacts, 1);

  return read_timeline (desk, &earlier->home, earlier->before, earlier->most, facts, error) ? g_steal_pointer (&facts) : NULL;
}

void
ym_home_facts_append (YmHomeFacts *facts, YmHomeFacts *earlier)
{
  g_ptr_array_extend_and_steal (facts->timeline, g_steal_pointer (&earlier->timeline));
  g_array_append_vals (facts->standings, earlier->standings->data, earlier->standings->len);
  facts->more = earlier->more;
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
