/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * YmCtlSession:
 * @directory: where the store is
 * @passphrase_file: (nullable): %NULL asks at the terminal
 * @json: answers are for scripts
 * @options: how stores are opened
 * @notebook: (nullable): the open store
 *
 * What one run of the program holds on to.
 */
typedef struct {
  char *directory;
  char *passphrase_file;
  gboolean json;
  YmStoreOptions options;
  YmNotebook *notebook;
} YmCtlSession;

/** ym_ctl_session_open: Opens the store if it isn't. Errors as for ym_notebook_open() and ym_prompt_passphrase(). */
gboolean ym_ctl_session_open (YmCtlSession *session, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_ctl_session_create: Makes the store, with a passphrase that is asked for twice and is strong enough. */
gboolean ym_ctl_session_create (YmCtlSession *session, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_ctl_choose_passphrase:
 * @file: (nullable): a file that has it; %NULL asks twice at the terminal
 *
 * Returns: (transfer full) (nullable): a new passphrase that is strong enough; else %NULL with YM_ERROR_INVALID
 */
YmSecret *ym_ctl_choose_passphrase (const char *file, GError **error);

/** ym_ctl_session_close: Closes the store and forgets its keys. */
void ym_ctl_session_close (YmCtlSession *session);

void ym_ctl_session_clear (YmCtlSession *session);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmCtlSession, ym_ctl_session_clear)

G_END_DECLS
