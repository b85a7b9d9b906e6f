/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Is it working?
 *
 *   which homes  |  < up to March 2026 >  |  3, 6 or 12 months
 *   in words     |  the table  |  charts, each with its table
 *   the home's own figures of the last month */

#include "ui/figures/figures-page.h"

#include <glib/gi18n-lib.h>

#include "ui/figures/chart-view.h"
#include "ui/figures/figures-words.h"
#include "ui/figures/figures-work.h"
#include "ui/figures/table-view.h"
#include "ui/issue/record-dialog.h"
#include "ui/language.h"
#include "ui/returns/save-buttons.h"
#include "ui/visit/answers.h"
#include "ui/visit/record-editor.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/choice-row.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/month-bar.h"
#include "ui/widgets/page.h"
#include "ui/widgets/pick-row.h"

#define FIRST_MONTHS 3
#define MOST_ROWS 40

struct _YmFiguresPage
{
  YmSheet parent_instance;

  YmFiguresAsk ask;
  GPtrArray *groups;  /* of YmFiguresAsk: what the picker's numbers stand for; the first is all homes */
  YmFieldRow *picker; /* (nullable): where the page asks which homes */
  YmMonthBar *month;
  YmFieldRow *length;
  GtkWidget *body;    /* what is made anew from each answer */
  GtkWidget *monthly; /* the button that types the home's figures */
  char *about;        /* whose figures are shown */
};

G_DEFINE_FINAL_TYPE (YmFiguresPage, ym_figures_page, YM_TYPE_SHEET)

static gpointer
question (YmSheet *sheet)
{
  return ym_figures_ask_copy (&YM_FIGURES_PAGE (sheet)->ask);
}

/* --- which homes --- */

static void
add_group (YmFiguresPage *self, YmGroup group, const YmId *home, const char *name, const char *label, const char *detail)
{
  const YmFiguresAsk ask = { .group = group, .home = home != NULL ? *home : ym_id_zero, .name = (char *) name };
  const YmValue number = ym_value_integer (self->groups->len);

  g_ptr_array_add (self->groups, ym_figures_ask_copy (&ask));
  ym_pick_row_add (YM_PICK_ROW (self->picker), &number, label, detail);
}

/* Each name once, in the order in which it first comes. */
static void
add_named (YmFiguresPage *self, GPtrArray *homes, YmGroup group, guint field, const char *detail)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < homes->len; i++)
    {
      const char *name = ym_record_get_text (g_ptr_array_index (homes, i), field);

      if (name != NULL && g_hash_table_add (seen, (gpointer) name))
        add_group (self, group, NULL, name, name, detail);
    }
}

static void
fill_picker (YmFiguresPage *self, GPtrArray *homes)
{
  const YmValue first = ym_value_integer (0);

  if (self->picker == NULL || self->groups->len > 0)
    return;
  add_group (self, YM_GROUP_FORCE, NULL, NULL, _ ("All homes on this device"), NULL);
  add_named (self, homes, YM_GROUP_AREA, YM_HOME_AREA, _ ("Area"));
  add_named (self, homes, YM_GROUP_PROVIDER, YM_HOME_PROVIDER, _ ("Provider"));
  for (guint i = 0; i < homes->len; i++)
    {
      const YmRecord *home = g_ptr_array_index (homes, i);

      add_group (self, YM_GROUP_HOME, &home->id, NULL, ym_record_get_text (home, YM_HOME_NAME), _ ("Home"));
    }
  ym_field_row_set_value (self->picker, &first);
}

static void
ask_again (YmFiguresPage *self)
{
  g_auto (YmValue) value = YM_VALUE_INIT;
  gint64 months = FIRST_MONTHS;

  if (ym_field_row_get_value (self->length, &value) && value.kind == YM_VALUE_INTEGER)
    months = value.integer;
  self->ask.last = ym_month_bar_get (self->month);
  self->ask.first = self->ask.last - (YmMonth) months + 1;
  if (self->picker != NULL && ym_field_row_get_value (self->picker, &value) && value.kind == YM_VALUE_INTEGER
      && value.integer < self->groups->len)
    {
      const YmFiguresAsk *group = g_ptr_array_index (self->groups, value.integer);

      g_free (self->ask.name);
      self->ask.group = group->group;
      self->ask.home = group->home;
      self->ask.name = g_strdup (group->name);
    }
  ym_sheet_look (YM_SHEET (self));
}

/* --- what it says --- */

static void
add_heading (YmFiguresPage *self, const char *text)
{
  GtkWidget *heading = ym_paragraph_new (text, "title-4");

  gtk_widget_set_margin_top (heading, 12);
  gtk_box_append (GTK_BOX (self->body), heading);
}

static void
add_sentences (YmFiguresPage *self, const YmFiguresAnswer *answer)
{
  g_autoptr (GPtrArray) sentences = ym_figures_sentences (&answer->report->comparison);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  add_heading (self, _ ("In words"));
  if (sentences->len == 0)
    g_ptr_array_add (sentences, g_strdup (_ ("Nothing is known of these months yet.")));
  gtk_widget_add_css_class (card, "form-card");
  for (guint i = 0; i < sentences->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (sentences, i), " %", -1);
      g_autofree char *text = g_strjoinv ("\u00a0%", parts); /* a number and its sign stay on one line */

      gtk_box_append (GTK_BOX (card), ym_paragraph_new (text, "answer"));
    }
  gtk_box_append (GTK_BOX (self->body), card);
}

/* @table: (transfer full) */
static void
add_chart (YmFiguresPage *self, YmTable *table)
{
  add_heading (self, table->title);
  gtk_box_append (GTK_BOX (self->body), ym_table_view_new (table, MOST_ROWS));
  if (table->chart_before > 0)
    gtk_box_append (GTK_BOX (self->body), ym_paragraph_new (_ ("The thin bars, and the numbers in brackets, are the year before."), "quiet"));
  gtk_box_append (GTK_BOX (self->body), ym_chart_view_new (table));
}

static void
add_monthly (YmFiguresPage *self, const YmFiguresAnswer *answer)
{
  static const guint fields[] = { YM_MONTHLY_FIGURES_MISSING, YM_MONTHLY_FIGURES_NOTIFIABLE, YM_MONTHLY_FIGURES_CALL_OUTS,
                                  YM_MONTHLY_FIGURES_RESTRAINTS };
  g_autofree char *month = ym_month_say (self->ask.last);
  g_autofree char *heading = g_strdup_printf (_ ("The home's own figures of %s"), month);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_visible (self->monthly, self->ask.group == YM_GROUP_HOME);
  if (self->ask.group != YM_GROUP_HOME)
    return;
  add_heading (self, heading);
  gtk_widget_add_css_class (card, "form-card");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      gint64 number;
      gboolean known = ym_monthly_figures_get (&answer->monthly, fields[i], &number);
      g_autofree char *text = known ? g_strdup_printf ("%d", (int) number) : g_strdup (_ ("not known"));

      gtk_box_append (GTK_BOX (card), ym_answer_new (
          ym_label (ym_form_field (ym_form (YM_FORM_MONTHLY_FIGURES), fields[i])->label), text));
    }
  gtk_box_append (GTK_BOX (self->body), card);
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmFiguresPage *self = YM_FIGURES_PAGE (sheet);
  YmFiguresAnswer *answer = data;
  GtkWidget *child;

  ym_sheet_title (sheet, _ ("Is it working?"), self->picker == NULL ? answer->home_name : NULL);
  fill_picker (self, answer->homes);
  g_free (self->about);
  self->about = g_strdup (self->ask.group == YM_GROUP_FORCE  ? _ ("All homes on this device")
                          : self->ask.group == YM_GROUP_HOME ? answer->home_name
                                                             : self->ask.name);
  while ((child = gtk_widget_get_first_child (self->body)) != NULL)
    gtk_box_remove (GTK_BOX (self->body), child);
  add_sentences (self, answer);
  add_heading (self, _ ("As a table"));
  gtk_box_append (GTK_BOX (self->body), ym_table_view_new (g_ptr_array_index (answer->tables, 0), MOST_ROWS));
  while (answer->tables->len > 1)
    add_chart (self, g_ptr_array_steal_index (answer->tables, 1));
  add_monthly (self, answer);
  ym_figures_answer_free (answer);
}

/* --- the home's own figures --- */

static gboolean
save_monthly (YmDesk *desk, const YmDraft *draft, const YmRecord *before, GError **error)
{
  YmMonth month = ym_month_of_day ((YmDay) ym_record_get_integer (before, YM_MONTHLY_FIGURES_MONTH, 0));
  g_auto (YmMonthlyFigures) now = { 0 };
  g_autoptr (YmRecord) after = NULL;

  if (!ym_monthly_figures_load (desk, &before->scope, month, &now, error))
    return FALSE;
  after = ym_monthly_figures_begin (desk, &before->scope, month, &now);
  ym_record_merge (after, before, draft->record);
  return ym_monthly_figures_save (desk, now.typed, after, error);
}

static void
monthly_begun (YmSheet *sheet, gpointer result)
{
  static const guint fields[]
      = { YM_MONTHLY_FIGURES_MISSING, YM_MONTHLY_FIGURES_NOTIFIABLE, YM_MONTHLY_FIGURES_CALL_OUTS,
          YM_MONTHLY_FIGURES_RESTRAINTS, YM_MONTHLY_FIGURES_OTHER };
  g_autoptr (YmRecord) figures = result;
  g_autofree char *month
      = ym_month_say (ym_month_of_day ((YmDay) ym_record_get_integer (figures, YM_MONTHLY_FIGURES_MONTH, 0)));
  g_autofree char *title = g_strdup_printf (_ ("The home's own figures of %s"), month);
  const YmRecordTask task = {
    .form = YM_FORM_MONTHLY_FIGURES,
    .home = &figures->scope,
    .before = figures,
    .fields = fields,
    .n_fields = G_N_ELEMENTS (fields),
    .title = title,
    .accept = _ ("Save Figures"),
    .save = save_monthly,
  };

  if (ym_sheet_window (sheet) != NULL)
    ym_record_dialog_present (ym_sheet_window (sheet), ym_sheet_get_session (sheet), &task);
}

static void
free_record (gpointer record)
{
  ym_record_free (record);
}

static void
monthly_clicked_cb (YmFiguresPage *self)
{
  ym_sheet_write (YM_SHEET (self), ym_figures_begin_monthly, question (YM_SHEET (self)), ym_figures_ask_free, free_record,
                  monthly_begun);
}

/* --- files --- */

void
ym_figures_page_save (YmFiguresPage *self, YmReturnFormat format, const char *path)
{
  YmFiguresFile *file;

  g_return_if_fail (YM_IS_FIGURES_PAGE (self) && self->about != NULL);
  file = g_new (YmFiguresFile, 1);
  *file = (YmFiguresFile){ ym_figures_ask_copy (&self->ask), g_strdup (self->about), format, g_strdup (path) };
  ym_sheet_give_out (YM_SHEET (self), ym_figures_write_file, file, ym_figures_file_free);
}

static void
save (YmSheet *sheet, guint format, const char *path)
{
  ym_figures_page_save (YM_FIGURES_PAGE (sheet), format, path);
}

static void
save_clicked_cb (GtkButton *button, YmFiguresPage *self)
{
  const YmReturnFormat format = ym_save_button_format (button);
  g_autofree char *first = ym_month_to_string (self->ask.first);
  g_autofree char *last = ym_month_to_string (self->ask.last);
  g_autofree char *name = g_strdup_printf ("figures-%s-%s-%s.%s", first, last, self->ask.language,
                                           ym_return_format_name (format));

  if (self->about != NULL)
    ym_sheet_ask_save (YM_SHEET (self), _ ("Save the Figures"), name, save, format);
}

static void
ym_figures_page_finalize (GObject *object)
{
  YmFiguresPage *self = YM_FIGURES_PAGE (object);

  g_free (self->about);
  g_free (self->ask.name);
  g_ptr_array_unref (self->groups);
  G_OBJECT_CLASS (ym_figures_page_parent_class)->finalize (object);
}

static void
ym_figures_page_class_init (YmFiguresPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ym_figures_page_finalize;
  sheet_class->work = ym_figures_read_page;
  sheet_class->answer_free = ym_figures_answer_free;
  sheet_class->question = question;
  sheet_class->question_free = ym_figures_ask_free;
  sheet_class->show = show;
}

static void
ym_figures_page_init (YmFiguresPage *self)
{
  self->groups = g_ptr_array_new_with_free_func (ym_figures_ask_free);
}

static GtkWidget *
build_choices (YmFiguresPage *self, YmMonth this_month)
{
  static const int lengths[] = { FIRST_MONTHS, 6, 12 };
  const YmValue first = ym_value_integer (FIRST_MONTHS);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *length = ym_choice_row_new (_ ("How many months, up to this one?"));

  gtk_widget_add_css_class (card, "form-card");
  if (self->ask.group == YM_GROUP_FORCE)
    {
      self->picker = YM_FIELD_ROW (ym_pick_row_new (_ ("Which homes?")));
      gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->picker));
      g_signal_connect_object (self->picker, "changed", G_CALLBACK (ask_again), self, G_CONNECT_SWAPPED);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *label = g_strdup_printf (ngettext ("%d month", "%d months", (gulong) lengths[i]), lengths[i]);

      ym_choice_row_add (YM_CHOICE_ROW (length), lengths[i], label);
    }
  self->length = YM_FIELD_ROW (length);
  ym_field_row_set_value (self->length, &first);
  gtk_box_append (GTK_BOX (card), length);
  g_signal_connect_object (length, "changed", G_CALLBACK (ask_again), self, G_CONNECT_SWAPPED);
  self->month = YM_MONTH_BAR (ym_month_bar_new (this_month - 1, this_month));
  g_signal_connect_object (self->month, "changed", G_CALLBACK (ask_again), self, G_CONNECT_SWAPPED);
  return card;
}

GtkWidget *
ym_figures_page_new (YmSession *session, const YmId *home)
{
  YmFiguresPage *self = g_object_new (YM_TYPE_FIGURES_PAGE, NULL);
  YmMonth month = ym_month_of_day (ym_london_day (ym_clock_wall_us (ym_session_get_clock (session))));
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *choices, *scrolled;

  self->ask = (YmFiguresAsk){ .group = home != NULL ? YM_GROUP_HOME : YM_GROUP_FORCE,
                              .home = home != NULL ? *home : ym_id_zero,
                              .first = month - FIRST_MONTHS,
                              .last = month - 1,
                              .language = ym_language_current ()->code };
  choices = build_choices (self, month);
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->monthly = ym_wrap_button_new (_ ("Type the Home's Figures…"));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->month));
  gtk_box_append (GTK_BOX (column), choices);
  gtk_box_append (GTK_BOX (column), self->body);
  gtk_widget_set_layout_manager (buttons, ym_fold_layout_new (9, FALSE));
  gtk_widget_set_halign (self->monthly, GTK_ALIGN_FILL);
  gtk_box_append (GTK_BOX (buttons), self->monthly);
  ym_save_buttons_append (GTK_BOX (buttons), G_CALLBACK (save_clicked_cb), self);
  gtk_box_append (GTK_BOX (column), buttons);
  scrolled = ym_page_clamp (column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_sheet_append (YM_SHEET (self), scrolled);
  g_signal_connect_object (self->monthly, "clicked", G_CALLBACK (monthly_clicked_cb), self, G_CONNECT_SWAPPED);
  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}
