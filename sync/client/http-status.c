/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an HTTP status means to the officer. None of it is signed, so none of it changes what is in the store. */

#include "sync/client/http-status.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"

static const struct {
  guint status;
  YmError code;
  const char *message;
} meanings[] = {
  { 400, YM_ERROR_MALFORMED, N_ ("The server could not read what this device sent. Update the app, or tell your administrator.") },
  { 401, YM_ERROR_AUTHORITY, N_ ("The server does not know this device. Ask your administrator to enrol it.") },
  { 403, YM_ERROR_AUTHORITY, N_ ("The server does not know this device, or its certificate has ended. Ask your administrator to enrol it.") },
  { 404, YM_ERROR_NOT_FOUND, N_ ("There is no Ymweld server at this address. Compare the address with the one you were given.") },
  { 408, YM_ERROR_NETWORK, N_ ("The connection was too slow. It will be tried again.") },
  { 409, YM_ERROR_AUTHORITY, N_ ("The server at this address is of another force, or not the one that is certified. Ask your administrator.") },
  { 413, YM_ERROR_MALFORMED, N_ ("The server takes less at once than this device sends. Tell your administrator.") },
  { 426, YM_ERROR_NEWER, N_ ("The server needs a newer version of this app. Update it; everything on this device is kept.") },
  { 429, YM_ERROR_NETWORK, N_ ("The server has too many requests at the moment. It will be tried again.") },
};

gboolean
ym_http_status_check (guint status, GError **error)
{
  if (status == 200)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].status == status)
      {
        g_set_error_literal (error, YM_ERROR, meanings[i].code, _ (meanings[i].message));
        return FALSE;
      }
  if (status >= 500)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_NETWORK,
                         _ ("The server can't work at the moment. It will be tried again."));
  else
    g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED,
                 _ ("Something else than an Ymweld server answered (status %u). Try another network."), status);
  return FALSE;
}
