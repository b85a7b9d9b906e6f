/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom to ring at two in the morning: a card for each service, its buttons large. */

#include "ui/partners/partners-page.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "app/notebook/partners.h"
#include "ui/home/home-words.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/answers.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/page.h"
#include "ui/widgets/row.h"

#define URI "ym-uri"
#define AREA "ym-area"

struct _YmPartnersPage
{
  YmSheet parent_instance;

  GPtrArray *partners; /* (nullable): of YmRecord */
  char *area;          /* (nullable): the one that is shown; NULL for all */
  GtkWidget *areas;
  GtkWidget *list;
  GtkWidget *none;
};

G_DEFINE_FINAL_TYPE (YmPartnersPage, ym_partners_page, YM_TYPE_SHEET)

static gpointer
read_partners (YmDesk *desk, gpointer data, GError **error)
{
  return ym_partners_list (desk, error);
}

static void
free_partners (gpointer partners)
{
  g_ptr_array_unref (partners);
}

/* --- ringing and writing --- */

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  GtkWidget *page = gtk_widget_get_ancestor (button, YM_TYPE_PARTNERS_PAGE);
  const char *uri = g_object_get_data (G_OBJECT (button), URI);
  g_autofree char *text = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, NULL) || page == NULL)
    return;
  text = g_strdup_printf (g_str_has_prefix (uri, "tel:") ? _ ("No app on this device makes calls. The number is %s.")
                                                         : _ ("No app on this device writes e-mails. The address is %s."),
                          strchr (uri, ':') + 1);
  ym_banner_show (ym_sheet_get_banner (YM_SHEET (page)), YM_BANNER_INFORMATION, text, NULL);
}

static void
reach_cb (GtkWidget *button)
{
  g_app_info_launch_default_for_uri_async (g_object_get_data (G_OBJECT (button), URI), NULL, NULL, launched_cb,
                                           g_object_ref (button));
}

/* @uri: (transfer full) */
static void
add_way (GtkWidget *ways, const char *text, const char *spoken, char *uri)
{
  GtkWidget *button = ym_wrap_button_new (text);

  gtk_label_set_wrap_mode (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_WRAP_WORD_CHAR);
  ym_say (button, spoken);
  g_object_set_data_full (G_OBJECT (button), URI, uri, g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (reach_cb), NULL);
  gtk_box_append (GTK_BOX (ways), button);
}

static GtkWidget *
new_ways (const YmRecord *partner)
{
  GtkWidget *ways = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  const char *name = ym_record_get_text (partner, YM_PARTNER_NAME);
  const char *phone = ym_record_get_text (partner, YM_PARTNER_PHONE);
  const char *email = ym_record_get_text (partner, YM_PARTNER_EMAIL);

  gtk_widget_set_layout_manager (ways, ym_fold_layout_new (9, FALSE));
  if (phone != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("Call %s"), phone);
      g_autofree char *spoken = g_strdup_printf (_ ("Call %s, %s"), name, phone);

      add_way (ways, text, spoken, ym_home_phone_uri (phone));
    }
  if (email != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("Write to %s"), email);
      g_autofree char *spoken = g_strdup_printf (_ ("Write to %s, %s"), name, email);
      g_autofree char *escaped = g_uri_escape_string (email, "@", FALSE);

      add_way (ways, text, spoken, g_strconcat ("mailto:", escaped, NULL));
    }
  return ways;
}

/* --- the list --- */

static void
add_line (GtkWidget *card, const YmRecord *partner, const guint *ids, guint n_ids, const char *css_class)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < n_ids; i++)
    {
      const char *text = ym_record_get_text (partner, ids[i]);

      if (text != NULL)
        g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", text);
    }
  if (line->len > 0)
    gtk_box_append (GTK_BOX (card), ym_paragraph_new (line->str, css_class));
}

static GtkWidget *
new_card (const YmRecord *partner)
{
  static const guint who[] = { YM_PARTNER_LOCAL_AUTHORITY, YM_PARTNER_AREA, YM_PARTNER_HOURS };
  static const guint note[] = { YM_PARTNER_NOTE };
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (card), ym_paragraph_new (ym_record_get_text (partner, YM_PARTNER_NAME), "field-title"));
  add_line (card, partner, who, G_N_ELEMENTS (who), "quiet");
  add_line (card, partner, note, G_N_ELEMENTS (note), NULL);
  gtk_box_append (GTK_BOX (card), new_ways (partner));
  gtk_widget_add_css_class (card, "issue-card");
  return card;
}

static void
clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
show_list (YmPartnersPage *self)
{
  gint64 kind = 0;

  clear (self->list);
  for (guint i = 0; i < self->partners->len; i++)
    {
      const YmRecord *partner = g_ptr_array_index (self->partners, i);
      gint64 own = ym_record_get_integer (partner, YM_PARTNER_KIND, 0);

      if (!ym_partners_serve (partner, self->area))
        continue;
      if (own != kind)
        {
          g_autofree char *heading = ym_answer_text (ym_form_field (partner->form, YM_PARTNER_KIND),
                                                     ym_record_get (partner, YM_PARTNER_KIND));

          gtk_box_append (GTK_BOX (self->list), ym_paragraph_new (heading, "title-4"));
        }
      kind = own;
      gtk_box_append (GTK_BOX (self->list), new_card (partner));
    }
}

static void
area_cb (GtkToggleButton *button, YmPartnersPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  g_free (self->area);
  self->area = g_strdup (g_object_get_data (G_OBJECT (button), AREA));
  show_list (self);
}

static void
add_area (YmPartnersPage *self, const char *area)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (area != NULL ? area : _ ("The whole force"));
  GtkWidget *first = gtk_widget_get_first_child (self->areas);

  gtk_widget_add_css_class (button, "choice");
  g_object_set_data_full (G_OBJECT (button), AREA, g_strdup (area), g_free);
  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), g_strcmp0 (area, self->area) == 0);
  gtk_box_append (GTK_BOX (self->areas), button);
  g_signal_connect_object (button, "toggled", G_CALLBACK (area_cb), self, 0);
}

/* A button for each area there is; none where all serve the whole force. */
static void
show_areas (YmPartnersPage *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) sorted = NULL;

  for (guint i = 0; i < self->partners->len; i++)
    {
      const char *area = ym_record_get_text (g_ptr_array_index (self->partners, i), YM_PARTNER_AREA);

      if (area != NULL)
        g_hash_table_add (seen, (gpointer) area);
    }
  if (self->area != NULL && !g_hash_table_contains (seen, self->area))
    g_clear_pointer (&self->area, g_free);
  clear (self->areas);
  gtk_widget_set_visible (self->areas, g_hash_table_size (seen) > 0);
  add_area (self, NULL);
  sorted = g_list_sort (g_hash_table_get_keys (seen), (GCompareFunc) g_utf8_collate);
  for (GList *link = sorted; link != NULL; link = link->next)
    add_area (self, link->data);
}

static gboolean
same_partners (const GPtrArray *shown, const GPtrArray *read)
{
  if (shown == NULL || shown->len != read->len)
    return FALSE;
  for (guint i = 0; i < read->len; i++)
    if (!ym_record_equal (g_ptr_array_index (shown, i), g_ptr_array_index (read, i)))
      return FALSE;
  return TRUE;
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmPartnersPage *self = YM_PARTNERS_PAGE (sheet);
  g_autoptr (GPtrArray) read = data;

  ym_sheet_title (sheet, _ ("Partners"), NULL);
  if (same_partners (self->partners, read)) /* the focus stays where it is */
    return;
  g_clear_pointer (&self->partners, g_ptr_array_unref);
  self->partners = g_steal_pointer (&read);
  gtk_widget_set_visible (self->none, self->partners->len == 0);
  show_areas (self);
  show_list (self);
}

static void
ym_partners_page_finalize (GObject *object)
{
  YmPartnersPage *self = YM_PARTNERS_PAGE (object);

  g_clear_pointer (&self->partners, g_ptr_array_unref);
  g_free (self->area);
  G_OBJECT_CLASS (ym_partners_page_parent_class)->finalize (object);
}

static void
ym_partners_page_class_init (YmPartnersPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ym_partners_page_finalize;
  sheet_class->work = read_partners;
  sheet_class->answer_free = free_partners;
  sheet_class->show = show;
}

static void
ym_partners_page_init (YmPartnersPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scrolled;

  self->areas = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_set_layout_manager (self->areas, ym_fold_layout_new (6, FALSE));
  ym_say (self->areas, _ ("Area"));
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->none = ym_paragraph_new (_ ("No partner is listed yet. Ask your administrator to import the services of your area: they "
                                    "come with the next sync and stay here without a signal."),
                                 "quiet");
  gtk_box_append (GTK_BOX (column), self->areas);
  gtk_box_append (GTK_BOX (column), self->none);
  gtk_box_append (GTK_BOX (column), self->list);
  scrolled = ym_page_clamp (column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_sheet_append (YM_SHEET (self), scrolled);
}

GtkWidget *
ym_partners_page_new (YmSession *session)
{
  YmPartnersPage *self = g_object_new (YM_TYPE_PARTNERS_PAGE, NULL);

  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}
