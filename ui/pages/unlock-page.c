/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page before the store is open: passphrase, wait after wrong tries, what to do if it is forgotten.
 * It knows nothing of what is in the store, so it can give nothing away. */

#include "ui/pages/unlock-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/menu.h"
#include "ui/widgets/passphrase-row.h"
#include "ui/widgets/row.h"

#define TICK_MS 250

struct _YmUnlockPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  YmPassphraseRow *passphrase;
  GtkWidget *unlock;
  GtkSpinner *spinner;
  GtkLabel *unlock_label;
  GtkWidget *recover;
  GtkWidget *forgotten;
  GtkLabel *notice;
  GtkLabel *wait;
  AdwBin *language_place;

  const YmClock *clock;
  gint64 wait_until_us; /* boot time */
  guint tick_source;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (YmUnlockPage, ym_unlock_page, GTK_TYPE_WIDGET)

enum {
  SIGNAL_UNLOCK_REQUESTED,
  SIGNAL_RECOVER_REQUESTED,
  SIGNAL_FORGOTTEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
has_text (YmUnlockPage *self)
{
  return gtk_entry_buffer_get_length (GTK_ENTRY_BUFFER (ym_passphrase_row_get_buffer (self->passphrase))) > 0;
}

static void
update_cb (YmUnlockPage *self)
{
  gboolean waiting = self->tick_source != 0;

  ym_passphrase_row_set_enabled (self->passphrase, !self->busy && !waiting);
  gtk_widget_set_sensitive (self->unlock, !self->busy && !waiting && has_text (self));
  gtk_widget_set_sensitive (self->recover, !self->busy && !waiting && has_text (self));
  gtk_widget_set_sensitive (self->forgotten, !self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
  gtk_label_set_text (self->unlock_label, self->busy ? _("Unlocking…") : _("Unlock"));
  gtk_widget_set_visible (GTK_WIDGET (self->wait), waiting);
}

static void
unlock_cb (YmUnlockPage *self)
{
  if (!self->busy && self->tick_source == 0 && has_text (self))
    g_signal_emit (self, signals[SIGNAL_UNLOCK_REQUESTED], 0);
}

static void
recover_cb (YmUnlockPage *self)
{
  if (!self->busy && self->tick_source == 0 && has_text (self))
    g_signal_emit (self, signals[SIGNAL_RECOVER_REQUESTED], 0);
}

static void
forgotten_cb (YmUnlockPage *self)
{
  g_signal_emit (self, signals[SIGNAL_FORGOTTEN], 0);
}

static char *
say_wait (gint64 left_s)
{
  if (left_s >= 120)
    return g_strdup_printf (ngettext ("Another try in %ld minute.", "Another try in %ld minutes.",
                                      (gulong) (left_s + 59) / 60),
                            (glong) (left_s + 59) / 60);
  return g_strdup_printf (ngettext ("Another try in %ld second.", "Another try in %ld seconds.", (gulong) left_s),
                          (glong) left_s);
}

static gboolean
tick_cb (gpointer user_data)
{
  YmUnlockPage *self = user_data;
  gint64 left_us = self->wait_until_us - ym_clock_boot_us (self->clock);
  g_autofree char *text = NULL;

  if (left_us <= 0)
    {
      self->tick_source = 0;
      update_cb (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
      return G_SOURCE_REMOVE;
    }
  text = say_wait ((left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  if (g_strcmp0 (text, gtk_label_get_text (self->wait)) != 0)
    gtk_label_set_text (self->wait, text);
  return G_SOURCE_CONTINUE;
}

static gboolean
ym_unlock_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (YM_UNLOCK_PAGE (widget)->passphrase));
}

static void
ym_unlock_page_dispose (GObject *object)
{
  YmUnlockPage *self = YM_UNLOCK_PAGE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->tick_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_unlock_page_parent_class)->dispose (object);
}

static void
ym_unlock_page_class_init (YmUnlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_unlock_page_dispose;
  widget_class->grab_focus = ym_unlock_page_grab_focus;
  g_type_ensure (YM_TYPE_PASSPHRASE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/uk/ymweld/Ymweld/pages/unlock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YmUnlockPage, header);
  gtk_widget_class_bind_template_child (widget_class, YmUnlockPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, YmUnlockPage, unlock);
  gtk_widget_class_bind_template_child (widget_class, YmUnlockPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, YmUnlockPage, unlock_label);
  gtk_widget_class_bind_template_child (widget_class, YmUnlockPage, recover);
  gtk_widget_class_bind_template_child (widget_class, YmUnlockPage, forgotten);
  gtk_widget_class_bind_template_child (widget_class, YmUnlockPage, notice);
  gtk_widget_class_bind_template_child (widget_class, YmUnlockPage, wait);
  gtk_widget_class_bind_template_child (widget_class, YmUnlockPage, language_place);
  gtk_widget_class_bind_template_callback (widget_class, unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, recover_cb);
  gtk_widget_class_bind_template_callback (widget_class, forgotten_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
  signals[SIGNAL_UNLOCK_REQUESTED] = g_signal_new ("unlock-requested", YM_TYPE_UNLOCK_PAGE, G_SIGNAL_RUN_LAST, 0,
                                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RECOVER_REQUESTED] = g_signal_new ("recover-requested", YM_TYPE_UNLOCK_PAGE, G_SIGNAL_RUN_LAST, 0,
                                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FORGOTTEN] = g_signal_new ("forgotten", YM_TYPE_UNLOCK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 0);
}

static void
ym_unlock_page_init (YmUnlockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_header_bar_pack_end (self->header, ym_menu_button_new ());
  adw_bin_set_child (self->language_place, ym_language_switch_new ());
  ym_say (self->forgotten, _("Forgotten your passphrase?"));
  update_cb (self);
}

GtkWidget *
ym_unlock_page_new (const YmClock *clock)
{
  YmUnlockPage *self = g_object_new (YM_TYPE_UNLOCK_PAGE, NULL);

  self->clock = clock;
  return GTK_WIDGET (self);
}

YmSecret *
ym_unlock_page_take_passphrase (YmUnlockPage *self)
{
  g_return_val_if_fail (YM_IS_UNLOCK_PAGE (self), NULL);
  return ym_secret_buffer_take (ym_passphrase_row_get_buffer (self->passphrase));
}

void
ym_unlock_page_set_busy (YmUnlockPage *self, gboolean busy)
{
  g_return_if_fail (YM_IS_UNLOCK_PAGE (self));
  self->busy = busy;
  update_cb (self);
}

void
ym_unlock_page_fail (YmUnlockPage *self, const char *message, gint64 wait_us)
{
  g_return_if_fail (YM_IS_UNLOCK_PAGE (self));
  self->busy = FALSE;
  g_clear_handle_id (&self->tick_source, g_source_remove);
  self->wait_until_us = ym_clock_boot_us (self->clock) + wait_us;
  if (wait_us > 0)
    {
      self->tick_source = g_timeout_add (TICK_MS, tick_cb, self);
      tick_cb (self);
    }
  update_cb (self);
  ym_passphrase_row_set_error (self->passphrase, message);
  if (wait_us <= 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

void
ym_unlock_page_offer_recovery (YmUnlockPage *self, gboolean offer, const char *notice)
{
  g_return_if_fail (YM_IS_UNLOCK_PAGE (self));
  gtk_widget_set_visible (self->recover, offer);
  gtk_label_set_text (self->notice, notice != NULL ? notice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), notice != NULL);
}
