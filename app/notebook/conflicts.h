/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/record.h"
#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * YmConflict:
 * @record: as it stands, with the later answer
 * @field: the answer that two people gave without having seen the other's
 * @other: the earlier one
 * @device: the device that wrote the later one
 * @at_us: when, by that device's clock
 *
 * Two answers to one question. Both are kept until somebody answers it again, knowing what stands.
 */
typedef struct {
  YmRecord *record;
  const YmField *field;
  YmValue other;
  YmId device;
  gint64 at_us;
} YmConflict;

void ym_conflict_free (YmConflict *conflict);

/** ym_conflict_list: (transfer full) (element-type YmConflict) (nullable): All there are on this device, newest first. */
GPtrArray *ym_conflict_list (YmDesk *desk, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmConflict, ym_conflict_free)

G_END_DECLS
