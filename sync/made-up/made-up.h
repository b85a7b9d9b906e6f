/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/** YmMadeUpFile: @name: what ymweld-admin would import it as, such as "homes"; @csv: the spreadsheet. */
typedef struct {
  const char *name;
  GBytes *csv;
} YmMadeUpFile;

/**
 * ym_made_up_fill:
 * @desk: of a new notebook, on its writing lane
 * @public_key: this device's
 * @collar_no: whose notebook it becomes
 * @files: (array length=n_files): in the order in which they name each other
 *
 * Founds a force that nobody has the keys of and imports the spreadsheets into this very store, with every day in them
 * brought near to today. There is no server: what is imported counts as received.
 */
gboolean ym_made_up_fill (YmDesk *desk, const guint8 public_key[YM_PUBLIC_KEY_BYTES], const char *collar_no,
                          const YmMadeUpFile *files, guint n_files, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_made_up_receive: What waits to be sent counts as received, too. On the writing lane. */
gboolean ym_made_up_receive (YmDesk *desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_made_up_shift:
 * @csv: a spreadsheet as text
 * @days: how many days later every day in it shall be
 *
 * Returns: (transfer full): the same with its days, and its months by as many months as @days are about
 */
char *ym_made_up_shift (const char *csv, int days);

G_END_DECLS
