/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/record.h"
#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/** YmSearchMark: What was found, from byte @start to before byte @end: whole characters of UTF-8. */
typedef struct {
  gsize start;
  gsize end;
} YmSearchMark;

/**
 * YmSearchText:
 * @text: plain text, no markup
 * @marks: (element-type YmSearchMark): what to emphasise, ascending
 */
typedef struct {
  char *text;
  GArray *marks;
} YmSearchText;

/**
 * YmSearchHit:
 * @form: what kind of record was found; see ym_form()
 * @id: its id
 * @open_form: what to open to see it: the visit of a person met, the issue of a step
 * @open_id: that one's id
 * @home: the home it belongs to, or the force
 * @home_name: (nullable): its name
 * @at_us: when it happened, or %YM_INSTANT_NONE for what has no time, such as a home
 * @title: a name of its own, or else the kind of record in the language of the moment
 * @snippet: the words around what was found on one line; its text is %NULL where only the title has it
 * @asks_why: a record about a child: title and snippet tell nothing of it, and opening it asks why (R13)
 */
typedef struct {
  guint form;
  YmId id;
  guint open_form;
  YmId open_id;
  YmId home;
  char *home_name;
  gint64 at_us;
  YmSearchText title;
  YmSearchText snippet;
  gboolean asks_why;
} YmSearchHit;

/**
 * YmSearchResult:
 * @hits: (element-type YmSearchHit): homes first, those with the words in their name before the others; then what
 *   happened, the latest first
 * @more: whether there are more than was asked for
 * @complete: %FALSE while older records are still being brought into the index: say so, and ask again later
 */
typedef struct {
  GPtrArray *hits;
  gboolean more;
  gboolean complete;
} YmSearchResult;

void ym_search_result_free (YmSearchResult *result);

/**
 * ym_search:
 * @words: what is typed, as it stands: never a syntax, whatever signs are in it
 * @most: how many hits at most; homes take no more than a third where there is something else
 *
 * What on this device has all the words: the last as far as it is typed, unless a space has ended it; those before it whole.
 * Capitals and accents don't count (R15: ŵ is found as w). Nothing but signs and spaces finds nothing. On the reading lane;
 * quick enough for every key.
 *
 * Returns: (transfer full) (nullable): the result; %NULL with @error
 */
YmSearchResult *ym_search (YmDesk *desk, const char *words, guint most, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmSearchResult, ym_search_result_free)

G_END_DECLS
