/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YmServerArguments:
 * @directory: the server's folder
 * @words: what stands without an option; %NULL at the end
 *
 * What was typed; what was not is %NULL.
 */
typedef struct {
  char *directory;
  char *key;
  char *address;
  char *identity;
  char *listen;
  char *unix_path;
  char *address_file;
  char *ledger;
  gboolean back;
  gboolean lost;
  gboolean json;
  char **words;
} YmServerArguments;

/**
 * YmServerCommand:
 *
 * Carries out one command and prints what it has to say.
 *
 * Returns: FALSE with @error set, or without one if what it printed is the bad news
 */
typedef gboolean (*YmServerCommand) (const YmServerArguments *arguments, GError **error);

gboolean ym_server_command_serve (const YmServerArguments *arguments, GError **error);
gboolean ym_server_command_status (const YmServerArguments *arguments, GError **error);
gboolean ym_server_command_verify (const YmServerArguments *arguments, GError **error);
gboolean ym_server_command_migrate_ledger (const YmServerArguments *arguments, GError **error);
gboolean ym_server_command_raise_term (const YmServerArguments *arguments, GError **error);
gboolean ym_server_command_backup (const YmServerArguments *arguments, GError **error);

G_END_DECLS
