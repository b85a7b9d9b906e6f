/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The field being typed in stays in view. */

#include "ui/visit/focus-scroll.h"

#define MARGIN_PX 24

static gboolean
scroll_cb (gpointer user_data)
{
  GtkScrolledWindow *scrolled = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scrolled);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (scrolled));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t bounds;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (scrolled))
      && gtk_widget_compute_bounds (focus, GTK_WIDGET (scrolled), &bounds))
    {
      double top = gtk_adjustment_get_value (adjustment) + bounds.origin.y;

      gtk_adjustment_clamp_page (adjustment, top - MARGIN_PX, top + bounds.size.height + MARGIN_PX);
    }
  return G_SOURCE_REMOVE;
}

/* Never from inside an allocation. */
static void
page_size_cb (GtkScrolledWindow *scrolled)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, scroll_cb, g_object_ref (scrolled), g_object_unref);
}

void
ym_scroll_keep_focus (GtkScrolledWindow *scrolled)
{
  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scrolled));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (scrolled), "notify::page-size",
                           G_CALLBACK (page_size_cb), scrolled, G_CONNECT_SWAPPED);
}
