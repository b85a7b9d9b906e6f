/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Visits done and due (R1), as far as the month has come:
 *
 *   ■ ■ □ ■ □ □ □ □ □ □ □ □ □ □ □   □ ▣ ■ □ ▣ □ □ □ □ □ □ □ □ □ □      a full bar: visited; an open one: to come
 *   1 to 15: 3 of 4 visited         16 to 30: 1 of 4 visited
 *
 * The words say what the bars do: nothing is told by colour or place alone.
 */

#include "ui/pages/month-strip.h"

#include <glib/gi18n-lib.h>

#include "ui/pages/home-item.h"
#include "ui/widgets/month-bar.h"
#include "ui/widgets/row.h"

#define MOST_DAYS 31

/* What the homes say together. */
typedef struct {
  guint32 visited;
  guint32 to_come;
  struct {
    guint asked;
    guint kept;
  } halves[2];
} Month;

struct _YmMonthStrip
{
  GtkWidget parent_instance;

  GtkWidget *days[MOST_DAYS];
  GtkLabel *words[2];
};

G_DEFINE_FINAL_TYPE (YmMonthStrip, ym_month_strip, GTK_TYPE_WIDGET)

static void
ym_month_strip_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_month_strip_parent_class)->dispose (object);
}

static void
ym_month_strip_class_init (YmMonthStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_month_strip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "monthstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

/* The first half has fifteen days, the second what is left of the month. */
static void
ym_month_strip_init (YmMonthStrip *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_homogeneous (GTK_BOX_LAYOUT (layout), TRUE);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  for (guint half = 0; half < G_N_ELEMENTS (self->words); half++)
    {
      GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);

      gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
      for (guint i = half * 15; i < (half == 0 ? 15 : MOST_DAYS); i++)
        {
          self->days[i] = g_object_new (GTK_TYPE_BOX, "css-name", "day", NULL);
          gtk_box_append (GTK_BOX (line), self->days[i]);
        }
      self->words[half] = GTK_LABEL (gtk_label_new (NULL));
      gtk_label_set_xalign (self->words[half], 0);
      gtk_label_set_wrap (self->words[half], TRUE);
      gtk_label_set_wrap_mode (self->words[half], PANGO_WRAP_WORD_CHAR);
      gtk_widget_add_css_class (GTK_WIDGET (self->words[half]), "caption");
      gtk_box_append (GTK_BOX (column), line);
      gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->words[half]));
      gtk_widget_set_parent (column, GTK_WIDGET (self));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
ym_month_strip_new (void)
{
  return g_object_new (YM_TYPE_MONTH_STRIP, NULL);
}

static gboolean
is_named_for_any (GListModel *homes)
{
  for (guint i = 0; i < g_list_model_get_n_items (homes); i++)
    {
      g_autoptr (YmHomeItem) item = g_list_model_get_item (homes, i);

      if (!ym_home_item_get (item)->deputy)
        return TRUE;
    }
  return FALSE;
}

static void
add_home (Month *month, const YmHomeView *view, YmDay first, YmDay last)
{
  month->visited |= view->month.visited;
  if (view->next >= first && view->next <= last)
    month->to_come |= 1u << (view->next - first + 1);
  for (guint half = 0; half < G_N_ELEMENTS (month->halves); half++)
    {
      month->halves[half].asked += view->month.halves[half].asked ? 1 : 0;
      month->halves[half].kept += view->month.halves[half].kept ? 1 : 0;
    }
}

static void
set_class (GtkWidget *widget, const char *name, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_days (YmMonthStrip *self, const Month *month, YmDay first, YmDay last, YmDay today)
{
  for (int i = 0; i < MOST_DAYS; i++)
    {
      guint32 bit = 1u << (i + 1);

      gtk_widget_set_visible (self->days[i], first + i <= last);
      set_class (self->days[i], "visited", (month->visited & bit) != 0);
      set_class (self->days[i], "to-come", (month->to_come & bit) != 0 && (month->visited & bit) == 0);
      set_class (self->days[i], "today", first + i == today);
    }
}

static char *
say_half (const Month *month, guint half, const YmVisitWindow *window, YmDay today)
{
  guint asked = month->halves[half].asked, kept = month->halves[half].kept;
  int from, until;
  /* TRANSLATORS: days of a month: "1 to 15" */
  g_autofree char *days = NULL;

  ym_day_to_ymd (window->first, NULL, NULL, &from);
  ym_day_to_ymd (window->last, NULL, NULL, &until);
  days = g_strdup_printf (_ ("%d to %d"), from, until);
  if (asked == 0)
    return g_strdup_printf (_ ("%s: no visit is asked for"), days);
  if (today < window->first)
    return g_strdup_printf (ngettext ("%s: %u to visit", "%s: %u to visit", asked), days, asked);
  /* TRANSLATORS: "1 to 15: 3 of 4 visited" */
  return g_strdup_printf (ngettext ("%s: %u of %u visited", "%s: %u of %u visited", kept), days, kept, asked);
}

static void
show_month (YmMonthStrip *self, const Month *month, YmDay today)
{
  YmMonth of_today = ym_month_of_day (today);
  YmVisitWindow halves[2];
  g_autofree char *name = ym_month_say (of_today);
  g_autofree char *spoken = NULL;
  char *words[2];

  ym_visit_windows_of_month (of_today, halves);
  show_days (self, month, halves[0].first, halves[1].last, today);
  for (guint half = 0; half < G_N_ELEMENTS (words); half++)
    {
      words[half] = say_half (month, half, &halves[half], today);
      gtk_label_set_text (self->words[half], words[half]);
    }
  spoken = g_strdup_printf ("%s. %s. %s.", name, words[0], words[1]);
  ym_say (self, spoken);
  for (guint half = 0; half < G_N_ELEMENTS (words); half++)
    g_free (words[half]);
}

void
ym_month_strip_show (YmMonthStrip *self, YmDay today, GListModel *homes)
{
  Month month = { 0 };
  gboolean named;
  YmDay first, last;

  g_return_if_fail (YM_IS_MONTH_STRIP (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (today == YM_DAY_NONE || homes == NULL)
    return;
  named = is_named_for_any (homes);
  first = ym_month_first_day (ym_month_of_day (today));
  last = ym_month_last_day (ym_month_of_day (today));
  for (guint i = 0; i < g_list_model_get_n_items (homes); i++)
    {
      g_autoptr (YmHomeItem) item = g_list_model_get_item (homes, i);

      if (!named || !ym_home_item_get (item)->deputy)
        add_home (&month, ym_home_item_get (item), first, last);
    }
  if (month.halves[0].asked + month.halves[1].asked == 0)
    return;
  show_month (self, &month, today);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}
