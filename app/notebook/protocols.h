/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"
#include "app/rules/civil.h"

G_BEGIN_DECLS

/**
 * YmProtocol:
 * @field: the visit's question about it
 * @asked_on: the day of the last visit that has an answer, or YM_DAY_NONE
 * @seen_on: the day of the last visit that answered yes, or YM_DAY_NONE
 * @dated: the date that the document bore then, where the visit asks for it; else YM_DAY_NONE
 *
 * A policy, record or plan that a home has to have, and when an officer last saw it.
 */
typedef struct {
  const YmField *field;
  YmDay asked_on;
  YmDay seen_on;
  YmDay dated;
} YmProtocol;

/** ym_protocols_read: (transfer full) (element-type YmProtocol) (nullable): Of one home, by the latest of its visits, in the form's order. */
GArray *ym_protocols_read (YmDesk *desk, const YmId *home, GError **error);

G_END_DECLS
