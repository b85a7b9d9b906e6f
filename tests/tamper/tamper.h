/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/tamper/specimen.h"

G_BEGIN_DECLS

/** TamperKind: What is done to a file. A unit is a page of the vault, a frame of the log, 512 bytes of another file. */
typedef enum {
  TAMPER_FLIP,      /* the byte at `at` has a bit flipped */
  TAMPER_TRUNCATE,  /* the file is cut to `at` bytes */
  TAMPER_ZERO,      /* unit `at` is zeros */
  TAMPER_COPY,      /* unit `from` lies over unit `at` */
  TAMPER_SWAP,      /* units `at` and `from` change places */
  TAMPER_OLD_UNIT,  /* unit `at` is as it was after step `from` of the day */
  TAMPER_APPEND,    /* `at` bytes more lie behind the end */
  TAMPER_REMOVE,    /* the file is not there */
  TAMPER_OLD_FILE,  /* the file is as it was after step `from` */
  TAMPER_OLD_REST,  /* the vault, its log and the head but for this file are as they were after step `from` */
  TAMPER_OLD_STORE, /* the whole store, whichever the file, is as it was after step `from` */
  TAMPER_FOREIGN,   /* the file is that of another store */
  TAMPER_FOREIGN_REST, /* all other files are those of another store */
  TAMPER_N_KINDS,
} TamperKind;

/** TamperCase: One thing done to one file. */
typedef struct {
  TamperKind kind;
  const char *file;
  guint at;
  guint from;
} TamperCase;

/**
 * TamperOutcome:
 * @TAMPER_SAME: opens, and holds what the untouched store holds
 * @TAMPER_REFUSED: is not opened, with a named error in a whole sentence
 * @TAMPER_FOUND: opens, and says on reading, recount or audit, by a named error, that it is not whole
 * @TAMPER_OLDER: opens, and is to the last row and word what the whole store was after a step of the day: nothing in it can show
 *   that it is not the latest. The next exchange does (tests/sync/test-client.c, older-copy)
 * @TAMPER_SILENT: holds something else and says nothing; there must be none of these
 * @TAMPER_NOTHING: not counted: the case changes nothing
 */
typedef enum {
  TAMPER_SAME,
  TAMPER_REFUSED,
  TAMPER_FOUND,
  TAMPER_OLDER,
  TAMPER_SILENT,
  TAMPER_N_OUTCOMES,
  TAMPER_NOTHING = TAMPER_N_OUTCOMES,
} TamperOutcome;

const char *tamper_kind_get_name (TamperKind kind);

/** tamper_try: Does it to a copy of the store and opens that as an officer would; @error says what was seen. */
TamperOutcome tamper_try (Specimen *specimen, const TamperCase *what, GError **error);

/**
 * TamperPlan:
 * @stride: every how-manieth case of the kinds that go over bytes
 * @unit_stride: of the other kinds
 * @command: (nullable): printed before a case's arguments where it stays silent
 * @file: (nullable): no other file than this
 * @kind: (nullable): nothing else than this is done to it
 */
typedef struct {
  guint stride;
  guint unit_stride;
  const char *command;
  const char *file;
  const char *kind;
} TamperPlan;

/** TamperCount: How many cases ended in which way. */
typedef struct {
  guint64 cases;
  guint64 outcomes[TAMPER_N_OUTCOMES];
} TamperCount;

/** tamper_run: Every case, by the plan's stride, and a table of what came of them, by file and kind. */
TamperCount tamper_run (Specimen *specimen, const TamperPlan *plan);

G_END_DECLS
