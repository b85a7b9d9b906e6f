/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rules that writer and reader of deterministic CBOR share: what may come next, and in which order.
 * Levels are kept here and not on the stack, so that nothing recurses over bytes from outside.
 */

#include "app/journal/cbor-nesting.h"

#include <string.h>

/* One item is whole; so is each array and map that it was the last of. */
static void
item_done (YmCborNesting *nesting)
{
  while (nesting->depth > 0)
    {
      if (--nesting->levels[nesting->depth - 1].left > 0)
        return;
      nesting->depth--;
    }
  nesting->complete = TRUE;
}

/* The bytewise order of the encodings (RFC 8949 §4.2.1), not the shorter-first order of RFC 7049. */
static gboolean
key_ascends (const YmCborLevel *level, const guint8 *data, gsize start, gsize end)
{
  gsize last_length = level->key_end - level->key_start;
  gsize length = end - start;
  int order = memcmp (data + level->key_start, data + start, MIN (last_length, length));

  return order < 0 || (order == 0 && last_length < length);
}

gboolean
ym_cbor_nesting_wants_key (const YmCborNesting *nesting)
{
  const YmCborLevel *top;

  if (nesting->depth == 0)
    return FALSE;
  top = &nesting->levels[nesting->depth - 1];
  return top->map && top->left % 2 == 0;
}

const char *
ym_cbor_nesting_take (YmCborNesting *nesting, YmCborMajor major, const guint8 *data, gsize start, gsize end)
{
  if (nesting->complete)
    return "more than one item";
  if (ym_cbor_nesting_wants_key (nesting))
    {
      YmCborLevel *top = &nesting->levels[nesting->depth - 1];

      if (major != YM_CBOR_UNSIGNED && major != YM_CBOR_NEGATIVE && major != YM_CBOR_TEXT)
        return "map key is neither integer nor text";
      if (!key_ascends (top, data, start, end))
        return "map keys do not ascend";
      top->key_start = start;
      top->key_end = end;
    }
  item_done (nesting);
  return NULL;
}

const char *
ym_cbor_nesting_open (YmCborNesting *nesting, guint64 items, gboolean map)
{
  if (nesting->complete)
    return "more than one item";
  if (ym_cbor_nesting_wants_key (nesting))
    return "map key is neither integer nor text";
  if (nesting->depth == YM_CBOR_MAX_DEPTH)
    return "nested too deeply";
  if (items == 0)
    item_done (nesting);
  else
    nesting->levels[nesting->depth++] = (YmCborLevel){ .left = items, .map = map };
  return NULL;
}
