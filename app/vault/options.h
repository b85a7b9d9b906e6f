/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/vault/files.h"

G_BEGIN_DECLS

/**
 * YmStoreOptions:
 * @clock: for the delay after wrong passphrases
 * @random: for keys, nonces and salts
 * @files: for the keyring, the head and the lock
 * @base_vfs: name of the registered sqlite3_vfs under the encryption; must keep the wal-index in memory
 * @argon2_operations: passes of Argon2id when a passphrase is set; opening uses what the keyring says
 * @argon2_memory_bytes: its memory when a passphrase is set
 * @cache_bytes: page cache of each connection
 *
 * What the store is handed. Copy ym_store_options_default() and change what differs; everything pointed to
 * outlives the store.
 */
typedef struct {
  const YmClock *clock;
  const YmRandom *random;
  const YmFiles *files;
  const char *base_vfs;
  guint64 argon2_operations;
  gsize argon2_memory_bytes;
  gsize cache_bytes;
} YmStoreOptions;

/** ym_store_options_default: Real clock, files and randomness, "unix-excl", Argon2id MODERATE (256 MiB), 64 MB. */
YmStoreOptions ym_store_options_default (void);

G_END_DECLS
