/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What officers saw of a home's protocols, and when. */

#include "app/notebook/protocols.h"

#include "app/forms/fields.h"
#include "app/journal/tables.h"

/* Two years of visits: what nobody has seen since is not known any more. */
#define LATEST_VISITS 48

static const guint questions[] = {
  YM_VISIT_POLICY_SEEN,        YM_VISIT_DISCIPLINARY_SEEN, YM_VISIT_MISSING_PROCEDURE,
  YM_VISIT_MULTI_AGENCY_KNOWN, YM_VISIT_TRIGGER_PLANS,     YM_VISIT_PHILOMENA_FORMS,
};

/* @visits: the latest first */
static YmProtocol
find_seen (GPtrArray *visits, const YmField *question)
{
  YmProtocol protocol = { question, YM_DAY_NONE, YM_DAY_NONE, YM_DAY_NONE };

  for (guint i = 0; i < visits->len && protocol.seen_on == YM_DAY_NONE; i++)
    {
      const YmRecord *visit = g_ptr_array_index (visits, i);
      YmDay day = ym_london_day (ym_record_get_integer (visit, YM_VISIT_STARTED_AT, 0));

      if (!ym_record_has (visit, question->id))
        continue;
      if (protocol.asked_on == YM_DAY_NONE)
        protocol.asked_on = day;
      if (ym_record_get_integer (visit, question->id, 0) != YM_YES)
        continue;
      protocol.seen_on = day;
      if (question->id == YM_VISIT_POLICY_SEEN)
        protocol.dated = (YmDay) ym_record_get_integer (visit, YM_VISIT_POLICY_DATE, YM_DAY_NONE);
    }
  return protocol;
}

GArray *
ym_protocols_read (YmDesk *desk, const YmId *home, GError **error)
{
  GArray *protocols;
  g_autoptr (GPtrArray) visits
      = ym_tables_select (desk->db, ym_form (YM_FORM_VISIT), error,
                          "WHERE scope = ? AND started_at IS NOT NULL ORDER BY started_at DESC LIMIT ?", "di", home,
                          (gint64) LATEST_VISITS);

  if (visits == NULL)
    return NULL;
  protocols = g_array_new (FALSE, FALSE, sizeof (YmProtocol));
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      const YmProtocol protocol = find_seen (visits, ym_form_field (ym_form (YM_FORM_VISIT), questions[i]));

      g_array_append_val (protocols, protocol);
    }
  return protocols;
}
