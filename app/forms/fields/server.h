/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's certificate: the keys that it signs, seals and speaks TLS with. Said by the root key alone. */
FIELD (YM_SERVER_ADDRESS, 1, "address", TEXT, N_ ("Address"), .maximum = 240, .flags = YM_FIELD_REQUIRED)
FIELD (YM_SERVER_SIGNING_KEY, 2, "signing_key", BYTES, N_ ("Signing key"), .maximum = 32,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_SERVER_SEALING_KEY, 3, "sealing_key", BYTES, N_ ("Sealing key"), .maximum = 32)
FIELD (YM_SERVER_TLS_KEY_HASH, 4, "tls_key_hash", BYTES, N_ ("TLS key"), .maximum = 32, .flags = YM_FIELD_REQUIRED)
FIELD (YM_SERVER_NEXT_TLS_KEY_HASH, 5, "next_tls_key_hash", BYTES, N_ ("Next TLS key"), .maximum = 32)
