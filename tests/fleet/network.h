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
 * @most_delay_us: requests and answers are under way up to so long, each by its own luck: so they overtake each other
 */
typedef struct {
  guint lose_percent;
  guint double_percent;
  gint64 most_delay_us;
} Weather;

typedef struct _Line Line;

/**
 * Network:
 * @servers: (element-type Server): a round-robin balancer stands before them
 * @lines: (element-type Line): by the devices' numbers
 */
typedef struct {
  World *world;
  Weather weather;
  GPtrArray *servers;
  GPtrArray *lines;
  guint n_waiting;
  guint n_posts;
  guint n_doubled;
} Network;

/**
 * Line:
 * @is_away: out of reach: nothing can be sent
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
};

void network_init (Network *network, World *world);
void network_clear (Network *network);
void network_add_server (Network *network, Server *server);
void network_add_line (Network *network, Line *line, Machine *machine);

/** network_send: A letter goes to some server, by the weather. @letter: (transfer full) */
void network_send (Network *network, Letter *letter);

G_END_DECLS
