/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list as one stop of the Tab key. Takes part in its scrolled window by handing GtkScrollable through. */

#include "ui/widgets/list-bin.h"

struct _YmListBin
{
  GtkWidget parent_instance;

  GtkWidget *list;
};

static void ym_list_bin_scrollable_init (GtkScrollableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YmListBin, ym_list_bin, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, ym_list_bin_scrollable_init))

enum {
  PROPERTY_HADJUSTMENT = 1,
  PROPERTY_VADJUSTMENT,
  PROPERTY_HSCROLL_POLICY,
  PROPERTY_VSCROLL_POLICY,
};

static const char *const scrollable_properties[] = {
  [PROPERTY_HADJUSTMENT] = "hadjustment",
  [PROPERTY_VADJUSTMENT] = "vadjustment",
  [PROPERTY_HSCROLL_POLICY] = "hscroll-policy",
  [PROPERTY_VSCROLL_POLICY] = "vscroll-policy",
};

static gboolean
ym_list_bin_focus (GtkWidget *widget, GtkDirectionType direction)
{
  YmListBin *self = YM_LIST_BIN (widget);
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tab && gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return gtk_widget_child_focus (self->list, tab ? GTK_DIR_TAB_FORWARD : direction);
}

static gboolean
ym_list_bin_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (YM_LIST_BIN (widget)->list);
}

static void
ym_list_bin_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  YmListBin *self = YM_LIST_BIN (object);

  if (self->list != NULL)
    g_object_get_property (G_OBJECT (self->list), scrollable_properties[id], value);
}

static void
ym_list_bin_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  YmListBin *self = YM_LIST_BIN (object);

  if (self->list != NULL)
    g_object_set_property (G_OBJECT (self->list), scrollable_properties[id], value);
}

static void
ym_list_bin_dispose (GObject *object)
{
  g_clear_pointer (&YM_LIST_BIN (object)->list, gtk_widget_unparent);
  G_OBJECT_CLASS (ym_list_bin_parent_class)->dispose (object);
}

static void
ym_list_bin_scrollable_init (GtkScrollableInterface *iface)
{
}

static void
ym_list_bin_class_init (YmListBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ym_list_bin_dispose;
  object_class->get_property = ym_list_bin_get_property;
  object_class->set_property = ym_list_bin_set_property;
  widget_class->focus = ym_list_bin_focus;
  widget_class->grab_focus = ym_list_bin_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  for (guint i = PROPERTY_HADJUSTMENT; i < G_N_ELEMENTS (scrollable_properties); i++)
    g_object_class_override_property (object_class, i, scrollable_properties[i]);
}

static void
ym_list_bin_init (YmListBin *self)
{
}

GtkWidget *
ym_list_bin_new (GtkWidget *list)
{
  YmListBin *self = g_object_new (YM_TYPE_LIST_BIN, NULL);

  g_return_val_if_fail (GTK_IS_SCROLLABLE (list), NULL);
  self->list = list;
  gtk_widget_set_parent (list, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
