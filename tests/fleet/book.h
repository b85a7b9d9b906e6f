/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"
#include "sync/exchange/outcome.h"
#include "tests/fleet/world.h"

G_BEGIN_DECLS

/**
 * BookPlace:
 * @author, @chain, @sequence: which envelope
 *
 * An envelope by its place in its author's chain.
 */
typedef struct {
  YmId author;
  YmId chain;
  guint64 sequence;
} BookPlace;

/**
 * BookSaved:
 * @at_us: true time when "saved" was shown
 * @device: number of the one that showed it
 * @is_gone: the device and all that it alone had was lost on purpose since
 */
typedef struct {
  BookPlace place;
  YmHash hash;
  gint64 at_us;
  guint device;
  gboolean is_gone;
} BookSaved;

/** BookPromise: A server's word on an envelope: where in the ledger, and what it made of it. */
typedef struct {
  YmId epoch;
  YmOutcome outcome;
  gboolean is_void; /* given for a ledger that was lost on purpose since */
} BookPromise;

/**
 * Book:
 * @saved: (element-type BookSaved): each envelope of which an officer was told that it is saved
 * @promises: BookPlace to BookPromise: each envelope that a server gave a receipt for
 * @entries: position to the hash of the envelope that devices were given there
 * @counters: set: device and counter of each request that was answered with what it asked for
 * @forged: set of hashes of envelopes that must never count anywhere
 *
 * What was promised to whom, written down at the moment when it was: what is checked against it can't go along with a fault
 * in the code that is checked.
 */
typedef struct {
  World *world;
  GPtrArray *saved;
  GHashTable *promises;
  GHashTable *entries;
  GHashTable *counters;
  GHashTable *forged;
} Book;

void book_init (Book *book, World *world);
void book_clear (Book *book);

/** book_save: An officer was told that the envelopes after row @after of the device's store are saved. */
void book_save (Book *book, guint device, YmJournal *journal, const YmId *author, gint64 after);

/** book_answer: A server has let this answer to @request go; it may reach nobody, but it may. */
void book_answer (Book *book, GBytes *request, GBytes *answer);

/** book_forge: What was made up. */
void book_forge (Book *book, const YmHash *hash);

/** book_lie: Notes something as saved that nobody ever wrote. */
void book_lie (Book *book);

/** book_give_up: What the device had saved since there were @since entries may be lost with it. */
void book_give_up (Book *book, guint device, guint since);

/** book_check_ledger: Everything promised is there, as promised. */
void book_check_ledger (Book *book, YmJournal *ledger, const YmId *epoch);

/** book_check_saved: Everything that an officer was told is saved has a place in the ledger. */
void book_check_saved (Book *book, YmJournal *ledger);

G_END_DECLS
