/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps a process's memory, where the keys are, out of files and of other processes. */

#include "app/vault/harden.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "app/base/error.h"

gboolean
ym_process_harden (GError **error)
{
  const struct rlimit none = { 0, 0 };

  if (prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && setrlimit (RLIMIT_CORE, &none) == 0)
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_STORAGE, _ ("The system refuses to turn memory dumps off: %s."),
               g_strerror (errno));
  return FALSE;
}
