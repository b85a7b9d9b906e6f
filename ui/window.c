/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one window: enrolment, unlock, work. A phase's page lives as long as the phase, so that nothing of an
 * open store is left in a locked window. */

#include "ui/window.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/row.h"

#define DEFAULT_WIDTH_PX 1100
#define DEFAULT_HEIGHT_PX 760
#define MINIMUM_WIDTH_PX 360
#define MINIMUM_HEIGHT_PX 294

struct _YmWindow
{
  AdwApplicationWindow parent_instance;

  const YmClock *clock;
  YmBanner *made_up;
  YmBanner *banner;
  AdwToastOverlay *toasts;
  AdwBin *place;
  GtkWidget *page;
  YmPhase phase;
};

G_DEFINE_FINAL_TYPE (YmWindow, ym_window, ADW_TYPE_APPLICATION_WINDOW)

enum {
  SIGNAL_ACTIVE,
  SIGNAL_REMOVE_REQUESTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
event_cb (YmWindow *self, GdkEvent *event)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_MOTION_NOTIFY:
    case GDK_BUTTON_PRESS:
    case GDK_KEY_PRESS:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_UPDATE:
    case GDK_TOUCHPAD_SWIPE:
    case GDK_TOUCHPAD_PINCH:
      g_signal_emit (self, signals[SIGNAL_ACTIVE], 0);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

/* What was typed in a dialog is a draft; asking about it would leave it on a locked screen. */
static void
close_what_stands_over (YmWindow *self)
{
  g_autolist (GtkWindow) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    g_object_ref (link->data);
  for (GList *link = windows; link != NULL; link = link->next)
    if (gtk_window_get_transient_for (link->data) == GTK_WINDOW (self))
      gtk_window_destroy (link->data);
}

static void
watch_events (YmWindow *self, GtkWidget *window)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (window, events);
}

/* Who types in a dialog is not idle. */
static void
toplevels_changed_cb (YmWindow *self, guint position, guint removed, guint added, GListModel *toplevels)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (window != GTK_WIDGET (self) && !YM_IS_WINDOW (window))
        watch_events (self, window);
    }
}

static void
ym_window_class_init (YmWindowClass *klass)
{
  signals[SIGNAL_ACTIVE]
      = g_signal_new ("active", YM_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVE_REQUESTED]
      = g_signal_new ("remove-requested", YM_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
remove_cb (YmWindow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE_REQUESTED], 0);
}

static void
ym_window_init (YmWindow *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->made_up = YM_BANNER (ym_banner_new ());
  self->banner = YM_BANNER (ym_banner_new ());
  self->place = ADW_BIN (adw_bin_new ());
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->place), TRUE);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->made_up));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->banner));
  g_signal_connect_object (self->made_up, "activated", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->place));
  adw_toast_overlay_set_child (self->toasts, column);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), GTK_WIDGET (self->toasts));

  watch_events (self, GTK_WIDGET (self));
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (toplevels_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_set_title (GTK_WINDOW (self), "Ymweld");
  gtk_window_set_icon_name (GTK_WINDOW (self), "uk.ymweld.Ymweld");
  gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH_PX, DEFAULT_HEIGHT_PX);
  gtk_widget_set_size_request (GTK_WIDGET (self), MINIMUM_WIDTH_PX, MINIMUM_HEIGHT_PX);
}

YmWindow *
ym_window_new (GtkApplication *application, const YmClock *clock)
{
  YmWindow *self = g_object_new (YM_TYPE_WINDOW, "application", application, NULL);

  self->clock = clock;
  return self;
}

void
ym_window_set_phase (YmWindow *self, YmPhase phase)
{
  g_return_if_fail (YM_IS_WINDOW (self));
  close_what_stands_over (self);
  self->phase = phase;
  switch (phase)
    {
    case YM_PHASE_BLANK:
      self->page = NULL;
      break;
    case YM_PHASE_ENROL:
      self->page = ym_enrol_page_new ();
      break;
    case YM_PHASE_UNLOCK:
      self->page = ym_unlock_page_new (self->clock);
      break;
    case YM_PHASE_WORKING:
      self->page = ym_working_page_new ();
      break;
    }
  adw_bin_set_child (self->place, self->page);
  if (self->page != NULL)
    gtk_widget_grab_focus (self->page);
}

YmPhase
ym_window_get_phase (YmWindow *self)
{
  g_return_val_if_fail (YM_IS_WINDOW (self), YM_PHASE_BLANK);
  return self->phase;
}

YmEnrolPage *
ym_window_get_enrol (YmWindow *self)
{
  g_return_val_if_fail (YM_IS_WINDOW (self), NULL);
  return self->phase == YM_PHASE_ENROL ? YM_ENROL_PAGE (self->page) : NULL;
}

YmUnlockPage *
ym_window_get_unlock (YmWindow *self)
{
  g_return_val_if_fail (YM_IS_WINDOW (self), NULL);
  return self->phase == YM_PHASE_UNLOCK ? YM_UNLOCK_PAGE (self->page) : NULL;
}

YmWorkingPage *
ym_window_get_working (YmWindow *self)
{
  g_return_val_if_fail (YM_IS_WINDOW (self), NULL);
  return self->phase == YM_PHASE_WORKING ? YM_WORKING_PAGE (self->page) : NULL;
}

YmBanner *
ym_window_get_banner (YmWindow *self)
{
  g_return_val_if_fail (YM_IS_WINDOW (self), NULL);
  return self->banner;
}

void
ym_window_set_made_up (YmWindow *self, gboolean made_up)
{
  g_return_if_fail (YM_IS_WINDOW (self));
  if (made_up)
    ym_banner_show (self->made_up, YM_BANNER_WARNING,
                    _ ("Made-up data: nothing here is real."), _ ("Remove"));
  else
    ym_banner_hide (self->made_up);
}

void
ym_window_toast (YmWindow *self, const char *text)
{
  g_return_if_fail (YM_IS_WINDOW (self));
  ym_toast (self->toasts, text);
}
