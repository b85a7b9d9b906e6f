/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hears of commits by LISTEN, on a connection of its own, and asks by itself where there is none to be had. */

#include <errno.h>
#include <glib-unix.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "sync/server/postgresql-private.h"

#define ASK_AGAIN_MS 2000

struct _YmPostgresqlWatch {
  char *url;
  void (*news) (gpointer data);
  gpointer data;
  int stop; /* an eventfd */
  int ignored;
  GThread *thread;
};

static YmLink *
listen_again (YmPostgresqlWatch *watch)
{
  g_autoptr (YmLink) link = ym_link_open (watch->url, NULL);

  return link != NULL && ym_link_do (link, NULL, "LISTEN " YM_POSTGRESQL_CHANNEL, "") ? g_steal_pointer (&link) : NULL;
}

/* Whether somebody else has committed; *@good FALSE if the connection is lost. */
static gboolean
hear (YmPostgresqlWatch *watch, YmLink *link, gboolean *good)
{
  gboolean any = FALSE;
  PGnotify *notify;

  *good = PQconsumeInput (link->pg) == 1;
  while ((notify = PQnotifies (link->pg)) != NULL)
    {
      any |= notify->be_pid != g_atomic_int_get (&watch->ignored);
      PQfreemem (notify);
    }
  return any;
}

static gpointer
run (gpointer data)
{
  YmPostgresqlWatch *watch = data;
  g_autoptr (YmLink) link = NULL;

  for (;;)
    {
      struct pollfd waits[2] = { { .fd = watch->stop, .events = POLLIN } };
      gboolean good = TRUE;
      int ready;

      if (link == NULL)
        link = listen_again (watch);
      if (link != NULL)
        waits[1] = (struct pollfd){ .fd = PQsocket (link->pg), .events = POLLIN };
      ready = poll (waits, link == NULL ? 1 : 2, ASK_AGAIN_MS);
      if (waits[0].revents != 0)
        return NULL;
      if (ready == 0 || (ready > 0 && hear (watch, link, &good)))
        watch->news (watch->data);
      if (!good)
        g_clear_pointer (&link, ym_link_close);
    }
}

YmPostgresqlWatch *
ym_postgresql_watch_start (const char *url, void (*news) (gpointer data), gpointer data)
{
  YmPostgresqlWatch *watch = g_new0 (YmPostgresqlWatch, 1);

  watch->url = g_strdup (url);
  watch->news = news;
  watch->data = data;
  watch->stop = eventfd (0, EFD_CLOEXEC);
  g_assert (watch->stop >= 0);
  watch->thread = g_thread_new ("news", run, watch);
  return watch;
}

void
ym_postgresql_watch_ignore (YmPostgresqlWatch *watch, int backend)
{
  g_atomic_int_set (&watch->ignored, backend);
}

void
ym_postgresql_watch_stop (YmPostgresqlWatch *watch)
{
  const guint64 one = 1;

  if (watch == NULL)
    return;
  while (write (watch->stop, &one, sizeof one) < 0 && errno == EINTR)
    ;
  g_thread_join (watch->thread);
  close (watch->stop);
  g_free (watch->url);
  g_free (watch);
}
