/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the server makes of a genuine group: was the device still trusted, do the rules that every replica checks hold,
 * and may this author do this, there? Judged as the ledger stood when the author last heard of it (the envelope's
 * base), and as it stands now: who lost a home while out of reach is late, not refused.
 *
 * Each envelope is judged with those before it in place, so a group is first appended as accepted; only if that was
 * wrong is it undone and appended again with what it got.
 */

#include "app/base/error.h"
#include "app/base/planted.h"
#include "app/journal/stream-rules.h"
#include "app/journal/tables.h"
#include "app/notebook/learning.h"
#include "sync/server/ledger-private.h"

/* Who the author is for one scope, at two moments. */
typedef struct {
  YmActor at_base;
  YmActor now;
} Standing;

static gboolean
received_at (YmLedger *ledger, guint64 number, gint64 *at_us, GError **error)
{
  return ym_sql_integer (ledger->db, at_us, error,
                         "SELECT coalesce((SELECT received_at FROM envelope WHERE position <= ? "
                         "ORDER BY position DESC LIMIT 1), 0)",
                         "i", (gint64) number);
}

/*
 * A device's base never goes back, so one that names an older state than before is held to the newest it has named.
 * A base in an epoch that was left since counts as far as this ledger has it; one that is still to come says nothing.
 */
static gboolean
effective_base (YmLedger *ledger, const YmEnvelope *header, guint64 *base, GError **error)
{
  guint64 reach = header->has_base ? ym_lineage_reach (&(YmLineage){ ledger->past, ledger->epoch }, &header->base) : 0;
  YmDeviceState state;

  *base = 0;
  if (reach == 0)
    return TRUE;
  if (!ym_device_state_read (ledger, &header->author, &state, error))
    return FALSE;
  *base = MIN (MAX (reach, state.base), ledger->committed);
  return TRUE;
}

/* Also when the group is refused: the author has shown that it knew. */
static gboolean
remember_base (YmLedger *ledger, GPtrArray *arrivals, GError **error)
{
  const YmArrival *last = g_ptr_array_index (arrivals, arrivals->len - 1);
  guint64 base;

  return effective_base (ledger, &last->header, &base, error)
         && (base == 0 || ym_device_state_raise_base (ledger, &last->header.author, base, error));
}

static gboolean
read_standing (YmLedger *ledger, const YmCertificate *certificate, const YmEnvelope *header, Standing *standing,
               GError **error)
{
  guint64 base;
  gint64 at_us;

  return effective_base (ledger, header, &base, error) && received_at (ledger, base, &at_us, error)
         && ym_actor_read (ledger->db, certificate, &header->scope, base, at_us, &standing->at_base, error)
         && ym_actor_read (ledger->db, certificate, &header->scope, G_MAXINT64, ledger->now_us, &standing->now, error);
}

/* Whether the row that is changed bears the author's name, in the field that the program fills with it. */
static gboolean
is_own (const YmRecord *record, const YmId *officer)
{
  for (guint i = 0; i < record->form->n_fields; i++)
    {
      const YmField *field = &record->form->fields[i];
      YmId named;

      if (field->refers_to == YM_FORM_OFFICER && (field->flags & YM_FIELD_AUTOMATIC) != 0)
        return ym_record_get_id (record, field->id, &named) && ym_id_equal (&named, officer);
    }
  return FALSE;
}

static YmReason
check_known_fields (const YmForm *form, const YmOperation *operation)
{
  for (guint i = 0; i < operation->changes->len; i++)
    if (ym_form_field (form, g_array_index (operation->changes, YmFieldChange, i).field) == NULL)
      return YM_REASON_UNKNOWN_FIELD;
  return YM_REASON_NONE;
}

static void
worsen (YmVerdict *verdict, YmDisposition disposition, guint reason)
{
  if (disposition > verdict->disposition)
    *verdict = (YmVerdict){ disposition, reason };
}

/*
 * What everybody reads names nobody: the author's device has looked, and knows its own homes; the ledger knows all. @now is
 * what the other rules said.
 */
static gboolean
check_names (YmLedger *ledger, const YmForm *form, const YmId *scope, const YmOperation *operation, YmReason *now,
             GError **error)
{
  g_autoptr (YmRecord) note = NULL;
  g_autoptr (GError) found = NULL;

  if (form->id != YM_FORM_LEARNING_NOTE || *now != YM_REASON_NONE)
    return TRUE;
  note = ym_record_new (form, scope, &operation->record);
  for (guint i = 0; i < operation->changes->len; i++)
    {
      const YmFieldChange *change = &g_array_index (operation->changes, YmFieldChange, i);

      ym_record_set (note, change->field, &change->new);
    }
  if (ym_learning_check_record (ledger->db, note, &found))
    return TRUE;
  if (g_error_matches (found, YM_ERROR, YM_ERROR_INVALID))
    {
      *now = YM_REASON_NAMES_SOMEBODY;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&found));
  return FALSE;
}

static gboolean
judge_operation (YmLedger *ledger, const YmCertificate *certificate, const YmId *scope, const Standing *standing,
                 const YmOperation *operation, YmVerdict *verdict, GError **error)
{
  const YmForm *form = ym_form (operation->type);
  YmActionKind kind = operation->kind == YM_OPERATION_INSERT ? YM_ACTION_KIND_INSERT : YM_ACTION_KIND_UPDATE;
  YmReason unknown = form == NULL ? YM_REASON_UNKNOWN_RECORD_TYPE : check_known_fields (form, operation);
  YmReason at_base, now;
  gboolean own = TRUE;

  if (unknown == YM_REASON_NONE && kind == YM_ACTION_KIND_UPDATE)
    {
      g_autoptr (GError) missing = NULL;
      g_autoptr (YmRecord) row = ym_tables_read (ledger->db, form, scope, &operation->record, &missing);

      if (row == NULL && !g_error_matches (missing, YM_ERROR, YM_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&missing));
          return FALSE;
        }
      own = row != NULL && is_own (row, &certificate->officer);
      unknown = row == NULL ? YM_REASON_UNKNOWN_RECORD : YM_REASON_NONE;
    }
  if (unknown != YM_REASON_NONE)
    {
      worsen (verdict, YM_DISPOSITION_REFUSED, unknown);
      return TRUE;
    }
  at_base = ym_authority_judge (&standing->at_base, form->id, kind, own);
  now = ym_authority_judge (&standing->now, form->id, kind, own);
  if (!check_names (ledger, form, scope, operation, &now, error))
    return FALSE;
  if (now != YM_REASON_NONE)
    worsen (verdict,
            at_base != YM_REASON_NONE || now == YM_REASON_NAMES_SOMEBODY ? YM_DISPOSITION_REFUSED
             : ym_planted ("late")                                       ? YM_DISPOSITION_ACCEPTED
                                                                         : YM_DISPOSITION_LATE,
            now);
  return TRUE;
}

/* What every replica will come to by itself. */
static gboolean
judge_by_stream (YmLedger *ledger, const YmCertificate *certificate, const YmArrival *arrival, YmVerdict *verdict,
                 YmReason *violation, GError **error)
{
  gboolean revoked;

  *violation = YM_REASON_NONE;
  if (!ym_author_is_revoked (ledger->db, &arrival->header, ledger->end + 1, &revoked, error)
      || !ym_stream_rules_judge (ledger->db, ym_journal_get_force (ledger->journal), certificate, arrival, violation,
                                 error))
    return FALSE;
  if (revoked)
    *violation = YM_REASON_REVOKED;
  if (*violation != YM_REASON_NONE)
    worsen (verdict, revoked ? YM_DISPOSITION_QUARANTINED : YM_DISPOSITION_REFUSED, *violation);
  return TRUE;
}

/* @violation is the part of the verdict that every replica will come to by itself. */
static gboolean
judge (YmLedger *ledger, const YmCertificate *certificate, const YmArrival *arrival, YmVerdict *verdict,
       YmReason *violation, GError **error)
{
  Standing standing;

  if (!judge_by_stream (ledger, certificate, arrival, verdict, violation, error))
    return FALSE;
  if (*violation != YM_REASON_NONE)
    return TRUE;
  if (!read_standing (ledger, certificate, &arrival->header, &standing, error))
    return FALSE;
  for (guint i = 0; i < arrival->change_set->operations->len; i++)
    if (!judge_operation (ledger, certificate, &arrival->header.scope, &standing,
                          g_ptr_array_index (arrival->change_set->operations, i), verdict, error))
      return FALSE;
  return TRUE;
}

static gboolean
append (YmLedger *ledger, const YmArrival *arrival, const YmVerdict *verdict, gint64 received_us, YmReason violation,
        GError **error)
{
  const YmPlacement placement
      = { TRUE, { ledger->epoch, ledger->end + 1 }, verdict->disposition, verdict->reason, received_us };

  ledger->end++;
  return ym_journal_keep (ledger->journal, arrival, &placement, violation, error);
}

static gboolean
append_all (YmLedger *ledger, GPtrArray *arrivals, const YmVerdict *verdict, const YmReason *violations, GError **error)
{
  for (guint i = 0; i < arrivals->len; i++)
    if (!append (ledger, g_ptr_array_index (arrivals, i), verdict, ledger->now_us, violations[i], error))
      return FALSE;
  return TRUE;
}

gboolean
ym_judge_append (YmLedger *ledger, const YmCertificate *certificate, GPtrArray *arrivals, gboolean side_branch,
                 YmVerdict *verdict, GError **error)
{
  const YmVerdict hoped = { YM_DISPOSITION_ACCEPTED, side_branch ? YM_REASON_SIDE_BRANCH : YM_REASON_NONE };
  g_autofree YmReason *violations = g_new0 (YmReason, arrivals->len);
  YmLedgerStep step;

  *verdict = hoped;
  if (!ym_ledger_begin_step (ledger, &step, error))
    return FALSE;
  for (guint i = 0; i < arrivals->len && verdict->disposition < YM_DISPOSITION_REFUSED; i++)
    {
      const YmArrival *arrival = g_ptr_array_index (arrivals, i);

      if (!judge (ledger, certificate, arrival, verdict, &violations[i], error)
          || !append (ledger, arrival, &hoped, ledger->now_us, violations[i], error))
        return FALSE;
    }
  if (verdict->disposition == YM_DISPOSITION_ACCEPTED)
    return ym_ledger_end_step (ledger, error) && remember_base (ledger, arrivals, error);
  return ym_ledger_undo_step (ledger, &step, error) && append_all (ledger, arrivals, verdict, violations, error)
         && remember_base (ledger, arrivals, error);
}

gboolean
ym_judge_returned (YmLedger *ledger, const YmCertificate *certificate, const YmArrival *arrival, const YmVouch *vouch,
                   YmVerdict *verdict, GError **error)
{
  YmReason violation;

  *verdict = (YmVerdict){ vouch->outcome.disposition, vouch->outcome.reason };
  return judge_by_stream (ledger, certificate, arrival, verdict, &violation, error)
         && append (ledger, arrival, verdict, vouch->server_us, violation, error);
}
