/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/id.h"
#include "sync/transport/transport.h"

G_BEGIN_DECLS

#define YM_HTTPS_MOST_PINS 4

/**
 * YmHttps:
 *
 * One server, reached over HTTPS. Many posts share one TLS connection. Any thread may post; posts of
 * one YmHttps go one after the other.
 */
typedef struct YmHttps YmHttps;

/**
 * YmHttpsDeadlines:
 * @connect_ms: until the connection stands and the server's key is known to be right
 * @whole_ms: until the last byte of the answer, connecting included
 *
 * Absolute: a server that trickles does not extend them.
 */
typedef struct {
  guint connect_ms;
  guint whole_ms;
} YmHttpsDeadlines;

/** ym_https_deadlines_usual: 15 s and 120 s, for a batch over a weak mobile connection. */
extern const YmHttpsDeadlines ym_https_deadlines_usual;

/**
 * ym_https_new:
 * @server: "https://host[:port]", without a path
 * @pins: (array length=n_pins) (nullable): SHA-256 of the SubjectPublicKeyInfo of each key that the
 *   server may have (the current one and the next)
 * @n_pins: 1 to %YM_HTTPS_MOST_PINS; or 0 for *provisional*: before enrolment the server's key is
 *   not known, so the first key seen is taken, kept to for the life of this object, and reported by
 *   ym_https_get_key(); the caller must check it once it knows better
 * @deadlines: see ym_https_deadlines_usual
 *
 * The server is the right one if it holds a pinned key, whatever its certificate says of names, dates
 * and issuers.
 *
 * Returns: (transfer full) (nullable): NULL with %YM_ERROR_INVALID if @server is no such address
 */
YmHttps *ym_https_new (const char *server, const YmHash *pins, guint n_pins,
                       const YmHttpsDeadlines *deadlines, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void ym_https_free (YmHttps *https);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmHttps, ym_https_free)

/** ym_https_transport: (transfer none): Valid as long as @https. */
const YmTransport *ym_https_transport (YmHttps *https);

/**
 * ym_https_get_key:
 * @key: (out): SHA-256 of the SubjectPublicKeyInfo that the server last showed, right or wrong
 *
 * Returns: FALSE if no server has shown a key yet
 */
gboolean ym_https_get_key (YmHttps *https, YmHash *key) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
