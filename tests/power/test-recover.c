/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The power goes while a damaged store is recovered: at every file operation, until the new store stands in its place. */

#include <string.h>

#include "app/base/error.h"
#include "app/vault/store-escrow.h"
#include "sync/client/recover.h"
#include "tests/power/day.h"
#include "tests/power/medium.h"

/* Up to where a refused visit has come back as a draft. */
#define STEPS 26

/* Under the sanitizers an image takes ten times as long. */
#ifdef __SANITIZE_ADDRESS__
#define STRIDE 41
#else
#define STRIDE 7
#endif

static gboolean
recover (Day *day, Tablet *tablet, GError **error)
{
  g_autoptr (YmSecret) passphrase = ym_secret_new_from_passphrase (day->passphrase, strlen (day->passphrase));
  g_auto (YmRecovery) recovery = { .enrolled = FALSE };

  tablet->boot_us += ym_store_get_wait_us (TABLET_DIRECTORY, &tablet->options);
  return ym_recover (TABLET_DIRECTORY, passphrase, &tablet->options, &recovery, error);
}

/* The day's store, locked, with its head destroyed: it does not open, and has lost nothing. */
static Disk *
make_damaged (Day *day, Disk *disk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (8192), 8192);

  for (guint i = 0; i < STEPS; i++)
    test_succeeds (day_step (day, i, &error), error);
  tablet_close (&day->tablet);
  disk_write (disk, TABLET_DIRECTORY "/head", zeros);
  return disk_copy (disk);
}

/* A passphrase that is forgotten now must not cost what was saved. */
static gboolean
is_in_escrow (Tablet *tablet, GError **error)
{
  g_autoptr (YmSecret) chosen = ym_secret_new_from_passphrase ("hir yw pob aros", 15);
  g_autoptr (GBytes) request = NULL;

  tablet_close (tablet);
  request = ym_store_request_escrow (TABLET_DIRECTORY, chosen, &tablet->options, error);
  return request != NULL;
}

/* Whatever the cut left, the officer recovers the store, or has it recovered already. */
static gboolean
comes_back (Day *day, Disk *image, GError **error)
{
  Tablet tablet;
  gboolean good;

  tablet_init (&tablet, image, 3, day->tablet.wall_us + 60 * G_USEC_PER_SEC);
  tablet.is_bare = TRUE;
  good = tablet_open (&tablet, day->passphrase, NULL)
         || (recover (day, &tablet, error) && tablet_open (&tablet, day->passphrase, error));
  good = good && day_facts_hold (&tablet, day->facts, error) && tablet_recount (&tablet, error)
         && is_in_escrow (&tablet, error);
  tablet_close (&tablet);
  return good;
}

/* Broken: the battery goes while a store is recovered, and neither the damaged nor the new store is there, or less than was saved. */
static void
test_every_cut (void)
{
  g_autoptr (Disk) disk = disk_new ();
  g_autoptr (Day) day = day_new (disk);
  g_autoptr (Disk) damaged = make_damaged (day, disk);
  g_autoptr (Medium) medium = medium_new (damaged);
  g_autoptr (GError) error = NULL;
  Tablet tablet;
  guint images = 0;

  tablet_init (&tablet, damaged, 2, day->tablet.wall_us);
  g_assert_false (tablet_open (&tablet, day->passphrase, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
  g_clear_error (&error);
  disk_record (damaged);
  test_succeeds (recover (day, &tablet, &error), error);
  for (guint i = 0; i <= disk_get_log (damaged)->len; i++)
    {
      for (guint64 seed = 0; i % STRIDE == 0 && seed < (medium_is_settled (medium) ? 1 : 4); seed++, images++)
        {
          g_autoptr (Disk) left = medium_cut (medium, seed);

          if (!comes_back (day, left, &error))
            g_error ("cut at %u of %u, seed %u: %s", i, disk_get_log (damaged)->len, (guint) seed, error->message);
        }
      if (i < disk_get_log (damaged)->len)
        medium_apply (medium, g_ptr_array_index (disk_get_log (damaged), i));
    }
  g_test_message ("%u operations, %u images", disk_get_log (damaged)->len, images);
  g_assert_cmpuint (images, >, 20);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recover/every-cut", test_every_cut);
  return g_test_run ();
}
