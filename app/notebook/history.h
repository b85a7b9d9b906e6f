/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/record.h"
#include "app/journal/change-set.h"
#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * YmHistoryStep:
 * @form: what kind of record; a call and its review have one id
 * @insert: whether the record began with it
 * @changes: (element-type YmFieldChange): field from → to, by the number of the field; one that this program does not know
 *   is among them
 * @wall_us: when, by the clock of the device
 * @received_at_us: when, by the server's clock; 0 while it is only here
 * @author: (nullable): the officer's name; %NULL for an administrator, or where it is not known here
 * @device: (nullable): the name of the device
 * @counts: %FALSE if it was refused: it is on record, but nothing came of it
 *
 * One save that touched a record, as it was signed (R12).
 */
typedef struct {
  const YmForm *form;
  gboolean insert;
  GArray *changes;
  gint64 wall_us;
  gint64 received_at_us;
  char *author;
  char *device;
  gboolean counts;
} YmHistoryStep;

/**
 * YmHistory:
 * @form: what kind of record it is
 * @steps: (element-type YmHistoryStep): the oldest first
 */
typedef struct {
  const YmForm *form;
  GPtrArray *steps;
} YmHistory;

void ym_history_free (YmHistory *history);

/**
 * ym_history_read:
 * @scope: the home of the record, or the force
 *
 * On either lane. What was erased since (R14) has left its step without changes. Errors: YM_ERROR_NOT_FOUND.
 */
YmHistory *ym_history_read (YmDesk *desk, const YmId *scope, const YmId *record, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_history_form:
 *
 * Returns: (nullable): the kind of the record with that id; %NULL with YM_ERROR_NOT_FOUND
 */
const YmForm *ym_history_form (YmDesk *desk, const YmId *scope, const YmId *record, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmHistory, ym_history_free)

G_END_DECLS
