/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dates and times as other systems write them. Not strptime(), which reads by the locale of whoever imports, and takes
 * 31 June for a date. */

#include "sync/admin/written-time.h"

#include <string.h>

typedef enum {
  YEAR,
  MONTH,
  DAY,
  HOUR,
  MINUTE,
  SECOND,
  N_PARTS,
} Part;

/* What stands after a per cent sign. */
static const struct {
  char letter;
  Part part;
  guint least;
  guint most; /* digits; 0 for the name of a month */
} directives[] = { { 'Y', YEAR, 4, 4 }, { 'y', YEAR, 2, 2 },   { 'm', MONTH, 1, 2 },  { 'b', MONTH, 0, 0 },
                   { 'd', DAY, 1, 2 },  { 'H', HOUR, 1, 2 }, { 'M', MINUTE, 2, 2 }, { 'S', SECOND, 2, 2 } };

static int
find_directive (char letter)
{
  for (guint i = 0; i < G_N_ELEMENTS (directives); i++)
    if (directives[i].letter == letter)
      return (int) i;
  return -1;
}

gboolean
ym_written_time_check (const char *format, gboolean has_clock)
{
  guint n[N_PARTS] = { 0 };

  for (const char *at = strchr (format, '%'); at != NULL; at = strchr (at + 2, '%'))
    {
      int directive = find_directive (at[1]);

      if (directive < 0 || ++n[directives[directive].part] > 1)
        return FALSE;
    }
  return n[YEAR] == 1 && n[MONTH] == 1 && n[DAY] == 1 && n[HOUR] == (has_clock ? 1 : 0)
         && n[MINUTE] == n[HOUR] && n[SECOND] <= n[MINUTE];
}

static gboolean
read_number (const char **at, guint least, guint most, int *number)
{
  guint n = 0;

  for (*number = 0; n < most && g_ascii_isdigit (**at); n++)
    *number = *number * 10 + g_ascii_digit_value (*(*at)++);
  return n >= least;
}

static gboolean
read_month_name (const char **at, int *number)
{
  static const char *const names[] = { "january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december" };
  gsize length = strspn (*at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((length == 3 || length == strlen (names[i])) && g_ascii_strncasecmp (*at, names[i], length) == 0)
      {
        *number = (int) i + 1;
        *at += length;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_part (char letter, const char **at, int parts[N_PARTS])
{
  int directive = find_directive (letter);
  int *part;

  if (directive < 0)
    return FALSE;
  part = &parts[directives[directive].part];
  if (letter == 'b')
    return read_month_name (at, part);
  if (!read_number (at, directives[directive].least, directives[directive].most, part))
    return FALSE;
  *part += letter == 'y' ? 2000 : 0;
  return TRUE;
}

gboolean
ym_written_time_read (const char *format, const char *text, YmWrittenTime *time)
{
  int parts[N_PARTS] = { 0 };

  for (; *format != '\0'; format++)
    if (*format == '%')
      {
        if (!read_part (*++format, &text, parts))
          return FALSE;
      }
    else if (*format == ' ')
      {
        if (*text != ' ')
          return FALSE;
        text += strspn (text, " ");
      }
    else if (*text++ != *format)
      return FALSE;
  if (*text != '\0' || parts[HOUR] > 23 || parts[MINUTE] > 59 || parts[SECOND] > 59)
    return FALSE;
  time->day = ym_day_from_ymd (parts[YEAR], parts[MONTH], parts[DAY]);
  time->second = (parts[HOUR] * 60 + parts[MINUTE]) * 60 + parts[SECOND];
  return time->day != YM_DAY_NONE;
}
