/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TLS keys and how they are named. If these failed, devices would be pinned to the wrong thing, or the
 * server's private key would lie open. */

#include "sync/server/tls.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/base/error.h"
#include "sync/server/notify.h"
#include "sync/transport/spki.h"

/* Made by: openssl req -x509 -newkey ed25519 -nodes -subj /CN=x */
static const char certificate_base64[]
  = "MIIBLjCB4aADAgECAhQHM+hFYrbkeK00PrgIHkLedcHRcTAFBgMrZXAwDDEKMAgGA1UEAwwBeDAgFw0yNjExMjIxNTIzMDRa"
    "GA8yMTI2MTAyOTE1MjMwNFowDDEKMAgGA1UEAwwBeDAqMAUGAytlcAMhAIGeQWFRd99s0zUnupBPT8LMZgDcmgKM1/GybjmI"
    "m03To1MwUTAdBgNVHQ4EFgQUfxFBpkT0L5cxKefjLKyRkohgeDYwHwYDVR0jBBgwFoAUfxFBpkT0L5cxKefjLKyRkohgeDYw"
    "DwYDVR0TAQH/BAUwAwEB/zAFBgMrZXADQQD1gnTU/nHxoHxlrNQbzMx/3FyKplX5Q9C0qo9muT4nXrZCMdN8RRRQiFV9Fzp6"
    "SOhBiD3Yb6OWd007YlYxCJkI";

/* By: openssl x509 -pubkey -noout | openssl pkey -pubin -outform DER | sha256sum */
static const char certificate_key[] = "73d17e4f8e4ff176924c803e55207aa0bf059ee3e2973a682717e7db9201f38b";

/* Broken: a key's name would not be the one that other programs compute. */
static void
test_key_hash_is_the_usual_one (void)
{
  gsize length;
  g_autofree guchar *der = g_base64_decode (certificate_base64, &length);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  YmHash hash;

  g_assert_true (ym_spki_hash (der, length, &hash, &error));
  text = ym_hash_to_string (&hash);
  g_assert_cmpstr (text, ==, certificate_key);
  for (gsize cut = 0; cut < length; cut += 7)
    {
      g_clear_error (&error);
      g_assert_false (ym_spki_hash (der, cut, &hash, &error));
      g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
    }
}

typedef struct {
  char *folder, *key, *certificate;
} Files;

static void
files_begin (Files *files)
{
  files->folder = g_dir_make_tmp ("ymweld-tls-XXXXXX", NULL);
  files->key = g_build_filename (files->folder, "key.pem", NULL);
  files->certificate = g_build_filename (files->folder, "certificate.pem", NULL);
}

static void
files_end (Files *files)
{
  g_unlink (files->key);
  g_unlink (files->certificate);
  g_rmdir (files->folder);
  g_free (files->key);
  g_free (files->certificate);
  g_free (files->folder);
}

/* Broken: the private key could be read by others, or an `init` typed twice would replace it. */
static void
test_make (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmTls) tls = NULL;
  GStatBuf status;
  Files files;

  files_begin (&files);
  g_assert_true (ym_tls_make (files.key, files.certificate, "ymweld.example", g_get_real_time (), &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (files.key, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  tls = ym_tls_load (files.key, files.certificate, &error);
  g_assert_no_error (error);
  g_assert_false (ym_tls_make (files.key, files.certificate, "ymweld.example", g_get_real_time (), &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_true (ym_tls_reload (tls, &error)); /* nothing was overwritten */

  g_unlink (files.key); /* the certificate alone is in the way */
  g_assert_false (ym_tls_make (files.key, files.certificate, "ymweld.example", g_get_real_time (), &error));
  g_assert_false (g_file_test (files.key, G_FILE_TEST_EXISTS));
  files_end (&files);
}

/* Broken: a server would start with a key and a certificate that don't belong together, and every
 * handshake would fail. */
static void
test_load_says_what_is_wrong (void)
{
  g_autoptr (GError) error = NULL;
  Files one, two;

  files_begin (&one);
  files_begin (&two);
  g_assert_true (ym_tls_make (one.key, one.certificate, "one", g_get_real_time (), NULL));
  g_assert_true (ym_tls_make (two.key, two.certificate, "two", g_get_real_time (), NULL));
  g_assert_null (ym_tls_load (one.key, two.certificate, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_null (ym_tls_load (one.certificate, one.certificate, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_null (ym_tls_load (one.key, one.key, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_null (ym_tls_load (one.folder, one.certificate, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NOT_FOUND);
  files_end (&one);
  files_end (&two);
}

/* Broken: systemd would think that the server never came up, and end it. */
static void
test_notify (void)
{
  g_autofree char *folder = g_dir_make_tmp ("ymweld-notify-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "notify", NULL);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_autoptr (GError) error = NULL;
  char state[64] = "";
  int manager = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (manager, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_unsetenv ("NOTIFY_SOCKET");
  g_assert_true (ym_notify ("READY=1", &error));
  g_setenv ("NOTIFY_SOCKET", path, TRUE);
  g_assert_true (ym_notify ("READY=1", &error));
  g_assert_no_error (error);
  g_assert_cmpint (recv (manager, state, sizeof state - 1, 0), ==, strlen ("READY=1"));
  g_assert_cmpstr (state, ==, "READY=1");
  close (manager);
  g_unlink (path);
  g_assert_false (ym_notify ("READY=1", &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NETWORK);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/tls/key-hash-is-the-usual-one", test_key_hash_is_the_usual_one);
  g_test_add_func ("/sync/tls/make", test_make);
  g_test_add_func ("/sync/tls/load-says-what-is-wrong", test_load_says_what_is_wrong);
  g_test_add_func ("/sync/tls/notify", test_notify);
  return g_test_run ();
}
