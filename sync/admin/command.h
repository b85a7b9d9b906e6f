/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/json.h"
#include "sync/admin/office.h"
#include "sync/transport/transport.h"

G_BEGIN_DECLS

/**
 * YmArguments:
 *
 * What may be said on the command line; each command names the options that it takes.
 */
typedef struct {
  char *directory;
  char *passphrase_file;
  char *force_name;
  char *request;
  char *identity;
  char *out;
  char *mapping;
  char *store;
  char *home;
  char *language;
  char *format;
  char *number;
  char *recipient;
  char *reason;
  char *answer;
  char *fingerprint;
  char *recovery_key;
  char *recovery_passphrase_file;
  gboolean stolen;
  gboolean replace;
  gboolean json;
  int wait_s;
} YmArguments;

/**
 * YmTask:
 * @words: (array length=n_words): what follows the command's name and options
 * @office: (nullable): open, for commands that need one
 * @options: how stores are opened
 *
 * One command that is being carried out.
 */
typedef struct {
  const YmArguments *arguments;
  char **words;
  guint n_words;
  YmOffice *office;
  const YmStoreOptions *options;
} YmTask;

/** YmNeeds: What a command has opened for it. */
typedef enum {
  YM_NEEDS_NOTHING,
  YM_NEEDS_OFFICE,
  YM_NEEDS_ROOT,
} YmNeeds;

/**
 * YmCommand:
 * @words: what it takes after its name, for the help; "" if nothing
 * @least: words at least
 * @most: words at most
 * @options: (array zero-terminated=1): the options that it takes beside --dir and --passphrase-file
 * @help: one line, translated when printed
 */
typedef struct {
  const char *name;
  const char *words;
  guint least;
  guint most;
  const char *const *options;
  YmNeeds needs;
  const char *help;
  gboolean (*run) (YmTask *task, GError **error);
} YmCommand;

gboolean ym_command_init (YmTask *task, GError **error);
gboolean ym_command_certify_server (YmTask *task, GError **error);
gboolean ym_command_identity (YmTask *task, GError **error);
gboolean ym_command_import (YmTask *task, GError **error);
gboolean ym_command_enrol (YmTask *task, GError **error);
gboolean ym_command_devices (YmTask *task, GError **error);
gboolean ym_command_revoke (YmTask *task, GError **error);
gboolean ym_command_return (YmTask *task, GError **error);
gboolean ym_command_recovery_key (YmTask *task, GError **error);
gboolean ym_command_recover (YmTask *task, GError **error);
gboolean ym_command_sync (YmTask *task, GError **error);
gboolean ym_command_status (YmTask *task, GError **error);

/** ym_command_require: Whether the option was given; G_OPTION_ERROR if not. */
gboolean ym_command_require (const char *value, const char *option, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_command_choose_passphrase:
 * @file: (nullable): a file that has it; %NULL asks twice at the terminal
 *
 * Returns: (transfer full) (nullable): a new passphrase that is strong enough; else %NULL with YM_ERROR_INVALID
 */
YmSecret *ym_command_choose_passphrase (const char *file, const char *question, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_print_json: Prints and frees @json. */
void ym_print_json (YmJson *json);

/**
 * YmLink:
 *
 * The way to the certified server, its TLS key pinned. Free with ym_link_free().
 */
typedef struct _YmLink YmLink;

YmLink *ym_link_open (YmOffice *office, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const YmTransport *ym_link_transport (YmLink *link);
void ym_link_free (YmLink *link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmLink, ym_link_free)

G_END_DECLS
