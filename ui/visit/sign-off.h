/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/visit.h"
#include "ui/widgets/confirm.h"

G_BEGIN_DECLS

/**
 * ym_sign_off_confirm_new:
 * @draft: a visit without problems
 *
 * The question before sign-off, with what becomes fixed for ever (R12). Present it; "accepted" means yes.
 */
YmConfirm *ym_sign_off_confirm_new (GtkWindow *parent, const YmDraft *draft);

G_END_DECLS
