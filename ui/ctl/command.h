/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/calls.h"
#include "ui/ctl/output.h"
#include "ui/ctl/session.h"

G_BEGIN_DECLS

#define YM_CTL_MOST_OPTIONS 8

/**
 * YmCtlOption:
 * @name: as it is written after two dashes
 * @value: (nullable): what it takes, for the help; %NULL for an option without a value
 * @required: whether the command can't do without
 * @summary: one line of help, translatable
 */
typedef struct {
  const char *name;
  const char *value;
  gboolean required;
  const char *summary;
} YmCtlOption;

typedef struct _YmCtlCommand YmCtlCommand;

/**
 * YmCtlCall:
 * @session: the program's
 * @command: which command
 * @arguments: (array length=n_arguments): the words after the command's name that are no options
 * @options: (element-type utf8 utf8): the options given, "" for one without a value
 * @out: where the answer goes
 *
 * One command as it was called. Read it on the thread that runs it only.
 */
typedef struct {
  YmCtlSession *session;
  const YmCtlCommand *command;
  const char *const *arguments;
  guint n_arguments;
  GHashTable *options;
  YmOut *out;
} YmCtlCall;

/** ym_ctl_option: (nullable): The value of an option that was given. */
const char *ym_ctl_option (const YmCtlCall *call, const char *name);

/**
 * ym_ctl_read_visit:
 * @visit: (inout): left as it is without --visit
 *
 * The visit named by --visit, drafted or signed off.
 */
gboolean ym_ctl_read_visit (YmDesk *desk, const YmCtlCall *call, YmId *visit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_ctl_read_period:
 * @period: (inout): what is not said is left as it is
 *
 * The days said by --month, or by --from and --until. Errors: YM_ERROR_INVALID, also for a period that ends before it begins.
 */
gboolean ym_ctl_read_period (YmDesk *desk, const YmCtlCall *call, YmPeriod *period, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** YmCtlNeed: What has to be there before a command can do anything. */
typedef enum {
  YM_CTL_NEEDS_NOTHING,
  YM_CTL_NEEDS_STORE,    /* the store is opened, with the passphrase */
  YM_CTL_NEEDS_OFFICER,  /* and the device is enrolled */
} YmCtlNeed;

/**
 * YmCtlCommand:
 * @name: one or two words
 * @arguments: for the help
 * @least: how few arguments
 * @most: how many
 * @need: what has to be there
 * @lane: where @work runs
 * @work: (nullable): what it does with the notebook, on a lane
 * @run: (nullable): what it does instead, where it needs the network or more than one step
 *
 * A command is one line in a table.
 */
struct _YmCtlCommand {
  const char *name;
  const char *arguments;
  const char *summary;
  guint least;
  guint most;
  YmCtlNeed need;
  YmLane lane;
  gboolean (*work) (YmDesk *desk, YmCtlCall *call, GError **error);
  gboolean (*run) (YmCtlCall *call, GError **error);
  YmCtlOption options[YM_CTL_MOST_OPTIONS];
};

/** YmCtlTopic: The commands of one file; @commands ends with one without a name. */
typedef struct {
  const char *heading;
  const YmCtlCommand *commands;
} YmCtlTopic;

extern const YmCtlCommand ym_ctl_enrol_commands[];
extern const YmCtlCommand ym_ctl_home_commands[];
extern const YmCtlCommand ym_ctl_visit_commands[];
extern const YmCtlCommand ym_ctl_draft_commands[];
extern const YmCtlCommand ym_ctl_issue_commands[];
extern const YmCtlCommand ym_ctl_search_commands[];
extern const YmCtlCommand ym_ctl_log_commands[];
extern const YmCtlCommand ym_ctl_team_commands[];
extern const YmCtlCommand ym_ctl_report_commands[];
extern const YmCtlCommand ym_ctl_call_commands[];
extern const YmCtlCommand ym_ctl_reconcile_commands[];
extern const YmCtlCommand ym_ctl_inspection_commands[];
extern const YmCtlCommand ym_ctl_figures_commands[];
extern const YmCtlCommand ym_ctl_return_commands[];
extern const YmCtlCommand ym_ctl_sync_commands[];
extern const YmCtlCommand ym_ctl_proof_commands[];
extern const YmCtlCommand ym_ctl_store_commands[];
extern const YmCtlCommand ym_ctl_escrow_commands[];

/** ym_ctl_topics: (array length=n_topics) */
const YmCtlTopic *ym_ctl_topics (guint *n_topics);

/** ym_ctl_usage: (transfer full): How one command is called. */
char *ym_ctl_usage (const YmCtlCommand *command);

/** ym_ctl_help: (transfer full): How all of them are called. */
char *ym_ctl_help (void);

/**
 * ym_ctl_call:
 * @words: (array zero-terminated=1): the command's name, its arguments and options
 *
 * Runs one command and prints its answer on standard output, or why there is none on standard error.
 *
 * Returns: 0 if it was done, 1 if it was refused or failed, 2 if it was called wrongly
 */
int ym_ctl_call (YmCtlSession *session, const char *const *words);

G_END_DECLS
