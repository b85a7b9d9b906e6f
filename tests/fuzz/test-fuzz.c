/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The short run of what `./dev fuzz` does for hours: good inputs, spoilt in $YM_FUZZ_RUNS ways that are the same in every
 * run, and the inputs in tests/fuzz/found that once broke something. */

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/fuzz/target.h"

#define USUAL_RUNS 1000
#define MOST_MEMORY_KIB (256 * 1024)

/* Said when a run ends the program. */
static char under_way[128];

static void
say_what_was_under_way (void)
{
  if (write (STDERR_FILENO, under_way, strlen (under_way)) < 0)
    _exit (1);
}

/* Of the sanitizers, where they are; abort() they leave alone. */
extern void __sanitizer_set_death_callback (void (*callback) (void)) __attribute__ ((weak));

static void
aborted_cb (int number)
{
  say_what_was_under_way ();
}

typedef struct {
  guint64 state;
} Dice;

/* splitmix64: https://prng.di.unimi.it/splitmix64.c tells the constants */
static guint64
throw (Dice *dice, guint64 below)
{
  guint64 mixed = dice->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  mixed = (mixed ^ (mixed >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  mixed = (mixed ^ (mixed >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (mixed ^ (mixed >> 31)) % below;
}

static guint8
throw_byte (Dice *dice)
{
  /* Lengths and numbers at the edges, and the heads of CBOR's items of several bytes. */
  static const guint8 edges[] = { 0x00, 0x01, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x3b, 0x40, 0x5b, 0x5f, 0x7b, 0x7f, 0x80,
                                  0x9b, 0x9f, 0xa0, 0xbb, 0xbf, 0xc2, 0xd2, 0xf6, 0xfb, 0xff, '"', ';', ',', '\r', '\n' };

  return throw (dice, 2) == 0 ? edges[throw (dice, sizeof edges)] : throw (dice, 256);
}

static void
spoil_once (GByteArray *bytes, GPtrArray *seeds, Dice *dice)
{
  const guint at = throw (dice, bytes->len + 1);
  const guint wanted = throw (dice, 1 << throw (dice, 8));
  const guint length = MIN (wanted, bytes->len - at);
  g_autofree guint8 *piece = g_memdup2 (bytes->data + at, length);
  GBytes *other = seeds->pdata[throw (dice, seeds->len)];
  const guint8 byte = throw_byte (dice);

  switch (throw (dice, 8))
    {
    case 0:
      g_byte_array_set_size (bytes, at);
      break;
    case 1:
      g_byte_array_remove_range (bytes, at, length);
      break;
    case 2:
      g_byte_array_append (bytes, piece, length);
      break;
    case 3:
      g_byte_array_set_size (bytes, at);
      g_byte_array_append (bytes, (const guint8 *) g_bytes_get_data (other, NULL) + MIN (at, g_bytes_get_size (other)),
                           g_bytes_get_size (other) - MIN (at, g_bytes_get_size (other)));
      break;
    case 4:
      if (at < bytes->len)
        bytes->data[at] ^= 1 << throw (dice, 8);
      break;
    case 5: /* one more, in its place */
      g_byte_array_append (bytes, &byte, 1);
      memmove (bytes->data + at + 1, bytes->data + at, bytes->len - 1 - at);
      bytes->data[at] = byte;
      break;
    default:
      if (at < bytes->len)
        bytes->data[at] = byte;
    }
}

static GBytes *
spoil (GPtrArray *seeds, guint number)
{
  Dice dice = { number };
  GBytes *seed = seeds->pdata[throw (&dice, seeds->len)];
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, g_bytes_get_data (seed, NULL), g_bytes_get_size (seed));
  for (guint n = 1 + throw (&dice, 4); n > 0; n--)
    spoil_once (bytes, seeds, &dice);
  return g_byte_array_free_to_bytes (bytes);
}

static void
run_found (const FuzzTarget *target)
{
  g_autofree char *directory = g_test_build_filename (G_TEST_DIST, "fuzz", "found", target->name, NULL);
  g_autoptr (GDir) found = g_dir_open (directory, 0, NULL);
  const char *name;

  while (found != NULL && (name = g_dir_read_name (found)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autoptr (GBytes) input = NULL;
      char *data;
      gsize size;

      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      input = g_bytes_new_take (data, size);
      g_snprintf (under_way, sizeof under_way, "# under way: %s\n", name);
      target->run (input);
    }
}

/* Bytes that nobody vouches for must not crash, leak, hang or eat the memory, and what is refused must change nothing. */
static void
test_target (gconstpointer data)
{
  const FuzzTarget *target = data;
  const char *asked = g_getenv ("YM_FUZZ_RUNS");
  const guint runs = asked == NULL ? USUAL_RUNS : (guint) g_ascii_strtoull (asked, NULL, 10);
  g_autoptr (GPtrArray) seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  struct rusage before, after;
  guint taken = 0;

  target->seed (seeds);
  for (guint i = 0; i < seeds->len; i++)
    g_assert_true (target->run (seeds->pdata[i]));
  run_found (target);
  getrusage (RUSAGE_SELF, &before);
  for (guint i = 0; i < runs; i++)
    {
      g_autoptr (GBytes) input = spoil (seeds, i);

      g_snprintf (under_way, sizeof under_way, "# under way: %s, input %u\n", target->name, i);
      taken += target->run (input);
    }
  getrusage (RUSAGE_SELF, &after);
  g_test_message ("%u inputs, %u of them good", runs, taken);
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, MOST_MEMORY_KIB);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) targets = fuzz_targets ();

  g_test_init (&argc, &argv, NULL);
  if (__sanitizer_set_death_callback != NULL)
    __sanitizer_set_death_callback (say_what_was_under_way);
  signal (SIGABRT, aborted_cb);
  for (guint i = 0; i < targets->len; i++)
    {
      const FuzzTarget *target = targets->pdata[i];
      g_autofree char *path = g_strdup_printf ("/fuzz/%s", target->name);

      g_test_add_data_func (path, target, test_target);
    }
  return g_test_run ();
}
