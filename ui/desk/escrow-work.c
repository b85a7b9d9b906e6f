/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tablet's side of escrow on threads of its own: key derivation takes its second, and a file its time. */

#include "ui/desk/escrow-work.h"

#include "app/vault/store-escrow.h"

typedef struct {
  char *directory;
  YmSecret *passphrase;
  YmStoreOptions options;
  GFile *file;
  GBytes *bytes;
  gint64 wait_us;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->directory);
  ym_secret_free (job->passphrase);
  g_clear_object (&job->file);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_free (job);
}

static void
start (const Job *job, GTaskThreadFunc thread, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (job, sizeof *job), job_free);
  g_task_run_in_thread (task, thread);
}

static void
return_bytes (GTask *task, GBytes *bytes, GError *error)
{
  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  GBytes *bytes = ym_store_read_escrow_request (job->directory, &job->options, &error);

  return_bytes (task, bytes, error);
}

void
ym_escrow_look (const char *directory, const YmStoreOptions *options, GAsyncReadyCallback callback, gpointer user_data)
{
  start (&(const Job){ .directory = g_strdup (directory), .options = *options }, look_thread, callback, user_data);
}

static void
request_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  GBytes *bytes = ym_store_request_escrow (job->directory, job->passphrase, &job->options, &error);

  return_bytes (task, bytes, error);
}

void
ym_escrow_request (const char *directory, YmSecret *passphrase, const YmStoreOptions *options,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  start (&(const Job){ .directory = g_strdup (directory), .passphrase = passphrase, .options = *options }, request_thread,
         callback, user_data);
}

GBytes *
ym_escrow_request_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
answer_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  g_autofree char *path = g_file_get_path (job->file);
  g_autoptr (GBytes) answer = ym_files_system ()->read (NULL, path, YM_ESCROW_MOST_BYTES, &error);

  if (answer != NULL && ym_store_take_escrow_answer (job->directory, answer, job->passphrase, &job->options, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&job->passphrase), (GDestroyNotify) ym_secret_free);
      return;
    }
  job->wait_us = ym_store_get_wait_us (job->directory, &job->options);
  g_task_return_error (task, error);
}

void
ym_escrow_take_answer (const char *directory, YmSecret *passphrase, GFile *answer, const YmStoreOptions *options,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  start (&(const Job){ .directory = g_strdup (directory), .passphrase = passphrase, .options = *options,
                       .file = g_object_ref (answer) },
         answer_thread, callback, user_data);
}

YmSecret *
ym_escrow_take_answer_finish (GAsyncResult *result, gint64 *wait_us, GError **error)
{
  *wait_us = ((Job *) g_task_get_task_data (G_TASK (result)))->wait_us;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autofree char *path = g_file_get_path (job->file);
  GError *error = NULL;
  gsize length;
  gconstpointer bytes = g_bytes_get_data (job->bytes, &length);

  if (g_file_set_contents_full (path, bytes, (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
ym_escrow_write (GFile *file, GBytes *bytes, GAsyncReadyCallback callback, gpointer user_data)
{
  start (&(const Job){ .file = g_object_ref (file), .bytes = g_bytes_ref (bytes) }, write_thread, callback, user_data);
}

gboolean
ym_escrow_write_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
