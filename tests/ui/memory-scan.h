/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MemoryScan:
 *
 * Looks for secrets in all memory of this process that can be read, and in files. What it looks for it keeps masked, and
 * what it reads goes through one mapping that it leaves out and wipes, so it never finds itself.
 */
typedef struct _MemoryScan MemoryScan;

MemoryScan *memory_scan_new (void);
void memory_scan_free (MemoryScan *scan);

/* Bytes to look for; @name says what they are. */
void memory_scan_add (MemoryScan *scan, const char *name, gconstpointer bytes, gsize length);

/* Text to look for, as UTF-8, UTF-16 and UTF-32: @length ASCII letters. */
void memory_scan_add_text (MemoryScan *scan, const char *name, const char *text, gsize length);

/* (transfer full): What was found in memory, a line each: what, and in which mapping; "" for nothing. */
char *memory_scan_run (MemoryScan *scan);

/* (transfer full): What was found in the files below @folder. */
char *memory_scan_files (MemoryScan *scan, const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoryScan, memory_scan_free)

G_END_DECLS
