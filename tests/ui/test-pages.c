/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages before and after the unlock, fed as the app feeds them. */

#include <string.h>

#include "tests/ui/harness.h"
#include "ui/about.h"
#include "ui/keys.h"
#include "ui/language.h"
#include "ui/menu.h"
#include "ui/pages/enrol-page.h"
#include "ui/pages/unlock-page.h"
#include "ui/pages/working-page.h"
#include "ui/preferences-window.h"
#include "ui/widgets/passphrase-row.h"
#include "ui/widgets/row.h"
#include "ui/window.h"

#define STRONG "ceffyl batri staple cwmwl trombôn gwydr"

static GtkWidget *
find_label (GtkWidget *root, const char *text)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), text) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
type_into (GtkWidget *root, const char *label, const char *text)
{
  GtkWidget *widget = harness_find (root, label);

  gtk_editable_set_text (GTK_EDITABLE (widget), text);
  harness_settle ();
}

static void
count_cb (GtkWidget *widget, guint *count)
{
  (*count)++;
}

static void
assert_shows (GtkWidget *root, const char *text)
{
  g_autofree char *shown = harness_text (root);

  g_test_message ("looking for “%s”", text);
  g_assert_nonnull (strstr (shown, text));
}

static void
assert_hides (GtkWidget *root, const char *text)
{
  g_autofree char *shown = harness_text (root);

  g_assert_null (strstr (shown, text));
}

/* Fails if the passphrase isn't handed on as typed, can be sent twice, or stays in the field. */
static void
test_unlock (void)
{
  GtkWidget *page = ym_unlock_page_new (&harness_clock);
  GtkWindow *window = harness_show (page, 400, 700);
  g_autoptr (YmSecret) secret = NULL;
  guint requests = 0;

  g_signal_connect (page, "unlock-requested", G_CALLBACK (count_cb), &requests);
  g_signal_emit_by_name (harness_find (page, "Passphrase"), "activate");
  g_assert_cmpuint (requests, ==, 0);
  type_into (page, "Passphrase", STRONG);
  g_signal_emit_by_name (harness_find (page, "Passphrase"), "activate");
  g_assert_cmpuint (requests, ==, 1);
  secret = ym_unlock_page_take_passphrase (YM_UNLOCK_PAGE (page));
  g_assert_cmpmem (ym_secret_data (secret), ym_secret_length (secret), STRONG, strlen (STRONG));
  ym_unlock_page_set_busy (YM_UNLOCK_PAGE (page), TRUE);
  assert_shows (page, "Unlocking…");
  g_assert_false (gtk_widget_is_sensitive (harness_find (page, "Passphrase")));
  ym_unlock_page_fail (YM_UNLOCK_PAGE (page), "That is not the passphrase. Try again.", 0);
  assert_shows (page, "That is not the passphrase. Try again.");
  g_assert_true (gtk_window_get_focus (window) == harness_find (page, "Passphrase"));
  harness_close (window);
}

/* Fails if a wrong try can be followed by the next at once, or the wait never ends. */
static void
test_unlock_waits (void)
{
  GtkWidget *page = ym_unlock_page_new (&harness_clock);
  GtkWindow *window = harness_show (page, 400, 700);
  guint requests = 0;

  harness_boot_us = 1000 * G_GINT64_CONSTANT (1000000);
  g_signal_connect (page, "unlock-requested", G_CALLBACK (count_cb), &requests);
  ym_unlock_page_fail (YM_UNLOCK_PAGE (page), "That is not the passphrase. Try again.", 8 * G_USEC_PER_SEC);
  assert_shows (page, "Another try in 8 seconds.");
  type_into (page, "Passphrase", STRONG);
  g_signal_emit_by_name (harness_find (page, "Passphrase"), "activate");
  g_assert_cmpuint (requests, ==, 0);
  g_assert_false (gtk_widget_is_sensitive (harness_find (page, "Passphrase")));
  ym_unlock_page_fail (YM_UNLOCK_PAGE (page), "No.", 15 * 60 * G_GINT64_CONSTANT (1000000));
  assert_shows (page, "Another try in 15 minutes.");
  harness_boot_us += 15 * 60 * G_GINT64_CONSTANT (1000000);
  while (!gtk_widget_is_sensitive (harness_find (page, "Passphrase")))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_window_get_focus (window) == harness_find (page, "Passphrase"));
  harness_boot_us = 0;
  harness_close (window);
}

/* Fails if one gets past the first step without what it asks, or isn't told at the field what is wrong. */
static void
test_enrol_asks (void)
{
  static const struct
  {
    const char *server, *code, *device;
    const char *error; /* NULL: goes on */
  } cases[] = {
    { "", "", "", "Type the address that your administrator gave you." },
    { "http://ymweld.example", "abcd", "Tablet", "This is no address of a server." },
    { "not a host", "abcd", "Tablet", "This is no address of a server." },
    { "ymweld.example", "", "Tablet", "Type the code that your administrator gave you." },
    { "ymweld.example", "abcd", " ", "Give this device a name, so that you can tell it from others." },
    { "ymweld.example:8443", "abcd", "Tablet", NULL },
    { "https://127.0.0.1:8443", "abcd", "Tablet", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *page = ym_enrol_page_new ();
      GtkWindow *window = harness_show (page, 400, 900);

      ym_enrol_page_set (YM_ENROL_PAGE (page), YM_ENROL_SERVER, cases[i].server);
      ym_enrol_page_set (YM_ENROL_PAGE (page), YM_ENROL_CODE, cases[i].code);
      ym_enrol_page_set (YM_ENROL_PAGE (page), YM_ENROL_DEVICE, cases[i].device);
      harness_press (find_label (page, "Continue"));
      g_assert_cmpint (ym_enrol_page_get_step (YM_ENROL_PAGE (page)), ==,
                       cases[i].error != NULL ? YM_ENROL_WHERE : YM_ENROL_PASSPHRASE);
      if (cases[i].error != NULL)
        assert_shows (page, cases[i].error);
      harness_close (window);
    }
}

/* Fails if a weak passphrase, or two different ones, make a store. */
static void
test_enrol_passphrase (void)
{
  static const struct
  {
    const char *first, *second;
    guint requests;
  } cases[] = {
    { "heddlu", "heddlu", 0 },
    { STRONG, "", 0 },
    { STRONG, STRONG " ", 0 },
    { STRONG, STRONG, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *page = ym_enrol_page_new ();
      GtkWindow *window = harness_show (page, 400, 900);
      g_autoptr (YmSecret) secret = NULL;
      guint requests = 0;

      g_signal_connect (page, "enrol-requested", G_CALLBACK (count_cb), &requests);
      ym_enrol_page_set_step (YM_ENROL_PAGE (page), YM_ENROL_PASSPHRASE);
      harness_settle ();
      type_into (page, "New passphrase", cases[i].first);
      type_into (page, "The same passphrase again", cases[i].second);
      g_signal_emit_by_name (harness_find (page, "The same passphrase again"), "activate");
      g_assert_cmpuint (requests, ==, cases[i].requests);
      secret = ym_enrol_page_take_passphrase (YM_ENROL_PAGE (page));
      g_assert_cmpmem (ym_secret_data (secret), ym_secret_length (secret), cases[i].first, strlen (cases[i].first));
      g_assert_cmpuint (gtk_editable_get_text (GTK_EDITABLE (harness_find (page, "The same passphrase again")))[0],
                        ==, '\0');
      harness_close (window);
    }
}

/* Fails if a code that the server refuses leaves the officer without a word, or without the form. */
static void
test_enrol_refused (void)
{
  GtkWidget *page = ym_enrol_page_new ();
  GtkWindow *window = harness_show (page, 400, 900);
  guint checks = 0;

  g_signal_connect (page, "check-requested", G_CALLBACK (count_cb), &checks);
  ym_enrol_page_set_step (YM_ENROL_PAGE (page), YM_ENROL_WAITING);
  harness_settle ();
  assert_shows (page, "Waiting for your administrator");
  harness_press (find_label (page, "Ask Again Now"));
  g_assert_cmpuint (checks, ==, 1);
  ym_enrol_page_set_message (YM_ENROL_PAGE (page), "The server could not be reached.");
  assert_shows (page, "The server could not be reached.");
  ym_enrol_page_fail (YM_ENROL_PAGE (page), YM_ENROL_CODE, "This code has been used <already>.");
  harness_settle ();
  assert_shows (page, "This code has been used <already>.");
  gtk_test_accessible_assert_state (harness_find (page, "One-time code"), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  harness_close (window);
}

#define TODAY 20526 /* 2026-03-14 */
#define ASKED_AND_KEPT { TRUE, TRUE }
#define ASKED { TRUE, FALSE }

static const YmHomeView some_homes[] = {
  { { { 1 } }, "Tŷ Gwyn, Aberteifi", "Powys", { YM_STANDING_VISITED, { 0 }, 9, 1 }, 0, 0, 3, 0, FALSE, FALSE,
    { 1u << 3 | 1u << 13, { ASKED_AND_KEPT, ASKED } }, TODAY + 13 },
  { { { 2 } }, "Hafan Deg, Aberystwyth", "Ceredigion", { YM_STANDING_DUE, { 0 }, 9, 12 }, 2, 1, 3, 0, FALSE, FALSE,
    { 1u << 2, { ASKED_AND_KEPT, ASKED } }, TODAY + 5 },
  { { { 3 } }, "Maes-yr-haf, Ammanford", "Pembrokeshire", { YM_STANDING_OVERDUE, { 0 }, 2, 31 }, 1, 3, 3, 2, TRUE, FALSE,
    { 0, { ASKED, ASKED } }, TODAY },
  { { { 4 } }, "Jones & Co <Aberaeron>", NULL, { YM_STANDING_DUE_SOON, { 0 }, 1, -1 }, 0, 0, 3, 0, FALSE, FALSE,
    { 0, { ASKED, ASKED } }, TODAY + 2 },
  { { { 5 } }, "Bryn Awel, Aberaeron", "Powys", { YM_STANDING_NONE, { 0 }, 0, 200 }, 0, 0, 3, 0, FALSE, FALSE,
    { 0 }, YM_DAY_NONE },
};

static GListModel *
make_homes (void)
{
  GListStore *store = g_list_store_new (YM_TYPE_HOME_ITEM);

  for (guint i = 0; i < G_N_ELEMENTS (some_homes); i++)
    {
      g_autoptr (YmHomeItem) item = ym_home_item_new (&some_homes[i]);

      g_list_store_append (store, item);
    }
  return G_LIST_MODEL (store);
}

static GtkWidget *
make_working (void)
{
  GtkWidget *page = ym_working_page_new ();
  g_autoptr (GListModel) homes = make_homes ();

  ym_homes_page_set_model (ym_working_page_get_homes (YM_WORKING_PAGE (page)), homes);
  ym_homes_page_set_today (ym_working_page_get_homes (YM_WORKING_PAGE (page)), TODAY);
  return page;
}

static void
activated_cb (YmHomesPage *page, YmHomeItem *item, char **name)
{
  g_free (*name);
  *name = g_strdup (ym_home_item_get (item)->name);
}

/* Fails if the home that needs the officer most isn't on top. */
static void
test_homes_order (void)
{
  static const char *const expected[] = { "Maes-yr-haf, Ammanford", "Jones & Co <Aberaeron>", "Hafan Deg, Aberystwyth",
                                          "Tŷ Gwyn, Aberteifi", "Bryn Awel, Aberaeron" };
  GtkWidget *page = make_working ();
  GtkWindow *window = harness_show (page, 360, 900);
  g_autofree char *text = harness_text (page);
  const char *at = text;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      at = strstr (at, expected[i]);
      g_assert_nonnull (at);
    }
  harness_close (window);
}

/* Fails if a row says less to a screen reader than to the eye. */
static void
test_homes_spoken (void)
{
  GtkWidget *page = make_working ();
  GtkWindow *window = harness_show (page, 360, 900);

  harness_find (page, "Maes-yr-haf, Ammanford, Pembrokeshire, overdue, 2 days left, "
                      "Last visit 31 days ago · 1 open issue · calls this month: 3 of 3, joint inspection, draft, 2 wait to sync");
  harness_find (page, "Jones & Co <Aberaeron>, due soon, last day, No visit yet");
  harness_find (page, "Search my homes");
  harness_find (page, "Main Menu");
  harness_close (window);
}

/* Fails if a home isn't found by what an officer types without circumflexes or in capitals. */
static void
test_homes_search (void)
{
  static const struct
  {
    const char *typed;
    guint home;
    gboolean found;
  } cases[] = {
    { "ty gwyn", 0, TRUE }, { "TŶ", 0, TRUE },      { "gwyn ty", 0, TRUE },   { "aber", 0, TRUE },
    { "berteifi", 0, FALSE }, { "powys", 0, TRUE }, { "", 0, TRUE },          { "maes yr", 2, TRUE },
    { "jones & co", 3, TRUE }, { "hafan", 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YmHomeItem) item = ym_home_item_new (&some_homes[cases[i].home]);

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpint (ym_home_item_matches (item, cases[i].typed), ==, cases[i].found);
    }
}

/* Fails if typing narrows nothing, Enter opens another home, or an empty result is an empty page. */
static void
test_homes_search_page (void)
{
  GtkWidget *page = make_working ();
  YmHomesPage *homes = ym_working_page_get_homes (YM_WORKING_PAGE (page));
  GtkWindow *window = harness_show (page, 360, 900);
  g_autofree char *opened = NULL;
  GtkWidget *search = NULL;

  g_signal_connect (homes, "home-activated", G_CALLBACK (activated_cb), &opened);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (homes), "homes.search", NULL));
  harness_settle ();
  search = gtk_widget_get_ancestor (gtk_window_get_focus (window), GTK_TYPE_SEARCH_ENTRY);
  g_assert_nonnull (search);
  gtk_editable_set_text (GTK_EDITABLE (search), "hafan");
  g_signal_emit_by_name (search, "search-changed");
  harness_settle ();
  assert_hides (page, "Maes-yr-haf");
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpstr (opened, ==, "Hafan Deg, Aberystwyth");
  gtk_editable_set_text (GTK_EDITABLE (search), "xyz");
  g_signal_emit_by_name (search, "search-changed");
  harness_settle ();
  assert_shows (page, "Nothing found");
  harness_close (window);
}

/* Fails if an officer who asks which homes are still to visit is shown others, or can't get all of them back. */
static void
test_homes_filter (void)
{
  static const struct {
    const char *filter, *shown, *hidden;
  } cases[] = {
    { "To visit", "Hafan Deg", "Tŷ Gwyn" },
    { "Open issues", "Maes-yr-haf", "Jones & Co" },
    { "Unfinished", "Maes-yr-haf", "Hafan Deg" },
    { "All", "Bryn Awel", NULL },
  };
  GtkWidget *page = make_working ();
  YmHomesPage *homes = ym_working_page_get_homes (YM_WORKING_PAGE (page));
  GtkWindow *window = harness_show (page, 360, 900);

  gtk_widget_activate_action (GTK_WIDGET (homes), "homes.search", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_label (page, cases[i].filter)), TRUE);
      harness_settle ();
      assert_shows (page, cases[i].shown);
      if (cases[i].hidden != NULL)
        assert_hides (page, cases[i].hidden);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_label (page, "Open issues")), TRUE);
  gtk_widget_activate_action (GTK_WIDGET (homes), "homes.search", NULL);
  harness_settle ();
  assert_shows (page, "Jones & Co");
  harness_close (window);
}

static guint
count_days (GtkWidget *root, const char *css_class)
{
  guint n = gtk_widget_has_css_class (root, css_class) && g_str_equal (gtk_widget_get_css_name (root), "day");

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_days (child, css_class);
  return n;
}

/* Fails if the strip of the month shows other visits than were made, or says less than it shows. */
static void
test_homes_month (void)
{
  GtkWidget *page = make_working ();
  GtkWindow *window = harness_show (page, 360, 900);
  GtkWidget *strip = harness_find (page, "March 2026. 1 to 15: 2 of 4 visited. 16 to 31: 4 to visit.");

  g_assert_true (gtk_widget_get_mapped (strip));
  g_assert_cmpuint (count_days (strip, "visited"), ==, 3);
  g_assert_cmpuint (count_days (strip, "to-come"), ==, 4);
  g_assert_cmpuint (count_days (strip, "today"), ==, 1);
  ym_homes_page_set_model (ym_working_page_get_homes (YM_WORKING_PAGE (page)), NULL);
  harness_settle ();
  g_assert_false (gtk_widget_get_mapped (strip));
  harness_close (window);
}

static int
header_height (YmPage *page)
{
  int height;

  gtk_widget_measure (gtk_widget_get_first_child (GTK_WIDGET (page)), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

/* Fails if the header bars of the list and of the page beside it end at different heights. */
static void
test_headers_end_on_one_line (void)
{
  GtkWidget *page = make_working ();
  GtkWindow *window = harness_show (page, 1280, 800);
  YmPage *list = ym_homes_page_get_page (ym_working_page_get_homes (YM_WORKING_PAGE (page)));
  YmPage *plain = ym_page_new ("Home", gtk_label_new (NULL));

  ym_working_page_open (YM_WORKING_PAGE (page), plain);
  harness_settle ();
  g_assert_cmpint (header_height (plain), ==, header_height (list));
  ym_page_set_title (plain, "Home", "with a subtitle");
  g_assert_cmpint (header_height (plain), ==, header_height (list));
  harness_close (window);
}

/* Fails if an officer without homes sees an empty list and no word of why. */
static void
test_homes_empty (void)
{
  GtkWidget *page = ym_working_page_new ();
  GtkWindow *window = harness_show (page, 360, 740);

  assert_shows (page, "No homes yet");
  ym_homes_page_set_sync (ym_working_page_get_homes (YM_WORKING_PAGE (page)), "3 records wait & wait", FALSE);
  harness_settle ();
  assert_shows (page, "3 records wait & wait");
  harness_close (window);
}

static YmPage *
make_detail (const char *title)
{
  return ym_page_new (title, ym_page_clamp (gtk_button_new_with_label (title)));
}

static void
left_cb (YmPages *pages, YmPage *page, GString *left)
{
  g_string_append_printf (left, "%s ", ym_page_get_title (page));
}

/* Fails if the way back skips a page, loses one, or ends before the list on a phone. */
static void
test_way_back (void)
{
  GtkWidget *page = make_working ();
  GtkWindow *window = harness_show (page, 360, 740);
  YmPages *pages = ym_working_page_get_pages (YM_WORKING_PAGE (page));
  g_autoptr (GString) left = g_string_new (NULL);

  ym_working_page_open (YM_WORKING_PAGE (page), make_detail ("Home"));
  harness_settle ();
  g_signal_connect (pages, "left", G_CALLBACK (left_cb), left);
  assert_hides (page, "My homes");
  ym_pages_push (pages, make_detail ("Visit"));
  harness_settle ();
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (gtk_window_get_focus (window))), ==, "Visit");
  gtk_widget_activate_action (GTK_WIDGET (pages), "page.back", NULL);
  harness_settle ();
  g_assert_cmpstr (ym_page_get_title (ym_pages_get_top (pages)), ==, "Home");
  gtk_widget_activate_action (GTK_WIDGET (pages), "page.back", NULL);
  harness_settle ();
  assert_shows (page, "My homes");
  g_assert_cmpstr (left->str, ==, "Visit ");
  harness_close (window);
}

/* Fails if the language can't be switched from some page, before or after the unlock. */
static void
test_language_everywhere (void)
{
  GtkWidget *(*const makers[]) (void) = { ym_enrol_page_new, make_working };

  for (guint i = 0; i <= G_N_ELEMENTS (makers); i++)
    {
      GtkWidget *page = i < G_N_ELEMENTS (makers) ? makers[i]() : ym_unlock_page_new (&harness_clock);
      GtkWindow *window = harness_show (page, 1280, 800);

      harness_press (harness_find (page, "Main Menu"));
      assert_shows (page, "English");
      assert_shows (page, "Cymraeg");
      harness_close (window);
    }
}

/* Fails if a preference that was chosen isn't taken over. */
static void
test_preferences_window (void)
{
  g_autoptr (YmPreferences) preferences = ym_preferences_new (NULL);
  GtkWidget *window;

  ym_preferences_set_language (preferences, "en");
  window = ym_preferences_window_new (NULL, preferences, NULL);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  harness_press (harness_find (window, "Cymraeg"));
  harness_press (harness_find (window, "Dark"));
  harness_press (harness_find (window, "150 %"));
  harness_press (harness_find (window, "Lock after so many minutes: one fewer"));
  g_assert_cmpstr (ym_preferences_get_language (preferences), ==, "cy");
  g_assert_cmpint (ym_preferences_get_theme (preferences), ==, YM_THEME_DARK);
  g_assert_cmpint (ym_preferences_get_text_percent (preferences), ==, 150);
  g_assert_cmpint (ym_preferences_get_lock_minutes (preferences), ==, YM_LOCK_MINUTES_DEFAULT - 1);
  harness_press (harness_find (window, "Dark"));
  g_assert_cmpint (ym_preferences_get_theme (preferences), ==, YM_THEME_DARK);
  harness_close (GTK_WINDOW (window));
}

/* Fails if a locked window keeps anything of what was open, in sight or out of it. */
static void
test_lock_leaves_nothing (void)
{
  YmWindow *window = ym_window_new (NULL, &harness_clock);
  g_autoptr (GListModel) homes = make_homes ();
  YmWorkingPage *working;
  GtkWidget *dialog;

  gtk_window_present (GTK_WINDOW (window));
  ym_window_set_phase (window, YM_PHASE_WORKING);
  working = ym_window_get_working (window);
  g_object_add_weak_pointer (G_OBJECT (working), (gpointer *) &working);
  ym_homes_page_set_model (ym_working_page_get_homes (working), homes);
  dialog = ym_about_window_new (GTK_WINDOW (window));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  harness_settle ();
  assert_shows (GTK_WIDGET (window), "Maes-yr-haf");
  ym_window_set_phase (window, YM_PHASE_UNLOCK);
  harness_settle ();
  g_assert_null (working);
  g_assert_null (dialog);
  g_assert_null (ym_window_get_working (window));
  g_assert_nonnull (ym_window_get_unlock (window));
  assert_hides (GTK_WIDGET (window), "Maes-yr-haf");
  g_assert_cmpuint (G_OBJECT (homes)->ref_count, ==, 1);
  harness_close (GTK_WINDOW (window));
}

/* Fails if keys are listed that aren't keys. */
static void
test_keys (void)
{
  GtkWidget *window = ym_keys_window_new (NULL);

  for (guint i = 0; i < ym_n_keys; i++)
    for (guint j = 0; ym_keys[i].keys[j] != NULL; j++)
      {
        guint value;
        GdkModifierType modifiers;

        g_assert_true (gtk_accelerator_parse (ym_keys[i].keys[j], &value, &modifiers));
      }
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  harness_find (window, "Lock, Ctrl+L");
  harness_close (GTK_WINDOW (window));
}

static GtkWidget *
make_search (void)
{
  GtkWidget *page = make_working ();

  gtk_widget_activate_action (GTK_WIDGET (ym_working_page_get_homes (YM_WORKING_PAGE (page))), "homes.search", NULL);
  return page;
}

static GtkWidget *
make_unlock (void)
{
  GtkWidget *page = ym_unlock_page_new (&harness_clock);

  ym_unlock_page_fail (YM_UNLOCK_PAGE (page), g_dgettext (GETTEXT_PACKAGE, "That is not the passphrase. Try again."),
                       8 * G_USEC_PER_SEC);
  return page;
}

static GtkWidget *
make_enrol_passphrase (void)
{
  GtkWidget *page = ym_enrol_page_new ();

  ym_enrol_page_set_step (YM_ENROL_PAGE (page), YM_ENROL_PASSPHRASE);
  return page;
}

static GtkWidget *
make_enrol_waiting (void)
{
  GtkWidget *page = ym_enrol_page_new ();

  ym_enrol_page_set_step (YM_ENROL_PAGE (page), YM_ENROL_WAITING);
  return page;
}

/* Fails if a page can't be drawn in some look, or needs more width than there is. */
static void
test_pictures (void)
{
  static const struct
  {
    const char *name;
    GtkWidget *(*make) (void);
  } pages[] = {
    { "enrol", ym_enrol_page_new },
    { "enrol-passphrase", make_enrol_passphrase },
    { "enrol-waiting", make_enrol_waiting },
    { "unlock", make_unlock },
    { "homes", make_working },
    { "homes-search", make_search },
    { "homes-none", ym_working_page_new },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    harness_pictures (pages[i].name, pages[i].make);
}

/* Fails if a window that stands over the others can't be drawn; for people to look at. */
static void
test_window_pictures (void)
{
  g_autoptr (YmPreferences) preferences = ym_preferences_new (NULL);

  for (guint i = 0; i < ym_n_languages; i++)
    {
      GtkWidget *windows[3];
      static const char *const names[] = { "keys", "about", "preferences" };

      ym_language_use (ym_languages[i].code);
      windows[0] = ym_keys_window_new (NULL);
      windows[1] = ym_about_window_new (NULL);
      windows[2] = ym_preferences_window_new (NULL, preferences, NULL);
      for (guint j = 0; j < G_N_ELEMENTS (windows); j++)
        {
          g_autofree char *name = g_strdup_printf ("%s-%s", names[j], ym_languages[i].code);

          gtk_window_present (GTK_WINDOW (windows[j]));
          gtk_test_widget_wait_for_draw (windows[j]);
          harness_picture (GTK_WINDOW (windows[j]), name);
          harness_close (GTK_WINDOW (windows[j]));
        }
    }
  ym_language_use ("en");
}

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  g_test_add_func ("/ui/pages/unlock", test_unlock);
  g_test_add_func ("/ui/pages/unlock-waits", test_unlock_waits);
  g_test_add_func ("/ui/pages/enrol-asks", test_enrol_asks);
  g_test_add_func ("/ui/pages/enrol-passphrase", test_enrol_passphrase);
  g_test_add_func ("/ui/pages/enrol-refused", test_enrol_refused);
  g_test_add_func ("/ui/pages/homes-order", test_homes_order);
  g_test_add_func ("/ui/pages/homes-spoken", test_homes_spoken);
  g_test_add_func ("/ui/pages/homes-search", test_homes_search);
  g_test_add_func ("/ui/pages/homes-search-page", test_homes_search_page);
  g_test_add_func ("/ui/pages/homes-filter", test_homes_filter);
  g_test_add_func ("/ui/pages/homes-month", test_homes_month);
  g_test_add_func ("/ui/pages/headers-end-on-one-line", test_headers_end_on_one_line);
  g_test_add_func ("/ui/pages/homes-empty", test_homes_empty);
  g_test_add_func ("/ui/pages/way-back", test_way_back);
  g_test_add_func ("/ui/pages/language-everywhere", test_language_everywhere);
  g_test_add_func ("/ui/pages/preferences-window", test_preferences_window);
  g_test_add_func ("/ui/pages/lock-leaves-nothing", test_lock_leaves_nothing);
  g_test_add_func ("/ui/pages/keys", test_keys);
  g_test_add_func ("/ui/pages/pictures", test_pictures);
  g_test_add_func ("/ui/pages/window-pictures", test_window_pictures);
  return g_test_run ();
}
