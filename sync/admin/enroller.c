/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The administrator's side of an enrolment: a code for one officer, the device that proves that it knows the code,
 * and the root key's certificate for it.
 */

#include "sync/admin/enroller.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "sync/admin/administer.h"
#include "sync/admin/certify.h"

static const char create[] = "CREATE TABLE IF NOT EXISTS enrolling (officer BLOB PRIMARY KEY, code TEXT NOT NULL,"
                             "  expires_at INTEGER NOT NULL) WITHOUT ROWID;";

void
ym_enrolling_clear (YmEnrolling *enrolling)
{
  sodium_memzero (enrolling, sizeof *enrolling);
}

static gboolean
find_officer (YmOffice *office, const char *collar_no, YmId *officer, GError **error)
{
  g_autoptr (GPtrArray) officers
      = ym_tables_select (ym_journal_get_db (office->journal), ym_form (YM_FORM_OFFICER), error, "WHERE collar_no = ?",
                          "t", collar_no);

  if (officers == NULL)
    return FALSE;
  if (officers->len == 0)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                   _ ("There is no officer with the collar number %s. Import the officers first."), collar_no);
      return FALSE;
    }
  *officer = ((const YmRecord *) g_ptr_array_index (officers, 0))->id;
  return TRUE;
}

/* The open enrolment of an officer; FALSE in *@found if there is none that still holds. */
static gboolean
read_open (sqlite3 *db, const YmId *officer, gint64 now_us, YmEnrolling *enrolling, gboolean *found, GError **error)
{
  g_autoptr (sqlite3_stmt) row
      = ym_sql_prepare (db, error, "SELECT code, expires_at FROM enrolling WHERE officer = ? AND expires_at > ?", "di",
                        officer, now_us);
  YmSqlStep step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);

  *found = step == YM_SQL_ROW;
  if (!*found)
    return step == YM_SQL_DONE;
  enrolling->officer = *officer;
  enrolling->expires_us = sqlite3_column_int64 (row, 1);
  return ym_enrolment_code_parse (ym_sql_column_text (row, 0), &enrolling->code, error);
}

static gboolean
keep_open (YmOffice *office, sqlite3 *db, YmEnrolling *enrolling, GError **error)
{
  YmHash root_key = ym_hash_of (ym_journal_get_root_key (office->journal), YM_PUBLIC_KEY_BYTES);
  char *code;
  gboolean kept;

  ym_enrolment_code_init (&enrolling->code, &root_key, office->options.random);
  enrolling->expires_us = ym_clock_wall_us (office->options.clock) + YM_ADMINISTRATION_MOST_OPEN_US;
  code = ym_enrolment_code_format (&enrolling->code);
  kept = ym_sql_execute (db, error, "INSERT OR REPLACE INTO enrolling (officer, code, expires_at) VALUES (?, ?, ?)",
                         "dti", &enrolling->officer, code, enrolling->expires_us);
  sodium_memzero (code, strlen (code));
  g_free (code);
  return kept;
}

typedef struct {
  YmOffice *office;
  YmEnrolling *enrolling;
} Beginning;

static gboolean
find_or_make (YmJournal *journal, gpointer data, GError **error)
{
  const Beginning *beginning = data;
  sqlite3 *db = ym_journal_get_db (journal);
  YmId officer = beginning->enrolling->officer;
  gboolean found;

  return ym_sql_script (db, create, error)
         && read_open (db, &officer, ym_clock_wall_us (beginning->office->options.clock), beginning->enrolling, &found,
                       error)
         && (found || keep_open (beginning->office, db, beginning->enrolling, error));
}

gboolean
ym_enroller_begin (YmOffice *office, const YmTransport *transport, const char *collar_no, YmEnrolling *enrolling,
                   GError **error)
{
  Beginning beginning = { office, enrolling };
  g_autoptr (YmAdministered) answer = NULL;

  *enrolling = (YmEnrolling){ 0 };
  if (!find_officer (office, collar_no, &enrolling->officer, error)
      || !ym_sync_store_write (&office->sync_store, find_or_make, &beginning, error))
    return FALSE;
  answer = ym_administer_server (office, transport, YM_ADMINISTRATION_OPEN, enrolling->code.id, enrolling->expires_us,
                                 error);
  return answer != NULL;
}

static gboolean
forget (YmJournal *journal, gpointer data, GError **error)
{
  const YmEnrolling *enrolling = data;

  return ym_sql_execute (ym_journal_get_db (journal), error, "DELETE FROM enrolling WHERE officer = ?", "d",
                         &enrolling->officer);
}

/* The post of the one who knew the secret. Anybody may post; what can't be read or proved is nobody's. */
static YmEnrolmentPost *
find_genuine (const YmAdministered *answer, const YmEnrolling *enrolling)
{
  for (guint i = 0; i < answer->posts->len; i++)
    {
      g_autoptr (YmEnrolmentPost) post = ym_enrolment_post_decode (g_ptr_array_index (answer->posts, i), NULL);

      if (post != NULL && memcmp (post->code_id, enrolling->code.id, YM_ENROLMENT_ID_BYTES) == 0
          && ym_enrolment_post_prove (post, enrolling->code.secret))
        return g_steal_pointer (&post);
    }
  return NULL;
}

gboolean
ym_enroller_collect (YmOffice *office, const YmTransport *transport, const YmEnrolling *enrolling, YmId *device,
                     GError **error)
{
  g_autoptr (YmAdministered) answer
      = ym_administer_server (office, transport, YM_ADMINISTRATION_FETCH, enrolling->code.id, 0, error);
  g_autoptr (YmAdministered) closed = NULL;
  g_autoptr (YmEnrolmentPost) post = answer == NULL ? NULL : find_genuine (answer, enrolling);
  YmEnrolling done = *enrolling;
  YmSyncResult result;
  YmId certified;
  gboolean good;

  *device = ym_id_zero;
  if (post == NULL)
    return answer != NULL;
  if (!ym_certify_device (office, post, &enrolling->officer, &certified, error)
      || !ym_office_sync (office, transport, &result, error))
    return FALSE;
  closed = ym_administer_server (office, transport, YM_ADMINISTRATION_CLOSE, enrolling->code.id, 0, error);
  good = closed != NULL && ym_sync_store_write (&office->sync_store, forget, &done, error);
  ym_enrolling_clear (&done);
  if (good)
    *device = certified;
  return good;
}

gboolean
ym_office_sync (YmOffice *office, const YmTransport *transport, YmSyncResult *result, GError **error)
{
  const YmId authors[] = { ym_id_of_public_key ("device", ym_journal_get_root_key (office->journal)),
                           office->administrator.device };
  const YmSyncClientOptions options = {
    .store = office->sync_store,
    .transport = transport,
    .device = office->administrator,
    .authors = authors,
    .n_authors = G_N_ELEMENTS (authors),
    .clock = office->options.clock,
    .random = office->options.random,
  };
  g_autoptr (YmSyncClient) client = ym_sync_client_new (&options);

  return ym_sync_run (client, NULL, NULL, NULL, result, error);
}
