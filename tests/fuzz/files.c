/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies in a file: spreadsheets, and the small files beside the vault. */

#include <string.h>

#include "app/base/error.h"
#include "app/forms/csv.h"
#include "app/forms/fields.h"
#include "app/forms/text.h"
#include "app/vault/head.h"
#include "app/vault/keyring-format.h"
#include "app/vault/keys.h"
#include "tests/fuzz/target.h"

static void
add_text (GPtrArray *inputs, const char *text)
{
  g_ptr_array_add (inputs, g_bytes_new (text, strlen (text)));
}

static void
seed_csv (GPtrArray *inputs)
{
  add_text (inputs, "home,received_at,reason\r\nSC001,2026-03-14 15:09,missing\r\n");
  add_text (inputs, "\xef\xbb\xbfsep=;\n\"home\";\"note\"\nSC001;\"T\xc5\xb7 \"\"Glas\"\", \nMaes\"\n;;\n");
  add_text (inputs, "a\tb\tc\r1\t2\r=1+1\t\"x\ty\"\t\r");
}

/* Every form's every field is asked what it makes of @text; what is read must read back the same. */
static void
read_by_every_field (const char *text)
{
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    for (guint j = 0; j < forms[i]->n_fields; j++)
      {
        const YmField *field = &forms[i]->fields[j];
        g_auto (YmValue) value = YM_VALUE_INIT, again = YM_VALUE_INIT;
        g_autofree char *wrong = ym_field_read (field, text, 20526, &value);
        g_autofree char *written = NULL, *wrong_again = NULL;

        if (wrong != NULL)
          {
            g_assert_true (g_utf8_validate (wrong, -1, NULL));
            continue;
          }
        written = ym_field_write (field, &value);
        wrong_again = ym_field_read (field, written, YM_DAY_NONE, &again);
        g_assert_null (wrong_again);
        g_assert_true (ym_value_equal (&value, &again));
      }
}

static gboolean
run_csv (GBytes *input)
{
  g_autoptr (YmCsv) csv = ym_csv_parse (input, NULL);
  g_autofree char *report = NULL;

  if (csv == NULL)
    return FALSE;
  for (guint row = 0; row < MIN (ym_csv_n_rows (csv), 4); row++)
    for (guint column = 0; column < MIN (ym_csv_n_columns (csv), 4); column++)
      read_by_every_field (ym_csv_get_at (csv, row, column));
  report = ym_csv_report (csv);
  g_assert_true (g_utf8_validate (report, -1, NULL));
  return ym_csv_n_errors (csv) == 0;
}

static guint64
count_up (gpointer context)
{
  return ++*(guint64 *) context;
}

static void
fill (gpointer context, guint8 *buffer, gsize length)
{
  for (gsize i = 0; i < length; i++)
    buffer[i] = count_up (context);
}

static void
seed_keyring (GPtrArray *inputs)
{
  guint64 count = 0;
  const YmRandom random = { fill, &count };
  g_autoptr (YmSecret) key = ym_secret_new (32);
  g_autoptr (YmKeys) keys = ym_keys_new (&random);
  g_autoptr (YmKeyring) keyring = ym_keyring_new (&keys->store_id);

  ym_keyring_put_slot (keyring, YM_SLOT_KEY_FILE, ym_slot_wrap_key (&keys->store_id, key, keys->keyring_key, &random));
  ym_keyring_seal_keys (keyring, keys, &random);
  g_ptr_array_add (inputs, ym_keyring_serialize (keyring));
}

/* The file ends in a SHA-256 without a key, which any writer can make: it is made right here, to come further. */
static GBytes *
with_checksum (GBytes *input)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (input, &size);
  guint8 *copy;
  YmHash hash;

  if (size < YM_HASH_BYTES)
    return g_bytes_ref (input);
  copy = g_memdup2 (data, size);
  hash = ym_hash_of (copy, size - YM_HASH_BYTES);
  memcpy (copy + size - YM_HASH_BYTES, hash.bytes, YM_HASH_BYTES);
  return g_bytes_new_take (copy, size);
}

static gboolean
run_keyring (GBytes *input)
{
  g_autoptr (GBytes) whole = with_checksum (input);
  g_autoptr (YmKeyring) keyring = ym_keyring_parse (whole, NULL);
  g_autoptr (YmSecret) key = ym_secret_new (32);
  g_autoptr (YmKeys) keys = NULL;
  g_autoptr (GBytes) again = NULL;

  if (keyring == NULL)
    return FALSE;
  again = ym_keyring_serialize (keyring);
  g_assert_true (g_bytes_equal (whole, again));
  for (guint i = 0; i < keyring->slots->len; i++)
    {
      const YmSlot *slot = &g_array_index (keyring->slots, YmSlot, i);
      g_autoptr (YmSecret) opened = NULL;

      if (slot->type == YM_SLOT_PASSPHRASE)
        ym_slot_get_cost (slot->body);
      else if (slot->type == YM_SLOT_KEY_FILE)
        opened = ym_slot_unwrap_key (&keyring->store_id, key, slot->body, NULL);
      if (opened != NULL && keys == NULL)
        keys = ym_keyring_open_keys (keyring, opened);
    }
  return keys != NULL;
}

/* A directory whose every file is `contents`. */
static GBytes *
read_contents (gpointer context, const char *path, gsize limit, GError **error)
{
  GBytes **contents = context;

  if (*contents != NULL)
    return g_bytes_ref (*contents);
  g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND, "Nothing is at %s.", path);
  return NULL;
}

static gboolean
overwrite_contents (gpointer context, const char *path, gint64 offset, gconstpointer data, gsize length, GError **error)
{
  GBytes **contents = context;
  gsize had = *contents == NULL ? 0 : g_bytes_get_size (*contents);
  gsize size = MAX (had, (gsize) offset + length);
  guint8 *copy = g_malloc0 (size);

  if (had > 0)
    memcpy (copy, g_bytes_get_data (*contents, NULL), had);
  memcpy (copy + offset, data, length);
  g_clear_pointer (contents, g_bytes_unref);
  *contents = g_bytes_new_take (copy, size);
  return TRUE;
}

static gboolean
write_contents (gpointer context, const char *path, gconstpointer data, gsize length, GError **error)
{
  g_clear_pointer ((GBytes **) context, g_bytes_unref);
  return overwrite_contents (context, path, 0, data, length, error);
}

static gboolean
succeed (gpointer context, const char *path, GError **error)
{
  return TRUE;
}

static gboolean
rename_nothing (gpointer context, const char *from, const char *to, GError **error)
{
  return TRUE;
}

static YmFiles
files_of (GBytes **contents)
{
  return (YmFiles){ .read = read_contents,
                    .write_synced = write_contents,
                    .overwrite_synced = overwrite_contents,
                    .rename = rename_nothing,
                    .sync_directory = succeed,
                    .context = contents };
}

/* Both records of the head. */
static void
seed_head (GPtrArray *inputs)
{
  guint64 count = 0;
  const YmRandom random = { fill, &count };
  const YmId store = { .bytes = { 0 } };
  YmHead head = { .sequence = 3, .entry_count = 17 };
  g_autoptr (YmSecret) key = ym_secret_new (32);
  GBytes *contents = NULL;
  const YmFiles files = files_of (&contents);
  YmHeadFile file = { .files = &files, .directory = "/", .store_id = &store, .key = key, .random = &random };

  g_assert_true (ym_head_seal (&file, &head, NULL));
  g_assert_true (ym_head_seal (&file, &head, NULL));
  g_ptr_array_add (inputs, contents);
}

static gboolean
run_head (GBytes *input)
{
  const YmId store = { .bytes = { 0 } };
  g_autoptr (YmSecret) key = ym_secret_new (32);
  const YmFiles files = files_of (&input);
  YmHeadFile file = { .files = &files, .directory = "/", .store_id = &store, .key = key };
  YmHead head;

  return ym_head_read (&file, &head, NULL);
}

const FuzzTarget fuzz_file_targets[] = {
  { "csv", seed_csv, run_csv },
  { "keyring", seed_keyring, run_keyring },
  { "head", seed_head, run_head },
  { NULL },
};
