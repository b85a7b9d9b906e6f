/* SPDX-License-Identifier: GPL-3.0-or-later */

/* My homes. */

#include "ui/pages/homes-page.h"

#include <glib/gi18n-lib.h>

#include "ui/pages/home-row.h"
#include "ui/pages/month-strip.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/list-bin.h"
#include "ui/widgets/row.h"

struct _YmHomesPage
{
  GtkWidget parent_instance;

  YmPage *page;
  GtkWidget *column; /* the stack, and what was put below it */
  GtkStack *stack; /* "list", "none", "not-found" */
  GtkListView *list;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search;
  GtkWidget *all; /* the button that asks for all homes */
  YmHomeFilter filter;
  YmMonthStrip *strip;
  YmDay today; /* YM_DAY_NONE: not told */
  GtkWidget *banner;
  GtkSortListModel *sorted;
  GtkCustomFilter *own_filter;
  GtkCustomFilter *deputy_filter;
  GListModel *deputies;       /* those where the officer is the deputy, as filtered */
  GtkStringList *heading;     /* of theirs: one entry, or none where there are none */
  GtkFlattenListModel *shown; /* the own ones, the heading, the deputies' */
};

#define FILTER "ym-filter"

G_DEFINE_FINAL_TYPE (YmHomesPage, ym_homes_page, GTK_TYPE_WIDGET)

enum {
  SIGNAL_HOME_ACTIVATED,
  SIGNAL_SYNC_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
is_wanted (YmHomesPage *self, YmHomeItem *item, gboolean deputy)
{
  return ym_home_item_get (item)->deputy == deputy && ym_home_item_passes (item, self->filter)
         && ym_home_item_matches (item, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static gboolean
filter_own (gpointer item, gpointer user_data)
{
  return is_wanted (user_data, item, FALSE);
}

static gboolean
filter_deputy (gpointer item, gpointer user_data)
{
  return is_wanted (user_data, item, TRUE);
}

/* Who searches needs the room for what is found. */
static void
show_strip (YmHomesPage *self)
{
  gboolean searching = gtk_search_bar_get_search_mode (self->search_bar);

  ym_month_strip_show (self->strip, searching ? YM_DAY_NONE : self->today,
                       gtk_sort_list_model_get_model (self->sorted));
}

static void
show_list_cb (YmHomesPage *self)
{
  GListModel *all = gtk_sort_list_model_get_model (self->sorted);
  guint n_all = all != NULL ? g_list_model_get_n_items (all) : 0;
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));

  gtk_stack_set_visible_child_name (self->stack, n_all == 0 ? "none" : n_shown == 0 ? "not-found" : "list");
}

static void
deputies_changed_cb (YmHomesPage *self)
{
  gboolean has_heading = g_list_model_get_n_items (G_LIST_MODEL (self->heading)) > 0;
  gboolean needs_heading = g_list_model_get_n_items (self->deputies) > 0;
  const char *const heading[] = { _("Where you are the deputy"), NULL };

  if (needs_heading != has_heading)
    gtk_string_list_splice (self->heading, 0, has_heading, needs_heading ? heading : NULL);
}

static void
search_changed_cb (YmHomesPage *self)
{
  gtk_filter_changed (GTK_FILTER (self->own_filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_filter_changed (GTK_FILTER (self->deputy_filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
filter_clicked_cb (GtkToggleButton *button, YmHomesPage *self)
{
  if (!gtk_toggle_button_get_active (button) || self->own_filter == NULL)
    return;
  self->filter = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), FILTER));
  search_changed_cb (self);
}

/* Closed, it asks for nothing. */
static void
search_mode_cb (YmHomesPage *self)
{
  if (!gtk_search_bar_get_search_mode (self->search_bar))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->all), TRUE);
  show_strip (self);
}

/* Enter in the search opens the first home that is left. */
static void
search_activated_cb (YmHomesPage *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->shown)); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      if (!YM_IS_HOME_ITEM (item))
        continue;
      g_signal_emit (self, signals[SIGNAL_HOME_ACTIVATED], 0, item);
      return;
    }
}

static void
activate_cb (YmHomesPage *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list)), position);

  if (YM_IS_HOME_ITEM (item))
    g_signal_emit (self, signals[SIGNAL_HOME_ACTIVATED], 0, item);
}

static void
banner_activated_cb (YmHomesPage *self)
{
  g_signal_emit (self, signals[SIGNAL_SYNC_ACTIVATED], 0);
}

static void
search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  YmHomesPage *self = YM_HOMES_PAGE (widget);
  gboolean open = !gtk_search_bar_get_search_mode (self->search_bar);

  gtk_search_bar_set_search_mode (self->search_bar, open);
  if (open)
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static gboolean
ym_homes_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (YM_HOMES_PAGE (widget)->page));
}

static void
ym_homes_page_dispose (GObject *object)
{
  YmHomesPage *self = YM_HOMES_PAGE (object);

  g_clear_pointer ((GtkWidget **) &self->page, gtk_widget_unparent);
  g_clear_object (&self->shown);
  g_clear_object (&self->heading);
  g_clear_object (&self->deputies);
  g_clear_object (&self->sorted);
  G_OBJECT_CLASS (ym_homes_page_parent_class)->dispose (object);
}

static void
ym_homes_page_class_init (YmHomesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_homes_page_dispose;
  widget_class->grab_focus = ym_homes_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "homes.search", NULL, search_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "homes.search", NULL);
  signals[SIGNAL_HOME_ACTIVATED] = g_signal_new ("home-activated", YM_TYPE_HOMES_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 1, YM_TYPE_HOME_ITEM);
  signals[SIGNAL_SYNC_ACTIVATED] = g_signal_new ("sync-activated", YM_TYPE_HOMES_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_empty (const char *icon, const char *title, const char *description)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  return g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", icon, "title", title, "description", escaped, NULL);
}

static GListModel *
new_filtered (YmHomesPage *self, GtkCustomFilter **filter, GtkCustomFilterFunc func)
{
  GtkFilterListModel *filtered;

  *filter = gtk_custom_filter_new (func, self, NULL);
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->sorted)), GTK_FILTER (*filter));
  return G_LIST_MODEL (filtered); /* it keeps the filter */
}

/* GTK 4.8 has no sections: the heading is an item that can't be chosen. */
static void
build_model (YmHomesPage *self)
{
  g_autoptr (GListStore) parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GListModel) own = NULL;

  self->sorted = gtk_sort_list_model_new (
      NULL, GTK_SORTER (gtk_custom_sorter_new (ym_home_item_compare, NULL, NULL)));
  own = new_filtered (self, &self->own_filter, filter_own);
  self->deputies = new_filtered (self, &self->deputy_filter, filter_deputy);
  self->heading = gtk_string_list_new (NULL);
  g_list_store_append (parts, own);
  g_list_store_append (parts, self->heading);
  g_list_store_append (parts, self->deputies);
  self->shown = gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (parts)));
  g_signal_connect_swapped (self->deputies, "items-changed", G_CALLBACK (deputies_changed_cb), self);
  g_signal_connect_swapped (self->shown, "items-changed", G_CALLBACK (show_list_cb), self);
  g_signal_connect_swapped (self->sorted, "items-changed", G_CALLBACK (show_strip), self);
}

static void
build_list (YmHomesPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = GTK_LIST_VIEW (gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->shown)))),
      ym_home_row_factory_new ()));
  gtk_single_selection_set_autoselect (GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list)), FALSE);
  gtk_single_selection_set_can_unselect (GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list)), TRUE);
  gtk_list_view_set_single_click_activate (self->list, TRUE);
  gtk_list_view_set_show_separators (self->list, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "homes");
  ym_say (self->list, _("My homes"));
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), ym_list_bin_new (GTK_WIDGET (self->list)));
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack,
                       new_empty ("home-symbolic", _("No homes yet"),
                                  _("Your homes come with the next sync, once your administrator has assigned them "
                                    "to you.")),
                       "none");
  gtk_stack_add_named (self->stack,
                       new_empty ("system-search-symbolic", _("Nothing found"),
                                  _("No home of yours is like that, or has these words in its name or place.")),
                       "not-found");
}

static GtkWidget *
new_filter (YmHomesPage *self, YmHomeFilter filter, const char *label)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (g_dpgettext2 (GETTEXT_PACKAGE, "homes", label));

  gtk_widget_add_css_class (button, "choice");
  g_object_set_data (G_OBJECT (button), FILTER, GUINT_TO_POINTER (filter));
  if (self->all == NULL)
    self->all = button;
  else
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (self->all));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), button == self->all);
  g_signal_connect (button, "toggled", G_CALLBACK (filter_clicked_cb), self);
  return button;
}

/* Four beside each other, two by two on a phone, below each other where the letters are large. */
static GtkWidget *
build_filters (YmHomesPage *self)
{
  static const struct {
    YmHomeFilter filter;
    const char *label;
  } choices[] = {
    { YM_HOME_FILTER_ALL, NC_ ("homes", "All") },
    { YM_HOME_FILTER_TO_VISIT, NC_ ("homes", "To visit") },
    { YM_HOME_FILTER_ISSUES, NC_ ("homes", "Open issues") },
    { YM_HOME_FILTER_UNFINISHED, NC_ ("homes", "Unfinished") },
  };
  GtkWidget *group = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *pair = NULL;

  gtk_widget_set_layout_manager (group, ym_fold_layout_new (6, TRUE));
  ym_say (group, _ ("Which homes"));
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      if (i % 2 == 0)
        {
          pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
          gtk_widget_set_layout_manager (pair, ym_fold_layout_new (6, TRUE));
          gtk_box_append (GTK_BOX (group), pair);
        }
      gtk_box_append (GTK_BOX (pair), new_filter (self, choices[i].filter, choices[i].label));
    }
  return group;
}

static void
build_search (YmHomesPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  ym_say (self->search, _("Search my homes"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->search), TRUE);
  self->search_bar = GTK_SEARCH_BAR (gtk_search_bar_new ());
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (column), build_filters (self));
  gtk_search_bar_set_child (self->search_bar, column);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
  g_signal_connect_swapped (self->search_bar, "notify::search-mode-enabled", G_CALLBACK (search_mode_cb), self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  ym_page_add_bar (self->page, GTK_WIDGET (self->search_bar));
}

static void
ym_homes_page_init (YmHomesPage *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (self->column), GTK_WIDGET (self->stack));
  self->page = ym_page_new (_("My homes"), self->column);
  gtk_widget_set_parent (GTK_WIDGET (self->page), GTK_WIDGET (self));
  build_search (self);
  self->strip = YM_MONTH_STRIP (ym_month_strip_new ());
  self->today = YM_DAY_NONE;
  ym_page_add_bar (self->page, GTK_WIDGET (self->strip));
  build_model (self);
  build_list (self);
  self->banner = ym_banner_new ();
  g_signal_connect_swapped (self->banner, "activated", G_CALLBACK (banner_activated_cb), self);
  ym_page_add_bar (self->page, self->banner);
  show_list_cb (self);
}

GtkWidget *
ym_homes_page_new (void)
{
  return g_object_new (YM_TYPE_HOMES_PAGE, NULL);
}

void
ym_homes_page_set_model (YmHomesPage *self, GListModel *homes)
{
  g_return_if_fail (YM_IS_HOMES_PAGE (self));
  gtk_sort_list_model_set_model (self->sorted, homes);
  show_list_cb (self);
  show_strip (self);
}

void
ym_homes_page_set_today (YmHomesPage *self, YmDay today)
{
  g_return_if_fail (YM_IS_HOMES_PAGE (self));
  self->today = today;
  show_strip (self);
}

void
ym_homes_page_set_sync (YmHomesPage *self, const char *text, gboolean grave)
{
  g_return_if_fail (YM_IS_HOMES_PAGE (self));
  if (text != NULL)
    ym_banner_show (YM_BANNER (self->banner), grave ? YM_BANNER_ERROR : YM_BANNER_INFORMATION, text, _("Show"));
  else
    ym_banner_hide (YM_BANNER (self->banner));
}

void
ym_homes_page_set_foot (YmHomesPage *self, GtkWidget *foot)
{
  g_return_if_fail (YM_IS_HOMES_PAGE (self));
  gtk_box_append (GTK_BOX (self->column), foot);
}

YmPage *
ym_homes_page_get_page (YmHomesPage *self)
{
  g_return_val_if_fail (YM_IS_HOMES_PAGE (self), NULL);
  return self->page;
}
