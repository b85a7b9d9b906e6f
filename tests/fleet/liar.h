/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/fleet/server.h"

G_BEGIN_DECLS

/**
 * liar_alter:
 * @server: whose keys whoever lies has
 * @request: that is answered
 * @last: (nullable): an earlier answer to the same device
 *
 * What a lying server, or somebody who has taken its place, may send for @answer: nothing that a device may believe.
 *
 * Returns: (transfer full) (nullable): NULL where there is nothing to lie about
 */
GBytes *liar_alter (World *world, Server *server, GBytes *request, GBytes *answer, GBytes *last);

G_END_DECLS
