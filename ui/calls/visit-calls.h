/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/base/id.h"

G_BEGIN_DECLS

/** ym_visit_calls_new: (transfer floating): From a visit to the calls of its home, and to reconciling them at the visit. */
GtkWidget *ym_visit_calls_new (const YmId *home, const YmId *visit);

G_END_DECLS
