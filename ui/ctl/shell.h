/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/ctl/session.h"

G_BEGIN_DECLS

/**
 * ym_ctl_shell:
 *
 * Runs a command a line from standard input, quoted as for a shell, with the store open all the while. At a terminal
 * it asks for each and goes on after an error; a script ends with the first.
 *
 * Returns: as ym_ctl_call() for the last command
 */
int ym_ctl_shell (YmCtlSession *session);

G_END_DECLS
