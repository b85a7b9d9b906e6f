/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * YmSetting:
 * @name: what the force's table calls it
 * @label: for people; give it to ym_label()
 * @minimum: the least it may be
 * @maximum: the most
 * @otherwise: what holds where the force has set nothing
 *
 * A number that the force sets for everybody (`force_setting`).
 */
typedef struct {
  const char *name;
  const char *label;
  gint64 minimum;
  gint64 maximum;
  gint64 otherwise;
} YmSetting;

/** YmSettingName: The place of each in ym_settings. */
typedef enum {
  YM_SETTING_TRIGGER_THRESHOLD,   /* the call of a month that raises a joint inspection (R6) */
  YM_SETTING_RECONCILE_TOLERANCE, /* minutes that a call and its line in the home's log may be apart (R5) */
  YM_N_SETTINGS,
} YmSettingName;

extern const YmSetting ym_settings[YM_N_SETTINGS];

/**
 * ym_setting_read:
 * @value: (out): what the force has set; @otherwise of #YmSetting where it has not, or has set what can't be meant
 * @is_set: (out) (nullable): whether the force has set it
 */
gboolean ym_setting_read (YmDesk *desk, YmSettingName setting, gint64 *value, gboolean *is_set,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_setting_trigger_threshold: The call of a month that raises a joint inspection (R6): 1 to 99. */
gboolean ym_setting_trigger_threshold (YmDesk *desk, guint *threshold, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_setting_reconcile_tolerance: Minutes, 5 to 240 (R5). */
gboolean ym_setting_reconcile_tolerance (YmDesk *desk, int *minutes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_setting_problem:
 *
 * Returns: (transfer full) (nullable): why a force can't set @name to @value, in the user's language
 */
char *ym_setting_problem (const char *name, gint64 value);

G_END_DECLS
