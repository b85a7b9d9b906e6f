/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What comes back after a ledger was lost. Its receipts were this force's server's own word, and a receipt names the hash of the
 * last envelope of its run, which names the one before it: so nobody can put another envelope in the place of one.
 */

#include "sync/server/returned.h"

#include <string.h>

#include "app/base/error.h"
#include "sync/server/ledger-private.h"

/* Envelopes looked at for all receipts of a request: more than an honest one needs. */
#define MOST_STEPS (8 * 1024)

struct _YmReturned {
  GHashTable *vouches; /* YmHash to YmVouch */
};

typedef struct {
  YmLedger *ledger;
  YmReturned *returned;
  GHashTable *headers; /* YmHash to YmEnvelope: of the request */
  guint steps;
} Opening;

static gpointer
copy_hash (const YmHash *hash)
{
  return g_memdup2 (hash, sizeof *hash);
}

static guint
hash_of_hash (gconstpointer data)
{
  guint bits;

  memcpy (&bits, data, sizeof bits);
  return bits;
}

static gboolean
equal_hashes (gconstpointer a, gconstpointer b)
{
  return ym_hash_equal (a, b);
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (hash_of_hash, equal_hashes, g_free, g_free);
}

/* What does not decode stops when its group is taken. */
static void
read_headers (Opening *opening, GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++)
    {
      GPtrArray *group = g_ptr_array_index (groups, i);

      for (guint j = 0; j < group->len; j++)
        {
          YmEnvelope header;

          if (ym_envelope_decode (((YmParcel *) g_ptr_array_index (group, j))->envelope, &header, NULL))
            g_hash_table_replace (opening->headers, copy_hash (&header.hash), g_memdup2 (&header, sizeof header));
        }
    }
}

/* The envelope of that hash, from the request or the ledger; *@found FALSE if it is in neither. */
static gboolean
find_header (Opening *opening, const YmHash *hash, YmEnvelope *header, gboolean *found, GError **error)
{
  const YmEnvelope *sent = g_hash_table_lookup (opening->headers, hash);
  g_autoptr (sqlite3_stmt) row = NULL;
  g_autoptr (GBytes) body = NULL;
  YmSqlStep step;

  *found = sent != NULL;
  if (*found)
    {
      *header = *sent;
      return TRUE;
    }
  row = ym_sql_prepare (opening->ledger->db, error, "SELECT body FROM envelope WHERE hash = ?", "h", hash);
  step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);
  *found = step == YM_SQL_ROW;
  if (!*found)
    return step == YM_SQL_DONE;
  body = ym_sql_column_bytes (row, 0);
  return ym_envelope_decode (body, header, error);
}

/* From the run's last envelope back, as far as each is there. */
static gboolean
vouch (Opening *opening, const YmReceipt *receipt, GError **error)
{
  YmHash hash = receipt->last.hash;

  for (guint64 sequence = receipt->last.sequence; sequence >= receipt->first && opening->steps < MOST_STEPS; sequence--)
    {
      YmVouch about = { g_array_index (receipt->outcomes, YmOutcome, sequence - receipt->first), receipt->server_us };
      YmEnvelope header;
      gboolean found;

      opening->steps++;
      if (!find_header (opening, &hash, &header, &found, error))
        return FALSE;
      if (!found || header.sequence != sequence || !ym_id_equal (&header.author, &receipt->author)
          || !ym_id_equal (&header.chain, &receipt->last.chain))
        return TRUE;
      g_hash_table_replace (opening->returned->vouches, copy_hash (&hash), g_memdup2 (&about, sizeof about));
      hash = header.previous;
    }
  return TRUE;
}

static gboolean
read_receipt (Opening *opening, GBytes *bytes, GError **error)
{
  const YmId *force = ym_journal_get_force (opening->ledger->journal);
  g_autoptr (YmReceipt) receipt = ym_receipt_decode (bytes, NULL);
  guint8 key[YM_PUBLIC_KEY_BYTES];

  if (receipt == NULL || !ym_id_equal (&receipt->force, force)
      || !ym_ledger_read_server_key (opening->ledger->db, &receipt->server, key)
      || !ym_cose_verify (YM_MESSAGE_RECEIPT, force, bytes, key, NULL))
    return TRUE;
  return vouch (opening, receipt, error);
}

YmReturned *
ym_returned_open (YmLedger *ledger, const YmRequest *request, GError **error)
{
  g_autoptr (YmReturned) returned = g_new0 (YmReturned, 1);
  g_autoptr (GHashTable) headers = new_table ();
  Opening opening = { ledger, returned, headers, 0 };

  returned->vouches = new_table ();
  if (request->receipts->len > 0)
    read_headers (&opening, request->groups);
  for (guint i = 0; i < request->receipts->len; i++)
    if (!read_receipt (&opening, g_ptr_array_index (request->receipts, i), error))
      return NULL;
  return g_steal_pointer (&returned);
}

void
ym_returned_free (YmReturned *returned)
{
  if (returned == NULL)
    return;
  g_clear_pointer (&returned->vouches, g_hash_table_unref);
  g_free (returned);
}

const YmVouch *
ym_returned_find (const YmReturned *returned, const YmHash *hash)
{
  return returned == NULL ? NULL : g_hash_table_lookup (returned->vouches, hash);
}
