/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The working area: homes, and what is open of one. */

#include "ui/pages/working-page.h"

#include <glib/gi18n-lib.h>

#include "ui/desk/place.h"
#include "ui/widgets/split.h"

struct _YmWorkingPage
{
  GtkWidget parent_instance;

  YmSplit *split;
  YmHomesPage *homes;
  YmPages *pages;
};

G_DEFINE_FINAL_TYPE (YmWorkingPage, ym_working_page, GTK_TYPE_WIDGET)

static void
folded_cb (YmWorkingPage *self)
{
  gboolean folded = ym_split_get_folded (self->split);

  ym_page_set_window_buttons (ym_homes_page_get_page (self->homes), TRUE, folded);
  ym_pages_set_folded (self->pages, folded);
}

static gboolean
ym_working_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (YM_WORKING_PAGE (widget)->homes));
}

static void
ym_working_page_dispose (GObject *object)
{
  g_clear_pointer ((GtkWidget **) &YM_WORKING_PAGE (object)->split, gtk_widget_unparent);
  G_OBJECT_CLASS (ym_working_page_parent_class)->dispose (object);
}

/* Bubbling: what is typed into an entry never comes here. */
static void
ym_working_page_bind_search (GtkWidgetClass *widget_class)
{
  static const struct {
    guint key;
    GdkModifierType modifiers;
  } keys[] = { { GDK_KEY_f, GDK_CONTROL_MASK }, { GDK_KEY_slash, 0 } };
  const YmPlace search = { .kind = YM_PLACE_SEARCH };
  g_autoptr (GVariant) place = g_variant_ref_sink (ym_place_to_variant (&search));

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, YM_PLACE_ACTION, "@(uss)", place);
}

static void
ym_working_page_class_init (YmWorkingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_working_page_dispose;
  widget_class->grab_focus = ym_working_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  ym_working_page_bind_search (widget_class);
}

static YmPage *
new_placeholder (void)
{
  g_autofree char *text = g_markup_escape_text (_("Choose a home to see its visits and issues, or to record a visit."), -1);

  return ym_page_new ("", g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "home-symbolic", "title",
                                        _("No home chosen"), "description", text, NULL));
}

static void
ym_working_page_init (YmWorkingPage *self)
{
  self->split = YM_SPLIT (ym_split_new ());
  self->homes = YM_HOMES_PAGE (ym_homes_page_new ());
  self->pages = YM_PAGES (ym_pages_new ());
  ym_pages_reset (self->pages, new_placeholder ());
  ym_split_set_sidebar (self->split, GTK_WIDGET (self->homes));
  ym_split_set_content (self->split, GTK_WIDGET (self->pages));
  gtk_widget_set_parent (GTK_WIDGET (self->split), GTK_WIDGET (self));
  g_signal_connect_swapped (self->split, "notify::folded", G_CALLBACK (folded_cb), self);
  folded_cb (self);
}

GtkWidget *
ym_working_page_new (void)
{
  return g_object_new (YM_TYPE_WORKING_PAGE, NULL);
}

YmHomesPage *
ym_working_page_get_homes (YmWorkingPage *self)
{
  g_return_val_if_fail (YM_IS_WORKING_PAGE (self), NULL);
  return self->homes;
}

YmPages *
ym_working_page_get_pages (YmWorkingPage *self)
{
  g_return_val_if_fail (YM_IS_WORKING_PAGE (self), NULL);
  return self->pages;
}

void
ym_working_page_open (YmWorkingPage *self, YmPage *page)
{
  g_return_if_fail (YM_IS_WORKING_PAGE (self));
  ym_pages_reset (self->pages, page);
  ym_split_set_show_content (self->split, TRUE);
}

gboolean
ym_working_page_shows_pages (YmWorkingPage *self)
{
  g_return_val_if_fail (YM_IS_WORKING_PAGE (self), FALSE);
  return !ym_split_get_folded (self->split) || ym_split_get_show_content (self->split);
}

void
ym_working_page_push (YmWorkingPage *self, YmPage *page)
{
  g_return_if_fail (YM_IS_WORKING_PAGE (self));
  if (!ym_working_page_shows_pages (self))
    ym_working_page_open (self, page);
  else
    ym_pages_push (self->pages, page);
}
