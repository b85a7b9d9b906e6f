/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"
#include "app/vault/store.h"
#include "sync/client/store.h"

G_BEGIN_DECLS

/**
 * YmOffice:
 * @journal: the administrator's; founded
 * @sync_store: the same, for the sync client
 * @root: signs with the root key; only if the office was opened with it
 * @administrator: signs with the administrator's own key
 * @options: what it was opened with
 *
 * An administrator's folder: the root key in a store of its own, and the administrator's journal. Both are opened by one
 * passphrase.
 */
typedef struct {
  YmStore *root_store; /* NULL unless opened with the root key */
  YmStore *store;
  YmJournal *journal;
  YmSyncStore sync_store;
  YmAuthor root;
  YmAuthor administrator;
  YmStoreOptions options;
} YmOffice;

/**
 * ym_office_create:
 * @directory: made if missing
 * @force_name: what people call the force
 *
 * Makes both keys, founds the force and certifies the administrator. What an interrupted try left is taken up if the
 * passphrase is the same. Errors: YM_ERROR_INVALID if there is a force already.
 */
YmOffice *ym_office_create (const char *directory, const YmSecret *passphrase, const char *force_name,
                            const YmStoreOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_office_open: @with_root: also the root key, for what only it may sign. Errors as for ym_store_open(). */
YmOffice *ym_office_open (const char *directory, const YmSecret *passphrase, gboolean with_root,
                          const YmStoreOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_office_free (YmOffice *office);

/**
 * ym_office_write:
 * @author: %office->root or %office->administrator
 * @before: (nullable)
 *
 * One record, in a transaction of its own.
 */
gboolean ym_office_write (YmOffice *office, const YmAuthor *author, const char *intent, const YmRecord *before,
                          const YmRecord *after, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmOffice, ym_office_free)

G_END_DECLS
