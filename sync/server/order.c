/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The values that pass between a ledger and the order that it stands on. */

#include "sync/server/order.h"

#include <string.h>

static void
entry_free (YmOrderEntry *entry)
{
  g_bytes_unref (entry->body);
  g_free (entry);
}

static void
fact_free (YmOrderFact *fact)
{
  g_bytes_unref (fact->key);
  g_clear_pointer (&fact->body, g_bytes_unref);
  g_free (fact);
}

void
ym_order_part_init (YmOrderPart *part)
{
  *part = (YmOrderPart){ .entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free),
                         .facts = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free) };
}

void
ym_order_part_clear (YmOrderPart *part)
{
  g_clear_pointer (&part->entries, g_ptr_array_unref);
  g_clear_pointer (&part->facts, g_ptr_array_unref);
}

void
ym_order_part_add_entry (YmOrderPart *part, guint64 position, const YmId *author, const YmId *chain, guint64 sequence,
                         GBytes *body)
{
  YmOrderEntry *entry = g_new (YmOrderEntry, 1);

  *entry = (YmOrderEntry){ position, *author, *chain, sequence, body };
  g_ptr_array_add (part->entries, entry);
}

void
ym_order_part_add_fact (YmOrderPart *part, guint64 number, guint kind, GBytes *key, GBytes *body)
{
  YmOrderFact *fact = g_new (YmOrderFact, 1);

  *fact = (YmOrderFact){ number, kind, key, body };
  g_ptr_array_add (part->facts, fact);
}

/* SHA-256 (running hash so far, SHA-256 of the entry's body). */
void
ym_order_point_pass (YmOrderPoint *point, GBytes *body)
{
  guint8 bytes[2 * YM_HASH_BYTES];
  YmHash hash = ym_hash_of_bytes (body);

  memcpy (bytes, point->running.bytes, YM_HASH_BYTES);
  memcpy (bytes + YM_HASH_BYTES, hash.bytes, YM_HASH_BYTES);
  point->running = ym_hash_of (bytes, sizeof bytes);
  point->end++;
}

gboolean
ym_order_point_equal (const YmOrderPoint *a, const YmOrderPoint *b)
{
  return ym_id_equal (&a->epoch, &b->epoch) && a->end == b->end && a->facts == b->facts
         && ym_hash_equal (&a->running, &b->running);
}
