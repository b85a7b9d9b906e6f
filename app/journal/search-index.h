/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"
#include "app/forms/record.h"

G_BEGIN_DECLS

/** YM_SEARCH_LISTED_LETTERS: The beginnings of words that the index has lists of are as long as this, or shorter. */
#define YM_SEARCH_LISTED_LETTERS 4

/** YM_SEARCH_FIRST_HOME: documents from here on are homes and what is known of them; before it, everything by day. */
#define YM_SEARCH_FIRST_HOME (G_GINT64_CONSTANT (65534) << 16)

/**
 * ym_search_index_create:
 *
 * Makes the index of the texts that the forms mark with YM_FIELD_SEARCH, or begins it anew where the forms or the index's
 * layout have changed since; from then on the fold keeps it. A store without one, as a server's is, is not searched.
 */
gboolean ym_search_index_create (sqlite3 *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_search_index_put: / ym_search_index_remove:
 * @old: (nullable): the row as it was; %NULL for a new one
 * @new: the row as it is
 * @number: the row's number in its table
 * @entry: the envelope that first wrote it
 *
 * Called by the fold for every row that it changes. Nothing happens to a form without searchable texts, or in a store
 * without an index.
 */
gboolean ym_search_index_put (sqlite3 *db, const YmRecord *old, const YmRecord *new, gint64 number, gint64 entry,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_search_index_remove (sqlite3 *db, const YmRecord *old, gint64 number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_search_index_tend:
 * @more: (out): whether there is more to do
 *
 * A slice of what can wait, in a transaction of its own: rows that were there before the index was, pieces of the index that
 * are to be put together, what an erased record left behind. Short enough for the writing lane (50 ms).
 */
gboolean ym_search_index_tend (sqlite3 *db, gboolean *more, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_search_index_is_there: A server's store has none. Asks the schema in memory, not the disk. */
gboolean ym_search_index_is_there (sqlite3 *db);

/** ym_search_index_progress: Forms before the one of id @form are in the index, and of that one the rows before @number. */
gboolean ym_search_index_progress (sqlite3 *db, gint64 *form, gint64 *number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_search_index_is_complete: FALSE in @complete while rows from before the index are still to come into it. */
gboolean ym_search_index_is_complete (sqlite3 *db, gboolean *complete, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_search_is_searched: Whether a form has a text that is found. */
gboolean ym_search_is_searched (const YmForm *form);

/** ym_search_moment: (nullable): The field that says when a record happened; %NULL where only its envelope knows. */
const YmField *ym_search_moment (const YmForm *form);

/**
 * YmSearchToken:
 * @token: (array length=length): a word as the index has it: lower case, without accents; not terminated
 * @start: its first byte in the text
 * @end: the byte after its last
 */
typedef void (*YmSearchToken) (gpointer data, const char *token, gsize length, gsize start, gsize end);

/** YmSearchTokenizer: Cuts texts into words as the index does. */
typedef struct _YmSearchTokenizer YmSearchTokenizer;

/** ym_search_tokenizer_new: (transfer full) (nullable): Lives no longer than @db. */
YmSearchTokenizer *ym_search_tokenizer_new (sqlite3 *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_search_tokenizer_free (YmSearchTokenizer *tokenizer);

/** ym_search_tokenize: Calls @found for each word of @text. */
gboolean ym_search_tokenize (YmSearchTokenizer *tokenizer, const char *text, YmSearchToken found, gpointer data,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmSearchTokenizer, ym_search_tokenizer_free)

G_END_DECLS
