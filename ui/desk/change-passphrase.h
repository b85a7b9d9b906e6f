/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/base/secret.h"
#include "ui/session.h"

G_BEGIN_DECLS

#define YM_TYPE_CHANGE_PASSPHRASE (ym_change_passphrase_get_type ())
G_DECLARE_FINAL_TYPE (YmChangePassphrase, ym_change_passphrase, YM, CHANGE_PASSPHRASE, GtkBox)

/**
 * ym_change_passphrase_new:
 *
 * Asks for the passphrase until now and a new one, and changes it off the main loop. Where somebody may have seen the old one
 * the store's keys are to be new too: then it emits "renew" (no arguments) when the passphrase is changed and the keys are
 * marked as due; lock the store, and unlock it with ym_change_passphrase_take().
 */
GtkWidget *ym_change_passphrase_new (YmSession *session);

/** ym_change_passphrase_take: (transfer full) (nullable): After "renew": the new passphrase. */
YmSecret *ym_change_passphrase_take (YmChangePassphrase *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
