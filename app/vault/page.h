/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"
#include "app/base/random.h"
#include "app/base/secret.h"

G_BEGIN_DECLS

#define YM_PAGE_BYTES 4096
#define YM_PAGE_RESERVED_BYTES 64
#define YM_PAGE_CHECK_BYTES 16
#define YM_WAL_HEADER_BYTES 32
#define YM_FRAME_HEADER_BYTES 24
#define YM_FRAME_BYTES (YM_FRAME_HEADER_BYTES + YM_PAGE_BYTES)

/**
 * YmPageSeal:
 *
 * The keys of one store's pages and what is done with them. Knows bytes, not files: docs/storage-format.md
 * draws them. May be used from several threads.
 */
typedef struct _YmPageSeal YmPageSeal;

/** ym_page_seal_new: (transfer full): the subkeys derived from @vault_key; @random outlives it. */
YmPageSeal *ym_page_seal_new (const YmId *store_id, const YmSecret *vault_key, const YmRandom *random);
void ym_page_seal_free (YmPageSeal *seal);

/** ym_page_seal_key_check: (transfer none): the YM_PAGE_CHECK_BYTES that only this store and key have. */
const guint8 *ym_page_seal_key_check (const YmPageSeal *seal);

/** ym_page_is_sealable: Whether SQLite left the reserved bytes of @page zero, as it must. */
gboolean ym_page_is_sealable (const guint8 *page);

/** ym_page_close: Seals @page, YM_PAGE_BYTES, in place as page @number (from 1) under a fresh nonce. */
void ym_page_close (YmPageSeal *seal, guint32 number, guint8 *page);

/** ym_page_open: Opens @page in place; FALSE if it is not what was sealed as page @number. */
gboolean ym_page_open (YmPageSeal *seal, guint32 number, guint8 *page) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_page_from_frame:
 * @page: the sealed page of a frame
 *
 * Makes of @page what the vault file holds, without opening it; FALSE if it is not what was sealed as page @number.
 */
gboolean ym_page_from_frame (YmPageSeal *seal, guint32 number, guint8 *page) G_GNUC_WARN_UNUSED_RESULT;

/** ym_frame_close: Seals @frame, YM_FRAME_BYTES, in place for @offset of the WAL under a fresh nonce. */
void ym_frame_close (YmPageSeal *seal, guint64 offset, guint8 *frame);

/** ym_frame_open: Opens @frame in place; FALSE if it is not what was sealed for @offset. */
gboolean ym_frame_open (YmPageSeal *seal, guint64 offset, guint8 *frame) G_GNUC_WARN_UNUSED_RESULT;

/** ym_page_first: Writes page 1 of a database without tables, in WAL mode, as SQLite would have it; not sealed. */
void ym_page_first (guint8 *page);

/**
 * ym_wal_header_poison:
 *
 * Gives the WAL header a version that no SQLite knows, with the checksum that fits it: another SQLite program
 * then refuses the file in place of finding no frame that it understands and deleting the log.
 */
void ym_wal_header_poison (guint8 *header);

/** ym_wal_header_restore: Undoes it; FALSE, and @header as it was, if it is not a poisoned header. */
gboolean ym_wal_header_restore (guint8 *header) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmPageSeal, ym_page_seal_free)

G_END_DECLS
