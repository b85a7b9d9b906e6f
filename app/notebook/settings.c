/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the force has set for everybody. */

#include "app/notebook/settings.h"

#include <glib/gi18n-lib.h>

#include "app/rules/reconcile.h"
#include "app/rules/trigger.h"

const YmSetting ym_settings[YM_N_SETTINGS] = {
  [YM_SETTING_TRIGGER_THRESHOLD]
  = { "trigger_threshold", N_ ("Calls of a month that raise a joint inspection"), 1, 99, YM_TRIGGER_THRESHOLD },
  [YM_SETTING_RECONCILE_TOLERANCE]
  = { "reconcile_tolerance", N_ ("Minutes that a call and the home's log may be apart"), YM_RECONCILE_TOLERANCE_MINUTES_MIN,
      YM_RECONCILE_TOLERANCE_MINUTES_MAX, YM_RECONCILE_TOLERANCE_MINUTES },
};

gboolean
ym_setting_read (YmDesk *desk, YmSettingName setting, gint64 *value, gboolean *is_set, GError **error)
{
  const YmSetting *known = &ym_settings[setting];
  gboolean good;

  /* An older program may have let through what is a slip: a threshold of none would raise an inspection of a quiet home. */
  if (!ym_sql_integer (desk->db, value, error,
                       "SELECT coalesce((SELECT value FROM force_setting WHERE name = ? ORDER BY id LIMIT 1), ?)", "ti",
                       known->name, G_MININT64))
    return FALSE;
  good = *value >= known->minimum && *value <= known->maximum;
  if (!good)
    *value = known->otherwise;
  if (is_set != NULL)
    *is_set = good;
  return TRUE;
}

gboolean
ym_setting_trigger_threshold (YmDesk *desk, guint *threshold, GError **error)
{
  gint64 value;

  if (!ym_setting_read (desk, YM_SETTING_TRIGGER_THRESHOLD, &value, NULL, error))
    return FALSE;
  *threshold = (guint) value;
  return TRUE;
}

gboolean
ym_setting_reconcile_tolerance (YmDesk *desk, int *minutes, GError **error)
{
  gint64 value;

  if (!ym_setting_read (desk, YM_SETTING_RECONCILE_TOLERANCE, &value, NULL, error))
    return FALSE;
  *minutes = (int) value;
  return TRUE;
}

char *
ym_setting_problem (const char *name, gint64 value)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < YM_N_SETTINGS; i++)
    {
      const YmSetting *known = &ym_settings[i];

      g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ", known->name);
      if (g_strcmp0 (known->name, name) != 0)
        continue;
      if (value >= known->minimum && value <= known->maximum)
        return NULL;
      return g_strdup_printf (_ ("%s can be set from %ld to %ld."), name, (glong) known->minimum, (glong) known->maximum);
    }
  return g_strdup_printf (_ ("“%s” is no setting. What can be set: %s."), name != NULL ? name : "", names->str);
}
