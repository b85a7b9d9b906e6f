/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is where: on this device, on its way, at the server, or back with a reason. */

#include "ui/sync/sync-page.h"

#include <glib/gi18n-lib.h>

#include "app/journal/tables.h"
#include "app/notebook/draft.h"
#include "app/rules/judgement.h"
#include "ui/home/entry-list.h"
#include "ui/sync/sync-words.h"
#include "ui/visit/answer-text.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/page.h"
#include "ui/widgets/row.h"

#define MOST_SAVES 50

/* One look at the store. */
typedef struct {
  GArray *saves;       /* of YmSyncSave, newest first */
  GPtrArray *homes;    /* of YmRecord: for their names */
  GPtrArray *drafts;   /* of YmDraft: those that came back */
  GPtrArray *devices;  /* of YmRecord: this officer's */
  GHashTable *revoked; /* of YmId: devices that may not write any more */
  GPtrArray *openings; /* of YmRecord: of this officer's devices, by the force's recovery key; the last first */
  YmId here;           /* this device */
} Look;

struct _YmSyncPage
{
  GtkWidget parent_instance;

  YmSession *session;
  Look *look;
  gboolean reading;
  gboolean stale;

  YmBanner *banner;
  GtkImage *icon;
  GtkLabel *status;
  GtkLabel *last;
  GtkWidget *sync;
  GtkWidget *cancel;
  GtkLabel *counts[4]; /* by YmSyncState */
  YmEntryList *drafts;
  YmEntryList *saves;
  YmEntryList *devices;
};

G_DEFINE_FINAL_TYPE (YmSyncPage, ym_sync_page, GTK_TYPE_WIDGET)

enum {
  SIGNAL_DRAFT_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->saves, g_array_unref);
  g_clear_pointer (&look->homes, g_ptr_array_unref);
  g_clear_pointer (&look->drafts, g_ptr_array_unref);
  g_clear_pointer (&look->devices, g_ptr_array_unref);
  g_clear_pointer (&look->openings, g_ptr_array_unref);
  g_clear_pointer (&look->revoked, g_hash_table_unref);
  g_free (look);
}

/* --- reading, on the lane --- */

static gboolean
read_drafts (YmDesk *desk, Look *look, GError **error)
{
  g_autoptr (GPtrArray) all = ym_draft_list (desk, NULL, error);

  if (all == NULL)
    return FALSE;
  look->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_draft_free);
  for (guint i = 0; i < all->len; i++)
    if (((YmDraft *) g_ptr_array_index (all, i))->reason != YM_REASON_NONE)
      g_ptr_array_add (look->drafts, ym_draft_copy (g_ptr_array_index (all, i)));
  return TRUE;
}

static gboolean
read_revoked (YmDesk *desk, Look *look, GError **error)
{
  g_autoptr (GPtrArray) revocations = ym_tables_select (desk->db, ym_form (YM_FORM_REVOCATION), error, NULL, "");

  if (revocations == NULL)
    return FALSE;
  look->revoked = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, NULL);
  for (guint i = 0; i < revocations->len; i++)
    {
      YmId device;

      if (ym_record_get_id (g_ptr_array_index (revocations, i), YM_REVOCATION_DEVICE, &device))
        g_hash_table_add (look->revoked, ym_id_copy (&device));
    }
  return TRUE;
}

static gpointer
read_look (YmDesk *desk, gpointer data, GError **error)
{
  Look *look = g_new0 (Look, 1);

  look->here = desk->author.device;
  look->saves = ym_sync_saves_read (desk->db, NULL, MOST_SAVES, error);
  if (look->saves != NULL)
    look->homes = ym_tables_select (desk->db, ym_form (YM_FORM_HOME), error, NULL, "");
  if (look->homes != NULL)
    look->devices = ym_tables_select (desk->db, ym_form (YM_FORM_DEVICE), error,
                                      "WHERE officer = ? ORDER BY enrolled_at DESC", "d", &desk->officer);
  if (look->devices != NULL)
    look->openings = ym_tables_select (desk->db, ym_form (YM_FORM_ESCROW_OPENING), error,
                                       "WHERE officer = ? ORDER BY at DESC", "d", &desk->officer);
  if (look->openings != NULL && read_drafts (desk, look, error) && read_revoked (desk, look, error))
    return look;
  look_free (look);
  return NULL;
}

/* --- words --- */

static const char *
home_name (const Look *look, const YmId *home)
{
  for (guint i = 0; i < look->homes->len; i++)
    {
      const YmRecord *record = g_ptr_array_index (look->homes, i);

      if (ym_id_equal (&record->id, home))
        return ym_record_get_text (record, YM_HOME_NAME);
    }
  return NULL;
}

static const char *
say_where_and_when (YmEntries *entries, const Look *look, const YmId *home, gint64 at_us)
{
  const char *name = home_name (look, home);
  char *at = ym_instant_say (at_us);

  if (name == NULL)
    return ym_entries_own (entries, at);
  ym_entries_own (entries, at);
  return ym_entries_own (entries, g_strdup_printf ("%s · %s", name, at));
}

static YmEntries *
draft_entries (const Look *look)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < look->drafts->len; i++)
    {
      const YmDraft *draft = g_ptr_array_index (look->drafts, i);
      const YmEntry entry = {
        .key = ym_entries_own (entries, ym_id_to_string (&draft->record->id)),
        .icon = "document-edit-symbolic",
        .title = ym_label (draft->record->form->label),
        .detail = say_where_and_when (entries, look, &draft->record->scope, draft->begun_at_us),
        .state_icon = "refused-symbolic",
        .state = ym_reason_get_message (draft->reason),
        .grave = TRUE,
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

static YmEntries *
save_entries (const Look *look)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < look->saves->len; i++)
    {
      const YmSyncSave *save = &g_array_index (look->saves, YmSyncSave, i);
      gboolean refused = save->standing.state == YM_SYNC_STATE_REFUSED;
      const char *word = ym_sync_state_word (save->standing.state);
      const YmEntry entry = {
        .key = ym_entries_own (entries, ym_id_to_string (&save->group)),
        .title = ym_sync_intent_word (save->intent),
        .detail = say_where_and_when (entries, look, &save->scope, save->wall_us),
        .state_icon = ym_sync_state_icon (save->standing.state),
        .state = refused ? ym_entries_own (entries, g_strdup_printf ("%s. %s", word,
                                                                     ym_reason_get_message (save->standing.reason)))
                         : word,
        .grave = refused,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

/* Nobody reads an officer's tablet unheard of: the last time that the force's recovery key opened it. */
static char *
say_device (const Look *look, const YmRecord *device)
{
  g_autofree char *enrolled = ym_instant_say (ym_record_get_integer (device, YM_DEVICE_ENROLLED_AT, 0));

  for (guint i = 0; i < look->openings->len; i++)
    {
      const YmRecord *opening = g_ptr_array_index (look->openings, i);
      g_autofree char *at = NULL;
      YmId opened;

      if (!ym_record_get_id (opening, YM_ESCROW_OPENING_DEVICE, &opened) || !ym_id_equal (&opened, &device->id))
        continue;
      at = ym_instant_say (ym_record_get_integer (opening, YM_ESCROW_OPENING_AT, 0));
      return g_strdup_printf (_ ("Enrolled on %s. Opened by an administrator on %s: %s"), enrolled, at,
                              ym_record_get_text (opening, YM_ESCROW_OPENING_REASON));
    }
  return g_strdup_printf (_ ("Enrolled on %s"), enrolled);
}

static YmEntries *
device_entries (const Look *look)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < look->devices->len; i++)
    {
      const YmRecord *device = g_ptr_array_index (look->devices, i);
      const char *name = ym_record_get_text (device, YM_DEVICE_NAME);
      gboolean revoked = g_hash_table_contains (look->revoked, &device->id);
      const YmEntry entry = {
        .key = ym_entries_own (entries, ym_id_to_string (&device->id)),
        .icon = "computer-symbolic",
        .title = name != NULL ? name : _ ("Device without a name"),
        .detail = ym_entries_own (entries, say_device (look, device)),
        .state = revoked ? _ ("Revoked") : ym_id_equal (&device->id, &look->here) ? _ ("This device") : NULL,
        .grave = revoked,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

/* --- showing --- */

static void
show_status_cb (YmSyncPage *self)
{
  const YmSyncOverview *overview = ym_session_get_sync (self->session);
  gboolean syncing = ym_session_is_syncing (self->session);
  const guint numbers[] = { overview->here, overview->sent, overview->receipted, overview->refused };
  g_autofree char *status = ym_sync_status_text (overview, syncing);
  g_autofree char *last = ym_sync_last_text (overview);

  gtk_image_set_from_icon_name (self->icon, ym_sync_status_icon (overview, syncing));
  gtk_label_set_text (self->status, status);
  gtk_label_set_text (self->last, last);
  gtk_widget_set_visible (self->sync, !syncing);
  gtk_widget_set_visible (self->cancel, syncing);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", numbers[i]);

      gtk_label_set_text (self->counts[i], text);
    }
  if (overview->error != NULL)
    ym_banner_show (self->banner, YM_BANNER_WARNING, overview->error, NULL);
  else
    ym_banner_hide (self->banner);
}

static void
show_look (YmSyncPage *self)
{
  const struct {
    YmEntryList *list;
    YmEntries *(*make) (const Look *look);
  } cards[] = { { self->drafts, draft_entries }, { self->saves, save_entries }, { self->devices, device_entries } };

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_autoptr (YmEntries) entries = cards[i].make (self->look);

      ym_entry_list_show (cards[i].list, entries);
    }
}

static void look_again (YmSyncPage *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmSyncPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Look *look = ym_notebook_run_finish (result, &error);

  self->reading = FALSE;
  if (self->session == NULL || look == NULL)
    {
      if (self->session != NULL)
        ym_banner_show (self->banner, YM_BANNER_ERROR, error->message, NULL);
      g_clear_pointer (&look, look_free);
      return;
    }
  g_clear_pointer (&self->look, look_free);
  self->look = look;
  show_look (self);
  if (self->stale)
    look_again (self);
}

static void
look_again (YmSyncPage *self)
{
  if (self->session == NULL || ym_session_get_notebook (self->session) == NULL)
    return;
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  ym_session_read (self->session, read_look, NULL, NULL, look_free, NULL, read_cb, g_object_ref (self));
}

static void
sync_changed_cb (YmSyncPage *self)
{
  show_status_cb (self);
  look_again (self);
}

static void
draft_activated_cb (YmSyncPage *self, guint index)
{
  g_signal_emit (self, signals[SIGNAL_DRAFT_ACTIVATED], 0, g_ptr_array_index (self->look->drafts, index));
}

static void
sync_clicked_cb (YmSyncPage *self)
{
  ym_session_sync_now (self->session);
}

static void
cancel_clicked_cb (YmSyncPage *self)
{
  ym_session_cancel_sync (self->session);
}

static gboolean
ym_sync_page_grab_focus (GtkWidget *widget)
{
  YmSyncPage *self = YM_SYNC_PAGE (widget);

  return gtk_widget_grab_focus (gtk_widget_get_visible (self->sync) ? self->sync : self->cancel);
}

static void
ym_sync_page_root (GtkWidget *widget)
{
  GtkWidget *page;

  GTK_WIDGET_CLASS (ym_sync_page_parent_class)->root (widget);
  page = gtk_widget_get_ancestor (widget, YM_TYPE_PAGE);
  if (page != NULL)
    ym_page_set_title (YM_PAGE (page), _ ("Sync"), NULL);
}

static void
ym_sync_page_dispose (GObject *object)
{
  YmSyncPage *self = YM_SYNC_PAGE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);
  g_clear_pointer (&self->look, look_free);
  G_OBJECT_CLASS (ym_sync_page_parent_class)->dispose (object);
}

static void
ym_sync_page_class_init (YmSyncPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_sync_page_dispose;
  widget_class->grab_focus = ym_sync_page_grab_focus;
  widget_class->root = ym_sync_page_root;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  signals[SIGNAL_DRAFT_ACTIVATED] = g_signal_new ("draft-activated", YM_TYPE_SYNC_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static GtkLabel *
new_label (const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  return label;
}

static GtkWidget *
new_button (YmSyncPage *self, const char *label, const char *css_class, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "touch");
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
build_status (YmSyncPage *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_image_set_pixel_size (self->icon, 32);
  self->status = new_label ("title-2");
  self->last = new_label ("quiet");
  self->sync = new_button (self, _ ("Sync Now"), "suggested-action", G_CALLBACK (sync_clicked_cb));
  self->cancel = new_button (self, _ ("Stop Syncing"), NULL, G_CALLBACK (cancel_clicked_cb));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (card), line);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->last));
  gtk_box_append (GTK_BOX (card), self->sync);
  gtk_box_append (GTK_BOX (card), self->cancel);
  return card;
}

static GtkWidget *
build_counts (YmSyncPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, ym_fold_layout_new (9, TRUE));
  for (guint i = 0; i < G_N_ELEMENTS (self->counts); i++)
    {
      GtkWidget *tile = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
      GtkLabel *word = new_label (NULL);

      self->counts[i] = new_label ("count");
      gtk_label_set_text (word, ym_sync_state_word (i));
      gtk_box_append (GTK_BOX (tile), gtk_image_new_from_icon_name (ym_sync_state_icon (i)));
      gtk_box_append (GTK_BOX (tile), GTK_WIDGET (self->counts[i]));
      gtk_box_append (GTK_BOX (tile), GTK_WIDGET (word));
      gtk_widget_add_css_class (tile, "tile");
      gtk_box_append (GTK_BOX (box), tile);
    }
  return box;
}

static YmEntryList *
add_list (GtkWidget *column, const char *title, const char *empty)
{
  GtkWidget *list = ym_entry_list_new (title, empty);

  gtk_box_append (GTK_BOX (column), list);
  return YM_ENTRY_LIST (list);
}

static void
ym_sync_page_init (YmSyncPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *scrolled;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->banner = YM_BANNER (ym_banner_new ());
  gtk_box_append (GTK_BOX (column), build_status (self));
  gtk_box_append (GTK_BOX (column), build_counts (self));
  self->drafts = add_list (column, _ ("Came back to you"), NULL);
  self->saves = add_list (column, _ ("What you saved"), _ ("You have saved nothing on this device yet."));
  self->devices = add_list (column, _ ("Devices in your name"), _ ("They are shown after the first sync."));
  g_signal_connect_object (self->drafts, "activated", G_CALLBACK (draft_activated_cb), self, G_CONNECT_SWAPPED);
  scrolled = ym_page_clamp (column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->banner), GTK_WIDGET (self));
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
}

GtkWidget *
ym_sync_page_new (YmSession *session)
{
  YmSyncPage *self;

  g_return_val_if_fail (YM_IS_SESSION (session), NULL);
  self = g_object_new (YM_TYPE_SYNC_PAGE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (sync_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (look_again), self, G_CONNECT_SWAPPED);
  show_status_cb (self);
  look_again (self);
  return GTK_WIDGET (self);
}
