/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"
#include "tests/fleet/world.h"

G_BEGIN_DECLS

#define STAFF_MOST_OFFICERS 40
#define STAFF_MOST_HOMES 24

/**
 * Officer:
 * @supervises: the area, 'W' or 'E', of a supervisor; 0 for others
 * @is_robbed: somebody has a second tablet of theirs; their homes stay the same
 */
typedef struct {
  YmId id;
  char collar[8];
  guint role;
  char supervises;
  gboolean is_robbed;
} Officer;

/** Home: @area: 'W' or 'E' */
typedef struct {
  YmId id;
  char number[8];
  char area;
} Home;

/**
 * Staff:
 * @root: signs with the root key
 * @is_wordy: they write as much as there is room for
 * @homes: (array length=n_homes)
 * @officers: (array length=n_officers)
 *
 * A force: who there is, and what homes. Each officer has one device, of the same number; there is an administrator
 * besides.
 */
typedef struct {
  World *world;
  guint8 root_key[YM_PUBLIC_KEY_BYTES];
  guint8 root_secret[64];
  YmAuthor root;
  gboolean is_wordy;
  YmId force;
  guint n_homes;
  Home homes[STAFF_MOST_HOMES];
  guint n_officers;
  Officer officers[STAFF_MOST_OFFICERS];
} Staff;

/** staff_init: @staff must not move afterwards. */
void staff_init (Staff *staff, World *world, guint n_officers);

/**
 * staff_record:
 * @scope: a home, or the force
 * @officer: (nullable): whose name stands in it
 *
 * Returns: (transfer full): a new record with something in every field that must be there; its id is random, or follows from
 * its key
 */
YmRecord *staff_record (Staff *staff, guint form, const YmId *scope, const YmId *officer, Chance *chance);

/** staff_assignment: (transfer full): @to_date: as days since 1970; 0: without end */
YmRecord *staff_assignment (Staff *staff, guint home, guint officer, gint64 to_date);

/** staff_write_officers, staff_write_homes: Who and what there is, as the administrator imports it, in a transaction. */
gboolean staff_write_officers (Staff *staff, YmJournal *journal, const YmAuthor *administrator, GError **error);
gboolean staff_write_homes (Staff *staff, YmJournal *journal, const YmAuthor *administrator, GError **error);

/** staff_certify: The root key's word for a device: in a transaction. @officer: (nullable) */
gboolean staff_certify (Staff *staff, YmJournal *journal, guint kind, const guint8 key[YM_PUBLIC_KEY_BYTES],
                        const YmId *officer, GError **error);
gboolean staff_certify_server (Staff *staff, YmJournal *journal, const guint8 key[YM_PUBLIC_KEY_BYTES], GError **error);

/** staff_revoke: The root key takes a device's certificate back, after the last envelope named; in a transaction. */
gboolean staff_revoke (Staff *staff, YmJournal *journal, const YmId *device, const YmChainPoint *last, gboolean stolen,
                       GError **error);

G_END_DECLS
