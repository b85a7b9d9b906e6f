/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/homes.h"
#include "app/notebook/inspections.h"
#include "app/notebook/protocols.h"
#include "app/notebook/timeline.h"
#include "ui/session.h"

G_BEGIN_DECLS

/**
 * YmHomeFacts:
 * @summary: how the home stands
 * @drafts: (element-type YmDraft): what is unfinished, what came back refused with it
 * @issues: (element-type YmIssue): open ones first
 * @timeline: (element-type YmTimelineEntry): the latest first
 * @standings: (element-type YmSyncStanding): where each entry of @timeline is on its way to the server
 * @reconciled: (nullable): the last reconciliation that was kept (R5)
 * @inspection: of this month's calls (R6)
 * @protocols: what officers last saw of the home's protocols
 * @more: whether there are earlier entries than those
 *
 * Everything that the page of one home shows, read at one moment.
 */
typedef struct {
  YmHomeSummary *summary;
  GPtrArray *drafts;
  GPtrArray *issues;
  GPtrArray *timeline;
  GArray *standings;
  YmRecord *reconciled;
  YmInspection *inspection;
  GArray *protocols;
  gboolean more;
} YmHomeFacts;

void ym_home_facts_free (YmHomeFacts *facts);

/** YmHomeFactsQuestion: Which home, and how many entries of its timeline at most. */
typedef struct {
  YmId home;
  guint most;
} YmHomeFactsQuestion;

/** ym_home_facts_read: A #YmWork; @question is a #YmHomeFactsQuestion. Returns: (transfer full): #YmHomeFacts */
gpointer ym_home_facts_read (YmDesk *desk, gpointer question, GError **error);

/** YmHomeEarlier: What lies before an entry of a home's timeline is asked for; free with ym_home_earlier_free(). */
typedef struct {
  YmId home;
  YmTimelineEntry *before;
  guint most;
} YmHomeEarlier;

/** ym_home_earlier_new: Asks for the @most entries before the last that @facts has. */
YmHomeEarlier *ym_home_earlier_new (const YmHomeFacts *facts, guint most);
void ym_home_earlier_free (gpointer earlier);

/** ym_home_facts_read_earlier: A #YmWork; @earlier is a #YmHomeEarlier. Returns: (transfer full): #YmHomeFacts, of a timeline alone */
gpointer ym_home_facts_read_earlier (YmDesk *desk, gpointer earlier, GError **error);

/** ym_home_facts_append: Moves the entries of @earlier behind those of @facts. */
void ym_home_facts_append (YmHomeFacts *facts, YmHomeFacts *earlier);

/** ym_home_facts_dialog_present: Asks for what is good to know about the home. @facts: (nullable): as noted so far. */
void ym_home_facts_dialog_present (GtkWindow *parent, YmSession *session, const YmId *home, const YmRecord *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmHomeFacts, ym_home_facts_free)

G_END_DECLS
