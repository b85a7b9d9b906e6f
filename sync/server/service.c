/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Between HTTP and the ledger. A network thread inflates a body and queues it, the ledger's thread answers, a pool
 * compresses the answer and sends it: nothing but the ledger itself is done on the one thread that all wait for.
 */

#include "sync/server/service.h"

#include "sync/exchange/compress.h"
#include "sync/exchange/enrolment.h"
#include "sync/exchange/administration.h"
#include "sync/exchange/limits.h"

#define SENDERS 2

struct _YmService {
  YmHttpServer *http;
  YmQueue *queue;
  GThreadPool *senders; /* of Call */
};

/* One request that is owed an answer. */
typedef struct {
  YmService *service;
  YmHttpReply *reply;
  YmJob *job;
  gboolean compressed; /* it came so, and is answered so */
} Call;

static const char *const content_types[] = {
  [YM_JOB_EXCHANGE] = "application/cose",
  [YM_JOB_ENROL] = "application/cbor",
  [YM_JOB_ADMINISTER] = "application/cose",
};

/* RFC 8878 3.1.1: a zstd frame begins with these, a signed message with tag 18. */
static gboolean
is_compressed (GBytes *body)
{
  static const guint8 magic[] = { 0x28, 0xb5, 0x2f, 0xfd };
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);

  return length >= sizeof magic && memcmp (data, magic, sizeof magic) == 0;
}

static void
send_cb (gpointer data, gpointer unused)
{
  g_autofree Call *call = data;
  g_autoptr (YmJob) job = call->job;

  if (job->status == 200)
    {
      g_autoptr (GBytes) body = call->compressed ? ym_compress (job->answer) : g_bytes_ref (job->answer);

      ym_http_reply_send (call->reply, 200, content_types[job->kind], body);
      return;
    }
  g_info ("event=turned-away kind=%d status=%u problem=%s", job->kind, job->status, job->problem);
  ym_http_reply_send_text (call->reply, job->status, job->problem);
}

static void
done_cb (gpointer data, YmJob *job)
{
  Call *call = data;

  call->job = job;
  g_thread_pool_push (call->service->senders, call, NULL);
}

static void
take (YmService *service, YmJobKind kind, const YmHttpRequest *request, YmHttpReply *reply)
{
  gboolean compressed = kind == YM_JOB_EXCHANGE && is_compressed (request->body);
  g_autoptr (GBytes) body
      = compressed ? ym_inflate (request->body, YM_EXCHANGE_MAX_BYTES, NULL) : g_bytes_ref (request->body);
  Call *call;

  if (body == NULL)
    {
      ym_http_reply_send_text (reply, 400, "malformed");
      return;
    }
  call = g_new (Call, 1);
  *call = (Call){ service, reply, NULL, compressed };
  ym_queue_push (service->queue, ym_job_new (kind, body), done_cb, call);
}

static void
exchange_cb (gpointer context, const YmHttpRequest *request, YmHttpReply *reply)
{
  take (context, YM_JOB_EXCHANGE, request, reply);
}

static void
enrol_cb (gpointer context, const YmHttpRequest *request, YmHttpReply *reply)
{
  take (context, YM_JOB_ENROL, request, reply);
}

static void
administer_cb (gpointer context, const YmHttpRequest *request, YmHttpReply *reply)
{
  take (context, YM_JOB_ADMINISTER, request, reply);
}

static const YmHttpRoute routes[] = {
  { "POST", "/v1/exchange", YM_EXCHANGE_MAX_BYTES, exchange_cb },
  { "POST", "/v1/enrol", YM_ENROLMENT_POST_MAX_BYTES, enrol_cb },
  { "POST", "/v1/administer", YM_ADMINISTRATION_MAX_BYTES + YM_COSE_OVERHEAD_BYTES, administer_cb },
};

static void
add_metric (GString *text, const char *name, const char *type, const char *help, guint64 value)
{
  g_string_append_printf (text, "# HELP ymweld_%s %s\n# TYPE ymweld_%s %s\nymweld_%s %" G_GUINT64_FORMAT "\n", name,
                          help, name, type, name, value);
}

static void
add_envelopes (GString *text, const guint64 envelopes[])
{
  static const char *const dispositions[] = {
    [YM_DISPOSITION_ACCEPTED] = "accepted",
    [YM_DISPOSITION_LATE] = "late",
    [YM_DISPOSITION_REFUSED] = "refused",
    [YM_DISPOSITION_QUARANTINED] = "quarantined",
  };

  g_string_append (text, "# HELP ymweld_envelopes_total Envelopes appended to the ledger.\n"
                         "# TYPE ymweld_envelopes_total counter\n");
  for (guint i = YM_DISPOSITION_ACCEPTED; i < G_N_ELEMENTS (dispositions); i++)
    g_string_append_printf (text, "ymweld_envelopes_total{disposition=\"%s\"} %" G_GUINT64_FORMAT "\n",
                            dispositions[i], envelopes[i]);
}

static void
metrics_cb (gpointer context, GString *text)
{
  YmService *service = context;
  const YmQueueCounts counts = ym_queue_get_counts (service->queue);
  const struct {
    const char *name;
    const char *type;
    const char *help;
    guint64 value;
  } metrics[] = {
    { "exchanges_total", "counter", "Exchanges answered.", counts.accept.exchanges },
    { "enrolments_total", "counter", "Enrolment posts answered.", counts.accept.enrolments },
    { "administrations_total", "counter", "Administrators' requests answered.", counts.accept.administrations },
    { "turned_away_total", "counter", "Requests answered with an error.", counts.accept.turned_away },
    { "queue_full_total", "counter", "Requests turned away because too many waited.", counts.full },
    { "old_counters_total", "counter", "Requests with a counter used before: replays or copied stores.",
      counts.accept.old_counters },
    { "envelopes_known_total", "counter", "Envelopes sent again.", counts.accept.known_again },
    { "stops_total", "counter", "Pushes stopped before their end.", counts.accept.stops },
    { "forks_total", "counter", "Two envelopes with one place in a chain.", counts.accept.forks },
    { "entries_sent_total", "counter", "Ledger entries given to devices.", counts.accept.entries_sent },
    { "commits_total", "counter", "Commits of the ledger.", counts.accept.commits },
    { "queue_waiting", "gauge", "Requests waiting for the next commit.", counts.waiting },
    { "ledger_position", "gauge", "The last position given out.", counts.end },
    { "store_failed", "gauge", "1 after the store has failed.", counts.failed },
  };

  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    add_metric (text, metrics[i].name, metrics[i].type, metrics[i].help, metrics[i].value);
  add_envelopes (text, counts.accept.envelopes);
}

YmService *
ym_service_start (YmLedger *ledger, const YmServiceOptions *options, GError **error)
{
  YmService *service = g_new0 (YmService, 1);
  YmHttpOptions http = options->http;

  service->queue = ym_queue_start (ledger, &options->queue);
  service->senders = g_thread_pool_new (send_cb, NULL, SENDERS, FALSE, NULL);
  http.routes = routes;
  http.n_routes = G_N_ELEMENTS (routes);
  http.context = service;
  http.metrics = metrics_cb;
  service->http = ym_http_server_start (&http, error);
  if (service->http != NULL)
    return service;
  ym_service_stop (service, 0);
  return NULL;
}

guint16
ym_service_get_port (YmService *service)
{
  return ym_http_server_get_port (service->http);
}

YmQueueCounts
ym_service_get_counts (YmService *service)
{
  return ym_queue_get_counts (service->queue);
}

void
ym_service_stop (YmService *service, guint patience_ms)
{
  /* Requests under way are answered while the server waits for them; then nothing is left to queue. */
  if (service->http != NULL)
    ym_http_server_stop (service->http, patience_ms);
  ym_queue_stop (service->queue);
  g_thread_pool_free (service->senders, FALSE, TRUE);
  g_free (service);
}
