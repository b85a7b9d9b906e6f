/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Due visits on the desktop: a number, once a day. */

#include "ui/reminder.h"

#include <glib/gi18n-lib.h>

#define EVERY_S 60
#define FROM_MINUTE (8 * 60)

struct _YmReminder
{
  GObject parent_instance;

  YmPreferences *preferences;
  const YmClock *clock;
  YmReminderSend send;
  gpointer data;
  GArray *due;  /* of YmDay */
  YmDay said;   /* the day on which it was said last, or YM_DAY_NONE */
  guint source;
};

G_DEFINE_FINAL_TYPE (YmReminder, ym_reminder, G_TYPE_OBJECT)

static gboolean
tick_cb (gpointer self)
{
  ym_reminder_look (self);
  return G_SOURCE_CONTINUE;
}

static void
ym_reminder_dispose (GObject *object)
{
  YmReminder *self = YM_REMINDER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (ym_reminder_parent_class)->dispose (object);
}

static void
ym_reminder_finalize (GObject *object)
{
  g_array_unref (YM_REMINDER (object)->due);
  G_OBJECT_CLASS (ym_reminder_parent_class)->finalize (object);
}

static void
ym_reminder_class_init (YmReminderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ym_reminder_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_reminder_finalize;
}

static void
ym_reminder_init (YmReminder *self)
{
  self->due = g_array_new (FALSE, FALSE, sizeof (YmDay));
  self->said = YM_DAY_NONE;
}

YmReminder *
ym_reminder_new (YmPreferences *preferences, const YmClock *clock, YmReminderSend send, gpointer data)
{
  YmReminder *self = g_object_new (YM_TYPE_REMINDER, NULL);

  self->preferences = g_object_ref (preferences);
  self->clock = clock;
  self->send = send;
  self->data = data;
  self->source = g_timeout_add_seconds (EVERY_S, tick_cb, self);
  g_signal_connect_object (preferences, "changed", G_CALLBACK (ym_reminder_look), self, G_CONNECT_SWAPPED);
  return self;
}

static guint
count_due (YmReminder *self, YmDay today)
{
  guint n = 0;

  for (guint i = 0; i < self->due->len; i++)
    n += g_array_index (self->due, YmDay, i) <= today;
  return n;
}

void
ym_reminder_look (YmReminder *self)
{
  YmLondonTime now;
  g_autofree char *body = NULL;
  guint n;

  g_return_if_fail (YM_IS_REMINDER (self));
  now = ym_london_from_instant (ym_clock_wall_us (self->clock));
  n = ym_preferences_get_reminders (self->preferences) ? count_due (self, now.day) : 0;
  if (n == 0 && self->said != YM_DAY_NONE)
    {
      self->send (NULL, self->data);
      self->said = YM_DAY_NONE;
    }
  if (n == 0 || self->said == now.day || now.minute < FROM_MINUTE)
    return;
  self->said = now.day;
  body = g_strdup_printf (ngettext ("%u visit is due.", "%u visits are due.", n), n);
  self->send (body, self->data);
}

void
ym_reminder_set_due (YmReminder *self, const YmDay *from, guint n)
{
  g_return_if_fail (YM_IS_REMINDER (self));
  g_array_set_size (self->due, 0);
  g_array_append_vals (self->due, from, n);
  ym_reminder_look (self);
}
