/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/client/client.h"
#include "ui/ctl/session.h"

G_BEGIN_DECLS

/**
 * ym_ctl_round:
 * @result: (out): also when it fails
 *
 * One round of sync of the open store over HTTPS, and what the server refused made into drafts. Errors as for
 * ym_sync_run().
 */
gboolean ym_ctl_round (YmCtlSession *session, YmSyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
