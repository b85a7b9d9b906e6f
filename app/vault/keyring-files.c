/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keyring twice, in two files: one bad sector must not lose the keys to everything. The one of the higher
 * generation is the keyring; the other serves only if that one is damaged or missing. Both are written before a
 * change is reported, so an older one beside a newer is left by a power cut alone and goes with the next unlock. */

#include "app/vault/keyring-files.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/vault/keyring.h"

#define MOST_FILE_BYTES 65536

static const char *const names[] = { YM_KEYRING_FILE, YM_KEYRING_SECOND_FILE };

static GBytes *
read_file (const char *directory, const char *name, const YmStoreOptions *options, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  return options->files->read (options->files->context, path, MOST_FILE_BYTES, error);
}

gboolean
ym_keyring_files_exist (const char *directory, const YmStoreOptions *options)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = read_file (directory, names[i], options, &error);

      if (bytes != NULL || !g_error_matches (error, YM_ERROR, YM_ERROR_NOT_FOUND))
        return TRUE;
    }
  return FALSE;
}

void
ym_keyring_copies_free (YmKeyringCopies *copies)
{
  if (copies == NULL)
    return;
  ym_keyring_free (copies->newest);
  ym_keyring_free (copies->other);
  for (gsize i = 0; i < G_N_ELEMENTS (copies->found); i++)
    g_clear_pointer (&copies->found[i], g_bytes_unref);
  g_free (copies);
}

static YmKeyring *
read_copy (const char *directory, const char *name, const YmStoreOptions *options, GBytes **found, GError **error)
{
  *found = read_file (directory, name, options, error);
  return *found != NULL ? ym_keyring_parse (*found, error) : NULL;
}

/* A newer program's file is not to be written over, and damage says more than absence. */
static void
propagate_worse (GError **error, GError *first, GError *second)
{
  gboolean use_second = g_error_matches (second, YM_ERROR, YM_ERROR_NEWER)
                        || (g_error_matches (first, YM_ERROR, YM_ERROR_NOT_FOUND));

  g_propagate_error (error, use_second ? second : first);
  g_error_free (use_second ? first : second);
}

YmKeyringCopies *
ym_keyring_files_read (const char *directory, const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmKeyringCopies) copies = g_new0 (YmKeyringCopies, 1);
  YmKeyring *keyrings[G_N_ELEMENTS (names)];
  GError *errors[G_N_ELEMENTS (names)] = { NULL, NULL };
  gboolean second_is_newer;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    keyrings[i] = read_copy (directory, names[i], options, &copies->found[i], &errors[i]);
  second_is_newer = keyrings[1] != NULL
                    && (keyrings[0] == NULL || keyrings[1]->generation > keyrings[0]->generation);
  copies->newest = keyrings[second_is_newer];
  copies->other = keyrings[!second_is_newer];
  if (copies->newest == NULL)
    {
      propagate_worse (error, errors[0], errors[1]);
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_error_matches (errors[i], YM_ERROR, YM_ERROR_NEWER))
      {
        g_propagate_error (error, errors[i]);
        return NULL;
      }
  g_clear_error (&errors[0]);
  g_clear_error (&errors[1]);
  if (copies->found[0] != NULL && copies->found[1] != NULL && g_bytes_equal (copies->found[0], copies->found[1]))
    g_clear_pointer (&copies->other, ym_keyring_free);
  return g_steal_pointer (&copies);
}

gboolean
ym_keyring_files_write (const char *directory, const YmKeyring *keyring, const YmStoreOptions *options,
                        GError **error)
{
  g_autoptr (GBytes) bytes = ym_keyring_serialize (keyring);
  const YmFileCopy copies[] = { { names[0], bytes }, { names[1], bytes } };

  return ym_files_replace_all (options->files, directory, copies, G_N_ELEMENTS (copies), error);
}

void
ym_keyring_files_repair (const char *directory, const YmKeyringCopies *copies, const YmKeyring *keyring,
                         const YmStoreOptions *options)
{
  g_autoptr (GBytes) bytes = ym_keyring_serialize (keyring);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      if (copies->found[i] != NULL && g_bytes_equal (copies->found[i], bytes))
        continue;
      /* A disk that is full now may have room at the next unlock; what opened the store is there. */
      if (!ym_files_replace_all (options->files, directory, &(YmFileCopy){ names[i], bytes }, 1, &error))
        return;
    }
}
