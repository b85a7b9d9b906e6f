/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Between devices and servers: letters that get lost, come twice, late and in any order. */

#include "tests/fleet/network.h"

#include "app/base/error.h"
#include "sync/exchange/compress.h"
#include "sync/exchange/limits.h"
#include "tests/fleet/liar.h"
#include "tests/sync/server-fixture.h"

#define MOST_OVERHEARD 16

/* An answer under way. */
typedef struct {
  guint to;
  guint64 ticket;
  guint status;
  gboolean is_lie;
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
      line->n_lies += packet->is_lie;
      line->answer = g_steal_pointer (&packet->body);
    }
  packet_free (packet);
}

/* Keeps @answer for a later lie, and gives what goes out in its place. */
static GBytes *
lie_or_not (Network *network, Server *server, const Letter *letter, GBytes *answer, gboolean *is_lie)
{
  Line *line = g_ptr_array_index (network->lines, letter->from);
  GBytes *lie = chance_percent (&network->world->chance, network->weather.lie_percent)
                    ? liar_alter (network->world, server, letter->body, answer,
                                  line->last_ticket == letter->ticket ? NULL : line->last)
                    : NULL;

  *is_lie = lie != NULL;
  network->n_lies += *is_lie;
  g_clear_pointer (&line->last, g_bytes_unref);
  line->last = g_bytes_ref (answer);
  line->last_ticket = letter->ticket;
  return *is_lie ? lie : g_bytes_ref (answer);
}

static void
reply (gpointer context, Server *server, const Letter *letter, guint status, GBytes *answer)
{
  Network *network = context;
  Packet *packet;

  if (chance_percent (&network->world->chance, network->weather.lose_percent))
    return;
  packet = g_new (Packet, 1);
  *packet = (Packet){ letter->from, letter->ticket, status, FALSE, NULL };
  if (answer != NULL)
    packet->body = lie_or_not (network, server, letter, answer, &packet->is_lie);
  agenda_add (network->world->agenda, draw_delay (network), arrive_cb, network, packet, packet_free);
}

/* A balancer in front of the servers gives each letter to the next. */
static void
deliver_cb (gpointer who, gpointer data)
{
  Network *network = who;

  server_take (g_ptr_array_index (network->servers, network->n_posts++ % network->servers->len), data);
}

static void
send_copy (Network *network, const Letter *letter)
{
  Letter *copy = letter_new (letter->from, letter->ticket, letter->kind, letter->body);

  copy->must_fail = letter->must_fail;
  agenda_add (network->world->agenda, draw_delay (network), deliver_cb, network, copy, (GDestroyNotify) letter_free);
}

static void
overhear (Network *network, const Letter *letter)
{
  if (network->overheard->len == MOST_OVERHEARD)
    g_ptr_array_remove_index_fast (network->overheard, chance_below (&network->world->chance, MOST_OVERHEARD));
  g_ptr_array_add (network->overheard, letter_new (letter->from, letter->ticket, letter->kind, letter->body));
}

void
network_play_back (Network *network)
{
  if (network->overheard->len > 0)
    send_copy (network, g_ptr_array_index (network->overheard, chance_below (&network->world->chance, network->overheard->len)));
  network->n_doubled++;
}

void
network_send (Network *network, Letter *letter)
{
  if (!letter->must_fail)
    overhear (network, letter);
  if (chance_percent (&network->world->chance, network->weather.double_percent))
    {
      network->n_doubled++;
      send_copy (network, letter);
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
  YmJobKind kind = test_job_kind (path);
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
  network->overheard = g_ptr_array_new_with_free_func ((GDestroyNotify) letter_free);
}

void
network_clear (Network *network)
{
  g_clear_pointer (&network->servers, g_ptr_array_unref);
  g_clear_pointer (&network->lines, g_ptr_array_unref);
  g_clear_pointer (&network->overheard, g_ptr_array_unref);
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

void
line_clear (Line *line)
{
  g_clear_pointer (&line->answer, g_bytes_unref);
  g_clear_pointer (&line->last, g_bytes_unref);
}
