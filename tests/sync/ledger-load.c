/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Devices for postgresql.py: a process each, that save visits and push them to one server after the other, whatever happens
 * to those.
 *
 *   ledger-load identity KEY FILE                the identity of the force, with a certificate for that server
 *   ledger-load devices KEY FOLDER SOCKET...     until SIGTERM; each device leaves what it was given receipts for, and
 *                                                what it has in the end
 *   ledger-load check KEY FOLDER URL LEDGER-KEY EXPORT
 *                                                holds that against what the database has, which goes to a file
 */

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sync/exchange/receipt.h"
#include "sync/server/verify.h"
#include "tests/sync/server-fixture.h"

#define PATIENCE_S 30
#define MOST_VISITS 400

static const int devices[] = { TEST_2000, TEST_2001, TEST_2002, TEST_2003 };
static volatile sig_atomic_t stopping;

static pid_t children[G_N_ELEMENTS (devices)]; /* in the parent */

static void
stop_cb (int number)
{
  stopping = 1;
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    if (children[i] > 0)
      kill (children[i], SIGTERM);
}

/* Servers that take turns, each behind its socket. */
typedef struct {
  char **sockets;
  guint next;
  guint failures;
} Balancer;

static int
connect_to (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  const struct timeval patience = { .tv_sec = 20 };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;
  close (fd);
  return -1;
}

static gboolean
send_all (int fd, gconstpointer data, gsize length)
{
  const char *from = data;

  while (length > 0)
    {
      ssize_t sent = send (fd, from, length, MSG_NOSIGNAL);

      if (sent < 0 && errno == EINTR)
        continue;
      if (sent <= 0)
        return FALSE;
      from += sent;
      length -= (gsize) sent;
    }
  return TRUE;
}

static GByteArray *
read_all (int fd)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 buffer[65536];
  ssize_t got;

  while ((got = read (fd, buffer, sizeof buffer)) > 0 || (got < 0 && errno == EINTR))
    if (got > 0)
      g_byte_array_append (bytes, buffer, (guint) got);
  return bytes;
}

/* An answer that is whole, or NULL: then nobody knows what became of the request. */
static GBytes *
parse_answer (GByteArray *bytes, guint *status)
{
  const char *end = bytes->len == 0 ? NULL : g_strstr_len ((char *) bytes->data, bytes->len, "\r\n\r\n");
  g_autofree char *header = end == NULL ? NULL : g_strndup ((char *) bytes->data, (gsize) (end - (char *) bytes->data));
  const char *length = header == NULL ? NULL : strcasestr (header, "content-length:");
  gsize body_length;

  *status = 0;
  if (length == NULL)
    return NULL;
  body_length = g_ascii_strtoull (length + strlen ("content-length:"), NULL, 10);
  if ((gsize) (end + 4 - (char *) bytes->data) + body_length != bytes->len)
    return NULL;
  *status = (guint) g_ascii_strtoull (header + strlen ("HTTP/1.1 "), NULL, 10);
  return *status == 200 ? g_bytes_new (end + 4, body_length) : NULL;
}

static GBytes *
post (gpointer context, const char *path, GBytes *request, guint *status)
{
  Balancer *balancer = context;
  const char *socket_path = balancer->sockets[balancer->next++ % g_strv_length (balancer->sockets)];
  gsize length;
  gconstpointer data = g_bytes_get_data (request, &length);
  g_autofree char *header
      = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: ledger\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n", path, length);
  g_autoptr (GByteArray) bytes = NULL;
  GBytes *answer;
  int fd = connect_to (socket_path);

  *status = 0;
  if (fd < 0)
    {
      balancer->failures++;
      g_usleep (20000);
      return NULL;
    }
  if (send_all (fd, header, strlen (header)) && send_all (fd, data, length))
    bytes = read_all (fd);
  close (fd);
  answer = bytes == NULL ? NULL : parse_answer (bytes, status);
  balancer->failures += answer == NULL;
  return answer;
}

/* Each receipt is a promise: written down as "author chain sequence position hash-of-last". */
static void
write_promises (const YmResponse *response, FILE *promises)
{
  for (guint i = 0; i < response->receipts->len; i++)
    {
      g_autoptr (YmReceipt) receipt = ym_receipt_decode (g_ptr_array_index (response->receipts, i), NULL);
      g_autofree char *author = ym_id_to_string (&receipt->author);
      g_autofree char *chain = ym_id_to_string (&receipt->last.chain);

      for (guint j = 0; j < receipt->outcomes->len; j++)
        fprintf (promises, "%s %s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n", author, chain, receipt->first + j,
                 g_array_index (receipt->outcomes, YmOutcome, j).position);
    }
}

/* One exchange; FALSE if it came to nothing. */
static gboolean
exchange (TestServer *server, TestTablet *tablet, FILE *promises, gboolean *more)
{
  g_autoptr (YmRequest) request = test_tablet_request (server, tablet, TRUE);
  g_autoptr (YmResponse) response = test_server_send (server, tablet, request, NULL);

  if (response == NULL)
    return FALSE;
  if (response->expected_counter > 0)
    {
      tablet->counter = response->expected_counter - 1;
      return FALSE;
    }
  g_assert_null (response->stop);
  write_promises (response, promises);
  test_tablet_take (server, tablet, response);
  *more = response->more;
  return TRUE;
}

static void
finish (TestServer *server, TestTablet *tablet, FILE *promises)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
  gboolean more = TRUE;

  while (more || test_count (tablet->journal, "SELECT count(*) FROM envelope WHERE position IS NULL") > 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      exchange (server, tablet, promises, &more);
    }
}

static const YmId *
home_of (TestServer *server, int device)
{
  return device == TEST_2002 ? &server->force.home_2 : &server->force.home_1;
}

static void
save_visits (TestServer *server, TestTablet *tablet, int device, guint count)
{
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (YmRecord) visit = test_visit (&server->force, device, home_of (server, device));

      test_tablet_save (tablet, "visit.sign-off", NULL, visit);
    }
}

static char *
file_of (const char *folder, const char *what, int device)
{
  return g_strdup_printf ("%s/%s-%d", folder, what, device);
}

/* What the others pushed last is to be seen by all. */
static void
wait_for_others (const char *folder, int device)
{
  g_autofree char *mine = file_of (folder, "finished", device);
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;

  g_assert_true (g_file_set_contents (mine, "", 0, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      g_autofree char *path = file_of (folder, "finished", devices[i]);

      while (!g_file_test (path, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
        g_usleep (10000);
    }
}

/* One device, in a process of its own. What is random differs from the others'. */
static void
run_device (TestServer *server, int device, const char *folder)
{
  TestTablet *tablet = &server->tablets[device];
  g_autofree char *promises_path = file_of (folder, "promises", device);
  g_autofree char *export_path = file_of (folder, "export", device);
  g_autofree char *export = NULL;
  FILE *promises = fopen (promises_path, "w");
  guint saved = 0;
  gboolean more;

  server->force.world.seed += (guint64) device * 1000003;
  while (!stopping)
    {
      guint count = saved >= MOST_VISITS || device == TEST_2000 ? 0 : g_random_int_range (1, 4);

      save_visits (server, tablet, device, count);
      saved += count;
      exchange (server, tablet, promises, &more);
    }
  finish (server, tablet, promises);
  wait_for_others (folder, device);
  finish (server, tablet, promises);
  fclose (promises);
  printf ("# device %d saved %u visits and met %u failures\n", device, saved, ((Balancer *) server->post_context)->failures);
  fflush (stdout);
  export = test_export (tablet->journal);
  g_assert_true (g_file_set_contents (export_path, export, -1, NULL));
}

static gboolean
parse_key (const char *hex, guint8 key[32])
{
  YmId half;

  for (int i = 0; i < 2; i++)
    {
      g_autofree char *text = g_strndup (hex + 32 * i, 32);

      if (strlen (hex) != 64 || !ym_id_parse (text, &half))
        return FALSE;
      memcpy (key + 16 * i, half.bytes, 16);
    }
  return TRUE;
}

static int
write_identity (TestServer *server, char **words)
{
  g_autoptr (GBytes) identity = test_server_identity (server);

  g_assert_true (g_file_set_contents (words[0], g_bytes_get_data (identity, NULL), (gssize) g_bytes_get_size (identity), NULL));
  return 0;
}

static int
run_devices (TestServer *server, char **words)
{
  Balancer balancer = { .sockets = words + 1 };
  int failed = 0;

  server->post = post;
  server->post_context = &balancer;
  test_tablet_sync (server, test_server_tablet (server, TEST_ADMINISTRATOR));
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    test_server_tablet (server, devices[i]);
  signal (SIGTERM, stop_cb);
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      pid_t child = fork ();

      children[i] = child;
      if (child != 0)
        continue;
      memset (children, 0, sizeof children);
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      balancer.next = i;
      run_device (server, devices[i], words[0]);
      _exit (0);
    }
  printf ("running\n");
  fflush (stdout);
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      int status = 1;

      while (waitpid (children[i], &status, 0) < 0 && errno == EINTR)
        ;
      failed += status != 0;
    }
  return failed;
}

/* Every promise is kept, in the place that was promised. */
static guint
check_promises (TestServer *server, YmJournal *journal, const char *path, int device)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint count = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL && **line != '\0'; line++, count++)
    {
      g_auto (GStrv) words = g_strsplit (*line, " ", -1);
      g_autofree char *sql = g_strdup_printf ("SELECT coalesce((SELECT position FROM envelope WHERE author = x'%s' AND "
                                              "chain = x'%s' AND sequence = %s), 0)",
                                              words[0], words[1], words[2]);

      if (test_count (journal, sql) != (gint64) g_ascii_strtoull (words[3], NULL, 10))
        g_error ("a promise to device %d was not kept: %s", device, *line);
    }
  return count;
}

static int
check (TestServer *server, char **words)
{
  g_autoptr (YmSecret) key = ym_secret_new (YM_LEDGER_SEAL_KEY_BYTES);
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *export = NULL;
  g_auto (YmVerification) verification = { 0 };
  YmPostgresqlOptions options = { .url = words[1], .key = key, .random = ym_random_system (), .moving = TRUE };
  g_autoptr (YmPostgresql) database = NULL;
  YmJournal *journal;
  YmLedger *ledger;
  guint promises = 0;
  gsize length;

  g_assert_true (g_file_get_contents (words[2], &contents, &length, NULL) && length == YM_LEDGER_SEAL_KEY_BYTES);
  memcpy (ym_secret_data (key), contents, length);
  database = ym_postgresql_open (&options, &error);
  g_assert_no_error (error);
  server->order = ym_postgresql_get_order (database);
  test_server_open_twin (server, &journal, &ledger);
  test_succeeds (ym_ledger_verify (ym_journal_get_db (journal), &verification, &error), error);
  for (guint i = 0; i < verification.audit.problems->len; i++)
    g_error ("%s", (char *) g_ptr_array_index (verification.audit.problems, i));
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      g_autofree char *path = file_of (words[0], "promises", devices[i]);

      promises += check_promises (server, journal, path, devices[i]);
    }
  g_assert_cmpint (test_count (journal, "SELECT count(*) FROM evidence"), ==, 0);
  g_assert_cmpint (test_count (journal, "SELECT count(*) FROM envelope WHERE disposition != 1"), ==, 0);
  export = test_ledger_export (journal);
  g_assert_true (g_file_set_contents (words[3], export, -1, NULL));
  printf ("# %u promises, %" G_GUINT64_FORMAT " positions, %" G_GINT64_FORMAT " visits\n", promises, verification.end,
          test_count (journal, "SELECT count(*) FROM visit"));
  ym_ledger_free (ledger);
  test_journal_close (journal);
  server->order = NULL;
  return 0;
}

static const struct {
  const char *name;
  int (*run) (TestServer *server, char **words);
} commands[] = { { "identity", write_identity }, { "devices", run_devices }, { "check", check } };

int
main (int argc, char **argv)
{
  TestServer server;
  guint8 key[32];
  int result = 2;

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  g_unsetenv ("YM_TEST_LEDGER");
  if (argc < 4 || !parse_key (argv[2], key))
    return 2;
  test_server_set_up_for (&server, key);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      result = commands[i].run (&server, argv + 3);
  test_server_tear_down (&server);
  return result;
}
