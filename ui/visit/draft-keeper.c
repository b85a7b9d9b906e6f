/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is typed is durable at most a second after the first unsaved key: the timer starts with that key and no later
 * one puts it off. One save is on its way at a time, unless there is no time to wait for it;
 * "saved" is said only when it has come back. */

#include "ui/visit/draft-keeper.h"

#define RETRY_MS 5000

struct _YmDraftKeeper
{
  GObject parent_instance;

  YmSession *session;
  const YmClock *clock;
  YmDraft *draft;
  guint timer_id;
  gint64 due_us;
  gboolean dirty;   /* changed since the last save began */
  guint n_saving;   /* saves on their way */
  gboolean stopped;
  char *failure;
};

G_DEFINE_FINAL_TYPE (YmDraftKeeper, ym_draft_keeper, G_TYPE_OBJECT)

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void save (YmDraftKeeper *self);

static gboolean
timer_cb (gpointer user_data)
{
  YmDraftKeeper *self = user_data;

  self->timer_id = 0;
  self->due_us = 0;
  if (self->n_saving == 0)
    save (self);
  return G_SOURCE_REMOVE;
}

static void
start_timer (YmDraftKeeper *self, guint after_ms)
{
  if (self->timer_id != 0)
    return;
  self->timer_id = g_timeout_add (after_ms, timer_cb, self);
  self->due_us = g_get_monotonic_time () + (gint64) after_ms * 1000;
}

static void
stop_timer (YmDraftKeeper *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->due_us = 0;
}

static gpointer
save_draft (YmDesk *desk, gpointer draft, GError **error)
{
  return ym_draft_save (desk, draft, error) ? desk : NULL;
}

static void
draft_free (gpointer draft)
{
  ym_draft_free (draft);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmDraftKeeper) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = ym_notebook_run_finish (result, &error) != NULL;

  self->n_saving--;
  g_clear_pointer (&self->failure, g_free);
  if (good)
    self->draft->saved_at_us = ym_clock_wall_us (self->clock);
  else
    {
      self->failure = g_strdup (error->message);
      self->dirty = TRUE;
      if (!self->stopped)
        start_timer (self, RETRY_MS);
    }
  /* The timer ran out while the save before was on its way. */
  if (good && self->dirty && self->timer_id == 0 && self->n_saving == 0)
    save (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
save (YmDraftKeeper *self)
{
  if (!self->dirty || self->stopped || ym_session_get_notebook (self->session) == NULL)
    return;
  stop_timer (self);
  self->dirty = FALSE;
  self->n_saving++;
  ym_session_save_draft (self->session, save_draft, ym_draft_copy (self->draft), draft_free, saved_cb,
                         g_object_ref (self));
}

/* The last words: nobody waits for this save but the lane, which finishes its work before the store closes. */
static void
ym_draft_keeper_dispose (GObject *object)
{
  YmDraftKeeper *self = YM_DRAFT_KEEPER (object);

  stop_timer (self);
  if (self->dirty && !self->stopped && ym_session_get_notebook (self->session) != NULL)
    {
      self->dirty = FALSE;
      ym_session_save_draft (self->session, save_draft, ym_draft_copy (self->draft), draft_free, NULL, NULL);
    }
  G_OBJECT_CLASS (ym_draft_keeper_parent_class)->dispose (object);
}

static void
ym_draft_keeper_finalize (GObject *object)
{
  YmDraftKeeper *self = YM_DRAFT_KEEPER (object);

  ym_draft_free (self->draft);
  g_clear_object (&self->session);
  g_free (self->failure);
  G_OBJECT_CLASS (ym_draft_keeper_parent_class)->finalize (object);
}

static void
ym_draft_keeper_class_init (YmDraftKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ym_draft_keeper_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_draft_keeper_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", YM_TYPE_DRAFT_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
ym_draft_keeper_init (YmDraftKeeper *self)
{
}

YmDraftKeeper *
ym_draft_keeper_new (YmSession *session, YmDraft *draft)
{
  YmDraftKeeper *self = g_object_new (YM_TYPE_DRAFT_KEEPER, NULL);

  self->session = g_object_ref (session);
  self->clock = ym_session_get_clock (session);
  self->draft = draft;
  return self;
}

YmDraft *
ym_draft_keeper_get_draft (YmDraftKeeper *self)
{
  g_return_val_if_fail (YM_IS_DRAFT_KEEPER (self), NULL);
  return self->draft;
}

void
ym_draft_keeper_touch (YmDraftKeeper *self)
{
  gboolean was_saved;

  g_return_if_fail (YM_IS_DRAFT_KEEPER (self));
  was_saved = ym_draft_keeper_is_saved (self);
  self->dirty = TRUE;
  if (!self->stopped)
    start_timer (self, YM_DRAFT_SAVE_MS);
  if (was_saved)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
ym_draft_keeper_save_now (YmDraftKeeper *self)
{
  g_return_if_fail (YM_IS_DRAFT_KEEPER (self));
  stop_timer (self);
  save (self);
}

static gpointer
discard_draft (YmDesk *desk, gpointer id, GError **error)
{
  return ym_draft_discard (desk, id, error) ? id : NULL;
}

void
ym_draft_keeper_discard (YmDraftKeeper *self)
{
  g_return_if_fail (YM_IS_DRAFT_KEEPER (self));
  stop_timer (self);
  self->dirty = FALSE;
  if (ym_session_get_notebook (self->session) != NULL)
    ym_session_save_draft (self->session, discard_draft, ym_id_copy (&self->draft->record->id), g_free, NULL, NULL);
}

void
ym_draft_keeper_stop (YmDraftKeeper *self)
{
  g_return_if_fail (YM_IS_DRAFT_KEEPER (self));
  self->stopped = TRUE;
  stop_timer (self);
}

void
ym_draft_keeper_resume (YmDraftKeeper *self)
{
  g_return_if_fail (YM_IS_DRAFT_KEEPER (self));
  self->stopped = FALSE;
  if (self->dirty)
    start_timer (self, YM_DRAFT_SAVE_MS);
}

void
ym_draft_keeper_settle (YmDraftKeeper *self)
{
  g_return_if_fail (YM_IS_DRAFT_KEEPER (self));
  stop_timer (self);
  self->dirty = FALSE;
}

gboolean
ym_draft_keeper_is_saved (YmDraftKeeper *self)
{
  g_return_val_if_fail (YM_IS_DRAFT_KEEPER (self), FALSE);
  return !self->dirty && self->n_saving == 0 && self->failure == NULL;
}

gint64
ym_draft_keeper_get_due_us (YmDraftKeeper *self)
{
  g_return_val_if_fail (YM_IS_DRAFT_KEEPER (self), 0);
  return self->due_us;
}

const char *
ym_draft_keeper_get_failure (YmDraftKeeper *self)
{
  g_return_val_if_fail (YM_IS_DRAFT_KEEPER (self), NULL);
  return self->failure;
}
