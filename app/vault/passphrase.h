/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/secret.h"

G_BEGIN_DECLS

/** YM_PASSPHRASE_ENOUGH: the least score with which a store may be made: five random words or equal strength */
#define YM_PASSPHRASE_ENOUGH 3

/**
 * ym_passphrase_score:
 * @passphrase: as typed so far
 * @hint: (out) (optional) (transfer none): a translated sentence that says what would make it better, or that it is good
 *
 * Estimates how hard the passphrase is to guess: 0 none, 1 very weak, 2 weak, 3 enough, 4 strong. Knows repeated
 * characters, runs like "abcd" and "qwerty", repeated and very common words. Fast enough for each key press.
 */
int ym_passphrase_score (const YmSecret *passphrase, const char **hint);

G_END_DECLS
