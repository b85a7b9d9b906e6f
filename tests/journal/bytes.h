/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Bytes from hexadecimal digits; white space and what follows a # on a line are skipped. */
GBytes *bytes_from_hex (const char *hex);
char *bytes_to_hex (GBytes *bytes);

/* What docs/protocol.md has between "```NAME" and "```". */
char *document_block (const char *name);

/* The bytes of its block "```hex NAME". */
GBytes *bytes_from_document (const char *name);

/* Fails the test, printing both, unless they are equal. */
void assert_same_bytes (GBytes *found, GBytes *wanted);

/* Calls @check with every proper prefix of @good. */
void for_each_truncation (GBytes *good, void (*check) (GBytes *bytes, gpointer data), gpointer data);

/* Calls @check with @good once for each bit, that bit flipped. */
void for_each_flip (GBytes *good, void (*check) (GBytes *bytes, gpointer data), gpointer data);
