/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/fleet/device.h"

G_BEGIN_DECLS

/**
 * verdict_check:
 * @devices: (element-type Device): of honest people
 *
 * Goes through the ledger with a small model of who had which home when, and says where the ledger has judged otherwise:
 * accepted, late, refused, or quarantined after a revocation.
 */
void verdict_check (World *world, Staff *staff, Server *server, GPtrArray *devices);

G_END_DECLS
