/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/ctl/command.h"

G_BEGIN_DECLS

/**
 * ym_ctl_verify_file:
 *
 * Verifies the file that the call's first argument names, by the root key of its option or of this device's store. Errors:
 * as ym_evidence_verify().
 */
gboolean ym_ctl_verify_file (YmCtlCall *call, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_ctl_check_founded: Whether this device knows a root key. Errors: YM_ERROR_NOT_FOUND. */
gboolean ym_ctl_check_founded (YmDesk *desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
