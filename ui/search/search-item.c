/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was found as the lines of a list: GTK 4.8 has no sections, so that a heading is a line of its own. */

#include "ui/search/search-item.h"

#include <glib/gi18n-lib.h>

struct _YmSearchItem
{
  GObject parent_instance;

  char *heading;
  GPtrArray *hits; /* what keeps @hit */
  const YmSearchHit *hit;
};

G_DEFINE_FINAL_TYPE (YmSearchItem, ym_search_item, G_TYPE_OBJECT)

#define MOST_FORMS 6

/* The kinds in the order of the list. What is in none of them comes last. */
static const struct {
  const char *heading;
  guint forms[MOST_FORMS];
} kinds[] = {
  { NC_ ("found", "Homes"), { YM_FORM_HOME, YM_FORM_HOME_FACTS } },
  { NC_ ("found", "Visits"), { YM_FORM_VISIT, YM_FORM_PERSON_MET, YM_FORM_ADDENDUM } },
  { NC_ ("found", "Issues"), { YM_FORM_ISSUE, YM_FORM_ISSUE_UPDATE, YM_FORM_ACTION } },
  { NC_ ("found", "Contacts"), { YM_FORM_CONTACT } },
  { NC_ ("found", "Calls"), { YM_FORM_CALL, YM_FORM_CALL_REVIEW, YM_FORM_HOME_LOG_ENTRY, YM_FORM_IMPORTED_LOG_ENTRY } },
  { NC_ ("found", "About children"),
    { YM_FORM_CHILD_CONCERN, YM_FORM_CHILD_CONVERSATION, YM_FORM_ARREST_REVIEW, YM_FORM_ARREST_VIEW } },
  { NC_ ("found", "Joint inspections"), { YM_FORM_JOINT_INSPECTION, YM_FORM_INSPECTION_ACTION } },
  { NC_ ("found", "Debriefs and learning"), { YM_FORM_DEBRIEF, YM_FORM_LEARNING_NOTE } },
  { NC_ ("found", "Partners"), { YM_FORM_PARTNER } },
  { NC_ ("found", "Given out"), { YM_FORM_DISCLOSURE, YM_FORM_ISSUED_RETURN } },
  { NC_ ("found", "Other"), { 0 } },
};

static guint
kind_of (guint form)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (guint i = 0; i < MOST_FORMS; i++)
      if (kinds[kind].forms[i] == form)
        return kind;
  return G_N_ELEMENTS (kinds) - 1;
}

static void
ym_search_item_finalize (GObject *object)
{
  YmSearchItem *self = YM_SEARCH_ITEM (object);

  g_free (self->heading);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  G_OBJECT_CLASS (ym_search_item_parent_class)->finalize (object);
}

static void
ym_search_item_class_init (YmSearchItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ym_search_item_finalize;
}

static void
ym_search_item_init (YmSearchItem *self)
{
}

const char *
ym_search_item_get_heading (YmSearchItem *self)
{
  g_return_val_if_fail (YM_IS_SEARCH_ITEM (self), NULL);
  return self->heading;
}

const YmSearchHit *
ym_search_item_get_hit (YmSearchItem *self)
{
  g_return_val_if_fail (YM_IS_SEARCH_ITEM (self), NULL);
  return self->hit;
}

static void
add_kind (GPtrArray *items, GPtrArray *hits, guint kind)
{
  YmSearchItem *heading = NULL;
  guint n = 0;

  for (guint i = 0; i < hits->len; i++)
    {
      const YmSearchHit *hit = g_ptr_array_index (hits, i);
      YmSearchItem *item;

      if (kind_of (hit->form) != kind)
        continue;
      if (n++ == 0)
        g_ptr_array_add (items, heading = g_object_new (YM_TYPE_SEARCH_ITEM, NULL));
      item = g_object_new (YM_TYPE_SEARCH_ITEM, NULL);
      item->hits = g_ptr_array_ref (hits);
      item->hit = hit;
      g_ptr_array_add (items, item);
    }
  if (heading != NULL)
    heading->heading = g_strdup_printf ("%s (%u)", g_dpgettext2 (GETTEXT_PACKAGE, "found", kinds[kind].heading), n);
}

GPtrArray *
ym_search_items (GPtrArray *hits)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    add_kind (items, hits, kind);
  return items;
}
