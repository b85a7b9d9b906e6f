/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/power/day.h"

G_BEGIN_DECLS

/* The other side of the day's tablet: a server's journal that never fails, and a colleague who writes to it. */

void station_init (Day *day);

/** station_certify: Lets the root key certify the tablet's own, once. */
void station_certify (Day *day, YmDesk *desk);

/** station_receive: What the server has after the tablet's cursor, in one transaction; before it, a colleague writes. */
gboolean station_receive (Day *day, YmDesk *desk, GError **error);

/** station_send: Takes what waits on the tablet, and places it there with @disposition, in one transaction. */
gboolean station_send (Day *day, YmDesk *desk, YmDisposition disposition, GError **error);

/** station_enrol_anew: A device with a new key gets its certificate, and goes on in the store of the one before it. */
gboolean station_enrol_anew (Day *day, YmDesk *desk, GError **error);

/** station_answer: (transfer full) (nullable): what the administrator with the recovery key answers a locked tablet's @request. */
GBytes *station_answer (Day *day, GBytes *request, GError **error);

G_END_DECLS
