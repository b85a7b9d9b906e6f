/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question answered by a date, or by a date and a time. */

#include "ui/widgets/date-row.h"

#include <glib/gi18n-lib.h>

#include "app/rules/civil.h"
#include "ui/widgets/date-text.h"
#include "ui/widgets/fold-layout.h"

struct _YmDateRow
{
  YmFieldRow parent_instance;

  const YmClock *clock;
  GtkEntry *date;
  GtkEntry *time; /* NULL where only a date is asked for */
  GtkLabel *said;
  GtkWidget *calendar_button;
  GtkWidget *now_button;
  GtkWidget *popover;
  GtkCalendar *calendar;
};

G_DEFINE_FINAL_TYPE (YmDateRow, ym_date_row, YM_TYPE_FIELD_ROW)

/* Keys in the calendar: how far they move the marked day; not at all means that it is taken. */
static const struct
{
  guint key;
  int days;
  int months;
} calendar_keys[] = {
  { GDK_KEY_Left, -1, 0 },     { GDK_KEY_Right, 1, 0 },      { GDK_KEY_Up, -7, 0 },    { GDK_KEY_Down, 7, 0 },
  { GDK_KEY_Page_Up, 0, -1 },  { GDK_KEY_Page_Down, 0, 1 },  { GDK_KEY_Return, 0, 0 }, { GDK_KEY_KP_Enter, 0, 0 },
  { GDK_KEY_ISO_Enter, 0, 0 }, { GDK_KEY_space, 0, 0 },
};

static gboolean
is_blank (GtkEntry *entry)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));

  return *g_strstrip (text) == '\0';
}

static gboolean
read_instant (YmDateRow *self, YmDay day, YmValue *value, char **problem)
{
  int minute;
  gint64 at_us;

  if (!ym_time_read (gtk_editable_get_text (GTK_EDITABLE (self->time)), &minute))
    *problem = g_strdup (_("Type a time like 14:30."));
  else if (ym_london_to_instant (day, minute, FALSE, &at_us) == YM_LONDON_NEVER)
    *problem = g_strdup (_("The clocks went forward in that hour: there was no such time."));
  else
    *value = ym_value_integer (at_us);
  return *problem == NULL;
}

static gboolean
ym_date_row_get_value (YmFieldRow *row, YmValue *value, char **problem)
{
  YmDateRow *self = YM_DATE_ROW (row);
  YmDay day;

  if (is_blank (self->date) && (self->time == NULL || is_blank (self->time)))
    return TRUE;
  if (!ym_date_read (gtk_editable_get_text (GTK_EDITABLE (self->date)), &day))
    {
      *problem = g_strdup (_("Type a date like 14/3/2026."));
      return FALSE;
    }
  if (self->time != NULL)
    return read_instant (self, day, value, problem);
  *value = ym_value_integer (day);
  return TRUE;
}

/* The day in words, so that 3/4 is never taken for 4/3. */
static void
say_date (YmDateRow *self)
{
  g_autofree char *words = NULL;
  YmDay day;

  if (ym_date_read (gtk_editable_get_text (GTK_EDITABLE (self->date)), &day))
    words = ym_date_say (day);
  gtk_label_set_text (self->said, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->said), words != NULL);
}

static void
show_day (YmDateRow *self, YmDay day)
{
  g_autofree char *text = ym_date_write (day);

  gtk_editable_set_text (GTK_EDITABLE (self->date), text);
}

static void
show_instant (YmDateRow *self, gint64 at_us)
{
  YmLondonTime local = ym_london_from_instant (at_us);
  g_autofree char *text = ym_time_write (local.minute);

  show_day (self, local.day);
  gtk_editable_set_text (GTK_EDITABLE (self->time), text);
}

static void
ym_date_row_set_value (YmFieldRow *row, const YmValue *value)
{
  YmDateRow *self = YM_DATE_ROW (row);

  if (value->kind != YM_VALUE_INTEGER)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->date), "");
      if (self->time != NULL)
        gtk_editable_set_text (GTK_EDITABLE (self->time), "");
    }
  else if (self->time != NULL)
    show_instant (self, value->integer);
  else
    show_day (self, (YmDay) value->integer);
}

static char *
ym_date_row_describe (YmFieldRow *row, const YmValue *value)
{
  g_autofree char *day = NULL, *minute = NULL;
  YmLondonTime local;

  if (YM_DATE_ROW (row)->time == NULL)
    return ym_date_say ((YmDay) value->integer);
  local = ym_london_from_instant (value->integer);
  day = ym_date_say (local.day);
  minute = ym_time_write (local.minute);
  return g_strdup_printf ("%s, %s", day, minute);
}

static YmDay
shown_day (YmDateRow *self)
{
  YmDay day;

  if (ym_date_read (gtk_editable_get_text (GTK_EDITABLE (self->date)), &day))
    return day;
  return ym_london_day (ym_clock_wall_us (self->clock));
}

static void
mark_day (YmDateRow *self, YmDay day)
{
  g_autoptr (GDateTime) date = NULL;
  int year, month, day_of_month;

  ym_day_to_ymd (day, &year, &month, &day_of_month);
  date = g_date_time_new_local (year, month, day_of_month, 12, 0, 0);
  gtk_calendar_select_day (self->calendar, date);
}

static YmDay
marked_day (YmDateRow *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  int year, month, day_of_month;

  g_date_time_get_ymd (date, &year, &month, &day_of_month);
  return ym_day_from_ymd (year, month, day_of_month);
}

static void
calendar_clicked_cb (YmDateRow *self)
{
  mark_day (self, shown_day (self));
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (GTK_WIDGET (self->calendar));
}

static void
take_marked_day (YmDateRow *self)
{
  g_auto (YmValue) value = YM_VALUE_INIT;
  YmDay day = marked_day (self);

  if (self->time == NULL)
    {
      value = ym_value_integer (day);
      ym_field_row_answer (YM_FIELD_ROW (self), &value);
    }
  else
    show_day (self, day); /* the time may not be there yet */
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* The calendar has marked the day by now. Taps between the days, or on month and year, take nothing. */
static void
tapped_cb (YmDateRow *self, int n_presses, double x, double y)
{
  GtkWidget *tapped = gtk_widget_pick (GTK_WIDGET (self->calendar), x, y, GTK_PICK_DEFAULT);

  if (tapped != NULL && gtk_widget_has_css_class (tapped, "day-number"))
    take_marked_day (self);
}

/* GtkCalendar's own keys move a second, nearly invisible cursor; here the arrows move the marked day. */
static gboolean
calendar_key_cb (YmDateRow *self, guint key)
{
  if (!gtk_widget_is_focus (GTK_WIDGET (self->calendar)))
    return FALSE; /* the buttons for month and year have their own keys */
  for (guint i = 0; i < G_N_ELEMENTS (calendar_keys); i++)
    {
      if (calendar_keys[i].key != key)
        continue;
      if (calendar_keys[i].days == 0 && calendar_keys[i].months == 0)
        take_marked_day (self);
      else
        mark_day (self, ym_day_add_months (marked_day (self) + calendar_keys[i].days, calendar_keys[i].months));
      return TRUE;
    }
  return FALSE;
}

static void
now_clicked_cb (YmDateRow *self)
{
  gint64 now_us = ym_clock_wall_us (self->clock);
  YmValue value = ym_value_integer (self->time != NULL ? now_us - now_us % YM_MINUTE_US : ym_london_day (now_us));

  ym_field_row_answer (YM_FIELD_ROW (self), &value);
}

static void
changed_cb (YmDateRow *self)
{
  say_date (self);
  ym_field_row_edited (YM_FIELD_ROW (self));
}

static gboolean
ym_date_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (YM_DATE_ROW (widget)->date));
}

static void
ym_date_row_dispose (GObject *object)
{
  YmDateRow *self = YM_DATE_ROW (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (ym_date_row_parent_class)->dispose (object);
}

static void
ym_date_row_class_init (YmDateRowClass *klass)
{
  YmFieldRowClass *row_class = YM_FIELD_ROW_CLASS (klass);

  row_class->get_value = ym_date_row_get_value;
  row_class->set_value = ym_date_row_set_value;
  row_class->describe = ym_date_row_describe;
  G_OBJECT_CLASS (klass)->dispose = ym_date_row_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = ym_date_row_grab_focus;
}

static void
build_calendar (YmDateRow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *tap = gtk_gesture_click_new ();

  self->calendar_button = gtk_button_new_from_icon_name ("x-office-calendar-symbolic");
  gtk_widget_add_css_class (self->calendar_button, "step");
  g_signal_connect_swapped (self->calendar_button, "clicked", G_CALLBACK (calendar_clicked_cb), self);

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), GTK_WIDGET (self->calendar));
  gtk_widget_set_parent (self->popover, self->calendar_button);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (calendar_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->calendar), keys);
  g_signal_connect_swapped (tap, "released", G_CALLBACK (tapped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->calendar), GTK_EVENT_CONTROLLER (tap));
}

static GtkEntry *
new_entry (YmDateRow *self, int width_chars, const char *placeholder)
{
  GtkEntry *entry = GTK_ENTRY (gtk_entry_new ());

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), width_chars);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), width_chars);
  gtk_entry_set_placeholder_text (entry, placeholder);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);
  return entry;
}

static void
build (YmDateRow *self, gboolean instant)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *parts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *linked = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *clock = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_layout_manager (parts, ym_fold_layout_new (6, FALSE));
  gtk_widget_add_css_class (linked, "linked");
  self->date = new_entry (self, 10, _("day/month/year"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->date), TRUE);
  build_calendar (self);
  gtk_box_append (GTK_BOX (linked), GTK_WIDGET (self->date));
  gtk_box_append (GTK_BOX (linked), self->calendar_button);
  gtk_box_append (GTK_BOX (parts), linked);
  if (instant)
    {
      self->time = new_entry (self, 5, _("hh:mm"));
      gtk_widget_set_hexpand (GTK_WIDGET (self->time), TRUE);
      gtk_box_append (GTK_BOX (clock), GTK_WIDGET (self->time));
    }
  self->now_button = gtk_button_new_with_label (instant ? _("Now") : _("Today"));
  gtk_widget_add_css_class (self->now_button, "touch");
  g_signal_connect_swapped (self->now_button, "clicked", G_CALLBACK (now_clicked_cb), self);
  gtk_box_append (GTK_BOX (clock), self->now_button);
  gtk_box_append (GTK_BOX (parts), clock);

  self->said = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->said, 0);
  gtk_label_set_wrap (self->said, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->said), "quiet");
  gtk_widget_set_visible (GTK_WIDGET (self->said), FALSE);
  gtk_box_append (GTK_BOX (column), parts);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->said));
  ym_field_row_set_control (YM_FIELD_ROW (self), column, GTK_WIDGET (self->date), TRUE);
}

static void
name_part (GtkWidget *part, const char *title, const char *what)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", title, what);

  gtk_accessible_update_property (GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
new_row (const char *title, const YmClock *clock, gboolean instant)
{
  YmDateRow *self = g_object_new (YM_TYPE_DATE_ROW, NULL);

  self->clock = clock;
  build (self, instant);
  ym_field_row_set_title (YM_FIELD_ROW (self), title);
  name_part (self->calendar_button, title, _("calendar"));
  name_part (self->now_button, title, instant ? _("Now") : _("Today"));
  if (instant)
    name_part (GTK_WIDGET (self->time), title, _("time"));
  return GTK_WIDGET (self);
}

static void
ym_date_row_init (YmDateRow *self)
{
}

GtkWidget *
ym_date_row_new (const char *title, const YmClock *clock)
{
  return new_row (title, clock, FALSE);
}

GtkWidget *
ym_date_row_new_instant (const char *title, const YmClock *clock)
{
  return new_row (title, clock, TRUE);
}
