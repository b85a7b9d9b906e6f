/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/visit.h"
#include "app/rules/civil.h"

G_BEGIN_DECLS

/**
 * YmVisitFacts:
 * @home_name: (nullable): where the visit is
 * @known: (nullable) (array zero-terminated=1): names that may stand in its notes: the home's, those of who runs it
 * @previous: (nullable): the visit before, for its answers
 * @proposed: the day that R1 proposes for the visit after this one, or YM_DAY_NONE
 *
 * What a visit that is being written is shown beside.
 */
typedef struct {
  char *home_name;
  GStrv known;
  YmVisit *previous;
  YmDay proposed;
} YmVisitFacts;

/** ym_visit_facts_free: @facts: (nullable): #YmVisitFacts */
void ym_visit_facts_free (gpointer facts);

/** YmVisitFactsQuestion: The home, and London's day of the visit. */
typedef struct {
  YmId home;
  YmDay visited;
} YmVisitFactsQuestion;

/**
 * ym_visit_facts_read: A #YmWork; @question is a #YmVisitFactsQuestion. Without them the visit can be written all the same: what
 * can't be read is left out. Returns: (transfer full): #YmVisitFacts
 */
gpointer ym_visit_facts_read (YmDesk *desk, gpointer question, GError **error);

G_END_DECLS
