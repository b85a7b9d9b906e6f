/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first run. What can be judged here (an address that is none, a weak passphrase) is said while one
 * types; what only the server knows comes back through ym_enrol_page_fail(). */

#include "ui/pages/enrol-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/menu.h"
#include "ui/widgets/new-passphrase.h"
#include "ui/widgets/row.h"
#include "ui/widgets/text-row.h"

struct _YmEnrolPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  GtkWidget *back;
  GtkStack *steps;
  GtkBox *where_rows;
  GtkWidget *next;
  GtkWidget *try_place;
  AdwBin *language_place;
  YmNewPassphrase *passphrase;
  GtkWidget *enrol;
  GtkSpinner *spinner;
  GtkLabel *waiting_title;
  GtkLabel *waiting_text;
  GtkWidget *check;

  GtkWidget *fields[YM_N_ENROL_FIELDS];
  YmEnrolStep step;
  gboolean has_passphrase;
};

G_DEFINE_FINAL_TYPE (YmEnrolPage, ym_enrol_page, GTK_TYPE_WIDGET)

enum {
  SIGNAL_ENROL_REQUESTED,
  SIGNAL_CHECK_REQUESTED,
  SIGNAL_TRY_REQUESTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const struct
{
  const char *title;
  const char *hint;
  const char *missing;
  guint maximum;
  GtkInputPurpose purpose;
} questions[YM_N_ENROL_FIELDS] = {
  [YM_ENROL_SERVER] = { N_("Server"), N_("For example ymweld.example.police.uk"),
                        N_("Type the address that your administrator gave you."), 255, GTK_INPUT_PURPOSE_URL },
  [YM_ENROL_CODE] = { N_("One-time code"), N_("Letters and figures; small and capital letters are the same."),
                      N_("Type the code that your administrator gave you."), 255, GTK_INPUT_PURPOSE_FREE_FORM },
  [YM_ENROL_DEVICE] = { N_("Name of this device"), N_("As you would call it: “Tablet in the car”."),
                        N_("Give this device a name, so that you can tell it from others."), 60,
                        GTK_INPUT_PURPOSE_FREE_FORM },
};

/* A host, with or without https:// and a port; whether it answers is seen later. */
static gboolean
is_server (const char *text)
{
  g_autofree char *with_scheme = strstr (text, "://") != NULL ? g_strdup (text) : g_strdup_printf ("https://%s", text);
  g_autoptr (GUri) uri = g_uri_parse (with_scheme, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https") && g_uri_get_host (uri) != NULL
         && *g_uri_get_host (uri) != '\0' && g_uri_get_userinfo (uri) == NULL && strchr (text, ' ') == NULL;
}

static gboolean
check_answer (YmEnrolPage *self, YmEnrolField field)
{
  g_autofree char *answer = ym_enrol_page_get (self, field);
  const char *error = NULL;

  if (*answer == '\0')
    error = _(questions[field].missing);
  else if (field == YM_ENROL_SERVER && !is_server (answer))
    error = _("This is no address of a server. It looks like ymweld.example.police.uk.");
  ym_field_row_set_error (YM_FIELD_ROW (self->fields[field]), error);
  return error == NULL;
}

static void
next_cb (YmEnrolPage *self)
{
  GtkWidget *wrong = NULL;

  for (int i = YM_N_ENROL_FIELDS - 1; i >= 0; i--)
    if (!check_answer (self, i))
      wrong = self->fields[i];
  if (wrong != NULL)
    gtk_widget_grab_focus (wrong);
  else if (self->has_passphrase)
    g_signal_emit (self, signals[SIGNAL_ENROL_REQUESTED], 0);
  else
    ym_enrol_page_set_step (self, YM_ENROL_PASSPHRASE);
}

static void
back_cb (YmEnrolPage *self)
{
  ym_enrol_page_set_step (self, YM_ENROL_WHERE);
}

static void
passphrase_changed_cb (YmEnrolPage *self)
{
  gtk_widget_set_sensitive (self->enrol, ym_new_passphrase_is_strong (self->passphrase));
}

static void
enrol_cb (YmEnrolPage *self)
{
  if (ym_new_passphrase_check (self->passphrase))
    g_signal_emit (self, signals[SIGNAL_ENROL_REQUESTED], 0);
}

static void
check_cb (YmEnrolPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CHECK_REQUESTED], 0);
}

static void
try_cb (YmEnrolPage *self)
{
  g_signal_emit (self, signals[SIGNAL_TRY_REQUESTED], 0);
}

static gboolean
ym_enrol_page_grab_focus (GtkWidget *widget)
{
  YmEnrolPage *self = YM_ENROL_PAGE (widget);
  GtkWidget *const first[] = {
    [YM_ENROL_WHERE] = self->fields[YM_ENROL_SERVER],
    [YM_ENROL_PASSPHRASE] = GTK_WIDGET (self->passphrase),
    [YM_ENROL_WORKING] = self->check,
    [YM_ENROL_WAITING] = self->check,
    [YM_ENROL_MAKING_UP] = self->check,
  };

  return gtk_widget_grab_focus (first[self->step]);
}

static void
ym_enrol_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_enrol_page_parent_class)->dispose (object);
}

static void
ym_enrol_page_class_init (YmEnrolPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_enrol_page_dispose;
  widget_class->grab_focus = ym_enrol_page_grab_focus;
  g_type_ensure (YM_TYPE_NEW_PASSPHRASE);
  gtk_widget_class_set_template_from_resource (widget_class, "/uk/ymweld/Ymweld/pages/enrol-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YmEnrolPage, header);
  gtk_widget_class_bind_template_child (widget_class, YmEnrolPage, back);
  gtk_widget_class_bind_template_child (widget_class, YmEnrolPage, steps);
  gtk_widget_class_bind_template_child (widget_class, YmEnrolPage, where_rows);
  gtk_widget_class_bind_template_child (widget_class, YmEnrolPage, next);
  gtk_widget_class_bind_template_child (widget_class, YmEnrolPage, try_place);
  gtk_widget_class_bind_template_child (widget_class, YmEnrolPage, language_place);
  gtk_widget_class_bind_template_child (widget_class, YmEnrolPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, YmEnrolPage, enrol);
  gtk_widget_class_bind_template_child (widget_class, YmEnrolPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, YmEnrolPage, waiting_title);
  gtk_widget_class_bind_template_child (widget_class, YmEnrolPage, waiting_text);
  gtk_widget_class_bind_template_child (widget_class, YmEnrolPage, check);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, passphrase_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, enrol_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_cb);
  signals[SIGNAL_ENROL_REQUESTED] = g_signal_new ("enrol-requested", YM_TYPE_ENROL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHECK_REQUESTED] = g_signal_new ("check-requested", YM_TYPE_ENROL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TRY_REQUESTED] = g_signal_new ("try-requested", YM_TYPE_ENROL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                NULL, G_TYPE_NONE, 0);
}

static void
ym_enrol_page_init (YmEnrolPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ym_say (self->back, _("Back"));
  adw_header_bar_pack_end (self->header, ym_menu_button_new ());
  adw_bin_set_child (self->language_place, ym_language_switch_new ());
  for (guint i = 0; i < YM_N_ENROL_FIELDS; i++)
    {
      self->fields[i] = ym_text_row_new (_(questions[i].title), questions[i].maximum);
      ym_field_row_set_hint (YM_FIELD_ROW (self->fields[i]), _(questions[i].hint));
      ym_text_row_set_purpose (YM_TEXT_ROW (self->fields[i]), questions[i].purpose);
      gtk_box_append (self->where_rows, self->fields[i]);
    }
  passphrase_changed_cb (self);
  ym_enrol_page_set_step (self, YM_ENROL_WHERE);
}

GtkWidget *
ym_enrol_page_new (void)
{
  return g_object_new (YM_TYPE_ENROL_PAGE, NULL);
}

char *
ym_enrol_page_get (YmEnrolPage *self, YmEnrolField field)
{
  g_auto (YmValue) value = YM_VALUE_INIT;

  g_return_val_if_fail (YM_IS_ENROL_PAGE (self), NULL);
  g_return_val_if_fail (field < YM_N_ENROL_FIELDS, NULL);
  ym_field_row_get_value (YM_FIELD_ROW (self->fields[field]), &value);
  return g_strdup (value.kind == YM_VALUE_TEXT ? value.text : "");
}

void
ym_enrol_page_set (YmEnrolPage *self, YmEnrolField field, const char *text)
{
  g_auto (YmValue) value = ym_value_text (text);

  g_return_if_fail (YM_IS_ENROL_PAGE (self));
  g_return_if_fail (field < YM_N_ENROL_FIELDS);
  ym_field_row_set_value (YM_FIELD_ROW (self->fields[field]), &value);
}

YmSecret *
ym_enrol_page_take_passphrase (YmEnrolPage *self)
{
  g_return_val_if_fail (YM_IS_ENROL_PAGE (self), NULL);
  return ym_new_passphrase_take (self->passphrase);
}

void
ym_enrol_page_set_has_passphrase (YmEnrolPage *self, gboolean has_passphrase)
{
  g_return_if_fail (YM_IS_ENROL_PAGE (self));
  self->has_passphrase = has_passphrase;
  gtk_widget_set_visible (self->try_place, !has_passphrase); /* one store is open at a time */
}

void
ym_enrol_page_set_step (YmEnrolPage *self, YmEnrolStep step)
{
  static const char *const names[] = {
    [YM_ENROL_WHERE] = "where",
    [YM_ENROL_PASSPHRASE] = "passphrase",
    [YM_ENROL_WORKING] = "waiting",
    [YM_ENROL_WAITING] = "waiting",
    [YM_ENROL_MAKING_UP] = "waiting",
  };
  static const char *const titles[] = {
    [YM_ENROL_WHERE] = "",
    [YM_ENROL_PASSPHRASE] = "",
    [YM_ENROL_WORKING] = N_("Making the keys of this device"),
    [YM_ENROL_WAITING] = N_("Waiting for your administrator"),
    [YM_ENROL_MAKING_UP] = N_("Making up a force to play with"),
  };

  g_return_if_fail (YM_IS_ENROL_PAGE (self));
  self->step = step;
  gtk_label_set_text (self->waiting_title, *titles[step] != '\0' ? _(titles[step]) : "");
  ym_enrol_page_set_message (self, NULL);
  gtk_widget_set_visible (self->check, step == YM_ENROL_WAITING);
  gtk_widget_set_visible (self->back, step == YM_ENROL_PASSPHRASE);
  gtk_spinner_set_spinning (self->spinner, step >= YM_ENROL_WORKING);
  gtk_stack_set_visible_child_name (self->steps, names[step]);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

YmEnrolStep
ym_enrol_page_get_step (YmEnrolPage *self)
{
  g_return_val_if_fail (YM_IS_ENROL_PAGE (self), YM_ENROL_WHERE);
  return self->step;
}

void
ym_enrol_page_fail (YmEnrolPage *self, YmEnrolField field, const char *message)
{
  g_return_if_fail (YM_IS_ENROL_PAGE (self));
  g_return_if_fail (field < YM_N_ENROL_FIELDS);
  ym_enrol_page_set_step (self, YM_ENROL_WHERE);
  ym_field_row_set_error (YM_FIELD_ROW (self->fields[field]), message);
  gtk_widget_grab_focus (self->fields[field]);
}

void
ym_enrol_page_set_message (YmEnrolPage *self, const char *message)
{
  g_return_if_fail (YM_IS_ENROL_PAGE (self));
  if (message == NULL && self->step == YM_ENROL_WAITING)
    message = _("The server has your request. As soon as your administrator has confirmed that this device is yours, "
                "your homes come down. You can close the app meanwhile.");
  else if (message == NULL)
    message = _("This takes a few seconds.");
  gtk_label_set_text (self->waiting_text, message);
}
