/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Virtual time: a queue of events by time. */

#include "tests/fleet/agenda.h"

typedef struct {
  gint64 at_us;
  guint64 order;
  AgendaEvent event;
  gpointer who;
  gpointer data;
  GDestroyNotify data_free;
} Item;

struct _Agenda {
  gint64 now_us;
  guint64 n_noted;
  GSequence *items;
};

static void
item_free (Item *item)
{
  if (item->data_free != NULL && item->data != NULL)
    item->data_free (item->data);
  g_free (item);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer unused)
{
  const Item *first = a;
  const Item *second = b;

  if (first->at_us != second->at_us)
    return first->at_us < second->at_us ? -1 : 1;
  return first->order < second->order ? -1 : first->order > second->order;
}

Agenda *
agenda_new (void)
{
  Agenda *agenda = g_new0 (Agenda, 1);

  agenda->items = g_sequence_new ((GDestroyNotify) item_free);
  return agenda;
}

void
agenda_free (Agenda *agenda)
{
  g_sequence_free (agenda->items);
  g_free (agenda);
}

gint64
agenda_now_us (Agenda *agenda)
{
  return agenda->now_us;
}

void
agenda_add (Agenda *agenda, gint64 delay_us, AgendaEvent event, gpointer who, gpointer data, GDestroyNotify data_free)
{
  Item *item = g_new (Item, 1);

  g_assert_cmpint (delay_us, >=, 0);
  *item = (Item){ agenda->now_us + delay_us, ++agenda->n_noted, event, who, data, data_free };
  g_sequence_insert_sorted (agenda->items, item, compare, NULL);
}

gboolean
agenda_step (Agenda *agenda, gint64 until_us)
{
  GSequenceIter *first = g_sequence_get_begin_iter (agenda->items);
  const Item *next = g_sequence_iter_is_end (first) ? NULL : g_sequence_get (first);
  Item item;

  if (next == NULL || next->at_us > until_us)
    {
      agenda->now_us = MAX (agenda->now_us, until_us);
      return FALSE;
    }
  item = *next;
  ((Item *) next)->data = NULL; /* the event's from here on */
  g_sequence_remove (first);
  agenda->now_us = MAX (agenda->now_us, item.at_us);
  item.event (item.who, item.data);
  return TRUE;
}
