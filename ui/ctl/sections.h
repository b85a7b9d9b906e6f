/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"
#include "ui/ctl/output.h"

G_BEGIN_DECLS

/** ym_ctl_out_head: Which record, of which home, by whom. */
void ym_ctl_out_head (YmDesk *desk, YmOut *out, const YmRecord *record);

/** ym_ctl_out_sections: @rows: (element-type YmRecord): people met and the like */
void ym_ctl_out_sections (YmOut *out, const YmRecord *visit, GPtrArray *rows);

G_END_DECLS
