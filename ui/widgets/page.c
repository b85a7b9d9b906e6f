/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The frame that all pages of the working area have in common. */

#include "ui/widgets/page.h"

#include <glib/gi18n-lib.h>

#include "ui/menu.h"
#include "ui/widgets/row.h"

#define COLUMN_PX 640

struct _YmPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *back;
  GtkWidget *menu;
  GtkWidget *bars;
  GtkWidget *body;
};

G_DEFINE_FINAL_TYPE (YmPage, ym_page, GTK_TYPE_WIDGET)

static gboolean
ym_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (YM_PAGE (widget)->body, GTK_DIR_TAB_FORWARD);
}

static void
ym_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_page_parent_class)->dispose (object);
}

static void
ym_page_class_init (YmPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_page_dispose;
  widget_class->grab_focus = ym_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "ympage");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
}

static GtkLabel *
new_title (const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  return label;
}

static void
ym_page_init (YmPage *self)
{
  GtkWidget *titles = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->header = ADW_HEADER_BAR (adw_header_bar_new ());
  self->title = new_title ("title");
  self->subtitle = new_title ("subtitle");
  gtk_widget_set_valign (titles, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (titles), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (titles), GTK_WIDGET (self->subtitle));
  adw_header_bar_set_title_widget (self->header, titles);

  self->back = ym_icon_button_new ("go-previous-symbolic", _("Back"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->back), "page.back");
  gtk_widget_set_visible (self->back, FALSE);
  adw_header_bar_pack_start (self->header, self->back);
  self->menu = ym_menu_button_new ();
  adw_header_bar_pack_end (self->header, self->menu);

  self->bars = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (GTK_WIDGET (self->header), GTK_WIDGET (self));
  gtk_widget_set_parent (self->bars, GTK_WIDGET (self));
}

YmPage *
ym_page_new (const char *title, GtkWidget *body)
{
  YmPage *self = g_object_new (YM_TYPE_PAGE, NULL);

  ym_page_set_title (self, title, NULL);
  self->body = body;
  gtk_widget_set_vexpand (body, TRUE);
  gtk_widget_set_parent (body, GTK_WIDGET (self));
  return self;
}

void
ym_page_set_title (YmPage *self, const char *title, const char *subtitle)
{
  g_return_if_fail (YM_IS_PAGE (self));
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle != NULL);
  ym_say (self, title);
}

const char *
ym_page_get_title (YmPage *self)
{
  g_return_val_if_fail (YM_IS_PAGE (self), NULL);
  return gtk_label_get_text (self->title);
}

void
ym_page_add_end (YmPage *self, GtkWidget *widget)
{
  g_return_if_fail (YM_IS_PAGE (self));
  adw_header_bar_pack_end (self->header, widget);
}

void
ym_page_add_bar (YmPage *self, GtkWidget *bar)
{
  g_return_if_fail (YM_IS_PAGE (self));
  gtk_box_append (GTK_BOX (self->bars), bar);
}

void
ym_page_set_back (YmPage *self, gboolean shown)
{
  g_return_if_fail (YM_IS_PAGE (self));
  gtk_widget_set_visible (self->back, shown);
}

void
ym_page_set_window_buttons (YmPage *self, gboolean at_start, gboolean at_end)
{
  g_return_if_fail (YM_IS_PAGE (self));
  adw_header_bar_set_show_start_title_buttons (self->header, at_start);
  adw_header_bar_set_show_end_title_buttons (self->header, at_end);
}

void
ym_page_set_menu (YmPage *self, gboolean shown)
{
  g_return_if_fail (YM_IS_PAGE (self));
  gtk_widget_set_visible (self->menu, shown);
}

GtkWidget *
ym_page_get_body (YmPage *self)
{
  g_return_val_if_fail (YM_IS_PAGE (self), NULL);
  return self->body;
}

GtkWidget *
ym_page_clamp (GtkWidget *child)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_add_css_class (clamp, "column");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), COLUMN_PX);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), COLUMN_PX);
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}
