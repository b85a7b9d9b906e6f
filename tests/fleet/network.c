/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Between devices and servers: letters that get lost, come twice, late and in any order. */

#include "tests/fleet/network.h"

#include "app/base/error.h"
#include "sync/exchange/compress.h"
#include "sync/exchange/limits.h"

static const struct {
  const char *path;
  YmJobKind kind;
} paths[] = {
  { "/v1/exchange", YM_JOB_EXCHANGE },
  { "/v1/enrol", YM_JOB_ENROL },
  { "/v1/administer", YM_JOB_ADMINISTER },
};

static YmJobKind
kind_of (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (g_str_equal (paths[i].path, path))
      return paths[i].kind;
  g_assert_not_reached ();
}

/* An answer under way. */
typedef struct {
  guint to;
  guint64 ticket;
  guint status;
  GBytes *body;
} Packet;

static void
packet_free (gpointer data)
{
  Packet *packet = data;

  g_clear_pointer (&packet->body, g_bytes_unref);
  g_free (packet);
}

static gint64
draw_delay (Network *network)
{
  return chance_between (&network->world->chance, 1000, network->weather.most_delay_us);
}

/* What nobody waits for any more was a connection that is closed. */
static void
arrive_cb (gpointer who, gpointer data)
{
  Network *network = who;
  Packet *packet = data;
  Line *line = g_ptr_array_index (network->lines, packet->to);

  if (line->is_waiting && !line->is_answered && line->ticket == packet->ticket)
    {
      line->is_answered = TRUE;
      line->status = packet->status;
      line->answer = g_steal_pointer (&packet->body);
    }
  packet_free (packet);
}

static void
reply (gpointer context, const Letter *letter, guint status, GBytes *answer)
{
  Network *network = context;
  Packet *packet;

  if (chance_percent (&network->world->chance, network->weather.lose_percent))
    return;
  packet = g_new (Packet, 1);
  *packet = (Packet){ letter->from, letter->ticket, status, answer == NULL ? NULL : g_bytes_ref (answer) };
  agenda_add (network->world->agenda, draw_delay (network), arrive_cb, network, packet, packet_free);
}

/* A balancer in front of the servers gives each letter to the next. */
static void
deliver_cb (gpointer who, gpointer data)
{
  Network *network = who;

  server_take (g_ptr_array_index (network->servers, network->n_posts++ % network->servers->len), data);
}

void
network_send (Network *network, Letter *letter)
{
  if (chance_percent (&network->world->chance, network->weather.double_percent))
    {
      network->n_doubled++;
      agenda_add (network->world->agenda, draw_delay (network), deliver_cb, network,
                  letter_new (letter->from, letter->ticket, letter->kind, letter->body), (GDestroyNotify) letter_free);
    }
  if (chance_percent (&network->world->chance, network->weather.lose_percent))
    letter_free (letter);
  else
    agenda_add (network->world->agenda, draw_delay (network), deliver_cb, network, letter, (GDestroyNotify) letter_free);
}

static void
wait_for_answer (Line *line)
{
  Network *network = line->network;
  Agenda *agenda = network->world->agenda;
  const gint64 until_us = agenda_now_us (agenda) + NETWORK_PATIENCE_US;

  line->is_waiting = TRUE;
  network->n_waiting++;
  while (!line->is_answered && !machine_is_lost (line->machine) && agenda_now_us (agenda) < until_us)
    (void) agenda_step (agenda, until_us);
  network->n_waiting--;
  line->is_waiting = FALSE;
}

static GBytes *
take_answer (Line *line, YmJobKind kind, guint *http_status, GError **error)
{
  g_autoptr (GBytes) answer = g_steal_pointer (&line->answer);

  if (!line->is_answered || machine_is_lost (line->machine))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NETWORK, "cut");
      return NULL;
    }
  *http_status = line->status;
  if (answer == NULL)
    return g_bytes_new_static ("", 0);
  return kind == YM_JOB_EXCHANGE ? ym_compress (answer) : g_steal_pointer (&answer);
}

static GBytes *
post (gpointer context, const char *path, GBytes *body, gsize most_answer_bytes, guint *http_status,
      GCancellable *cancellable, GError **error)
{
  Line *line = context;
  YmJobKind kind = kind_of (path);
  g_autoptr (GBytes) request
      = kind == YM_JOB_EXCHANGE ? ym_inflate (body, YM_EXCHANGE_MAX_BYTES, error) : g_bytes_ref (body);

  if (request == NULL)
    return NULL;
  if (line->is_away)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_UNREACHABLE, "away");
      return NULL;
    }
  line->is_answered = FALSE;
  network_send (line->network, letter_new (line->number, ++line->ticket, kind, request));
  wait_for_answer (line);
  return take_answer (line, kind, http_status, error);
}

void
network_init (Network *network, World *world)
{
  *network = (Network){ .world = world };
  network->servers = g_ptr_array_new ();
  network->lines = g_ptr_array_new ();
}

void
network_clear (Network *network)
{
  g_clear_pointer (&network->servers, g_ptr_array_unref);
  g_clear_pointer (&network->lines, g_ptr_array_unref);
}

void
network_add_server (Network *network, Server *server)
{
  server->reply = reply;
  server->context = network;
  g_ptr_array_add (network->servers, server);
}

void
network_add_line (Network *network, Line *line, Machine *machine)
{
  *line = (Line){ .network = network, .number = network->lines->len, .machine = machine, .transport = { post, line } };
  g_ptr_array_add (network->lines, line);
}
