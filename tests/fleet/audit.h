/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/fleet/device.h"

G_BEGIN_DECLS

/**
 * AuditAllowance:
 * @base: somebody may seem to have been told another story of a stream
 * @fork: somebody signed two envelopes with one number
 * @response: somebody was lied to
 *
 * What evidence there may be, by what was done.
 */
typedef struct {
  gboolean base;
  gboolean fork;
  gboolean response;
} AuditAllowance;

/**
 * audit_all:
 * @devices: (element-type Device)
 *
 * What must hold once everything is at rest; world_fail() for what does not:
 * - every receipt is true, everything saved is in the ledger, once, each chain in its order without a gap;
 * - the ledger says accepted, late, refused and quarantined of what is so by who had which home when;
 * - nothing made up counts anywhere, nor what a revoked device signed;
 * - nobody has a stream that was never theirs to see, nor anything about a child;
 * - a fold from the first envelope on gives what the server has, and each device has that of all its streams;
 * - there is no evidence but what is @allowed, and no store is damaged.
 */
void audit_all (World *world, Book *book, Staff *staff, Server *server, GPtrArray *devices, const AuditAllowance *allowed);

/** audit_is_at_rest: Whether the device has nothing to send and has heard all there is. */
gboolean audit_is_at_rest (Device *device, Server *server);

G_END_DECLS
