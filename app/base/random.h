/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YmRandom:
 * @fill: writes @length random bytes to @buffer; must not fail
 * @context: handed to @fill
 *
 * Where randomness comes from. Production passes ym_random_system(), a simulation its own seed.
 */
typedef struct {
  void (*fill) (gpointer context, guint8 *buffer, gsize length);
  gpointer context;
} YmRandom;

/** ym_random_system: (transfer none): The kernel's generator, through libsodium. */
const YmRandom *ym_random_system (void);

void ym_random_fill (const YmRandom *random, gpointer buffer, gsize length);

G_END_DECLS
