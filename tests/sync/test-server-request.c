/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file in which a new server asks to be certified. */

#include "app/base/error.h"
#include "sync/exchange/server-request.h"

static const guint8 signing_key[32] = { 1 };
static const guint8 sealing_key[32] = { 2 };
static const YmHash tls_key = { { 3 } };

/* Broken: the administrator certifies other keys than the server has. */
static void
test_round_trip (void)
{
  g_autoptr (YmServerRequest) request
      = ym_server_request_new ("https://ymweld.example:8443", signing_key, sealing_key, &tls_key);
  g_autoptr (YmServerRequest) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ym_server_request_encode (request, &error);

  g_assert_no_error (error);
  read = ym_server_request_decode (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->address, ==, "https://ymweld.example:8443");
  g_assert_cmpmem (read->signing_key, 32, signing_key, 32);
  g_assert_cmpmem (read->sealing_key, 32, sealing_key, 32);
  g_assert_true (ym_hash_equal (&read->tls_key, &tls_key));
}

/* Broken: a request is written that nobody can read, or that no device could follow. */
static void
test_bad_address (void)
{
  g_autofree char *long_address = g_strnfill (YM_SERVER_ADDRESS_MAX_BYTES + 1, 'a');
  const char *const addresses[] = { "", long_address, "\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (YmServerRequest) request
          = ym_server_request_new (addresses[i], signing_key, sealing_key, &tls_key);
      g_autoptr (GError) error = NULL;

      g_assert_null (ym_server_request_encode (request, &error));
      g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
    }
}

/* Broken: a file that was cut, changed or made for something else is taken for a request. */
static void
test_hostile_bytes (void)
{
  g_autoptr (YmServerRequest) request
      = ym_server_request_new ("https://ymweld.example", signing_key, sealing_key, &tls_key);
  g_autoptr (GBytes) bytes = ym_server_request_encode (request, NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree guint8 *newer = g_memdup2 (data, length);
  g_autoptr (GBytes) newer_bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize cut = 0; cut < length; cut++)
    {
      g_autoptr (GBytes) part = g_bytes_new (data, cut);

      g_assert_null (ym_server_request_decode (part, &error));
      g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
      g_clear_error (&error);
    }
  g_assert_cmphex (newer[2], ==, 1); /* map of 5, key 1, version */
  newer[2] = 2;
  newer_bytes = g_bytes_new (newer, length);
  g_assert_null (ym_server_request_decode (newer_bytes, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NEWER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server-request/round-trip", test_round_trip);
  g_test_add_func ("/server-request/bad-address", test_bad_address);
  g_test_add_func ("/server-request/hostile-bytes", test_hostile_bytes);
  return g_test_run ();
}
