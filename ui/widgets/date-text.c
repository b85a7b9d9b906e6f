/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dates and times as officers type and read them. */

#include "ui/widgets/date-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NUMBERS 3
#define MAX_DIGITS 8

typedef struct {
  int value;
  int digits;
} Number;

/* Runs of digits, parted by one or more of the usual signs; 0 for anything else. */
static guint
read_numbers (const char *text, Number numbers[MAX_NUMBERS])
{
  guint n = 0;

  while (*text != '\0')
    {
      if (g_ascii_isdigit (*text))
        {
          Number number = { 0 };

          for (; g_ascii_isdigit (*text); text++)
            {
              number.value = number.value * 10 + (*text - '0');
              if (++number.digits > MAX_DIGITS)
                return 0;
            }
          if (n == MAX_NUMBERS)
            return 0;
          numbers[n++] = number;
        }
      else if (strchr (" /-.:", *text++) == NULL)
        return 0;
    }
  return n;
}

gboolean
ym_date_read (const char *text, YmDay *day)
{
  Number numbers[MAX_NUMBERS];
  gboolean year_first;
  int year;

  if (read_numbers (text, numbers) != 3)
    return FALSE;
  year_first = numbers[0].digits == 4;
  year = year_first ? numbers[0].value : numbers[2].value;
  if (!year_first && numbers[2].digits == 2)
    year += 2000;
  if (year < 1900 || year > 2199)
    return FALSE;
  *day = ym_day_from_ymd (year, numbers[1].value, year_first ? numbers[2].value : numbers[0].value);
  return *day != YM_DAY_NONE;
}

static char *
format_day (YmDay day, const char *format)
{
  g_autoptr (GDateTime) midnight = g_date_time_new_from_unix_utc ((gint64) day * 24 * 60 * 60);

  return midnight != NULL ? g_date_time_format (midnight, format) : g_strdup ("");
}

char *
ym_date_write (YmDay day)
{
  return format_day (day, "%d/%m/%Y");
}

char *
ym_date_say (YmDay day)
{
  /* TRANSLATORS: %A is the weekday's name, %-d the day, %B the month's name, %Y the year. */
  return format_day (day, _("%A %-d %B %Y"));
}

gboolean
ym_time_read (const char *text, int *minute)
{
  Number numbers[MAX_NUMBERS];
  guint n = read_numbers (text, numbers);
  int hours, minutes;

  if (n == 1 && numbers[0].digits >= 3 && numbers[0].digits <= 4)
    {
      hours = numbers[0].value / 100;
      minutes = numbers[0].value % 100;
    }
  else if ((n == 1 && numbers[0].digits <= 2) || (n == 2 && numbers[1].digits == 2))
    {
      hours = numbers[0].value;
      minutes = n == 2 ? numbers[1].value : 0;
    }
  else
    return FALSE;
  if (hours > 23 || minutes > 59)
    return FALSE;
  *minute = hours * 60 + minutes;
  return TRUE;
}

char *
ym_time_write (int minute)
{
  return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}
