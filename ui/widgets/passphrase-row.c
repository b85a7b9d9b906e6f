/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a passphrase is typed. */

#include "ui/widgets/passphrase-row.h"

#include <glib/gi18n-lib.h>

struct _YmPassphraseRow
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkText *text;
  GtkWidget *caps_lock;
  GtkLabel *error;
  GtkWidget *error_box;
  GdkDevice *keyboard;
};

G_DEFINE_FINAL_TYPE (YmPassphraseRow, ym_passphrase_row, GTK_TYPE_WIDGET)

enum {
  PROPERTY_TITLE = 1,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

enum {
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
tell_accessibility (YmPassphraseRow *self)
{
  const char *error = gtk_label_get_text (self->error);
  gboolean caps = gtk_widget_get_visible (self->caps_lock);
  g_autofree char *description
      = g_strdup_printf ("%s%s%s", error, *error != '\0' && caps ? " " : "", caps ? _("Caps Lock is on") : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (self->title), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_INVALID,
                               *error != '\0' ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
update_caps_lock_cb (YmPassphraseRow *self)
{
  gboolean on = self->keyboard != NULL && gdk_device_get_caps_lock_state (self->keyboard)
                && gtk_widget_has_focus (GTK_WIDGET (self->text));

  gtk_widget_set_visible (self->caps_lock, on);
  tell_accessibility (self);
}

static void
changed_cb (YmPassphraseRow *self)
{
  ym_passphrase_row_set_error (self, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activate_cb (YmPassphraseRow *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static gboolean
ym_passphrase_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (YM_PASSPHRASE_ROW (widget)->text));
}

static void
ym_passphrase_row_realize (GtkWidget *widget)
{
  YmPassphraseRow *self = YM_PASSPHRASE_ROW (widget);
  GdkSeat *seat;

  GTK_WIDGET_CLASS (ym_passphrase_row_parent_class)->realize (widget);
  seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  self->keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;
  if (self->keyboard != NULL)
    g_signal_connect_object (self->keyboard, "notify::caps-lock-state", G_CALLBACK (update_caps_lock_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
ym_passphrase_row_unrealize (GtkWidget *widget)
{
  YmPassphraseRow *self = YM_PASSPHRASE_ROW (widget);

  if (self->keyboard != NULL)
    g_signal_handlers_disconnect_by_data (self->keyboard, self);
  self->keyboard = NULL;
  GTK_WIDGET_CLASS (ym_passphrase_row_parent_class)->unrealize (widget);
}

static void
ym_passphrase_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, gtk_label_get_text (YM_PASSPHRASE_ROW (object)->title));
}

static void
ym_passphrase_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  YmPassphraseRow *self = YM_PASSPHRASE_ROW (object);

  gtk_label_set_text (self->title, g_value_get_string (value) != NULL ? g_value_get_string (value) : "");
  tell_accessibility (self);
}

static void
ym_passphrase_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_passphrase_row_parent_class)->dispose (object);
}

static void
ym_passphrase_row_class_init (YmPassphraseRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ym_passphrase_row_dispose;
  object_class->get_property = ym_passphrase_row_get_property;
  object_class->set_property = ym_passphrase_row_set_property;
  widget_class->grab_focus = ym_passphrase_row_grab_focus;
  widget_class->realize = ym_passphrase_row_realize;
  widget_class->unrealize = ym_passphrase_row_unrealize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "passphraserow");

  properties[PROPERTY_TITLE] = g_param_spec_string ("title", NULL, NULL, "",
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", YM_TYPE_PASSPHRASE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", YM_TYPE_PASSPHRASE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 0);
}

static GtkLabel *
new_label (const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  return label;
}

static GtkWidget *
new_remark (const char *icon, GtkLabel *label, const char *css_class)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  gtk_widget_add_css_class (box, css_class);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static void
ym_passphrase_row_init (YmPassphraseRow *self)
{
  g_autoptr (GtkEntryBuffer) buffer = ym_secret_buffer_new ();
  GtkWidget *field = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkLabel *caps_label = new_label ("caption");
  GtkWidget *parts[4];

  self->title = new_label ("field-title");
  /* Outside an entry GTK 4.8 keeps a text from screen readers, unless it says what it is. */
  self->text = g_object_new (GTK_TYPE_TEXT, "buffer", buffer, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  gtk_text_set_visibility (self->text, FALSE); /* also hides what an input method composes */
  gtk_text_set_input_purpose (self->text, GTK_INPUT_PURPOSE_PASSWORD);
  gtk_text_set_input_hints (self->text, GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_SPELLCHECK
                                            | GTK_INPUT_HINT_NO_EMOJI);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->text), FALSE); /* undo keeps clear text */
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  gtk_widget_add_css_class (field, "passphrase-field");
  gtk_box_append (GTK_BOX (field), GTK_WIDGET (self->text));

  gtk_label_set_text (caps_label, _("Caps Lock is on"));
  self->caps_lock = new_remark ("caps-lock-symbolic", caps_label, "caps-lock");
  self->error = new_label ("field-error-text");
  self->error_box = new_remark ("dialog-warning-symbolic", self->error, "field-error");

  parts[0] = GTK_WIDGET (self->title);
  parts[1] = field;
  parts[2] = self->caps_lock;
  parts[3] = self->error_box;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_widget_set_parent (parts[i], GTK_WIDGET (self));
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);

  g_signal_connect_swapped (self->text, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->text, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->text, "notify::has-focus", G_CALLBACK (update_caps_lock_cb), self);
  tell_accessibility (self);
}

GtkWidget *
ym_passphrase_row_new (const char *title)
{
  return g_object_new (YM_TYPE_PASSPHRASE_ROW, "title", title, NULL);
}

YmSecretBuffer *
ym_passphrase_row_get_buffer (YmPassphraseRow *self)
{
  g_return_val_if_fail (YM_IS_PASSPHRASE_ROW (self), NULL);
  return YM_SECRET_BUFFER (gtk_text_get_buffer (self->text));
}

void
ym_passphrase_row_set_error (YmPassphraseRow *self, const char *error)
{
  g_return_if_fail (YM_IS_PASSPHRASE_ROW (self));
  gtk_label_set_text (self->error, error != NULL ? error : "");
  gtk_widget_set_visible (self->error_box, error != NULL);
  tell_accessibility (self);
}

void
ym_passphrase_row_set_enabled (YmPassphraseRow *self, gboolean enabled)
{
  g_return_if_fail (YM_IS_PASSPHRASE_ROW (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->text), enabled);
}
