/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The network of the administrator's tool, and how it prints. */

#include <stdio.h>

#include "sync/admin/command.h"
#include "sync/client/server-identity.h"
#include "sync/transport/https.h"

struct _YmLink {
  YmHttps *https;
};

YmLink *
ym_link_open (YmOffice *office, GError **error)
{
  g_auto (YmServerIdentity) server = { 0 };
  YmHttps *https;
  YmLink *link;

  if (!ym_server_identity_read (ym_journal_get_db (office->journal), &server, error))
    return NULL;
  https = ym_https_new (server.address, server.pins, server.n_pins, &ym_https_deadlines_usual, error);
  if (https == NULL)
    return NULL;
  link = g_new (YmLink, 1);
  *link = (YmLink){ https };
  return link;
}

const YmTransport *
ym_link_transport (YmLink *link)
{
  return ym_https_transport (link->https);
}

void
ym_link_free (YmLink *link)
{
  if (link == NULL)
    return;
  ym_https_free (link->https);
  g_free (link);
}

void
ym_print_json (YmJson *json)
{
  g_autofree char *text = ym_json_finish (json);

  fputs (text, stdout);
}
