/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/server/accept.h"

G_BEGIN_DECLS

/**
 * YmQueue:
 *
 * Requests from any thread, and the one thread that writes. It takes whatever waits into one commit, so that the more
 * devices speak at once the less a commit costs each.
 */
typedef struct _YmQueue YmQueue;

/**
 * YmQueueOptions:
 * @most_waiting: further requests are turned away
 * @most_waiting_bytes: of their bodies together
 * @most_in_commit: how many are taken into one commit
 * @failed: called once, on the writing thread, when the store has failed: nothing is taken from then on
 * @context: handed to @failed
 */
typedef struct {
  guint most_waiting;
  gsize most_waiting_bytes;
  guint most_in_commit;
  void (*failed) (gpointer context, const GError *error);
  gpointer context;
} YmQueueOptions;

/** ym_queue_options_usual: 1,024 waiting, 64 MiB, 256 in a commit. */
extern const YmQueueOptions ym_queue_options_usual;

/**
 * YmQueueDone:
 * @job: (transfer full): answered, and durable
 *
 * Called on the writing thread: what takes time is handed on.
 */
typedef void (*YmQueueDone) (gpointer data, YmJob *job);

/** ym_queue_start: @ledger belongs to the queue's thread until ym_queue_stop(). */
YmQueue *ym_queue_start (YmLedger *ledger, const YmQueueOptions *options);

/**
 * ym_queue_push:
 * @job: (transfer full)
 *
 * @done is called exactly once, here with status 503 if there is no room.
 */
void ym_queue_push (YmQueue *queue, YmJob *job, YmQueueDone done, gpointer data);

/** ym_queue_stop: (transfer full): Answers what waits, then gives the ledger back. */
void ym_queue_stop (YmQueue *queue);

/**
 * YmQueueCounts:
 * @waiting: now
 * @full: requests turned away because too many waited
 * @failed: whether the store has failed
 * @accept: as of the last commit
 */
typedef struct {
  guint waiting;
  guint64 full;
  gboolean failed;
  guint64 end;
  YmAcceptCounts accept;
} YmQueueCounts;

YmQueueCounts ym_queue_get_counts (YmQueue *queue);

G_END_DECLS
