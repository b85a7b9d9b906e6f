/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/server/control.h"
#include "sync/server/folder.h"

G_BEGIN_DECLS

/**
 * ym_server_reports:
 *
 * What a running server is asked over its control socket: "status", "verify", each with the argument "json" or "text",
 * and "backup" with a folder's path. The context of each is the open YmServerFolder. The answer to "verify" begins with
 * "good" or "bad" on a line of its own.
 */
extern const YmControlEntry ym_server_reports[3];

G_END_DECLS
