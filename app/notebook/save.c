/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving one record from the screen. */

#include "app/notebook/save.h"

#include "app/base/error.h"
#include "app/forms/validate.h"
#include "app/notebook/draft.h"

gboolean
ym_desk_settle (YmDesk *desk, GError **error)
{
  return desk->settles == NULL || ym_draft_forget (desk, desk->settles, error);
}

gboolean
ym_desk_save_changes (YmDesk *desk, const char *intent, const YmChange *changes, guint n_changes, GError **error)
{
  for (guint i = 0; i < n_changes; i++)
    if (!ym_record_check (changes[i].after, YM_MOMENT_SAVE, error))
      return FALSE;
  if (!ym_journal_begin (desk->journal, error))
    return FALSE;
  if (ym_journal_write (desk->journal, &desk->author, intent, &changes[0].after->id, changes, n_changes, error)
      && ym_desk_settle (desk, error))
    return ym_journal_commit (desk->journal, error);
  ym_journal_rollback (desk->journal);
  return FALSE;
}

gboolean
ym_desk_save (YmDesk *desk, const char *intent, const YmRecord *before, const YmRecord *after, GError **error)
{
  const YmChange change = { before, after };

  return ym_desk_save_changes (desk, intent, &change, 1, error);
}

YmRecord *
ym_desk_new_record (YmDesk *desk, const YmForm *form, const YmId *home)
{
  YmId id = ym_id_random (desk->random);
  YmRecord *record = ym_record_new (form, home, &id);

  for (guint i = 0; i < form->n_fields; i++)
    {
      const YmField *field = &form->fields[i];

      if ((field->flags & YM_FIELD_AUTOMATIC) == 0)
        continue;
      if (field->refers_to == YM_FORM_OFFICER)
        ym_record_set_id (record, field->id, &desk->officer);
      else if (field->kind == YM_FIELD_INSTANT)
        ym_record_set_integer (record, field->id, ym_clock_wall_us (desk->clock));
    }
  return record;
}

gboolean
ym_desk_check_may (YmDesk *desk, const YmForm *form, YmActionKind kind, const YmId *scope, GError **error)
{
  YmCertificate certificate;
  YmActor actor;
  YmReason reason;

  if (!ym_certificate_read (desk->db, ym_journal_get_root_key (desk->journal), &desk->author.device, &certificate, error)
      || !ym_actor_read (desk->db, &certificate, scope, G_MAXINT64, ym_clock_wall_us (desk->clock), &actor, error))
    return FALSE;
  reason = ym_authority_judge (&actor, form->id, kind, TRUE);
  if (reason == YM_REASON_NONE)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_AUTHORITY, ym_reason_get_message (reason));
  return FALSE;
}
