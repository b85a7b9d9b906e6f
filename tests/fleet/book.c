/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The promises of one simulation, and whether they were kept. */

#include "tests/fleet/book.h"

#include <string.h>

#include "sync/exchange/receipt.h"
#include "sync/exchange/request.h"
#include "sync/exchange/response.h"

static guint
place_hash (gconstpointer data)
{
  const BookPlace *place = data;

  return ym_id_hash_func (&place->author) ^ ym_id_hash_func (&place->chain) ^ (guint) place->sequence * 2654435761u;
}

static gboolean
place_equal (gconstpointer a, gconstpointer b)
{
  const BookPlace *first = a;
  const BookPlace *second = b;

  return first->sequence == second->sequence && ym_id_equal (&first->author, &second->author)
         && ym_id_equal (&first->chain, &second->chain);
}

static guint
hash_hash (gconstpointer hash)
{
  guint value;

  memcpy (&value, hash, sizeof value);
  return value;
}

static gboolean
hash_equal (gconstpointer a, gconstpointer b)
{
  return ym_hash_equal (a, b);
}

/* A device and one of its counters. */
typedef struct {
  YmId device;
  guint64 counter;
} Counter;

static guint
counter_hash (gconstpointer data)
{
  const Counter *counter = data;

  return ym_id_hash_func (&counter->device) ^ (guint) counter->counter * 2654435761u;
}

static gboolean
counter_equal (gconstpointer a, gconstpointer b)
{
  return ((const Counter *) a)->counter == ((const Counter *) b)->counter
         && ym_id_equal (&((const Counter *) a)->device, &((const Counter *) b)->device);
}

void
book_init (Book *book, World *world)
{
  *book = (Book){ .world = world };
  book->saved = g_ptr_array_new_with_free_func (g_free);
  book->promises = g_hash_table_new_full (place_hash, place_equal, g_free, g_free);
  book->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  book->counters = g_hash_table_new_full (counter_hash, counter_equal, g_free, NULL);
  book->forged = g_hash_table_new_full (hash_hash, hash_equal, g_free, NULL);
}

void
book_clear (Book *book)
{
  g_clear_pointer (&book->saved, g_ptr_array_unref);
  g_clear_pointer (&book->promises, g_hash_table_unref);
  g_clear_pointer (&book->entries, g_hash_table_unref);
  g_clear_pointer (&book->counters, g_hash_table_unref);
  g_clear_pointer (&book->forged, g_hash_table_unref);
}

void
book_save (Book *book, guint device, YmJournal *journal, const YmId *author, gint64 after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (ym_journal_get_db (journal), &error,
                        "SELECT chain, sequence, hash FROM envelope WHERE entry > ? AND author = ?", "id", after, author);

  while (rows != NULL && ym_sql_step (rows, &error) == YM_SQL_ROW)
    {
      BookSaved *saved = g_new0 (BookSaved, 1);

      saved->place = (BookPlace){ *author, ym_sql_column_id (rows, 0), (guint64) sqlite3_column_int64 (rows, 1) };
      saved->hash = ym_sql_column_hash (rows, 2);
      saved->at_us = world_now_us (book->world);
      saved->device = device;
      g_ptr_array_add (book->saved, saved);
    }
  if (error != NULL)
    world_fail (book->world, "what was saved on device %u can't be read back: %s", device, error->message);
}

static void
promise (Book *book, const YmReceipt *receipt, guint i)
{
  const BookPlace place = { receipt->author, receipt->last.chain, receipt->first + i };
  const BookPromise given = { .epoch = receipt->epoch, .outcome = g_array_index (receipt->outcomes, YmOutcome, i) };
  const BookPromise *before = g_hash_table_lookup (book->promises, &place);

  if (before != NULL && !before->is_void && ym_id_equal (&before->epoch, &given.epoch)
      && memcmp (&before->outcome, &given.outcome, sizeof given.outcome) != 0)
    world_fail (book->world, "two receipts of envelope %" G_GUINT64_FORMAT " differ: position %" G_GUINT64_FORMAT
                             " and %" G_GUINT64_FORMAT,
                place.sequence, before->outcome.position, given.outcome.position);
  g_hash_table_insert (book->promises, g_memdup2 (&place, sizeof place), g_memdup2 (&given, sizeof given));
}

static void
promise_all (Book *book, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmReceipt) receipt = ym_receipt_decode (bytes, &error);

  if (receipt == NULL)
    world_fail (book->world, "a receipt does not decode: %s", error->message);
  for (guint i = 0; receipt != NULL && i < receipt->outcomes->len; i++)
    promise (book, receipt, i);
}

static void
note_entry (Book *book, const YmEntry *entry)
{
  const gint64 position = (gint64) entry->outcome.position;
  YmHash hash = ym_hash_of_bytes (entry->parcel->envelope);
  const YmHash *before = g_hash_table_lookup (book->entries, &position);

  if (before == NULL)
    g_hash_table_insert (book->entries, g_memdup2 (&position, sizeof position), g_memdup2 (&hash, sizeof hash));
  else if (!ym_hash_equal (before, &hash))
    world_fail (book->world, "position %" G_GINT64_FORMAT " was given out with two different envelopes", position);
}

/* A request that is played back yields nothing. */
static void
note_counter (Book *book, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmRequest) request = ym_request_decode (bytes, &error);
  Counter *counter;

  if (request == NULL)
    {
      world_fail (book->world, "what does not decode was answered: %s", error->message);
      return;
    }
  counter = g_new (Counter, 1);
  *counter = (Counter){ request->device, request->counter };
  if (!g_hash_table_add (book->counters, counter))
    world_fail (book->world, "counter %" G_GUINT64_FORMAT " of a device was answered twice", request->counter);
}

void
book_answer (Book *book, GBytes *request, GBytes *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmResponse) response = ym_response_decode (answer, &error);

  if (response == NULL)
    {
      world_fail (book->world, "an answer does not decode: %s", error->message);
      return;
    }
  if (response->expected_counter == 0)
    note_counter (book, request);
  for (guint i = 0; i < response->receipts->len; i++)
    promise_all (book, g_ptr_array_index (response->receipts, i));
  for (guint i = 0; i < response->entries->len; i++)
    note_entry (book, g_ptr_array_index (response->entries, i));
}

void
book_forge (Book *book, const YmHash *hash)
{
  g_hash_table_add (book->forged, g_memdup2 (hash, sizeof *hash));
}

void
book_lie (Book *book)
{
  g_ptr_array_add (book->saved, g_new0 (BookSaved, 1));
}

void
book_give_up (Book *book, guint device, guint since)
{
  for (guint i = since; i < book->saved->len; i++)
    {
      BookSaved *saved = g_ptr_array_index (book->saved, i);

      saved->is_gone = saved->is_gone || saved->device == device;
    }
}

/* The envelope's place in a ledger: 0 if it is not there. */
static guint64
find_place (Book *book, YmJournal *ledger, const BookPlace *place, YmOutcome *outcome, YmHash *hash)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (
      ym_journal_get_db (ledger), &error,
      "SELECT position, disposition, reason, hash FROM envelope WHERE author = ? AND chain = ? AND sequence = ?", "ddi",
      &place->author, &place->chain, (gint64) place->sequence);
  YmSqlStep step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, &error);

  if (step == YM_SQL_FAILED)
    world_fail (book->world, "the ledger can't be read: %s", error->message);
  if (step != YM_SQL_ROW)
    return 0;
  *outcome = (YmOutcome){ (guint64) sqlite3_column_int64 (row, 0), (YmDisposition) sqlite3_column_int64 (row, 1),
                          (guint) sqlite3_column_int64 (row, 2) };
  *hash = ym_sql_column_hash (row, 3);
  return outcome->position;
}

static void
check_promise (Book *book, YmJournal *ledger, const BookPlace *place, const BookPromise *given)
{
  YmOutcome outcome;
  YmHash hash;

  if (find_place (book, ledger, place, &outcome, &hash) == 0)
    world_fail (book->world, "envelope %" G_GUINT64_FORMAT " has a receipt for position %" G_GUINT64_FORMAT
                             " but is not in the ledger",
                place->sequence, given->outcome.position);
  else if (outcome.position != given->outcome.position || outcome.disposition != given->outcome.disposition
           || outcome.reason != given->outcome.reason)
    world_fail (book->world, "the receipt of envelope %" G_GUINT64_FORMAT " says position %" G_GUINT64_FORMAT
                             " (%d, %u), the ledger %" G_GUINT64_FORMAT " (%d, %u)",
                place->sequence, given->outcome.position, (int) given->outcome.disposition, given->outcome.reason,
                outcome.position, (int) outcome.disposition, outcome.reason);
}

void
book_check_ledger (Book *book, YmJournal *ledger, const YmId *epoch)
{
  GHashTableIter iter;
  gpointer place, given;

  g_hash_table_iter_init (&iter, book->promises);
  while (g_hash_table_iter_next (&iter, &place, &given))
    if (!((BookPromise *) given)->is_void && ym_id_equal (&((BookPromise *) given)->epoch, epoch))
      check_promise (book, ledger, place, given);
}

void
book_check_saved (Book *book, YmJournal *ledger)
{
  for (guint i = 0; i < book->saved->len; i++)
    {
      const BookSaved *saved = g_ptr_array_index (book->saved, i);
      YmOutcome outcome;
      YmHash hash;

      if (saved->is_gone)
        continue;
      if (find_place (book, ledger, &saved->place, &outcome, &hash) == 0)
        world_fail (book->world, "envelope %" G_GUINT64_FORMAT " of device %u was shown as saved and is not in the ledger",
                    saved->place.sequence, saved->device);
      else if (!ym_hash_equal (&hash, &saved->hash))
        world_fail (book->world, "envelope %" G_GUINT64_FORMAT " of device %u is another one in the ledger",
                    saved->place.sequence, saved->device);
    }
}
