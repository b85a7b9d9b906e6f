/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where one is in a visit, how far it is, and what is missing. */

#include "ui/visit/section-nav.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/visit/progress.h"
#include "ui/widgets/row.h"

struct _YmSectionNav
{
  GtkWidget parent_instance;

  const YmForm *form;
  GtkListBox *sections;
  GPtrArray *icons; /* of GtkImage, one for each section */
  GtkLabel *missing_title;
  GtkListBox *missing;
};

G_DEFINE_FINAL_TYPE (YmSectionNav, ym_section_nav, GTK_TYPE_WIDGET)

enum {
  SIGNAL_SECTION_CHOSEN,
  SIGNAL_PROBLEM_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
section_activated_cb (YmSectionNav *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_SECTION_CHOSEN], 0, (guint) gtk_list_box_row_get_index (row));
}

static void
problem_activated_cb (YmSectionNav *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_PROBLEM_CHOSEN], 0, (guint) gtk_list_box_row_get_index (row));
}

static void
ym_section_nav_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_section_nav_parent_class)->dispose (object);
}

static void
ym_section_nav_finalize (GObject *object)
{
  g_ptr_array_unref (YM_SECTION_NAV (object)->icons);
  G_OBJECT_CLASS (ym_section_nav_parent_class)->finalize (object);
}

static void
ym_section_nav_class_init (YmSectionNavClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_section_nav_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_section_nav_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_NAVIGATION);
  signals[SIGNAL_SECTION_CHOSEN] = g_signal_new ("section-chosen", YM_TYPE_SECTION_NAV, G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_PROBLEM_CHOSEN] = g_signal_new ("problem-chosen", YM_TYPE_SECTION_NAV, G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static GtkListBox *
new_list (YmSectionNav *self, const char *name, GCallback activated_cb)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());

  gtk_widget_add_css_class (GTK_WIDGET (list), "boxed-list");
  ym_say (list, name);
  g_signal_connect_object (list, "row-activated", activated_cb, self, G_CONNECT_SWAPPED);
  return list;
}

static void
ym_section_nav_init (YmSectionNav *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->icons = g_ptr_array_new ();
  self->sections = new_list (self, _ ("Sections"), G_CALLBACK (section_activated_cb));
  gtk_list_box_set_selection_mode (self->sections, GTK_SELECTION_BROWSE);
  self->missing = new_list (self, _ ("Missing for sign-off"), G_CALLBACK (problem_activated_cb));
  gtk_list_box_set_selection_mode (self->missing, GTK_SELECTION_NONE);
  self->missing_title = GTK_LABEL (gtk_label_new (_ ("Missing for sign-off")));
  gtk_label_set_xalign (self->missing_title, 0);
  gtk_label_set_wrap (self->missing_title, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->missing_title), "heading");
  gtk_widget_set_parent (GTK_WIDGET (self->sections), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->missing_title), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->missing), GTK_WIDGET (self));
}

GtkWidget *
ym_section_nav_new (const YmForm *form)
{
  YmSectionNav *self = g_object_new (YM_TYPE_SECTION_NAV, NULL);

  self->form = form;
  for (guint i = 0; i < form->n_sections; i++)
    {
      GtkWidget *row = ym_row_new (ym_label (form->sections[i].label), NULL);
      GtkWidget *icon = gtk_image_new ();

      gtk_widget_add_css_class (row, "touch");
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
      g_ptr_array_add (self->icons, icon);
      gtk_list_box_append (self->sections, row);
    }
  return GTK_WIDGET (self);
}

static char *
say_progress (const YmSectionProgress *progress, gboolean say_missing)
{
  if (progress->not_discussed)
    return g_strdup (_ ("Not discussed"));
  if (say_missing && progress->missing > 0)
    return g_strdup_printf (ngettext ("%u missing", "%u missing", progress->missing), progress->missing);
  return g_strdup_printf (_ ("%u of %u answered"), progress->answered, progress->asked);
}

static void
show_section (YmSectionNav *self, guint index, const YmSectionProgress *progress, gboolean say_missing)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sections, (int) index);
  GtkImage *icon = g_ptr_array_index (self->icons, index);
  g_autofree char *text = say_progress (progress, say_missing);

  ym_row_set_text (ADW_ACTION_ROW (row), ym_label (self->form->sections[index].label), text);
  gtk_image_set_from_icon_name (icon, progress->missing == 0 ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_opacity (GTK_WIDGET (icon), progress->missing == 0 || say_missing ? 1 : 0);
  if (say_missing && progress->missing > 0)
    gtk_widget_add_css_class (GTK_WIDGET (icon), "field-error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (icon), "field-error");
}

static void
show_missing (YmSectionNav *self, GPtrArray *problems)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->missing, 0)) != NULL)
    gtk_list_box_remove (self->missing, GTK_WIDGET (row));
  for (guint i = 0; i < problems->len; i++)
    {
      const YmVisitProblem *problem = g_ptr_array_index (problems, i);
      const char *label = problem->field != NULL ? problem->field->label : problem->rows->label;
      GtkWidget *line = ym_row_new (ym_label (label), problem->message);

      gtk_widget_add_css_class (line, "touch");
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
      gtk_list_box_append (self->missing, line);
    }
}

void
ym_section_nav_show (YmSectionNav *self, const YmDraft *draft, GPtrArray *problems, gboolean say_missing)
{
  gboolean any = say_missing && problems->len > 0;

  g_return_if_fail (YM_IS_SECTION_NAV (self));
  for (guint i = 0; i < self->form->n_sections; i++)
    {
      const YmSectionProgress progress = ym_section_progress (draft, &self->form->sections[i], problems);

      show_section (self, i, &progress, say_missing);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->missing_title), any);
  gtk_widget_set_visible (GTK_WIDGET (self->missing), any);
  if (say_missing)
    show_missing (self, problems);
}

void
ym_section_nav_select (YmSectionNav *self, guint index)
{
  g_return_if_fail (YM_IS_SECTION_NAV (self));
  gtk_list_box_select_row (self->sections, gtk_list_box_get_row_at_index (self->sections, (int) index));
}
