/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole stores are tampered with, by a stride; `./dev soak tamper` does each byte. */

#include "tests/power/sweep.h"
#include "tests/tamper/tamper.h"

/* Under the sanitizers a store takes ten times as long to open. */
#ifdef __SANITIZE_ADDRESS__
#define STRIDE 7919
#define UNIT_STRIDE 331
#else
#define STRIDE 1013
#define UNIT_STRIDE 37
#endif

/* Broken: something in a store is changed, lost or put back, and the officer reads it as what was written. */
static void
test_store (gconstpointer data)
{
  SpecimenState state = GPOINTER_TO_UINT (data);
  g_autoptr (Specimen) specimen = specimen_new (state);
  const TamperPlan plan = { .stride = STRIDE,
                            .unit_stride = UNIT_STRIDE,
                            .command = state == SPECIMEN_LOCKED ? "./dev soak tamper --locked" : "./dev soak tamper" };
  TamperCount count = tamper_run (specimen, &plan);

  g_assert_cmpuint (count.cases, >, 300);
  g_assert_cmpuint (count.outcomes[TAMPER_SAME], >, 0);
  g_assert_cmpuint (count.outcomes[TAMPER_REFUSED], >, 0);
  g_assert_cmpuint (count.outcomes[TAMPER_FOUND], >, 0);
  g_assert_cmpuint (count.outcomes[TAMPER_SILENT], ==, 0);
}

/* What a stride must not miss: each page of the vault and each record of the head as it was after each step of the day. A
 * stale page is as well sealed as any other: draft, index and table alike have to be found out by what they hold. */
static void
test_old_pages (void)
{
  g_autoptr (Specimen) specimen = specimen_new (SPECIMEN_LOCKED);
  const TamperPlan plan
      = { .stride = 1, .unit_stride = 1, .kind = "old-unit", .command = "./dev soak tamper --locked" };
  TamperCount count = tamper_run (specimen, &plan);

  g_assert_cmpuint (count.cases, >, 500);
  g_assert_cmpuint (count.outcomes[TAMPER_SILENT], ==, 0);
}

/* Broken: the whole store is put back as it was, which nothing in it can show, and it does not even hold what it held then: or it
 * says that it is damaged, and the officer is sent to recover what is only old. The next exchange finds it. */
static void
test_old_store (gconstpointer data)
{
  g_autoptr (Specimen) specimen = specimen_new (GPOINTER_TO_UINT (data));
  const TamperPlan plan = { .stride = 1, .unit_stride = 1, .kind = "old-store", .command = "./dev soak tamper" };
  TamperCount count = tamper_run (specimen, &plan);

  g_assert_cmpuint (count.outcomes[TAMPER_OLDER], >, 5);
  g_assert_cmpuint (count.outcomes[TAMPER_FOUND], ==, 0);
  g_assert_cmpuint (count.outcomes[TAMPER_SILENT], ==, 0);
}

int
main (int argc, char *argv[])
{
  sweep_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tamper/old-pages", test_old_pages);
  g_test_add_data_func ("/tamper/old-store/locked", GUINT_TO_POINTER (SPECIMEN_LOCKED), test_old_store);
  g_test_add_data_func ("/tamper/old-store/cut", GUINT_TO_POINTER (SPECIMEN_CUT), test_old_store);
  g_test_add_data_func ("/tamper/locked", GUINT_TO_POINTER (SPECIMEN_LOCKED), test_store);
  g_test_add_data_func ("/tamper/cut", GUINT_TO_POINTER (SPECIMEN_CUT), test_store);
  return g_test_run ();
}
