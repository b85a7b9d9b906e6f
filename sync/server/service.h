/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/server/http.h"
#include "sync/server/queue.h"

G_BEGIN_DECLS

/**
 * YmService:
 *
 * A ledger on the network: "POST /v1/exchange", "/v1/enrol" and "/v1/administer", "GET /healthz" and "/metrics".
 */
typedef struct _YmService YmService;

/**
 * YmServiceOptions:
 * @http: where and how to listen; its routes, context and metrics are set here
 * @queue: limits, and whom to tell when the store fails
 */
typedef struct {
  YmHttpOptions http;
  YmQueueOptions queue;
} YmServiceOptions;

/**
 * ym_service_start:
 * @ledger: belongs to the service until ym_service_stop()
 *
 * Listens when it returns.
 *
 * Returns: (transfer full) (nullable): %NULL with YM_ERROR_INVALID or YM_ERROR_BUSY
 */
YmService *ym_service_start (YmLedger *ledger, const YmServiceOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_service_get_port: The port listened on; 0 for a Unix socket. */
guint16 ym_service_get_port (YmService *service);
YmQueueCounts ym_service_get_counts (YmService *service);

/**
 * ym_service_stop:
 * @service: (transfer full)
 * @patience_ms: for requests under way
 *
 * Takes nothing new, answers what it has, gives the ledger back.
 */
void ym_service_stop (YmService *service, guint patience_ms);

G_END_DECLS
