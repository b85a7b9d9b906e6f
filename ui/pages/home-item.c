/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One home as the list shows it: its order, what it says of itself, how it is found. */

#include "ui/pages/home-item.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _YmHomeItem
{
  GObject parent_instance;

  YmHomeView view;
  char *collation;
  char **words;
};

G_DEFINE_FINAL_TYPE (YmHomeItem, ym_home_item, G_TYPE_OBJECT)

/* R1's states by urgency; the smaller, the further up. */
static const int urgency[] = {
  [YM_STANDING_OVERDUE] = 0, [YM_STANDING_DUE_SOON] = 1, [YM_STANDING_DUE] = 2,
  [YM_STANDING_VISITED] = 3, [YM_STANDING_NONE] = 4,
};

static void
ym_home_item_finalize (GObject *object)
{
  YmHomeItem *self = YM_HOME_ITEM (object);

  g_free ((char *) self->view.name);
  g_free ((char *) self->view.place);
  g_free (self->collation);
  g_strfreev (self->words);
  G_OBJECT_CLASS (ym_home_item_parent_class)->finalize (object);
}

static void
ym_home_item_class_init (YmHomeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ym_home_item_finalize;
}

static void
ym_home_item_init (YmHomeItem *self)
{
}

/* g_str_tokenize_and_fold() splits at what is no letter, and gives words without accents as alternates. */
static char **
fold_words (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) plain = NULL;
  g_auto (GStrv) words = g_str_tokenize_and_fold (text, NULL, &plain);

  g_strv_builder_addv (builder, (const char **) words);
  g_strv_builder_addv (builder, (const char **) plain);
  return g_strv_builder_end (builder);
}

YmHomeItem *
ym_home_item_new (const YmHomeView *view)
{
  YmHomeItem *self = g_object_new (YM_TYPE_HOME_ITEM, NULL);
  g_autofree char *all = g_strdup_printf ("%s %s", view->name, view->place != NULL ? view->place : "");

  self->view = *view;
  self->view.name = g_strdup (view->name);
  self->view.place = g_strdup (view->place);
  self->collation = g_utf8_collate_key (view->name, -1);
  self->words = fold_words (all);
  return self;
}

const YmHomeView *
ym_home_item_get (YmHomeItem *self)
{
  g_return_val_if_fail (YM_IS_HOME_ITEM (self), NULL);
  return &self->view;
}

gboolean
ym_home_item_equal (YmHomeItem *a, YmHomeItem *b)
{
  const YmHomeView *first = &a->view, *second = &b->view;
  const YmVisitState *left = &first->state, *right = &second->state;

  return ym_id_equal (&first->id, &second->id) && g_str_equal (first->name, second->name)
         && g_strcmp0 (first->place, second->place) == 0 && left->standing == right->standing
         && left->days_left == right->days_left && left->days_since_visit == right->days_since_visit
         && first->open_issues == second->open_issues && first->calls == second->calls
         && first->calls_threshold == second->calls_threshold && first->waiting == second->waiting
         && first->has_draft == second->has_draft && first->deputy == second->deputy && first->next == second->next
         && memcmp (&first->month, &second->month, sizeof first->month) == 0;
}

int
ym_home_item_compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const YmHomeItem *left = a, *right = b;
  int by_urgency = urgency[left->view.state.standing] - urgency[right->view.state.standing];

  return by_urgency != 0 ? by_urgency : g_strcmp0 (left->collation, right->collation);
}

static gboolean
begins_a_word (YmHomeItem *self, const char *prefix)
{
  for (char **word = self->words; *word != NULL; word++)
    if (g_str_has_prefix (*word, prefix))
      return TRUE;
  return FALSE;
}

gboolean
ym_home_item_matches (YmHomeItem *self, const char *text)
{
  g_auto (GStrv) wanted = g_str_tokenize_and_fold (text, NULL, NULL);

  g_return_val_if_fail (YM_IS_HOME_ITEM (self), FALSE);
  for (char **word = wanted; *word != NULL; word++)
    if (!begins_a_word (self, *word))
      return FALSE;
  return TRUE;
}

gboolean
ym_home_item_passes (YmHomeItem *self, YmHomeFilter filter)
{
  const YmHomeView *view = &self->view;

  g_return_val_if_fail (YM_IS_HOME_ITEM (self), FALSE);
  switch (filter)
    {
    case YM_HOME_FILTER_TO_VISIT:
      return view->state.standing != YM_STANDING_NONE && view->state.standing != YM_STANDING_VISITED;
    case YM_HOME_FILTER_ISSUES:
      return view->open_issues > 0;
    case YM_HOME_FILTER_UNFINISHED:
      return view->has_draft || view->waiting > 0;
    case YM_HOME_FILTER_ALL:
      return TRUE;
    }
  return TRUE;
}

static char *
say_last_visit (int days)
{
  if (days < 0)
    return g_strdup (_("No visit yet"));
  if (days == 0)
    return g_strdup (_("Visited today"));
  if (days == 1)
    return g_strdup (_("Visited yesterday"));
  return g_strdup_printf (ngettext ("Last visit %d day ago", "Last visit %d days ago", (gulong) days), days);
}

char *
ym_home_item_facts (YmHomeItem *self)
{
  const YmHomeView *view = &self->view;
  GString *facts = g_string_new (NULL);
  g_autofree char *last = NULL;

  g_return_val_if_fail (YM_IS_HOME_ITEM (self), NULL);
  last = say_last_visit (view->state.days_since_visit);
  g_string_append (facts, last);
  if (view->open_issues > 0)
    {
      g_string_append (facts, " · ");
      g_string_append_printf (facts, ngettext ("%u open issue", "%u open issues", view->open_issues),
                              view->open_issues);
    }
  if (view->calls > 0)
    {
      g_string_append (facts, " · ");
      /* TRANSLATORS: calls of this month, of those that raise a joint inspection */
      g_string_append_printf (facts,
                              view->calls >= view->calls_threshold ? _ ("calls this month: %u of %u, joint inspection")
                                                                   : _ ("calls this month: %u of %u"),
                              view->calls, view->calls_threshold);
    }
  return g_string_free (facts, FALSE);
}
