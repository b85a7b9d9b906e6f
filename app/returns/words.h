/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/error.h"
#include "app/rules/civil.h"

G_BEGIN_DECLS

/**
 * YmWords:
 *
 * The words of one language, read from its catalogue without touching the process's own language: a return for CIW can be
 * Welsh while the screen, or another thread, is English. Immutable; any thread may ask.
 */
typedef struct _YmWords YmWords;

/**
 * ym_words_new:
 * @language: "en" or "cy"
 * @directory: (nullable): where catalogues lie, such as /usr/share/locale; %NULL for where the program has bound its own.
 *   English needs none
 *
 * Reads @directory/@language/LC_MESSAGES/ymweld.mo. A catalogue that is missing is an error, because half a document in
 * another language is worse than none.
 *
 * Returns: (transfer full) (nullable): the words. Errors: YM_ERROR_INVALID for another language, YM_ERROR_NOT_FOUND,
 * YM_ERROR_MALFORMED
 */
YmWords *ym_words_new (const char *language, const char *directory, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_words_free (YmWords *words);

/** ym_words_language: (transfer none): "en" or "cy". */
const char *ym_words_language (const YmWords *words);

/** ym_words_get: (transfer none): @text as marked with N_() or NC_(), in the language; English where it lacks it. */
const char *ym_words_get (const YmWords *words, const char *text);

/** ym_words_month: (transfer full): Such as "March 2026"; ym_words_day: such as "2 March 2026". */
char *ym_words_month (const YmWords *words, YmMonth month);
char *ym_words_day (const YmWords *words, YmDay day);

/** ym_words_weekday: (transfer none): @weekday: 0 for Monday to 6 for Sunday. */
const char *ym_words_weekday (const YmWords *words, guint weekday);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmWords, ym_words_free)

G_END_DECLS
