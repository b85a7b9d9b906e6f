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
 * @counter: how often the head was sealed; set by ym_head_seal()
 * @is_torn: only when read: the next seal was begun and not finished, or what it had sealed was destroyed. Whoever
 *   knows how many commits there are tells the one from the other
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
  gboolean is_torn;
} YmHead;

#define YM_HEAD_FILE "head"
#define YM_HEAD_RECORD_BYTES 188

/**
 * YmHeadFile:
 * @files: how to get at it
 * @directory: of the store
 * @store_id: of the store
 * @key: the head key, 32 bytes
 * @random: for nonces
 * @counter: of the record that counts
 * @found: that record, as it was read
 * @is_known: @counter and @found say what the file holds
 * @has_room: the file has both records
 * @is_settled: the record that counts is on the medium for certain
 *
 * The head of one store for as long as it is open. Whoever makes it sets the first five, which outlive it; the
 * rest begins as zero and belongs to ym_head_seal() and ym_head_read().
 */
typedef struct {
  const YmFiles *files;
  const char *directory;
  const YmId *store_id;
  const YmSecret *key;
  const YmRandom *random;
  guint64 counter;
  guint8 found[YM_HEAD_RECORD_BYTES];
  gboolean is_known;
  gboolean has_room;
  gboolean is_settled;
} YmHeadFile;

/**
 * ym_head_seal:
 * @head: its counter is set to one more than the last
 *
 * Encrypts, authenticates and durably writes the head: in place with one fdatasync, but for the first of an opening.
 * Does not write over a head that can't be read. After a failure the file is in doubt until it is opened anew.
 */
gboolean ym_head_seal (YmHeadFile *file, YmHead *head, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_head_read:
 *
 * Fails with YM_ERROR_NOT_FOUND if there is none, YM_ERROR_DAMAGED if it was altered or is another store's,
 * YM_ERROR_NEWER if a newer program wrote it.
 */
gboolean ym_head_read (YmHeadFile *file, YmHead *head, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_head_change_key:
 * @to: outlives @file
 *
 * Seals the head afresh under @to, whole and durably: the same promise, the same counter. No head is success; a torn one
 * is YM_ERROR_DAMAGED, because what it promised would be forgotten.
 */
gboolean ym_head_change_key (YmHeadFile *file, const YmSecret *to, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
