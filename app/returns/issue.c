/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Issuing a return (R7): what it says is frozen as signed records, so that a later correction goes into a numbered
 * re-issue, and so that anybody can ask years later what exactly was given to whom (R13).
 */

#include "app/returns/issue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/forms/validate.h"
#include "app/journal/tables.h"
#include "app/notebook/save.h"

/* A part and its envelope stay below the 64 KiB of one. */
#define PART_BYTES 40000

YmHash
ym_return_fingerprint (const YmReturn *given)
{
  g_autofree char *text = ym_return_encode (given);

  return ym_hash_of (text, strlen (text));
}

GPtrArray *
ym_return_issued (YmDesk *desk, const YmPeriod *period, const YmId *home, GError **error)
{
  return ym_tables_select (desk->db, ym_form (YM_FORM_ISSUED_RETURN), error,
                           "WHERE from_date = ? AND until_date = ? AND home IS ? ORDER BY issue_number, at, id", "iid",
                           (gint64) period->from, (gint64) period->until, home);
}

YmReturn *
ym_return_issued_load (YmDesk *desk, const YmRecord *issued, GError **error)
{
  g_autoptr (GPtrArray) parts = ym_tables_select (desk->db, ym_form (YM_FORM_ISSUED_RETURN_PART), error,
                                                  "WHERE issued_return = ? AND scope = ? ORDER BY part_number", "dd",
                                                  &issued->id, &issued->scope);
  g_autoptr (GString) text = g_string_new (NULL);
  const YmValue *wanted = ym_record_get (issued, YM_ISSUED_RETURN_CONTENT);
  YmHash hash;

  if (parts == NULL)
    return NULL;
  for (guint i = 0; i < parts->len; i++)
    {
      const char *part = ym_record_get_text (g_ptr_array_index (parts, i), YM_ISSUED_RETURN_PART_TEXT);

      g_string_append (text, part != NULL ? part : "");
    }
  hash = ym_hash_of (text->str, text->len);
  if (wanted->kind == YM_VALUE_BYTES && g_bytes_get_size (wanted->bytes) == YM_HASH_BYTES
      && memcmp (g_bytes_get_data (wanted->bytes, NULL), hash.bytes, YM_HASH_BYTES) == 0)
    return ym_return_decode (text->str, error);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                       _ ("What is kept of this return is not what was issued. Ask your administrator."));
  return NULL;
}

static YmRecord *
make_record (YmDesk *desk, const YmId *home, const YmReturn *given, const char *recipient, const char *justification,
             gint64 number)
{
  YmRecord *record = ym_desk_new_record (desk, ym_form (YM_FORM_ISSUED_RETURN), ym_journal_get_force (desk->journal));
  YmHash hash = ym_return_fingerprint (given);
  g_auto (YmValue) content = ym_value_bytes (hash.bytes, sizeof hash.bytes);

  ym_record_set_integer (record, YM_ISSUED_RETURN_FROM_DATE, given->period.from);
  ym_record_set_integer (record, YM_ISSUED_RETURN_UNTIL_DATE, given->period.until);
  if (home != NULL)
    ym_record_set_id (record, YM_ISSUED_RETURN_HOME, home);
  ym_record_set_integer (record, YM_ISSUED_RETURN_NUMBER, number);
  ym_record_set (record, YM_ISSUED_RETURN_CONTENT, &content);
  ym_record_set_text (record, YM_ISSUED_RETURN_RECIPIENT, recipient);
  ym_record_set_text (record, YM_ISSUED_RETURN_JUSTIFICATION, justification);
  return record;
}

/* As much of @text as fits, cut between two characters: parts are only ever read together. */
static gsize
part_length (const char *text)
{
  gsize length = strnlen (text, PART_BYTES + 1);

  if (length <= PART_BYTES)
    return length;
  return (gsize) (g_utf8_find_prev_char (text, text + PART_BYTES + 1) - text);
}

static gboolean
write_parts (YmDesk *desk, const YmRecord *issued, const char *text, GError **error)
{
  for (gint64 number = 1; *text != '\0'; number++)
    {
      gsize length = part_length (text);
      g_autofree char *piece = g_strndup (text, length);
      g_autoptr (YmRecord) part = ym_desk_new_record (desk, ym_form (YM_FORM_ISSUED_RETURN_PART), &issued->scope);
      const YmChange change = { NULL, part };

      ym_record_set_id (part, YM_ISSUED_RETURN_PART_RETURN, &issued->id);
      ym_record_set_integer (part, YM_ISSUED_RETURN_PART_NUMBER, number);
      ym_record_set_text (part, YM_ISSUED_RETURN_PART_TEXT, piece);
      if (!ym_record_check (part, YM_MOMENT_SAVE, error)
          || !ym_journal_write (desk->journal, &desk->author, "return.issue", &issued->id, &change, 1, error))
        return FALSE;
      text += length;
    }
  return TRUE;
}

static gboolean
write_all (YmDesk *desk, const YmRecord *issued, const YmReturn *given, GError **error)
{
  g_autofree char *text = ym_return_encode (given);
  const YmChange change = { NULL, issued };

  return ym_journal_write (desk->journal, &desk->author, "return.issue", &issued->id, &change, 1, error)
         && write_parts (desk, issued, text, error);
}

YmRecord *
ym_return_issue (YmDesk *desk, const YmId *home, const YmReturn *given, const char *recipient, const char *justification,
                 GError **error)
{
  g_autoptr (GPtrArray) earlier = ym_return_issued (desk, &given->period, home, error);
  g_autoptr (YmRecord) issued = NULL;
  gint64 number = 1;

  if (earlier == NULL)
    return NULL;
  if (earlier->len > 0)
    number = ym_record_get_integer (g_ptr_array_index (earlier, earlier->len - 1), YM_ISSUED_RETURN_NUMBER, 0) + 1;
  issued = make_record (desk, home, given, recipient, justification, number);
  if (!ym_record_check (issued, YM_MOMENT_SAVE, error) || !ym_journal_begin (desk->journal, error))
    return NULL;
  if (write_all (desk, issued, given, error) && ym_desk_settle (desk, error))
    return ym_journal_commit (desk->journal, error) ? g_steal_pointer (&issued) : NULL;
  ym_journal_rollback (desk->journal);
  return NULL;
}
