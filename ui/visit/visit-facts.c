/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a visit that is being written is shown beside: the home, the visit before, the day for the one after. */

#include "ui/visit/visit-facts.h"

#include "app/journal/tables.h"
#include "app/notebook/homes.h"

void
ym_visit_facts_free (gpointer data)
{
  YmVisitFacts *facts = data;

  if (facts == NULL)
    return;
  g_free (facts->home_name);
  g_strfreev (facts->known);
  ym_visit_free (facts->previous);
  g_free (facts);
}

static GStrv
read_known (YmDesk *desk, const YmRecord *home)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GPtrArray) facts
      = ym_tables_select (desk->db, ym_form (YM_FORM_HOME_FACTS), NULL, "WHERE scope = ? LIMIT 1", "d", &home->id);
  const char *const found[] = {
    ym_record_get_text (home, YM_HOME_NAME),
    ym_record_get_text (home, YM_HOME_MANAGER),
    ym_record_get_text (home, YM_HOME_PROVIDER),
    facts != NULL && facts->len > 0 ? ym_record_get_text (g_ptr_array_index (facts, 0), YM_HOME_FACTS_MANAGER) : NULL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    if (found[i] != NULL)
      g_strv_builder_add (names, found[i]);
  return g_strv_builder_end (names);
}

gpointer
ym_visit_facts_read (YmDesk *desk, gpointer data, GError **error)
{
  const YmVisitFactsQuestion *question = data;
  YmVisitFacts *facts = g_new0 (YmVisitFacts, 1);
  g_autoptr (YmRecord) record = ym_tables_find (desk->db, ym_form (YM_FORM_HOME), &question->home, NULL);

  facts->home_name = record != NULL ? g_strdup (ym_record_get_text (record, YM_HOME_NAME)) : NULL;
  facts->known = record != NULL ? read_known (desk, record) : NULL;
  facts->previous = ym_visit_previous (desk, &question->home, NULL);
  if (!ym_home_propose_next (desk, &question->home, question->visited, &facts->proposed, NULL))
    facts->proposed = YM_DAY_NONE;
  return facts;
}
