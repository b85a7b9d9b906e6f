/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YM_CONTROL_MOST_COMMAND_BYTES 4096

/**
 * YmControl:
 *
 * A local Unix socket by which a running server is administered. Only the server's own user and root
 * are answered, by the kernel's word (SO_PEERCRED).
 *
 * A command is one line of UTF-8: a name, and after one space its argument. The answer is "ok",
 * "error" or "denied" on a line of its own, then text up to the end of the stream.
 */
typedef struct YmControl YmControl;

/**
 * YmControlCommand:
 * @argument: (nullable): what stood after the command's name
 * @answer: append the answer here
 *
 * Runs on a thread of its own; long ones do not hold up others.
 *
 * Returns: FALSE with @error set; its message is sent instead of @answer
 */
typedef gboolean (*YmControlCommand) (gpointer context, const char *argument, GString *answer, GError **error);

/** YmControlEntry: One command by its name. */
typedef struct {
  const char *name;
  YmControlCommand run;
} YmControlEntry;

/**
 * ym_control_start:
 * @path: of the socket, at most 107 bytes; a socket that nobody listens on any more is replaced
 * @entries: (array length=n_entries): must outlive the control
 * @context: handed to every command
 *
 * Returns: (transfer full) (nullable): NULL with %YM_ERROR_BUSY if a server listens there already,
 *   %YM_ERROR_INVALID or %YM_ERROR_STORAGE
 */
YmControl *ym_control_start (const char *path, const YmControlEntry *entries, gsize n_entries,
                             gpointer context, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_control_stop: (transfer full): Waits for commands under way, removes the socket. */
void ym_control_stop (YmControl *control);

/**
 * ym_control_call:
 * @path: the server's socket
 * @argument: (nullable): one line
 *
 * The other end, for the command line. Waits as long as the command takes.
 *
 * Returns: (transfer full) (nullable): the answer's text; NULL with %YM_ERROR_NETWORK if no server
 *   listens, %YM_ERROR_AUTHORITY if this user may not, %YM_ERROR_INVALID with the server's reason
 */
char *ym_control_call (const char *path, const char *name, const char *argument,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
