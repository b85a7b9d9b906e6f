/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/vault/keyring-format.h"
#include "app/vault/options.h"

G_BEGIN_DECLS

/* The two files of a keyring. Nothing but keyring.c needs this. */

/**
 * YmKeyringCopies:
 * @newest: the readable copy of the higher generation
 * @other: the other readable copy if it differs, else NULL
 * @found: the bytes of each file, NULL where there is none or it can't be read
 */
typedef struct {
  YmKeyring *newest;
  YmKeyring *other;
  GBytes *found[2];
} YmKeyringCopies;

/** ym_keyring_files_exist: Whether there is either file, readable or not. */
gboolean ym_keyring_files_exist (const char *directory, const YmStoreOptions *options);

/** ym_keyring_files_read: (transfer full): NULL and YM_ERROR_NOT_FOUND, DAMAGED, NEWER or STORAGE if neither can be used. */
YmKeyringCopies *ym_keyring_files_read (const char *directory, const YmStoreOptions *options, GError **error);
void ym_keyring_copies_free (YmKeyringCopies *copies);

/** ym_keyring_files_write: Puts both files in place, durably; a full disk leaves both as they were. */
gboolean ym_keyring_files_write (const char *directory, const YmKeyring *keyring, const YmStoreOptions *options,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_keyring_files_repair: Makes files of @copies that differ from @keyring, which has opened, equal to it. */
void ym_keyring_files_repair (const char *directory, const YmKeyringCopies *copies, const YmKeyring *keyring,
                              const YmStoreOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmKeyringCopies, ym_keyring_copies_free)

G_END_DECLS
