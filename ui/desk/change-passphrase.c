/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Another passphrase, and other keys where the old passphrase may have opened a copy of the store. */

#include "ui/desk/change-passphrase.h"

#include <glib/gi18n-lib.h>

#include "app/vault/store.h"
#include "ui/visit/answers.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/new-passphrase.h"
#include "ui/widgets/passphrase-row.h"

struct _YmChangePassphrase
{
  GtkBox parent_instance;

  YmSession *session;
  YmBanner *banner;
  GtkWidget *form;
  YmPassphraseRow *old;
  YmNewPassphrase *fresh;
  GtkCheckButton *seen;
  YmSecret *renewing; /* (nullable): the new passphrase, for who unlocks the store again */
};

G_DEFINE_FINAL_TYPE (YmChangePassphrase, ym_change_passphrase, GTK_TYPE_BOX)

enum {
  SIGNAL_RENEW,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

typedef struct {
  YmStore *store;
  YmSecret *old;
  YmSecret *fresh;
  gboolean seen;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  ym_secret_free (change->old);
  ym_secret_free (change->fresh);
  g_free (change);
}

static void
free_secret (gpointer secret)
{
  ym_secret_free (secret);
}

/* On the reading lane: a draft that is being written does not wait for the key derivation, and the store stays open. */
static gpointer
do_change (YmDesk *desk, gpointer data, GError **error)
{
  Change *change = data;

  if (!ym_store_change_passphrase (change->store, change->old, change->fresh, error)
      || (change->seen && !ym_store_mark_keys_due (change->store, error)))
    return NULL;
  return ym_secret_copy (change->fresh);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmChangePassphrase) self = user_data;
  g_autoptr (GError) error = NULL;
  YmSecret *fresh = ym_notebook_run_finish (result, &error);

  gtk_widget_set_sensitive (self->form, TRUE);
  if (fresh == NULL)
    {
      ym_banner_hide (self->banner);
      ym_passphrase_row_set_error (self->old, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->old));
      return;
    }
  ym_banner_show (self->banner, YM_BANNER_INFORMATION, _ ("The passphrase is changed."), NULL);
  ym_secret_free (self->renewing);
  self->renewing = fresh;
  if (gtk_check_button_get_active (self->seen))
    g_signal_emit (self, signals[SIGNAL_RENEW], 0);
}

static void
change_cb (YmChangePassphrase *self)
{
  Change *change;

  if (ym_session_get_notebook (self->session) == NULL || !ym_new_passphrase_check (self->fresh))
    return;
  change = g_new (Change, 1);
  *change = (Change){ ym_notebook_get_store (ym_session_get_notebook (self->session)),
                      ym_secret_buffer_take (ym_passphrase_row_get_buffer (self->old)), ym_new_passphrase_take (self->fresh),
                      gtk_check_button_get_active (self->seen) };
  gtk_widget_set_sensitive (self->form, FALSE);
  ym_banner_show (self->banner, YM_BANNER_INFORMATION, _ ("This takes a few seconds…"), NULL);
  ym_session_read (self->session, do_change, change, change_free, free_secret, NULL, changed_cb, g_object_ref (self));
}

static void
ym_change_passphrase_finalize (GObject *object)
{
  YmChangePassphrase *self = YM_CHANGE_PASSPHRASE (object);

  g_clear_object (&self->session);
  ym_secret_free (self->renewing);
  G_OBJECT_CLASS (ym_change_passphrase_parent_class)->finalize (object);
}

static void
ym_change_passphrase_class_init (YmChangePassphraseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ym_change_passphrase_finalize;
  signals[SIGNAL_RENEW] = g_signal_new ("renew", YM_TYPE_CHANGE_PASSPHRASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static GtkWidget *
new_seen (void)
{
  const char *text = _ ("Somebody may have seen my passphrase");
  GtkWidget *check = gtk_check_button_new ();

  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), ym_paragraph_new (text, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (check, "touch");
  return check;
}

static void
ym_change_passphrase_init (YmChangePassphrase *self)
{
  GtkWidget *change = ym_wrap_button_new (_ ("Change the Passphrase"));
  GtkWidget *seen = new_seen ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->banner = YM_BANNER (ym_banner_new ());
  self->form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->old = YM_PASSPHRASE_ROW (ym_passphrase_row_new (_ ("Passphrase until now")));
  self->fresh = YM_NEW_PASSPHRASE (ym_new_passphrase_new ());
  self->seen = GTK_CHECK_BUTTON (seen);
  gtk_widget_set_halign (change, GTK_ALIGN_FILL);
  gtk_widget_add_css_class (change, "suggested-action");
  gtk_box_append (GTK_BOX (self->form), GTK_WIDGET (self->old));
  gtk_box_append (GTK_BOX (self->form), GTK_WIDGET (self->fresh));
  gtk_box_append (GTK_BOX (self->form), seen);
  gtk_box_append (GTK_BOX (self->form),
                  ym_paragraph_new (_ ("Then the keys under it are changed too, so that a copy of this device made before tells nothing "
                                       "of what comes after. It locks for a moment and opens again by itself."),
                                    "quiet"));
  gtk_box_append (GTK_BOX (self->form), change);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (self), self->form);
  g_signal_connect_object (change, "clicked", G_CALLBACK (change_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fresh, "activate", G_CALLBACK (change_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ym_change_passphrase_new (YmSession *session)
{
  YmChangePassphrase *self = g_object_new (YM_TYPE_CHANGE_PASSPHRASE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

YmSecret *
ym_change_passphrase_take (YmChangePassphrase *self)
{
  g_return_val_if_fail (YM_IS_CHANGE_PASSPHRASE (self), NULL);
  return g_steal_pointer (&self->renewing);
}
