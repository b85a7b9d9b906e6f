/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YmLanguage:
 * @code: what is stored and what gettext looks for: "en", "cy"
 * @name: in its own words, never translated
 * @locale: gives dates, month names and sorting
 *
 * A language the whole app exists in (R15).
 */
typedef struct {
  const char *code;
  const char *name;
  const char *locale;
} YmLanguage;

/** ym_languages: (array length=ym_n_languages): English first, then Welsh. */
extern const YmLanguage ym_languages[];
extern const guint ym_n_languages;

/**
 * ym_language_bind:
 * @translations: (nullable): the directory with `cy/LC_MESSAGES/ymweld.mo`; %NULL finds the build tree's beside the
 *   program, else the installed one
 *
 * Says where the words of all languages lie. Enough for a program that speaks English and gives out Welsh files.
 */
void ym_language_bind (const char *translations);

/**
 * ym_language_prepare:
 * @cache_directory: where locales that the system lacks are made and found again
 * @translations: (nullable): as for ym_language_bind()
 *
 * Binds the translations and makes sure that the locales of all languages can be used, compiling them
 * with localedef when the system has none. Call once, in the main thread, before any other thread exists
 * (it sets environment variables). Takes about two seconds the first time that locales must be made.
 *
 * Returns: %FALSE with YM_ERROR_STORAGE if a locale can be neither found nor made; the app then still
 *   works, but dates and sorting follow the system
 */
gboolean ym_language_prepare (const char *cache_directory, const char *translations, GError **error);

/**
 * ym_language_use:
 * @code: a code of ym_languages; anything else means English
 *
 * Switches the language of everything said from now on. Widgets made earlier keep their words: rebuild
 * the windows. Main thread only.
 */
void ym_language_use (const char *code);

/** ym_language_current: (transfer none): What ym_language_use() last chose; English before. */
const YmLanguage *ym_language_current (void);

/**
 * ym_language_default:
 *
 * Returns: (transfer none): what the user's session asks for, if it is one of ours; English otherwise
 */
const YmLanguage *ym_language_default (void);

G_END_DECLS
