/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Arrays and maps may nest this deep; no message of ours needs more than five levels. */
#define YM_CBOR_MAX_DEPTH 8

/* An argument up to 23 is in the first byte; 24 and above say how many bytes follow. */
#define YM_CBOR_ARGUMENT_FOLLOWS 24

/**
 * YmCborMajor:
 *
 * What the next item is: the three high bits of its first byte, or nothing.
 */
typedef enum {
  YM_CBOR_UNSIGNED,
  YM_CBOR_NEGATIVE,
  YM_CBOR_BYTES,
  YM_CBOR_TEXT,
  YM_CBOR_ARRAY,
  YM_CBOR_MAP,
  YM_CBOR_TAG,
  YM_CBOR_SIMPLE,
  YM_CBOR_NOTHING, /* the end, or a reader that failed */
} YmCborMajor;

typedef enum {
  YM_CBOR_FALSE = 20,
  YM_CBOR_TRUE = 21,
  YM_CBOR_NULL = 22,
} YmCborSimple;

/* One array or map that is being read or written. */
typedef struct {
  guint64 left;    /* items to come; a map's keys and values count one each */
  gboolean map;
  gsize key_start; /* where the last key's encoding lies; empty before the first key */
  gsize key_end;
} YmCborLevel;

/**
 * YmCborNesting:
 * @complete: the one outermost item is whole
 *
 * Where in its one item a writer or reader is; zeroed at the start.
 */
typedef struct {
  YmCborLevel levels[YM_CBOR_MAX_DEPTH];
  guint depth;
  gboolean complete;
} YmCborNesting;

/** ym_cbor_nesting_wants_key: Whether the next item is a map's key. */
gboolean ym_cbor_nesting_wants_key (const YmCborNesting *nesting);

/**
 * ym_cbor_nesting_take:
 * @data: with the encoding of an item that holds no others at @start to @end
 *
 * Takes note of the item. Returns: (nullable): what is wrong with it there
 */
const char *ym_cbor_nesting_take (YmCborNesting *nesting, YmCborMajor major, const guint8 *data, gsize start,
                                  gsize end);

/** ym_cbor_nesting_open: Opens an array or map of @items; (nullable): what is wrong with that. */
const char *ym_cbor_nesting_open (YmCborNesting *nesting, guint64 items, gboolean map);

G_END_DECLS
