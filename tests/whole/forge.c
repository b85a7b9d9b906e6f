/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A dishonest device: it has a certified key and an officer's passphrase, and writes what our own programs never would.
 * The server has to see it, because nobody can make a device honest.
 *
 * usage: forge STORE PASSPHRASE-FILE outside REGISTRATION-NO TEXT   a contact with a home that is not the officer's
 *        forge STORE PASSPHRASE-FILE fixed VISIT TEXT               a change to a signed-off visit
 *        forge STORE PASSPHRASE-FILE tamper                         one byte of the last envelope that was not sent
 *        forge STORE PASSPHRASE-FILE weaken                         the least key derivation, so that tests open it fast
 *
 * Prints the record's id.
 */

#include "app/base/prompt.h"
#include "app/journal/journal-private.h"
#include "app/journal/tables.h"
#include "app/notebook/save.h"
#include "app/vault/keyring-files.h"

#include <sodium.h>
#include <string.h>

typedef struct {
  const char *what;
  const char *home;
  const char *text;
  YmId id;
} Forgery;

/* Signed by the device and kept as if it were good, whatever the rules say. */
static gboolean
sign_and_keep (YmDesk *desk, YmEnvelope *envelope, YmChangeSet *change_set, GError **error)
{
  const YmPlacement pending = { .placed = FALSE };
  const YmId *author = &desk->author.device;
  g_autoptr (GBytes) encoded = ym_change_set_encode (change_set, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YmArrival) arrival = NULL;
  g_autoptr (sqlite3_stmt) end = ym_sql_prepare (
      desk->db, error, "SELECT chain, sequence, hash FROM chain WHERE author = ? AND current", "d", author);

  if (encoded == NULL || end == NULL || ym_sql_step (end, error) != YM_SQL_ROW)
    return FALSE;
  envelope->author = *author;
  envelope->chain = ym_sql_column_id (end, 0);
  envelope->sequence = (guint64) sqlite3_column_int64 (end, 1) + 1;
  envelope->previous = ym_sql_column_hash (end, 2);
  envelope->group = ym_id_random (desk->random);
  envelope->group_count = 1;
  envelope->wall_us = ym_clock_wall_us (desk->clock);
  envelope->boot_us = (guint64) ym_clock_boot_us (desk->clock);
  envelope->schema = YM_SCHEMA_VERSION;
  ym_envelope_set_change_set (envelope, encoded);
  bytes = ym_envelope_seal (envelope, ym_journal_get_force (desk->journal), &desk->author.signer, error);
  arrival = bytes != NULL ? ym_arrival_decode (bytes, encoded, error) : NULL;
  return arrival != NULL && ym_journal_keep (desk->journal, arrival, &pending, YM_REASON_NONE, error);
}

static gboolean
write_outside (YmDesk *desk, Forgery *forgery, GError **error)
{
  YmId home = ym_id_from_key (ym_journal_get_force (desk->journal), "home", forgery->home);
  g_autoptr (YmRecord) contact = ym_desk_new_record (desk, ym_form (YM_FORM_CONTACT), &home);
  const YmChange change = { NULL, contact };

  ym_record_set_integer (contact, YM_CONTACT_AT, ym_clock_wall_us (desk->clock));
  ym_record_set_integer (contact, YM_CONTACT_HOW, 1);
  ym_record_set_text (contact, YM_CONTACT_WITH_WHOM, "Nobody");
  ym_record_set_text (contact, YM_CONTACT_NOTE, forgery->text);
  forgery->id = contact->id;
  return ym_journal_write (desk->journal, &desk->author, "contact.save", &contact->id, &change, 1, error);
}

static gboolean
write_fixed (YmDesk *desk, Forgery *forgery, GError **error)
{
  g_autoptr (YmRecord) visit = NULL;
  g_autoptr (YmChangeSet) change_set = ym_change_set_new (desk->random);
  YmOperation *operation;
  YmEnvelope envelope = { .stream_class = YM_CLASS_ORDINARY };
  g_auto (YmValue) text = ym_value_text (forgery->text);

  if (!ym_id_parse (forgery->home, &forgery->id))
    return FALSE;
  visit = ym_tables_find (desk->db, ym_form (YM_FORM_VISIT), &forgery->id, error);
  if (visit == NULL)
    return FALSE;
  operation = ym_operation_new (YM_FORM_VISIT, YM_OPERATION_UPDATE, &visit->id);
  ym_operation_set (operation, YM_VISIT_NOTES, ym_record_get (visit, YM_VISIT_NOTES), &text);
  ym_change_set_add (change_set, operation);
  envelope.scope = visit->scope;
  envelope.subject = visit->id;
  return ym_envelope_set_intent (&envelope, "visit.edit") && sign_and_keep (desk, &envelope, change_set, error);
}

static gboolean
tamper (YmDesk *desk, Forgery *forgery, GError **error)
{
  g_autoptr (sqlite3_stmt) last = ym_sql_prepare (
      desk->db, error, "SELECT entry, body, subject FROM envelope WHERE position IS NULL ORDER BY entry DESC LIMIT 1", "");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) altered = NULL;
  guint8 *data;
  gsize length;

  if (last == NULL || ym_sql_step (last, error) != YM_SQL_ROW)
    return FALSE;
  body = ym_sql_column_bytes (last, 1);
  forgery->id = ym_sql_column_id (last, 2);
  data = g_memdup2 (g_bytes_get_data (body, &length), g_bytes_get_size (body));
  data[length - 1] ^= 1; /* the signature's last byte */
  altered = g_bytes_new_take (data, length);
  return ym_sql_execute (desk->db, error, "UPDATE envelope SET body = ? WHERE entry = ?", "bi", altered,
                         sqlite3_column_int64 (last, 0));
}

static gboolean
forge (YmDesk *desk, Forgery *forgery, GError **error)
{
  static const struct {
    const char *what;
    gboolean (*write) (YmDesk *desk, Forgery *forgery, GError **error);
  } forgeries[] = { { "outside", write_outside }, { "fixed", write_fixed }, { "tamper", tamper } };

  for (guint i = 0; i < G_N_ELEMENTS (forgeries); i++)
    if (g_str_equal (forgeries[i].what, forgery->what))
      return forgeries[i].write (desk, forgery, error);
  return FALSE;
}

static gpointer
work (YmDesk *desk, gpointer data, GError **error)
{
  if (!ym_journal_begin (desk->journal, error))
    return NULL;
  if (forge (desk, data, error))
    return ym_journal_commit (desk->journal, error) ? data : NULL;
  ym_journal_rollback (desk->journal);
  return NULL;
}

/* Our own programs only ever raise what a passphrase costs; a slot of the least cost they leave as it is. */
static gboolean
weaken (const char *directory, const YmSecret *passphrase, GError **error)
{
  YmStoreOptions options = ym_store_options_default ();
  g_autoptr (YmKeyringCopies) copies = ym_keyring_files_read (directory, &options, error);
  YmKeyring *keyring = copies != NULL ? copies->newest : NULL;
  const YmSlot *slot = keyring != NULL ? ym_keyring_find_slot (keyring, YM_SLOT_PASSPHRASE) : NULL;
  g_autoptr (YmSecret) key
      = slot != NULL ? ym_slot_unwrap_passphrase (&keyring->store_id, passphrase, slot->body, error) : NULL;
  g_autoptr (YmKeys) keys = key != NULL ? ym_keyring_open_keys (keyring, key) : NULL;
  GBytes *cheap;

  if (keys == NULL)
    return FALSE;
  keys->keyring_key = g_steal_pointer (&key);
  cheap = ym_slot_wrap_passphrase (&keyring->store_id, passphrase, crypto_pwhash_OPSLIMIT_MIN,
                                   crypto_pwhash_MEMLIMIT_MIN, keys->keyring_key, options.random, error);
  if (cheap == NULL)
    return FALSE;
  ym_keyring_put_slot (keyring, YM_SLOT_PASSPHRASE, cheap);
  keyring->generation++;
  ym_keyring_seal_keys (keyring, keys, options.random);
  return ym_keyring_files_write (directory, keyring, &options, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmSecret) passphrase = argc > 3 ? ym_prompt_passphrase (argv[2], "Passphrase", &error) : NULL;
  Forgery forgery = { .what = argc > 3 ? argv[3] : "", .home = argc > 4 ? argv[4] : "", .text = argc > 5 ? argv[5] : "" };
  YmStoreOptions options = ym_store_options_default ();
  g_autoptr (YmNotebook) notebook = NULL;
  g_autofree char *id = NULL;
  gboolean done;

  if (passphrase != NULL && g_str_equal (forgery.what, "weaken"))
    done = weaken (argv[1], passphrase, &error);
  else
    {
      notebook = passphrase != NULL ? ym_notebook_open (argv[1], passphrase, &options, &error) : NULL;
      done = notebook != NULL && ym_notebook_run (notebook, YM_LANE_WRITE, work, &forgery, &error) != NULL;
    }
  if (!done)
    {
      g_printerr ("forge: %s\n", error != NULL ? error->message : "nothing was forged");
      return 1;
    }
  id = ym_id_to_string (&forgery.id);
  g_print ("%s\n", id);
  return 0;
}
