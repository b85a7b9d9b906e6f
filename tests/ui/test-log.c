/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The officer's log and the partner directory on the screen: on a real store. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/notebook/acts.h"
#include "app/notebook/consultation.h"
#include "app/notebook/save.h"
#include "app/rules/civil.h"
#include "tests/ui/harness.h"
#include "tests/ui/tablet.h"
#include "ui/log/acts-page.h"
#include "ui/log/give-out-log.h"
#include "ui/partners/partners-page.h"
#include "ui/widgets/field-row.h"
#include "ui/widgets/page.h"

static TestTablet *shown;

static const YmActsQuery everything = { .from_us = G_MININT64, .until_us = G_MAXINT64, .most = 1000 };

static gboolean
says (GtkWindow *window, const char *text)
{
  g_autofree char *all = harness_text (GTK_WIDGET (window));

  return strstr (all, text) != NULL;
}

static gpointer
do_child (YmDesk *desk, gpointer home, GError **error)
{
  g_autoptr (YmRecord) child = ym_desk_new_record (desk, ym_form (YM_FORM_CHILD_CONCERN), home);
  g_autoptr (YmRecord) after = NULL;

  ym_record_set_integer (child, YM_CHILD_CONCERN_CATEGORY, 1);
  ym_record_set_text (child, YM_CHILD_CONCERN_REASON, "=HYPERLINK(1)");
  ym_record_set_text (child, YM_CHILD_CONCERN_PERSON_REF, "DP-77120");
  ym_record_set_text (child, YM_CHILD_CONCERN_INITIALS, "AB");
  ym_record_set_integer (child, YM_CHILD_CONCERN_YEAR_OF_BIRTH, 2011);
  ym_record_set_text (child, YM_CHILD_CONCERN_ACTION, "Told the social worker");
  ym_record_set_integer (child, YM_CHILD_CONCERN_REFERRAL, 1);
  ym_record_set_text (child, YM_CHILD_CONCERN_REFERRAL_WHY, "MARF 4410");
  ym_record_set_integer (child, YM_CHILD_CONCERN_REVIEW_ON, ym_london_day (ym_clock_wall_us (desk->clock)) + 90);
  if (!ym_desk_save (desk, "child.save", NULL, child, error))
    return NULL;
  after = ym_record_copy (child);
  ym_record_set_text (after, YM_CHILD_CONCERN_ACTION, "Met the social worker");
  return ym_desk_save (desk, "child.save", child, after, error)
                 && ym_consultation_save (desk, home, &child->id, YM_WHY_OTHER, "=1+1", error)
             ? desk
             : NULL;
}

static void
fill (TestTablet *tablet)
{
  shown = tablet;
  (void) test_tablet_sign_visit (tablet);
  (void) test_tablet_open_issue (tablet);
  test_tablet_do (tablet, YM_LANE_WRITE, do_child, &tablet->force.home_1);
}

static gpointer
do_read (YmDesk *desk, gpointer query, GError **error)
{
  return ym_acts_read (desk, query, error);
}

static guint
count (const GPtrArray *acts, YmActKind kind, guint form)
{
  guint n = 0;

  for (guint i = 0; i < acts->len; i++)
    {
      const YmAct *act = g_ptr_array_index (acts, i);

      n += act->kind == kind && act->form->id == form;
    }
  return n;
}

/* Broken: something the officer did is missing from the log, stands in it as something else, or a filter lets it through (R13). */
static void
test_kinds (TestTablet *tablet, gconstpointer data)
{
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GPtrArray) none = NULL;
  YmActsQuery query = everything;

  fill (tablet);
  acts = test_tablet_do (tablet, YM_LANE_READ, do_read, &query);
  g_assert_cmpuint (count (acts, YM_ACT_COLLECTION, YM_FORM_VISIT), ==, 1);
  g_assert_cmpuint (count (acts, YM_ACT_COLLECTION, YM_FORM_PERSON_MET), ==, 0);
  g_assert_cmpuint (count (acts, YM_ACT_COLLECTION, YM_FORM_ISSUE), ==, 1);
  g_assert_cmpuint (count (acts, YM_ACT_COLLECTION, YM_FORM_CHILD_CONCERN), ==, 1);
  g_assert_cmpuint (count (acts, YM_ACT_ALTERATION, YM_FORM_CHILD_CONCERN), ==, 1);
  g_assert_cmpuint (count (acts, YM_ACT_CONSULTATION, YM_FORM_CHILD_CONCERN), ==, 1);
  query.kinds = 1u << YM_ACT_CONSULTATION;
  read = test_tablet_do (tablet, YM_LANE_READ, do_read, &query);
  g_assert_cmpuint (read->len, ==, 1);
  g_assert_cmpstr (((YmAct *) g_ptr_array_index (read, 0))->why, ==, "=1+1");
  query = everything;
  query.until_us = tablet->force.world.wall_us - G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  none = test_tablet_do (tablet, YM_LANE_READ, do_read, &query);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Broken: a spreadsheet runs what an officer typed, or tells of a child what the log must not. */
static void
test_csv_is_safe (TestTablet *tablet, gconstpointer data)
{
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GBytes) csv = NULL;
  g_autofree char *text = NULL;
  YmActsQuery query = everything;

  fill (tablet);
  acts = test_tablet_do (tablet, YM_LANE_READ, do_read, &query);
  csv = ym_acts_to_csv (acts);
  text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
  g_assert_nonnull (strstr (text, ",'=1+1,"));
  g_assert_null (strstr (text, "HYPERLINK"));
  g_assert_null (strstr (text, "DP-77120"));
  g_assert_nonnull (strstr (text, "Two on duty where three are required"));
}

static GtkWidget *
make_log (void)
{
  GtkWidget *page = GTK_WIDGET (ym_page_new ("", ym_acts_page_new (shown->session)));

  test_tablet_settle (shown);
  return page;
}

static GtkWidget *
find_give_out (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      GtkWidget *stack[64] = { GTK_WIDGET (window) };
      guint n = 1;

      while (n > 0)
        {
          GtkWidget *widget = stack[--n];

          if (YM_IS_GIVE_OUT_LOG (widget))
            return widget;
          for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && n < G_N_ELEMENTS (stack);
               child = gtk_widget_get_next_sibling (child))
            stack[n++] = child;
        }
    }
  return NULL;
}

/* Broken: the log is given out without saying to whom, or nobody can find out that it was (R13). */
static void
test_give_out (TestTablet *tablet, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GPtrArray) given = NULL;
  YmActsQuery query = everything;
  GtkWindow *window;
  GtkWidget *dialog;
  int file = g_file_open_tmp ("ymweld-log-XXXXXX", &path, NULL);

  g_assert_true (g_close (file, NULL));
  fill (tablet);
  window = harness_show (make_log (), 800, 900);
  harness_press (test_control (GTK_WIDGET (window), "Give Out as CSV…"));
  dialog = find_give_out ();
  g_assert_nonnull (dialog);
  ym_give_out_log_save (YM_GIVE_OUT_LOG (dialog), path);
  test_tablet_settle (tablet);
  g_file_get_contents (path, &written, NULL, NULL);
  g_assert_cmpstr (written, ==, "");
  g_clear_pointer (&written, g_free);
  gtk_editable_set_text (GTK_EDITABLE (test_control (dialog, "Recipient")), "Information Commissioner");
  gtk_editable_set_text (GTK_EDITABLE (test_control (dialog, "Justification")), "Asked for by letter");
  ym_give_out_log_save (YM_GIVE_OUT_LOG (dialog), path);
  test_tablet_settle (tablet);
  test_tablet_settle (tablet);
  g_file_get_contents (path, &written, NULL, NULL);
  g_assert_nonnull (strstr (written, "Two on duty where three are required"));
  query.kinds = 1u << YM_ACT_DISCLOSURE;
  given = test_tablet_do (tablet, YM_LANE_READ, do_read, &query);
  g_assert_cmpuint (given->len, ==, 1);
  g_assert_cmpstr (((YmAct *) g_ptr_array_index (given, 0))->recipient, ==, "Information Commissioner");
  g_assert_true (says (window, "To Information Commissioner: Asked for by letter"));
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (dialog)));
  harness_close (window);
  g_unlink (path);
}

static YmFieldRow *
row_of (GtkWindow *window, const char *title)
{
  GtkWidget *control = test_control (GTK_WIDGET (window), title);

  return YM_FIELD_ROW (YM_IS_FIELD_ROW (control) ? control : gtk_widget_get_ancestor (control, YM_TYPE_FIELD_ROW));
}

/* Broken: choosing a kind shows what was not asked for, or an empty log does not say what to do. */
static void
test_filters (TestTablet *tablet, gconstpointer data)
{
  const YmValue consultation = ym_value_integer (YM_ACT_CONSULTATION), erasure = ym_value_integer (YM_ACT_ERASURE);
  GtkWindow *window;

  fill (tablet);
  window = harness_show (make_log (), 800, 900);
  g_assert_true (says (window, "Collection · Visit"));
  ym_field_row_answer (row_of (window, "What was done"), &consultation);
  test_tablet_settle (tablet);
  g_assert_true (says (window, "Consultation · Child at risk"));
  g_assert_false (says (window, "Collection · Visit"));
  ym_field_row_answer (row_of (window, "What was done"), &erasure);
  test_tablet_settle (tablet);
  g_assert_true (says (window, "Nothing of this kind in this time."));
  harness_close (window);
}

static YmRecord *
new_partner (TestTablet *tablet, const char *name, int kind, const char *area, const char *phone, const char *email)
{
  YmRecord *partner = ym_record_new (ym_form (YM_FORM_PARTNER), &tablet->force.force, &tablet->force.force);

  ym_record_set_text (partner, YM_PARTNER_NAME, name);
  ym_record_set_integer (partner, YM_PARTNER_KIND, kind);
  ym_record_set_text (partner, YM_PARTNER_AREA, area);
  ym_record_set_text (partner, YM_PARTNER_PHONE, phone);
  ym_record_set_text (partner, YM_PARTNER_EMAIL, email);
  ym_record_set_text (partner, YM_PARTNER_HOURS, "17:00-08:30");
  partner->id = ym_record_key_id (partner, &tablet->force.force);
  return partner;
}

static void
import_partners (TestTablet *tablet)
{
  GPtrArray *partners = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);
  YmRecord *gone = new_partner (tablet, "Closed Service", 8, NULL, "01632 960199", NULL);

  shown = tablet;
  ym_record_set_integer (gone, YM_PARTNER_LISTED, YM_NO);
  g_ptr_array_add (partners, gone);
  g_ptr_array_add (partners, new_partner (tablet, "Youth Justice <West> & Co", 3, "West", "+44 1632 960121", NULL));
  g_ptr_array_add (partners, new_partner (tablet, "Tîm Argyfwng", 1, "West", "01632 960101", "argyfwng@example.example"));
  g_ptr_array_add (partners, new_partner (tablet, "Dwyrain Out of Hours", 1, "East", "01632 960102", NULL));
  g_ptr_array_add (partners, new_partner (tablet, "Eiriolaeth", 5, NULL, "01632 960141", "helo@example.example"));
  test_tablet_import (tablet, partners);
}

static GtkWidget *
make_partners (void)
{
  GtkWidget *page = GTK_WIDGET (ym_page_new ("", ym_partners_page_new (shown->session)));

  test_tablet_settle (shown);
  return page;
}

/* Broken: at night an officer sees another area's number, one that is not listed any more, or can't press it. */
static void
test_partners (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  const char *uri;

  import_partners (tablet);
  window = harness_show (make_partners (), 800, 1200);
  g_assert_true (says (window, "Social services, out of hours"));
  g_assert_true (says (window, "Youth Justice <West> & Co"));
  g_assert_false (says (window, "Closed Service"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (test_control (GTK_WIDGET (window), "East")), TRUE);
  harness_settle ();
  g_assert_true (says (window, "Dwyrain Out of Hours"));
  g_assert_true (says (window, "Eiriolaeth"));
  g_assert_false (says (window, "Tîm Argyfwng"));
  uri = g_object_get_data (G_OBJECT (test_control (GTK_WIDGET (window), "Call Dwyrain Out of Hours, 01632 960102")), "ym-uri");
  g_assert_cmpstr (uri, ==, "tel:01632960102");
  uri = g_object_get_data (G_OBJECT (test_control (GTK_WIDGET (window), "Write to Eiriolaeth, helo@example.example")), "ym-uri");
  g_assert_cmpstr (uri, ==, "mailto:helo@example.example");
  harness_close (window);
}

/* Broken: an empty directory does not say where its entries come from. */
static void
test_no_partners (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;

  shown = tablet;
  window = harness_show (make_partners (), 800, 900);
  g_assert_true (says (window, "No partner is listed yet."));
  harness_close (window);
}

/* Fails if a page needs more width than it has; the pictures are for people to look at. */
static void
test_pictures (TestTablet *tablet, gconstpointer data)
{
  fill (tablet);
  harness_pictures ("log", make_log);
  import_partners (tablet);
  harness_pictures ("partners", make_partners);
}

#define TABLET_TEST(name, function)                                                                                    \
  g_test_add ("/ui/log/" name, TestTablet, NULL, test_tablet_set_up, function, test_tablet_tear_down)

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  TABLET_TEST ("kinds", test_kinds);
  TABLET_TEST ("csv-is-safe", test_csv_is_safe);
  TABLET_TEST ("give-out", test_give_out);
  TABLET_TEST ("filters", test_filters);
  TABLET_TEST ("partners", test_partners);
  TABLET_TEST ("no-partners", test_no_partners);
  TABLET_TEST ("pictures", test_pictures);
  return g_test_run ();
}
