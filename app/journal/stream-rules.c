/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules that every replica checks for itself. */

#include "app/journal/stream-rules.h"

#include <string.h>

#include "app/base/planted.h"
#include "app/forms/validate.h"

typedef struct {
  sqlite3 *db;
  const YmId *force;
  const YmCertificate *certificate;
  const YmArrival *arrival;
} Case;

/* One rule over one operation: fills @reason when broken; FALSE only when the store could not be read. */
typedef gboolean (*Rule) (const Case *c, const YmForm *form, const YmOperation *operation, YmReason *reason,
                          GError **error);

static gboolean
class_fits (const Case *c, const YmForm *form, const YmOperation *operation, YmReason *reason, GError **error)
{
  if (form->record_class != c->arrival->header.stream_class && !ym_planted ("class"))
    *reason = YM_REASON_CLASS_MISMATCH;
  return TRUE;
}

static gboolean
scope_fits (const Case *c, const YmForm *form, const YmOperation *operation, YmReason *reason, GError **error)
{
  const YmId *scope = &c->arrival->header.scope;
  gboolean is_force = ym_id_equal (scope, c->force);

  if (is_force != (form->scope == YM_SCOPE_FORCE)
      || (form->id == YM_FORM_HOME && !ym_id_equal (scope, &operation->record)))
    *reason = YM_REASON_SCOPE_MISMATCH;
  return TRUE;
}

/* Identity is said by the root key, reference data by administrators, the rest by officers: as the authority table has it. */
static gboolean
author_fits (const Case *c, const YmForm *form, const YmOperation *operation, YmReason *reason, GError **error)
{
  if (!ym_authority_kind_may_write (form->id, c->certificate->kind))
    *reason = ym_authority_kind_may_write (form->id, YM_DEVICE_KIND_ADMINISTRATOR) ? YM_REASON_REFERENCE_DATA
                                                                                    : YM_REASON_ROLE;
  return TRUE;
}

static gboolean
values_fit (const Case *c, const YmForm *form, const YmOperation *operation, YmReason *reason, GError **error)
{
  for (guint i = 0; i < operation->changes->len; i++)
    {
      const YmFieldChange *change = &g_array_index (operation->changes, YmFieldChange, i);
      const YmField *field = ym_form_field (form, change->field);
      g_autofree char *problem = field == NULL ? NULL : ym_field_check (field, &change->new);

      if (problem != NULL
          || (field != NULL && change->new.kind == YM_VALUE_NULL && (field->flags & YM_FIELD_REQUIRED) != 0))
        *reason = YM_REASON_INVALID_VALUE;
    }
  if (operation->kind == YM_OPERATION_INSERT)
    for (guint i = 0; i < form->n_fields; i++)
      if ((form->fields[i].flags & YM_FIELD_REQUIRED) != 0
          && ym_operation_find (operation, form->fields[i].id) == NULL && !ym_planted ("values"))
        *reason = YM_REASON_INVALID_VALUE;
  return TRUE;
}

/* A device is named by its key, so that a certificate can't be made for somebody else's id. */
static gboolean
device_is_named_by_its_key (const Case *c, const YmForm *form, const YmOperation *operation, YmReason *reason,
                            GError **error)
{
  const YmFieldChange *key;
  YmId id;

  if (form->id != YM_FORM_DEVICE || operation->kind != YM_OPERATION_INSERT)
    return TRUE;
  key = ym_operation_find (operation, YM_DEVICE_PUBLIC_KEY);
  if (key == NULL || key->new.kind != YM_VALUE_BYTES || g_bytes_get_size (key->new.bytes) != YM_PUBLIC_KEY_BYTES)
    {
      *reason = YM_REASON_INVALID_VALUE;
      return TRUE;
    }
  id = ym_id_of_public_key ("device", g_bytes_get_data (key->new.bytes, NULL));
  if (!ym_id_equal (&id, &operation->record))
    *reason = YM_REASON_INVALID_VALUE;
  return TRUE;
}

/* Nobody writes in another officer's name. */
static gboolean
name_is_own (const Case *c, const YmForm *form, const YmOperation *operation, YmReason *reason, GError **error)
{
  for (guint i = 0; i < form->n_fields; i++)
    {
      const YmField *field = &form->fields[i];
      const YmFieldChange *change;
      YmId officer;

      if (field->refers_to != YM_FORM_OFFICER || (field->flags & YM_FIELD_AUTOMATIC) == 0)
        continue;
      change = ym_operation_find (operation, field->id);
      if (change != NULL && !ym_planted ("name")
          && (!ym_value_get_id (&change->new, &officer) || !ym_id_equal (&officer, &c->certificate->officer)))
        *reason = YM_REASON_WRONG_AUTHOR;
    }
  return TRUE;
}

static gboolean
written_by_another_envelope (const Case *c, const YmForm *form, const YmId *record, gboolean *written, GError **error)
{
  gint64 count;

  if (!ym_sql_integer (c->db, &count, error,
                       "SELECT count(*) FROM operation o JOIN envelope e ON e.entry = o.entry "
                       "WHERE o.scope = ? AND o.record = ? AND o.type = ? AND e.folded AND e.hash IS NOT ?",
                       "ddih", &c->arrival->header.scope, record, (gint64) form->id, &c->arrival->header.hash))
    return FALSE;
  *written = count > 0;
  return TRUE;
}

/* R12: what was signed off stands; an addendum is a record of its own. */
static gboolean
fixed_stays_fixed (const Case *c, const YmForm *form, const YmOperation *operation, YmReason *reason, GError **error)
{
  gboolean written = FALSE;

  if (!form->fixed || ym_planted ("fixed"))
    return TRUE;
  if (operation->kind == YM_OPERATION_INSERT
      && !written_by_another_envelope (c, form, &operation->record, &written, error))
    return FALSE;
  if (written || operation->kind == YM_OPERATION_UPDATE)
    *reason = YM_REASON_FIXED_RECORD;
  return TRUE;
}

/* A person met is part of the visit: it comes in the visit's own group, never later. */
static gboolean
row_comes_with_its_parent (const Case *c, const YmForm *form, const YmOperation *operation, YmReason *reason,
                           GError **error)
{
  const YmFieldChange *parent;
  YmId id;
  gint64 in_other_group;

  if (form->rows_of == 0 || !form->fixed)
    return TRUE;
  parent = ym_operation_find (operation, form->parent_field);
  if (parent == NULL || !ym_value_get_id (&parent->new, &id))
    return TRUE; /* values_fit has said so */
  if (!ym_sql_integer (c->db, &in_other_group, error,
                       "SELECT count(*) FROM operation o JOIN envelope e ON e.entry = o.entry "
                       "WHERE o.scope = ? AND o.record = ? AND o.type = ? AND e.folded AND e.group_id IS NOT ?",
                       "ddid", &c->arrival->header.scope, &id, (gint64) form->rows_of, &c->arrival->header.group))
    return FALSE;
  if (in_other_group > 0)
    *reason = YM_REASON_FIXED_RECORD;
  return TRUE;
}

static const Rule rules[] = {
  class_fits,  scope_fits,        author_fits, values_fit, device_is_named_by_its_key,
  name_is_own, fixed_stays_fixed, row_comes_with_its_parent,
};

gboolean
ym_stream_rules_judge (sqlite3 *db, const YmId *force, const YmCertificate *certificate, const YmArrival *arrival,
                       YmReason *reason, GError **error)
{
  const Case c = { db, force, certificate, arrival };

  *reason = YM_REASON_NONE;
  if (arrival->change_set == NULL)
    return TRUE;
  for (guint i = 0; i < arrival->change_set->operations->len; i++)
    {
      const YmOperation *operation = g_ptr_array_index (arrival->change_set->operations, i);
      const YmForm *form = ym_form (operation->type);

      for (guint j = 0; form != NULL && j < G_N_ELEMENTS (rules) && *reason == YM_REASON_NONE; j++)
        if (!rules[j](&c, form, operation, reason, error))
          return FALSE;
    }
  return TRUE;
}
