/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FTS5's own tokenizer, asked directly: what is shown as found is cut and folded exactly as what was indexed. */

#include "app/journal/search-index.h"

#include <string.h>

struct _YmSearchTokenizer {
  sqlite3 *db;
  fts5_tokenizer methods;
  Fts5Tokenizer *instance;
};

static fts5_api *
find_api (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare_unbound (db, error, "SELECT fts5 (?)");
  fts5_api *api = NULL;

  if (statement == NULL)
    return NULL;
  if (sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL) != SQLITE_OK || sqlite3_step (statement) != SQLITE_ROW
      || api == NULL)
    ym_sql_set_error (db, error);
  return api;
}

YmSearchTokenizer *
ym_search_tokenizer_new (sqlite3 *db, GError **error)
{
  const char *options[] = { "remove_diacritics", "2" };
  fts5_api *api = find_api (db, error);
  g_autofree YmSearchTokenizer *tokenizer = g_new0 (YmSearchTokenizer, 1);
  void *context;

  if (api == NULL)
    return NULL;
  tokenizer->db = db;
  if (api->xFindTokenizer (api, "unicode61", &context, &tokenizer->methods) == SQLITE_OK
      && tokenizer->methods.xCreate (context, options, G_N_ELEMENTS (options), &tokenizer->instance) == SQLITE_OK)
    return g_steal_pointer (&tokenizer);
  ym_sql_set_error (db, error);
  return NULL;
}

void
ym_search_tokenizer_free (YmSearchTokenizer *tokenizer)
{
  if (tokenizer == NULL)
    return;
  tokenizer->methods.xDelete (tokenizer->instance);
  g_free (tokenizer);
}

typedef struct {
  YmSearchToken found;
  gpointer data;
} Finding;

static int
token_cb (void *data, int flags, const char *token, int length, int start, int end)
{
  const Finding *finding = data;

  finding->found (finding->data, token, (gsize) length, (gsize) start, (gsize) end);
  return SQLITE_OK;
}

gboolean
ym_search_tokenize (YmSearchTokenizer *tokenizer, const char *text, YmSearchToken found, gpointer data, GError **error)
{
  Finding finding = { found, data };

  if (tokenizer->methods.xTokenize (tokenizer->instance, &finding, FTS5_TOKENIZE_QUERY, text, (int) strlen (text), token_cb)
      == SQLITE_OK)
    return TRUE;
  ym_sql_set_error (tokenizer->db, error);
  return FALSE;
}
