/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ym_process_harden:
 *
 * For the start of every program that opens a store, once and before anything uses SQLite: no core dumps, no other
 * process of the same user may read this one's memory, and SQLite wipes what it frees, so that pages of a locked
 * store don't linger. YM_ERROR_STORAGE if the kernel refuses, YM_ERROR_INVALID if SQLite is in use already.
 */
gboolean ym_process_harden (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_process_do_without_slices:
 * @argv: the program's
 *
 * Up to version 2.76 GLib keeps small memory that was given back in slices of its own, unwiped, and decides so before
 * main(). The program is then started again with the setting that has it use malloc() alone; if that can't be, it goes on.
 * First in main().
 */
void ym_process_do_without_slices (char **argv);

G_END_DECLS
