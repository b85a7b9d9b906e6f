/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Ymweld with made-up data: the spreadsheets of the program's own resources in a store of their own, and some work that
 * the officer has done already. Every word of it is invented.
 */

#include "ui/desk/try-out.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>

#include "app/notebook/save.h"
#include "app/notebook/visit.h"
#include "app/rules/civil.h"
#include "sync/client/store.h"
#include "sync/made-up/made-up.h"

#define OFFICER "2001"
#define RESOURCES "/uk/ymweld/Ymweld/made-up/"
#define PASSPHRASE_BYTES 32
#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* In the order in which they name each other. */
static const struct {
  const char *file;
  const char *name;
} files[] = {
  { "settings.csv", "settings" }, { "officers.csv", "officers" }, { "homes.csv", "homes" },
  { "assignments.csv", "assignments" }, { "calls.csv", "calls" }, { "home-logs.csv", "home-logs" },
  { "figures.csv", "figures" }, { "partners.csv", "partners" },
};

typedef struct {
  char *directory;
  YmStoreOptions options;
} Job;

static void
job_free (gpointer data)
{
  g_free (((Job *) data)->directory);
  g_free (data);
}

static GTask *
new_task (const char *directory, const YmStoreOptions *options, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->directory = g_strdup (directory);
  if (options != NULL)
    job->options = *options;
  g_task_set_task_data (task, job, job_free);
  return task;
}

/* --- removing --- */

static void
remove_all (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (directory);
}

static void
remove_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  remove_all (((Job *) data)->directory);
  g_task_return_boolean (task, TRUE);
}

void
ym_try_out_remove (const char *directory, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = new_task (directory, NULL, callback, user_data);

  g_task_run_in_thread (task, remove_thread);
}

/* --- making --- */

static gpointer
import_all (YmDesk *desk, gpointer public_key, GError **error)
{
  YmMadeUpFile read[G_N_ELEMENTS (files)];
  gboolean filled = TRUE;
  guint n = 0;

  while (filled && n < G_N_ELEMENTS (files))
    {
      g_autofree char *path = g_strconcat (RESOURCES, files[n].file, NULL);

      read[n] = (YmMadeUpFile){ files[n].name, g_resources_lookup_data (path, 0, error) };
      filled = read[n].csv != NULL;
      n += filled;
    }
  filled = filled && ym_made_up_fill (desk, public_key, OFFICER, read, n, error);
  for (guint i = 0; i < n; i++)
    g_bytes_unref (read[i].csv);
  return filled ? desk : NULL;
}

/* The officer's homes, each once. */
static GPtrArray *
find_homes (YmDesk *desk, GError **error)
{
  g_autoptr (GPtrArray) homes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (desk->db, error, "SELECT DISTINCT home FROM assignment WHERE officer = ? ORDER BY home", "d", &desk->officer);
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      YmId home = ym_sql_column_id (rows, 0);

      g_ptr_array_add (homes, ym_id_copy (&home));
    }
  return step == YM_SQL_DONE ? g_steal_pointer (&homes) : NULL;
}

static gboolean
visit (YmDesk *desk, const YmId *home, GError **error)
{
  g_autoptr (YmDraft) draft = ym_visit_begin (desk, home, error);
  gint64 at_us = ym_clock_wall_us (desk->clock) - 2 * DAY_US;
  YmRecord *person;

  if (draft == NULL)
    return FALSE;
  person = ym_draft_add_row (draft, ym_form (YM_FORM_PERSON_MET), desk->random);
  ym_record_set_text (person, YM_PERSON_MET_NAME, "D. Griffiths");
  ym_record_set_text (person, YM_PERSON_MET_ROLE, "rheolwr / manager");
  ym_record_set_integer (draft->record, YM_VISIT_STARTED_AT, at_us);
  ym_record_set_integer (draft->record, YM_VISIT_ENDED_AT, at_us + G_GINT64_CONSTANT (40 * 60) * G_USEC_PER_SEC);
  ym_record_set_integer (draft->record, YM_VISIT_PLACE, YM_PLACE_AT_HOME);
  ym_record_set_integer (draft->record, YM_VISIT_ANNOUNCED, YM_NO);
  ym_record_set_integer (draft->record, YM_VISIT_CHILDREN_PRESENT, YM_NO);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_ON_DUTY, 2);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_REQUIRED, 3);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_TOTAL, 12);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_TRAINED, 2);
  ym_record_set_integer (draft->record, YM_VISIT_NOT_DISCUSSED, 0x3c); /* all but staffing */
  ym_record_set_text (draft->record, YM_VISIT_NOTES,
                      "Short by one at night until the new post is filled. Mae'r rheolwr yn fodlon gyda'r cynllun.");
  return ym_visit_sign_off (desk, draft, error);
}

static gboolean
issue (YmDesk *desk, const YmId *home, GError **error)
{
  g_autoptr (YmRecord) record = ym_desk_new_record (desk, ym_form (YM_FORM_ISSUE), home);

  ym_record_set_text (record, YM_ISSUE_TITLE, "Two on duty at night where three are required");
  ym_record_set_integer (record, YM_ISSUE_CATEGORY, 1);
  ym_record_set_integer (record, YM_ISSUE_SEVERITY, YM_SEVERITY_HIGH);
  ym_record_set_integer (record, YM_ISSUE_OWNER, YM_OWNER_HOME);
  ym_record_set_text (record, YM_ISSUE_SCANNING, "Four of the last five visits found the night shift short.");
  return ym_desk_save (desk, "issue.open", NULL, record, error);
}

static gboolean
contact (YmDesk *desk, const YmId *home, GError **error)
{
  g_autoptr (YmRecord) record = ym_desk_new_record (desk, ym_form (YM_FORM_CONTACT), home);

  ym_record_set_integer (record, YM_CONTACT_AT, ym_clock_wall_us (desk->clock) - DAY_US);
  ym_record_set_integer (record, YM_CONTACT_HOW, 1);
  ym_record_set_text (record, YM_CONTACT_WITH_WHOM, "G. Owen");
  ym_record_set_text (record, YM_CONTACT_NOTE, "Asked how the trigger plan worked at the weekend. It was followed.");
  return ym_desk_save (desk, "contact.save", NULL, record, error);
}

/* So that no list is empty; and one home is left that still wants a visit. */
static gpointer
do_some_work (YmDesk *desk, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) homes = find_homes (desk, error);

  if (homes == NULL)
    return NULL;
  g_assert (homes->len > 1); /* in our own resources */
  return visit (desk, g_ptr_array_index (homes, 0), error) && issue (desk, g_ptr_array_index (homes, 0), error)
                 && contact (desk, g_ptr_array_index (homes, 1), error) && ym_made_up_receive (desk, error)
             ? desk
             : NULL;
}

static YmNotebook *
make (Job *job, GError **error)
{
  g_autoptr (YmSecret) passphrase = ym_secret_new (PASSPHRASE_BYTES);
  g_autoptr (YmNotebook) notebook = NULL;
  guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES];
  YmSyncStore sync;

  remove_all (job->directory);
  randombytes_buf (ym_secret_data (passphrase), PASSPHRASE_BYTES);
  /* Nothing stretches 32 random bytes any further. */
  job->options.argon2_operations = crypto_pwhash_OPSLIMIT_MIN;
  job->options.argon2_memory_bytes = crypto_pwhash_MEMLIMIT_MIN;
  notebook = ym_notebook_create (job->directory, passphrase, &job->options, error);
  if (notebook == NULL)
    return NULL;
  sync = ym_sync_store_of_notebook (notebook);
  ym_store_public_key (ym_notebook_get_store (notebook), public_key);
  if (!ym_sync_migrate (&sync, error)
      || ym_notebook_run (notebook, YM_LANE_WRITE, import_all, public_key, error) == NULL
      || ym_notebook_run (notebook, YM_LANE_WRITE, do_some_work, NULL, error) == NULL)
    return NULL;
  return g_steal_pointer (&notebook);
}

static void
close_notebook (gpointer notebook)
{
  ym_notebook_close (notebook);
}

static void
make_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  YmNotebook *notebook = make (job, &error);

  if (notebook != NULL)
    g_task_return_pointer (task, notebook, close_notebook);
  else
    {
      remove_all (job->directory);
      g_task_return_error (task, error);
    }
}

void
ym_try_out_make (const char *directory, const YmStoreOptions *options, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = new_task (directory, options, callback, user_data);

  g_task_run_in_thread (task, make_thread);
}

YmNotebook *
ym_try_out_make_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
