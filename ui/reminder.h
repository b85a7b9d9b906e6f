/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/clock.h"
#include "app/rules/civil.h"
#include "ui/preferences.h"

G_BEGIN_DECLS

/**
 * YmReminderSend:
 * @body: (nullable): what to say on the desktop; %NULL takes back what was said
 */
typedef void (*YmReminderSend) (const char *body, gpointer data);

#define YM_TYPE_REMINDER (ym_reminder_get_type ())
G_DECLARE_FINAL_TYPE (YmReminder, ym_reminder, YM, REMINDER, GObject)

/**
 * ym_reminder_new:
 * @clock: (transfer none): outlives it
 * @send: shows a notification
 *
 * Says once a day, from eight o'clock on, how many visits are due, if the officer wants that. It knows days and nothing else,
 * so that it can go on while the store is locked, and what it says names no home: a locked screen shows it.
 */
YmReminder *ym_reminder_new (YmPreferences *preferences, const YmClock *clock, YmReminderSend send, gpointer data);

/** ym_reminder_set_due: @from: (array length=n): for each visit that is asked for, the day from which it is to be spoken of. */
void ym_reminder_set_due (YmReminder *self, const YmDay *from, guint n);

/** ym_reminder_look: What the clock does once a minute. */
void ym_reminder_look (YmReminder *self);

G_END_DECLS
