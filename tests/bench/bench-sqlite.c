/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Plain SQLite and, linked to that library in its place, SQLCipher, on the VFS that the vault stands on. */

#include "tests/bench/work.h"

static sqlite3 *
plain_open (const char *directory, int cache_kib)
{
  g_autofree char *path = g_build_filename (directory, "database", NULL);
  g_autofree char *settings = g_strdup_printf ("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                               "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;"
                                               "PRAGMA cache_size = -%d",
                                               cache_kib);
  sqlite3 *database = NULL;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, "unix-excl")
      != SQLITE_OK)
    g_error ("%s can't be opened.", path);
#ifdef YM_BENCH_SQLCIPHER
  /* A raw key: no derivation, as the vault's own key has none. */
  bench_execute (database, "PRAGMA key = \"x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'\"");
#endif
  bench_execute (database, settings);
  return database;
}

static void
plain_close (sqlite3 *database)
{
  if (sqlite3_close (database) != SQLITE_OK)
    g_error ("A statement is left.");
}

int
main (int argc, char *argv[])
{
  static const BenchEngine plain = { "sqlite", plain_open, plain_close, "database" };

  return bench_serve (argc, argv, &plain, NULL);
}
