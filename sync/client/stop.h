/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/client/outbox.h"
#include "sync/exchange/response.h"

G_BEGIN_DECLS

/**
 * ym_stop_answer:
 * @stop: why the server took nothing from some group on
 * @groups: (element-type GPtrArray(YmParcel)): what was sent
 * @again: (inout): where a chain goes on from, if that mends it
 * @blocked: (inout): otherwise, what the officer has to know; the first reason stays
 *
 * What the device does about a stop.
 */
void ym_stop_answer (const YmStop *stop, GPtrArray *groups, YmOutboxAgain *again, GError **blocked);

G_END_DECLS
