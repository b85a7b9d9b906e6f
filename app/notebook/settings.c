/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the force has set for everybody. */

#include "app/notebook/settings.h"

#include "app/rules/trigger.h"

gboolean
ym_setting_read (YmDesk *desk, const char *name, gint64 otherwise, gint64 *value, GError **error)
{
  return ym_sql_integer (desk->db, value, error,
                         "SELECT coalesce((SELECT value FROM force_setting WHERE name = ? ORDER BY id LIMIT 1), ?)", "ti",
                         name, otherwise);
}

gboolean
ym_setting_trigger_threshold (YmDesk *desk, guint *threshold, GError **error)
{
  gint64 value;

  if (!ym_setting_read (desk, "trigger_threshold", YM_TRIGGER_THRESHOLD, &value, error))
    return FALSE;
  /* None at all would raise an inspection of a quiet home; the setting is then a slip. */
  *threshold = value >= 1 && value <= 99 ? (guint) value : YM_TRIGGER_THRESHOLD;
  return TRUE;
}
