/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/transport/transport.h"
#include "tests/fleet/server.h"

G_BEGIN_DECLS

/** NETWORK_PATIENCE_US: How long a device waits for an answer. */
#define NETWORK_PATIENCE_US MINUTE_US

/** NETWORK_MOST_WAITING: Devices that wait at once; further ones put their round off. */
#define NETWORK_MOST_WAITING 12

/**
 * Weather:
 * @lose_percent: of requests, and of answers, that never arrive; a response cut in its middle is one
 * @double_percent: of requests that arrive twice
 * @lie_percent: of answers that are lies
 * @most_delay_us: requests and answers are under way up to so long, each by its own luck: so they overtake each other
 */
typedef struct {
  guint lose_percent;
  guint double_percent;
  guint lie_percent;
  gint64 most_delay_us;
} Weather;

typedef struct _Line Line;

/**
 * Network:
 * @servers: (element-type Server): a round-robin balancer stands before them
 * @lines: (element-type Line): by the devices' numbers
 * @overheard: (element-type Letter): some that went by
 */
typedef struct {
  World *world;
  Weather weather;
  GPtrArray *servers;
  GPtrArray *lines;
  GPtrArray *overheard;
  guint n_waiting;
  guint n_posts;
  guint n_doubled;
  guint n_lies;
} Network;

/**
 * Line:
 * @is_away: out of reach: nothing can be sent
 * @n_lies: that have arrived
 * @last: (nullable): an earlier answer to it, to letter @last_ticket
 *
 * One device's connection; a YmTransport. While a device waits on it the rest of the world goes on.
 */
struct _Line {
  Network *network;
  guint number;
  Machine *machine;
  YmTransport transport;
  gboolean is_away;
  guint64 ticket;
  gboolean is_waiting;
  gboolean is_answered;
  guint status;
  GBytes *answer;
  guint n_lies;
  GBytes *last;
  guint64 last_ticket;
};

void network_init (Network *network, World *world);
void network_clear (Network *network);
void network_add_server (Network *network, Server *server);
void network_add_line (Network *network, Line *line, Machine *machine);

void line_clear (Line *line);

/** network_play_back: Somebody who has listened sends what went by before. */
void network_play_back (Network *network);

/** network_send: A letter goes to some server, by the weather. @letter: (transfer full) */
void network_send (Network *network, Letter *letter);

G_END_DECLS
