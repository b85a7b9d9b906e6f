/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/power/day.h"

G_BEGIN_DECLS

/* What opens the store once the administrator has answered. */
#define KEYS_ANSWERED_PASSPHRASE "deilen copper rhedyn anchor llwybr"

/*
 * The steps of the day that change what opens the store, and the one that has an older program write it last. Each closes
 * the store first if it is open, and can be tried again after it failed.
 */

gboolean keys_set_escrow (Day *day, GError **error);
gboolean keys_change (Day *day, GError **error);
gboolean keys_ask (Day *day, GError **error);
gboolean keys_take_answer (Day *day, GError **error);
gboolean keys_grow_old (Day *day, GError **error);

/** keys_answer: The request that waits in the closed store of @tablet is answered and the answer taken; sets no passphrase. */
gboolean keys_answer (Day *day, Tablet *tablet, GError **error);

G_END_DECLS
