/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/fleet/device.h"

G_BEGIN_DECLS

/** duty_officer: An officer writes something about a home that the tablet says is theirs; nothing if it knows of none. */
void duty_officer (Device *device);

/** duty_administrator: The administrator corrects a home, or gives a home to another officer, or takes it away. */
void duty_administrator (Device *device, gboolean may_reassign);

G_END_DECLS
