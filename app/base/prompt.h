/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/error.h"
#include "app/base/secret.h"

G_BEGIN_DECLS

/**
 * ym_prompt_passphrase:
 * @file: (nullable): a file whose first line is the passphrase; %NULL asks at the terminal, without echo
 * @question: what is asked, such as "Passphrase"; ": " is added
 *
 * How programs without a screen get a passphrase: never as an argument, which every user of the machine could read.
 * An interrupt restores the terminal before it takes effect. Blocks.
 *
 * Returns: (transfer full) (nullable): the passphrase; %NULL with YM_ERROR_INVALID if it is empty, too long or there
 * is no terminal, YM_ERROR_NOT_FOUND or YM_ERROR_STORAGE for a file that can't be read
 */
YmSecret *ym_prompt_passphrase (const char *file, const char *question, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
