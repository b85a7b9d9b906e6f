/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A month, and the ways to its neighbours. */

#include "ui/widgets/month-bar.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/row.h"

struct _YmMonthBar
{
  GtkWidget parent_instance;

  YmMonth month;
  YmMonth latest;
  GtkWidget *before;
  GtkWidget *after;
  GtkLabel *name;
};

G_DEFINE_FINAL_TYPE (YmMonthBar, ym_month_bar, GTK_TYPE_WIDGET)

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

char *
ym_month_say (YmMonth month)
{
  g_autoptr (GDateTime) first
      = g_date_time_new_from_unix_utc ((gint64) ym_month_first_day (month) * YM_DAY_US / G_USEC_PER_SEC);

  /* TRANSLATORS: %OB is the month's name as it stands alone, %Y the year. */
  return first != NULL ? g_date_time_format (first, _ ("%OB %Y")) : g_strdup ("");
}

static void
show (YmMonthBar *self)
{
  g_autofree char *name = ym_month_say (self->month);

  gtk_label_set_text (self->name, name);
  gtk_widget_set_sensitive (self->after, self->month < self->latest);
}

/* A button that can't be pressed any more loses the focus; it goes to the other one. */
static void
turn (YmMonthBar *self, int by)
{
  gboolean had_focus = gtk_widget_has_focus (self->after);

  self->month += by;
  show (self);
  if (had_focus && !gtk_widget_get_sensitive (self->after))
    gtk_widget_grab_focus (self->before);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
before_cb (YmMonthBar *self)
{
  turn (self, -1);
}

static void
after_cb (YmMonthBar *self)
{
  turn (self, 1);
}

static void
ym_month_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_month_bar_parent_class)->dispose (object);
}

static void
ym_month_bar_class_init (YmMonthBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_month_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", YM_TYPE_MONTH_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_turn (YmMonthBar *self, const char *icon, const char *label, GCallback clicked)
{
  GtkWidget *button = ym_icon_button_new (icon, label);

  gtk_widget_add_css_class (button, "square-touch");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static void
ym_month_bar_init (YmMonthBar *self)
{
  self->before = new_turn (self, "go-previous-symbolic", _ ("The month before"), G_CALLBACK (before_cb));
  self->name = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->name), TRUE);
  gtk_label_set_wrap (self->name, TRUE);
  gtk_label_set_justify (self->name, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "title-3");
  gtk_widget_set_parent (GTK_WIDGET (self->name), GTK_WIDGET (self));
  self->after = new_turn (self, "go-next-symbolic", _ ("The month after"), G_CALLBACK (after_cb));
  ym_say (self, _ ("Month"));
}

GtkWidget *
ym_month_bar_new (YmMonth month, YmMonth latest)
{
  YmMonthBar *self = g_object_new (YM_TYPE_MONTH_BAR, NULL);

  self->month = month;
  self->latest = MAX (month, latest);
  show (self);
  return GTK_WIDGET (self);
}

YmMonth
ym_month_bar_get (YmMonthBar *self)
{
  g_return_val_if_fail (YM_IS_MONTH_BAR (self), 0);
  return self->month;
}
