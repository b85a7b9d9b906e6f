/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/client/client.h"
#include "tests/fleet/network.h"
#include "tests/fleet/staff.h"

G_BEGIN_DECLS

/**
 * Device:
 * @officer: number of the officer; -1: the administrator's machine, which has the root key too
 * @is_on: its store is open
 * @is_syncing: a round is under way
 * @crash_percent: how often the power goes in the middle of a save or a round
 * @error_percent: how often its disk fails once in it
 * @is_unknown: the server has not heard of its certificate, so far
 * @is_revoked: its certificate was taken back
 * @old: (nullable): a copy of its disk, as somebody may keep one
 * @n_saved_then: how much was in the book when it was made
 * @n_lost_saves: saves in which the power went: of these the officer was told nothing
 * @result: of the last round that succeeded
 * @n_rounds: that succeeded
 *
 * A tablet with the real client.
 */
typedef struct {
  World *world;
  Book *book;
  Staff *staff;
  guint number;
  int officer;
  Machine machine;
  Line line;
  YmAuthor author;
  YmId authors[2];
  YmSyncStore store;
  YmSyncClient *client;
  gboolean is_on;
  gboolean is_syncing;
  gboolean must_end; /* its store can't be written any more */
  guint crash_percent;
  guint error_percent;
  gboolean is_unknown;
  gboolean is_revoked;
  Disk *old;
  guint n_saved_then;
  guint n_lost_saves;
  guint n_rounds;
} Device;

/** device_init: @disk: (transfer full): blank. Opens its store. */
void device_init (Device *device, World *world, Book *book, Staff *staff, Network *network, guint number, int officer,
                  Disk *disk);
void device_clear (Device *device);

/** device_finish_blank: What a blank tablet's store has beside the journal. */
gboolean device_finish_blank (Machine *machine, GError **error);

/** device_found: The store trusts the force from now on, and knows its identity as the bundle has it. */
void device_found (Device *device, GBytes *identity);

/** device_can_write: Whether somebody can work with it now. */
gboolean device_can_write (Device *device);

/** DeviceWork: Something to do in one transaction of the store. */
typedef gboolean (*DeviceWork) (Device *device, gpointer data, GError **error);

/** device_do: Does it and writes down in the book that it was shown as done; FALSE if it was not. */
gboolean device_do (Device *device, DeviceWork work, gpointer data);

/** device_write: One save as this device's officer, or @author; @before: (nullable) */
gboolean device_write (Device *device, const YmAuthor *author, const char *intent, const YmRecord *before,
                       const YmRecord *after);

/** device_sync: A round, while the world goes on. */
void device_sync (Device *device);

/** device_crash: The power goes, and comes back after a while. */
void device_crash (Device *device);

/** device_remember: Somebody copies its disk; device_go_back(): and puts the copy in place of it. */
void device_remember (Device *device);
void device_go_back (Device *device);

/** device_get_db: (transfer none): Of the open store. */
sqlite3 *device_get_db (Device *device);

G_END_DECLS
