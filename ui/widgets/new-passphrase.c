/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a passphrase is chosen: at the first run, when it was forgotten, when it is changed. */

#include "ui/widgets/new-passphrase.h"

#include <glib/gi18n-lib.h>

#include "app/vault/passphrase.h"
#include "ui/visit/answers.h"
#include "ui/widgets/passphrase-row.h"

struct _YmNewPassphrase
{
  GtkBox parent_instance;

  YmPassphraseRow *first;
  YmPassphraseRow *second;
  GtkLevelBar *meter;
  GtkLabel *advice;
};

G_DEFINE_FINAL_TYPE (YmNewPassphrase, ym_new_passphrase, GTK_TYPE_BOX)

enum {
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static int
judge (YmNewPassphrase *self, const char **advice)
{
  g_autoptr (YmSecret) passphrase = ym_secret_buffer_get (ym_passphrase_row_get_buffer (self->first));

  return ym_passphrase_score (passphrase, advice);
}

static void
changed_cb (YmNewPassphrase *self)
{
  const char *advice = NULL;
  int score = judge (self, &advice);
  gboolean typed = gtk_entry_buffer_get_length (GTK_ENTRY_BUFFER (ym_passphrase_row_get_buffer (self->first))) > 0;

  gtk_level_bar_set_value (self->meter, score);
  gtk_label_set_text (self->advice, typed && advice != NULL ? advice : "");
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activate_cb (YmNewPassphrase *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static gboolean
ym_new_passphrase_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (YM_NEW_PASSPHRASE (widget)->first));
}

static void
ym_new_passphrase_class_init (YmNewPassphraseClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = ym_new_passphrase_grab_focus;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", YM_TYPE_NEW_PASSPHRASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", YM_TYPE_NEW_PASSPHRASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
}

static void
ym_new_passphrase_init (YmNewPassphrase *self)
{
  GtkWidget *strength = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
  self->first = YM_PASSPHRASE_ROW (ym_passphrase_row_new (_ ("New passphrase")));
  self->second = YM_PASSPHRASE_ROW (ym_passphrase_row_new (_ ("The same passphrase again")));
  self->meter = GTK_LEVEL_BAR (gtk_level_bar_new_for_interval (0, 4));
  self->advice = GTK_LABEL (ym_paragraph_new ("", "quiet"));
  gtk_level_bar_set_mode (self->meter, GTK_LEVEL_BAR_MODE_DISCRETE);
  gtk_level_bar_add_offset_value (self->meter, GTK_LEVEL_BAR_OFFSET_LOW, YM_PASSPHRASE_ENOUGH - 1);
  gtk_level_bar_add_offset_value (self->meter, GTK_LEVEL_BAR_OFFSET_HIGH, YM_PASSPHRASE_ENOUGH);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->meter), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Strength of the passphrase"), -1);
  gtk_box_append (GTK_BOX (strength), GTK_WIDGET (self->meter));
  gtk_box_append (GTK_BOX (strength), GTK_WIDGET (self->advice));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->first));
  gtk_box_append (GTK_BOX (self), strength);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->second));
  g_signal_connect_swapped (self->first, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->second, "activate", G_CALLBACK (activate_cb), self);
  changed_cb (self);
}

GtkWidget *
ym_new_passphrase_new (void)
{
  return g_object_new (YM_TYPE_NEW_PASSPHRASE, NULL);
}

gboolean
ym_new_passphrase_is_strong (YmNewPassphrase *self)
{
  const char *advice;

  g_return_val_if_fail (YM_IS_NEW_PASSPHRASE (self), FALSE);
  return judge (self, &advice) >= YM_PASSPHRASE_ENOUGH;
}

gboolean
ym_new_passphrase_check (YmNewPassphrase *self)
{
  const char *advice = NULL;

  g_return_val_if_fail (YM_IS_NEW_PASSPHRASE (self), FALSE);
  if (judge (self, &advice) < YM_PASSPHRASE_ENOUGH)
    {
      ym_passphrase_row_set_error (self->first, advice);
      gtk_widget_grab_focus (GTK_WIDGET (self->first));
      return FALSE;
    }
  if (ym_secret_buffer_equal (ym_passphrase_row_get_buffer (self->first), ym_passphrase_row_get_buffer (self->second)))
    return TRUE;
  ym_passphrase_row_set_error (self->second, _ ("The two are not the same. Type it again."));
  gtk_widget_grab_focus (GTK_WIDGET (self->second));
  return FALSE;
}

YmSecret *
ym_new_passphrase_take (YmNewPassphrase *self)
{
  g_return_val_if_fail (YM_IS_NEW_PASSPHRASE (self), NULL);
  gtk_entry_buffer_delete_text (GTK_ENTRY_BUFFER (ym_passphrase_row_get_buffer (self->second)), 0, -1);
  return ym_secret_buffer_take (ym_passphrase_row_get_buffer (self->first));
}
