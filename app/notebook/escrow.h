/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * ym_notebook_tend_escrow:
 *
 * Puts the store's keys into escrow for the recovery key that the force's root key has certified, as soon as it is known,
 * and again when it is another one. What fails is left for the next time. Blocks; from any thread but a lane's.
 */
void ym_notebook_tend_escrow (YmNotebook *notebook);

/**
 * ym_notebook_change_keys:
 *
 * As ym_store_change_keys(), for a store that is found whole first: what is damaged is for recovery, under the keys that
 * it has. The store must be closed, and is closed again.
 */
gboolean ym_notebook_change_keys (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_notebook_open_renewed:
 * @unchanged: (out): why the keys are still ones that were out of escrow; set only when the notebook is returned
 *
 * As ym_notebook_open(); but where the store's keys came out of escrow and were not changed since, because the power went
 * or the disk was full, they are changed first. That takes as long as ym_notebook_change_keys().
 *
 * Returns: (transfer full) (nullable)
 */
YmNotebook *ym_notebook_open_renewed (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options,
                                      GError **unchanged, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
