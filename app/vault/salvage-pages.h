/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

#include "app/vault/page.h"
#include "app/vault/salvage.h"

G_BEGIN_DECLS

/* The readable pages of a damaged store, in all their versions. Nothing but salvage*.c needs this. */

/**
 * YmPageImage:
 * @number: of the page, from 1
 * @source: which file it is in
 * @offset: of the page or frame in the file
 * @rank: later versions of a page have a greater one
 * @end: rank of the frame that committed it; its own where that is not known
 */
typedef struct {
  guint32 number;
  guint32 source;
  gint64 offset;
  guint64 rank;
  guint64 end;
} YmPageImage;

typedef struct _YmSalvagePages YmSalvagePages;

/** ym_salvage_pages_new: (transfer full) (nullable): Looks through the vault, its log and @n_kept copies of logs at @kept. */
YmSalvagePages *ym_salvage_pages_new (const char *base_vfs, YmPageSeal *seal, const char *vault, const char *const *kept,
                       YmSalvageCounts *counts, GError **error);
void ym_salvage_pages_free (YmSalvagePages *pages);

/** ym_salvage_pages_get: (transfer none) (array length=n_images): By page, the versions of each by rank. */
const YmPageImage *ym_salvage_pages_get (YmSalvagePages *pages, guint *n_images);

/** ym_salvage_pages_find: (transfer none) (nullable): The latest version of a page that is not later than @rank. */
const YmPageImage *ym_salvage_pages_find (YmSalvagePages *pages, guint32 number, guint64 rank);

/** ym_salvage_pages_read: Reads and opens @image into @page, YM_PAGE_BYTES; FALSE if the file does not give it any more. */
gboolean ym_salvage_pages_read (YmSalvagePages *pages, const YmPageImage *image, guint8 *page) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmSalvagePages, ym_salvage_pages_free)

G_END_DECLS
