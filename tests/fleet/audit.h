/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/fleet/device.h"

G_BEGIN_DECLS

/**
 * audit_all:
 * @devices: (element-type Device)
 *
 * What must hold once everything is at rest; world_fail() for what does not:
 * - every receipt is true, everything saved is in the ledger, once, each chain in its order without a gap;
 * - nothing made up counts anywhere;
 * - nobody has a stream that was never theirs to see;
 * - a fold from the first envelope on gives what the server has, and each device has that of all its streams;
 * - there is no evidence of a copied device, nor, unless @may_accuse, of a lying server; no store is damaged.
 */
void audit_all (World *world, Book *book, Staff *staff, Server *server, GPtrArray *devices, gboolean may_accuse);

/** audit_is_at_rest: Whether the device has nothing to send and has heard all there is. */
gboolean audit_is_at_rest (Device *device, Server *server);

G_END_DECLS
