/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/sync/memory-order.h"

#include "app/base/error.h"

/* As many as fit: few, so that every reader has to read on. */
#define MOST_AT_ONCE 7

static gboolean
is_away (const TestOrder *order, GError **error)
{
  if (order->mode != TEST_ORDER_AWAY)
    return FALSE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_NETWORK, "The order is away.");
  return TRUE;
}

static gboolean
begin (gpointer context, const YmId *force, const YmId *epoch, YmOrderPoint *now, GError **error)
{
  TestOrder *order = context;

  if (is_away (order, error))
    return FALSE;
  g_assert_false (order->taken);
  order->taken = TRUE;
  order->force = *force;
  if (ym_id_is_zero (&order->now.epoch))
    order->now.epoch = *epoch;
  *now = order->now;
  return TRUE;
}

static gboolean
read_after (gpointer context, const YmId *force, const YmOrderPoint *after, YmOrderPart *part, YmOrderPoint *now,
            GError **error)
{
  TestOrder *order = context;

  if (is_away (order, error))
    return FALSE;
  *now = order->now;
  for (guint64 i = after->end; i < order->all.entries->len && part->entries->len < MOST_AT_ONCE; i++)
    {
      const YmOrderEntry *entry = g_ptr_array_index (order->all.entries, i);

      ym_order_part_add_entry (part, entry->position, &entry->author, &entry->chain, entry->sequence,
                               g_bytes_ref (entry->body));
    }
  for (guint64 i = after->facts; i < order->all.facts->len && part->facts->len < MOST_AT_ONCE; i++)
    {
      const YmOrderFact *fact = g_ptr_array_index (order->all.facts, i);

      ym_order_part_add_fact (part, fact->number, fact->kind, g_bytes_ref (fact->key),
                              fact->body == NULL ? NULL : g_bytes_ref (fact->body));
    }
  return TRUE;
}

static void
add (TestOrder *order, const YmOrderPart *part)
{
  for (guint i = 0; i < part->entries->len; i++)
    {
      const YmOrderEntry *entry = g_ptr_array_index (part->entries, i);

      g_assert_cmpuint (entry->position, ==, order->all.entries->len + 1);
      ym_order_part_add_entry (&order->all, entry->position, &entry->author, &entry->chain, entry->sequence,
                               g_bytes_ref (entry->body));
    }
  for (guint i = 0; i < part->facts->len; i++)
    {
      const YmOrderFact *fact = g_ptr_array_index (part->facts, i);

      g_assert_cmpuint (fact->number, ==, order->all.facts->len + 1);
      ym_order_part_add_fact (&order->all, fact->number, fact->kind, g_bytes_ref (fact->key),
                              fact->body == NULL ? NULL : g_bytes_ref (fact->body));
    }
  order->now = part->end;
  if (order->news != NULL)
    order->news (order->news_data);
}

static gboolean
commit (gpointer context, const YmOrderPart *part, GError **error)
{
  TestOrder *order = context;

  g_assert_true (order->taken);
  if (order->mode != TEST_ORDER_LOSES)
    add (order, part);
  if (order->mode != TEST_ORDER_GOOD)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NETWORK, "The order did not say that it has it.");
      return FALSE;
    }
  order->taken = FALSE;
  return TRUE;
}

static void
roll_back (gpointer context)
{
  ((TestOrder *) context)->taken = FALSE;
}

static void
watch (gpointer context, void (*news) (gpointer data), gpointer data)
{
  TestOrder *order = context;

  order->news = news;
  order->news_data = data;
}

void
test_order_init (TestOrder *order)
{
  *order = (TestOrder){ .order = { order, begin, read_after, commit, roll_back, watch } };
  ym_order_part_init (&order->all);
}

void
test_order_clear (TestOrder *order)
{
  ym_order_part_clear (&order->all);
}

guint
test_order_count (const TestOrder *order, const YmId *author, guint64 sequence)
{
  guint count = 0;

  for (guint i = 0; i < order->all.entries->len; i++)
    {
      const YmOrderEntry *entry = g_ptr_array_index (order->all.entries, i);

      count += ym_id_equal (&entry->author, author) && entry->sequence == sequence;
    }
  return count;
}
