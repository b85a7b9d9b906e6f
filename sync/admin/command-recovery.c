/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The force's recovery key: making it, and opening a tablet whose officer has forgotten the passphrase. */

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "app/base/error.h"
#include "app/base/prompt.h"
#include "app/journal/tables.h"
#include "app/rules/civil.h"
#include "app/vault/escrow-format.h"
#include "app/vault/recovery-key.h"
#include "sync/admin/certify.h"
#include "sync/admin/command.h"

#define LONGEST_LINE 256

static char *
recovery_path (const YmArguments *arguments)
{
  return arguments->recovery_key != NULL ? g_strdup (arguments->recovery_key)
                                         : g_build_filename (arguments->directory, "recovery-key", NULL);
}

/* The key in the file, made now if there is none: so what was cut between the file and its certificate is taken up. */
static gboolean
make_or_open (YmTask *task, const char *path, guint8 public_key[YM_BOX_PUBLIC_KEY_BYTES], GError **error)
{
  const char *file = task->arguments->recovery_passphrase_file;
  g_autoptr (YmSecret) passphrase = NULL;
  g_autoptr (YmSecret) secret = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      passphrase = ym_command_choose_passphrase (file, _ ("Choose a passphrase for the recovery key"), error);
      return passphrase != NULL && ym_recovery_key_make (path, passphrase, task->options, public_key, error);
    }
  passphrase = ym_prompt_passphrase (file, _ ("Passphrase of the recovery key"), error);
  secret = passphrase != NULL ? ym_recovery_key_open (path, passphrase, task->options, public_key, error) : NULL;
  return secret != NULL;
}

gboolean
ym_command_recovery_key (YmTask *task, GError **error)
{
  g_autofree char *path = recovery_path (task->arguments);
  guint8 public_key[YM_BOX_PUBLIC_KEY_BYTES];

  if (!make_or_open (task, path, public_key, error)
      || !ym_certify_recovery_key (task->office, public_key, error))
    return FALSE;
  g_print (_ ("The recovery key is %s, and the root key has certified it.\n"
              "Keep it and its passphrase apart from each other: with both, every tablet that is brought can be read.\n"),
           path);
  return TRUE;
}

static YmEscrowRequest *
read_request (const char *path, GError **error)
{
  g_autofree char *data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, error))
    return NULL;
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  return ym_escrow_request_decode (bytes, error);
}

/* Whose tablet it is that asks, and that it may. */
static YmRecord *
find_device (YmTask *task, const YmEscrowRequest *request, GError **error)
{
  sqlite3 *db = ym_journal_get_db (task->office->journal);
  g_autoptr (GError) missing = NULL;
  g_autoptr (YmRecord) device = ym_tables_find (db, ym_form (YM_FORM_DEVICE), &request->slot.device, &missing);
  gint64 revoked;

  if (device == NULL && g_error_matches (missing, YM_ERROR, YM_ERROR_NOT_FOUND))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                           _ ("This request is not of a device that the force has certified. Nothing was opened."));
      return NULL;
    }
  if (device == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return NULL;
    }
  if (!ym_sql_integer (db, &revoked, error, "SELECT count(*) FROM revocation WHERE device = ?", "d", &device->id))
    return NULL;
  if (revoked == 0)
    return g_steal_pointer (&device);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_AUTHORITY,
                       _ ("This device is revoked. Nothing was opened; find out who has it."));
  return NULL;
}

static void
print_device (YmTask *task, const YmRecord *device, const char *fingerprint)
{
  sqlite3 *db = ym_journal_get_db (task->office->journal);
  const char *name = ym_record_get_text (device, YM_DEVICE_NAME);
  g_autofree char *since = ym_instant_to_london_string (ym_record_get_integer (device, YM_DEVICE_ENROLLED_AT, 0));
  g_autoptr (YmRecord) officer = NULL;
  YmId id;

  if (ym_record_get_id (device, YM_DEVICE_OFFICER, &id))
    officer = ym_tables_find (db, ym_form (YM_FORM_OFFICER), &id, NULL);
  g_print (_ ("Device:       %s, enrolled %s\n"), name == NULL ? "-" : name, since);
  if (officer != NULL)
    g_print (_ ("Officer:      %s %s\n"), ym_record_get_text (officer, YM_OFFICER_COLLAR_NO),
             ym_record_get_text (officer, YM_OFFICER_NAME));
  g_print (_ ("Fingerprint:  %s\n"), fingerprint);
}

static gboolean
read_line (char *line, GError **error)
{
  if (fgets (line, LONGEST_LINE, stdin) != NULL)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("Nobody confirmed the fingerprint. Give it with --fingerprint where there is no terminal."));
  return FALSE;
}

/* Typed, not nodded through: who swaps the file for one of their own counts on a nod. */
static gboolean
confirm (YmTask *task, const YmEscrowRequest *request, GError **error)
{
  const char *typed = task->arguments->fingerprint;
  char line[LONGEST_LINE];

  if (typed == NULL)
    {
      g_print (_ ("See the officer, or ring them up on a number that you know. Type the fingerprint as their device shows it: "));
      fflush (stdout);
      if (!read_line (line, error))
        return FALSE;
      typed = line;
    }
  if (ym_escrow_fingerprint_matches (&request->hash, typed))
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_SIGNATURE,
                       _ ("The fingerprint is not the one of this file: it is not what the officer's device wrote. Nothing was "
                          "opened; have the request made again and brought to you directly."));
  return FALSE;
}

static YmSecret *
open_slot (YmTask *task, const YmEscrowRequest *request, GError **error)
{
  const YmArguments *arguments = task->arguments;
  g_autofree char *path = recovery_path (arguments);
  g_autoptr (YmSecret) passphrase
      = ym_prompt_passphrase (arguments->recovery_passphrase_file, _ ("Passphrase of the recovery key"), error);
  g_autoptr (YmSecret) secret = NULL;
  guint8 public_key[YM_BOX_PUBLIC_KEY_BYTES];
  YmSecret *storage;

  if (passphrase == NULL)
    return NULL;
  secret = ym_recovery_key_open (path, passphrase, task->options, public_key, error);
  if (secret == NULL)
    return NULL;
  if (memcmp (public_key, request->slot.recovery_key, sizeof public_key) != 0)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("The device's keys are in escrow for another recovery key. Give its file with --recovery-key."));
      return NULL;
    }
  storage = ym_escrow_slot_open (&request->slot, &request->store_id, secret);
  if (storage == NULL)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_SIGNATURE,
                         _ ("The request was altered: what it holds is not what a device put into escrow. Nothing was opened."));
  return storage;
}

/* Before the answer leaves: the officer hears of it, whatever becomes of the answer. */
static gboolean
log_opening (YmTask *task, const YmRecord *device, const char *fingerprint, GError **error)
{
  YmOffice *office = task->office;
  YmId id = ym_id_random (office->options.random);
  g_autoptr (YmRecord) opening
      = ym_record_new (ym_form (YM_FORM_ESCROW_OPENING), ym_journal_get_force (office->journal), &id);
  YmId officer;

  ym_record_set_id (opening, YM_ESCROW_OPENING_DEVICE, &device->id);
  if (ym_record_get_id (device, YM_DEVICE_OFFICER, &officer))
    ym_record_set_id (opening, YM_ESCROW_OPENING_OFFICER, &officer);
  ym_record_set_text (opening, YM_ESCROW_OPENING_REQUEST, fingerprint);
  ym_record_set_text (opening, YM_ESCROW_OPENING_REASON, task->arguments->reason);
  ym_record_set_integer (opening, YM_ESCROW_OPENING_AT, ym_clock_wall_us (office->options.clock));
  return ym_office_write (office, &office->administrator, "escrow.open", NULL, opening, error);
}

static gboolean
write_answer (YmTask *task, const YmEscrowRequest *request, const YmSecret *storage, GError **error)
{
  g_autoptr (GBytes) answer = ym_escrow_answer_encode (request, storage, task->options->random);
  gsize length;
  gconstpointer data;

  if (answer == NULL)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_SIGNATURE,
                           _ ("The request was altered: what it holds is not what a device put into escrow. Nothing was opened."));
      return FALSE;
    }
  data = g_bytes_get_data (answer, &length);
  return g_file_set_contents_full (task->arguments->answer, data, (gssize) length, G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}

gboolean
ym_command_recover (YmTask *task, GError **error)
{
  const YmArguments *arguments = task->arguments;
  g_autoptr (YmEscrowRequest) request = NULL;
  g_autoptr (YmRecord) device = NULL;
  g_autoptr (YmSecret) storage = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *id = NULL;

  if (!ym_command_require (arguments->answer, "answer", error) || !ym_command_require (arguments->reason, "reason", error))
    return FALSE;
  request = read_request (task->words[0], error);
  device = request != NULL ? find_device (task, request, error) : NULL;
  if (device == NULL)
    return FALSE;
  fingerprint = ym_escrow_fingerprint (&request->hash);
  print_device (task, device, fingerprint);
  if (!confirm (task, request, error))
    return FALSE;
  storage = open_slot (task, request, error);
  if (storage == NULL || !log_opening (task, device, fingerprint, error)
      || !write_answer (task, request, storage, error))
    return FALSE;
  id = ym_id_to_string (&device->id);
  g_print (_ ("The answer is %s. It opens this one device with the passphrase that the officer chose, and nothing else.\n"
              "The opening is on record; “ymweld-admin sync” tells the server, and with it the officer.\n"
              "The device gets a new key: enrol it again with a new code. When its old records have come in, end the old\n"
              "certificate: ymweld-admin revoke %s\n"),
           arguments->answer, id);
  return TRUE;
}
