/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"
#include "app/base/random.h"
#include "app/base/secret.h"
#include "app/vault/files.h"

G_BEGIN_DECLS

/**
 * YmHead:
 * @chain: the device's own chain
 * @sequence: number of the last own envelope; 0 before the first
 * @own_hash: SHA-256 of the last own envelope; zero before the first
 * @entry_count: number of the last row of the envelope table
 * @entry_hash: SHA-256 of the envelope in that row
 * @tables_digest: the keyed set hash over the rows of the synced tables
 * @counter: how often the head was sealed; set by ym_store_seal_head()
 *
 * What must still be there when the store is opened again. Page encryption can't show an old page or a
 * dropped end of the log; this small file beside the database does.
 */
typedef struct {
  YmId chain;
  guint64 sequence;
  YmHash own_hash;
  guint64 entry_count;
  YmHash entry_hash;
  YmHash tables_digest;
  guint64 counter;
} YmHead;

#define YM_HEAD_FILE "head"

/**
 * ym_head_seal:
 * @key: the head key, 32 bytes
 *
 * Encrypts, authenticates and durably replaces the head file of @directory.
 */
gboolean ym_head_seal (const YmHead *head, const YmFiles *files, const char *directory, const YmId *store_id,
                       const YmSecret *key, const YmRandom *random, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_head_read:
 *
 * Fails with YM_ERROR_NOT_FOUND if there is none, YM_ERROR_DAMAGED if it was altered or is another store's,
 * YM_ERROR_NEWER if a newer program wrote it.
 */
gboolean ym_head_read (YmHead *head, const YmFiles *files, const char *directory, const YmId *store_id,
                       const YmSecret *key, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
