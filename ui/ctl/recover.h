/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/ctl/command.h"

G_BEGIN_DECLS

/** ym_ctl_recover: The command `recover`. */
gboolean ym_ctl_recover (YmCtlCall *call, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
