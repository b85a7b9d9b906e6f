/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lists of a reconciliation for list views. The answer is shared by the models; it is never changed, only replaced. */

#include "ui/reconcile/reconcile-model.h"

struct _YmReconcileItem
{
  GObject parent_instance;

  YmReconcileRow row;
};

G_DEFINE_FINAL_TYPE (YmReconcileItem, ym_reconcile_item, G_TYPE_OBJECT)

struct _YmReconcileModel
{
  GObject parent_instance;

  YmReconcileList which;
  YmReconcileAnswer **box; /* (nullable): until the first answer */
};

static void ym_reconcile_model_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YmReconcileModel, ym_reconcile_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ym_reconcile_model_list_init))

YmReconcileAnswer **
ym_reconcile_box_new (YmReconcileAnswer *answer)
{
  YmReconcileAnswer **box = g_rc_box_new (YmReconcileAnswer *);

  *box = answer;
  return box;
}

static void
clear_box (gpointer box)
{
  ym_reconcile_answer_free (*(YmReconcileAnswer **) box);
}

void
ym_reconcile_box_unref (YmReconcileAnswer **box)
{
  g_rc_box_release_full (box, clear_box);
}

GArray *
ym_reconcile_list (const YmReconcileAnswer *answer, YmReconcileList which)
{
  GArray *const lists[] = {
    [YM_RECONCILE_BOTH] = answer->result->both,
    [YM_RECONCILE_ONLY_POLICE] = answer->result->only_police,
    [YM_RECONCILE_ONLY_HOME] = answer->result->only_home,
    [YM_RECONCILE_LOG] = answer->log,
  };

  return lists[which];
}

/* --- items --- */

static void
ym_reconcile_item_finalize (GObject *object)
{
  g_free (YM_RECONCILE_ITEM (object)->row.incident_ref);
  G_OBJECT_CLASS (ym_reconcile_item_parent_class)->finalize (object);
}

static void
ym_reconcile_item_class_init (YmReconcileItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ym_reconcile_item_finalize;
}

static void
ym_reconcile_item_init (YmReconcileItem *self)
{
}

YmReconcileItem *
ym_reconcile_item_new (const YmReconciledPair *pair)
{
  YmReconcileItem *self = g_object_new (YM_TYPE_RECONCILE_ITEM, NULL);
  YmReconcileRow *row = &self->row;

  row->has_call = pair->call != NULL;
  row->has_entry = pair->entry != NULL;
  row->apart_us = pair->apart_us;
  row->by_hand = pair->by_hand;
  if (pair->call != NULL)
    {
      row->call = (YmReconcileSide){ pair->call->id, pair->call->received_at_us, ym_call_answer (pair->call, YM_CALL_REASON) };
      row->incident_ref = g_strdup (ym_call_incident_ref (pair->call));
    }
  if (pair->entry != NULL)
    {
      row->entry = (YmReconcileSide){ pair->entry->record->id, pair->entry->logged_at_us,
                                      ym_record_get_integer (pair->entry->record, YM_HOME_LOG_ENTRY_REASON, 0) };
      row->imported = pair->entry->imported;
    }
  return self;
}

const YmReconcileRow *
ym_reconcile_item_get (YmReconcileItem *self)
{
  g_return_val_if_fail (YM_IS_RECONCILE_ITEM (self), NULL);
  return &self->row;
}

/* --- the model --- */

static GArray *
rows_of (YmReconcileModel *self)
{
  return self->box != NULL ? ym_reconcile_list (*self->box, self->which) : NULL;
}

static GType
get_item_type (GListModel *model)
{
  return YM_TYPE_RECONCILE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  GArray *rows = rows_of (YM_RECONCILE_MODEL (model));

  return rows != NULL ? rows->len : 0;
}

static gpointer
get_item (GListModel *model, guint position)
{
  YmReconcileModel *self = YM_RECONCILE_MODEL (model);
  GArray *rows = rows_of (self);

  if (rows == NULL || position >= rows->len)
    return NULL;
  return ym_reconcile_item_new (&g_array_index (rows, YmReconciledPair, position));
}

static void
ym_reconcile_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
ym_reconcile_model_finalize (GObject *object)
{
  g_clear_pointer (&YM_RECONCILE_MODEL (object)->box, ym_reconcile_box_unref);
  G_OBJECT_CLASS (ym_reconcile_model_parent_class)->finalize (object);
}

static void
ym_reconcile_model_class_init (YmReconcileModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ym_reconcile_model_finalize;
}

static void
ym_reconcile_model_init (YmReconcileModel *self)
{
}

YmReconcileModel *
ym_reconcile_model_new (YmReconcileList which)
{
  YmReconcileModel *self = g_object_new (YM_TYPE_RECONCILE_MODEL, NULL);

  self->which = which;
  return self;
}

/* Whether both rows show the same. A call's reason and a line's are part of what is shown. */
static gboolean
same_row (const YmReconciledPair *a, const YmReconciledPair *b)
{
  if ((a->call == NULL) != (b->call == NULL) || (a->entry == NULL) != (b->entry == NULL) || a->apart_us != b->apart_us
      || a->by_hand != b->by_hand)
    return FALSE;
  if (a->call != NULL
      && (!ym_id_equal (&a->call->id, &b->call->id) || a->call->received_at_us != b->call->received_at_us
          || ym_call_answer (a->call, YM_CALL_REASON) != ym_call_answer (b->call, YM_CALL_REASON)))
    return FALSE;
  return a->entry == NULL || ym_record_equal (a->entry->record, b->entry->record);
}

void
ym_reconcile_model_show (YmReconcileModel *self, YmReconcileAnswer **box)
{
  YmReconcileAnswer **old_box = self->box;
  GArray *old_rows = rows_of (self), *rows;
  guint n_old = old_rows != NULL ? old_rows->len : 0;
  guint alike = 0, alike_at_end = 0, least;

  g_return_if_fail (YM_IS_RECONCILE_MODEL (self));
  self->box = g_rc_box_acquire (box);
  rows = rows_of (self);
  least = MIN (n_old, rows->len);
  while (alike < least
         && same_row (&g_array_index (old_rows, YmReconciledPair, alike), &g_array_index (rows, YmReconciledPair, alike)))
    alike++;
  while (alike_at_end < least - alike
         && same_row (&g_array_index (old_rows, YmReconciledPair, n_old - 1 - alike_at_end),
                      &g_array_index (rows, YmReconciledPair, rows->len - 1 - alike_at_end)))
    alike_at_end++;
  if (n_old != rows->len || alike + alike_at_end < rows->len)
    g_list_model_items_changed (G_LIST_MODEL (self), alike, n_old - alike - alike_at_end, rows->len - alike - alike_at_end);
  g_clear_pointer (&old_box, ym_reconcile_box_unref);
}
