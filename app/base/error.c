/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one error domain of app and sync. */

#include "app/base/error.h"

G_DEFINE_QUARK (ym-error, ym_error)
