/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/vault/salvage-pages.h"

G_BEGIN_DECLS

/** ym_salvage_visit_page: Calls @visit for each row in @page, which is @image opened; a page of no rows has none. */
gboolean ym_salvage_visit_page (YmSalvagePages *pages, const YmPageImage *image, const guint8 *page, YmSalvageVisit visit,
                                gpointer context, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
