/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FuzzTarget:
 * @name: of the boundary
 * @seed: adds good inputs, the same in every run, to an array of GBytes
 * @run: lets the real code take @input and aborts if it breaks a promise; whether it was taken
 *
 * A place where bytes come in that nobody vouches for. Every run is by itself: the same input does the same again.
 */
typedef struct {
  const char *name;
  void (*seed) (GPtrArray *inputs);
  gboolean (*run) (GBytes *input);
} FuzzTarget;

/* Each table ends with a target without a name. */
extern const FuzzTarget fuzz_message_targets[]; /* what decodes, below no signature */
extern const FuzzTarget fuzz_signed_targets[];  /* what is well signed and says anything: below the signature */
extern const FuzzTarget fuzz_file_targets[];    /* what lies in a file */

/** fuzz_targets: (transfer full) (element-type FuzzTarget): All of them. */
GPtrArray *fuzz_targets (void);

G_END_DECLS
