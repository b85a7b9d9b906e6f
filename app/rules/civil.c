/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dates, instants and London's clock, from the calendar and the law themselves: the same answer on every
 * device and server, whatever time zone it is set to and however old its tzdata is. The conversions between
 * days and year, month, day count in years that begin on 1 March, so that the leap day is the last of its
 * year, and in eras of 400 years, which all have 146,097 days. */

#include "app/rules/civil.h"

#define DAYS_OF_ERA 146097
#define MARCH_0000 (-719468) /* 0000-03-01, the first day of era 0 */
#define MARCH 3
#define OCTOBER 10

static gint64
floor_divide (gint64 dividend, gint64 divisor)
{
  return dividend / divisor - (dividend % divisor < 0 ? 1 : 0);
}

/* Not dividend minus quotient times divisor, which overflows near G_MININT64. */
static gint64
floor_remainder (gint64 dividend, gint64 divisor)
{
  gint64 remainder = dividend % divisor;

  return remainder < 0 ? remainder + divisor : remainder;
}

static gint64
day_of_civil (gint64 year, int month, int day_of_month)
{
  gint64 march_year = month < MARCH ? year - 1 : year;
  gint64 era = floor_divide (march_year, 400);
  gint64 year_of_era = march_year - era * 400;
  gint64 day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day_of_month - 1;

  return MARCH_0000 + era * DAYS_OF_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100
         + day_of_year;
}

static void
civil_of_day (gint64 day, gint64 *year, int *month, int *day_of_month)
{
  gint64 era = floor_divide (day - MARCH_0000, DAYS_OF_ERA);
  gint64 day_of_era = day - MARCH_0000 - era * DAYS_OF_ERA;
  gint64 year_of_era
      = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (DAYS_OF_ERA - 1)) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int march_month = (5 * day_of_year + 2) / 153;

  *day_of_month = day_of_year - (153 * march_month + 2) / 5 + 1;
  *month = (march_month + 2) % 12 + 1;
  *year = year_of_era + era * 400 + (*month < MARCH ? 1 : 0);
}

/* Reads exactly @n_digits ASCII digits and moves @text past them. */
static gboolean
take_digits (const char **text, int n_digits, int *number)
{
  *number = 0;
  for (int i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit ((*text)[i]))
        return FALSE;
      *number = *number * 10 + g_ascii_digit_value ((*text)[i]);
    }
  *text += n_digits;
  return TRUE;
}

static gboolean
take_char (const char **text, char expected)
{
  if (**text != expected)
    return FALSE;
  (*text)++;
  return TRUE;
}

static gboolean
take_day (const char **text, YmDay *day)
{
  int year, month, day_of_month;

  if (!take_digits (text, 4, &year) || !take_char (text, '-') || !take_digits (text, 2, &month)
      || !take_char (text, '-') || !take_digits (text, 2, &day_of_month))
    return FALSE;
  *day = ym_day_from_ymd (year, month, day_of_month);
  return *day != YM_DAY_NONE;
}

/* Reads hh:mm, and with @us also [:ss[.f{1,6}]]. */
static gboolean
take_clock (const char **text, int *minute, gint64 *us)
{
  int hours, minutes, seconds = 0;

  if (!take_digits (text, 2, &hours) || !take_char (text, ':') || !take_digits (text, 2, &minutes)
      || hours > 23 || minutes > 59)
    return FALSE;
  *minute = hours * 60 + minutes;
  if (us == NULL)
    return TRUE;

  *us = 0;
  if (!take_char (text, ':'))
    return TRUE;
  if (!take_digits (text, 2, &seconds) || seconds > 59)
    return FALSE;
  *us = seconds * YM_SECOND_US;
  if (!take_char (text, '.'))
    return TRUE;
  if (!g_ascii_isdigit (**text))
    return FALSE;
  for (gint64 unit = YM_SECOND_US / 10; unit > 0 && g_ascii_isdigit (**text); unit /= 10)
    *us += g_ascii_digit_value (*(*text)++) * unit;
  return TRUE;
}

static gboolean
take_offset (const char **text, int *offset_minutes)
{
  char sign = **text;

  *offset_minutes = 0;
  if (take_char (text, 'Z'))
    return TRUE;
  if (!(take_char (text, '+') || take_char (text, '-')) || !take_clock (text, offset_minutes, NULL))
    return FALSE;
  if (sign == '-' && *offset_minutes == 0)
    return FALSE; /* -00:00 is RFC 3339's "offset unknown", not an offset */
  if (sign == '-')
    *offset_minutes = -*offset_minutes;
  return TRUE;
}

gboolean
ym_day_is_valid (YmDay day)
{
  return day >= YM_DAY_MIN && day <= YM_DAY_MAX;
}

YmDay
ym_day_from_ymd (int year, int month, int day_of_month)
{
  gint64 day, same_year;
  int same_month, same_day;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day_of_month < 1 || day_of_month > 31)
    return YM_DAY_NONE;
  day = day_of_civil (year, month, day_of_month);
  civil_of_day (day, &same_year, &same_month, &same_day);
  return same_day == day_of_month ? (YmDay) day : YM_DAY_NONE;
}

void
ym_day_to_ymd (YmDay day, int *year, int *month, int *day_of_month)
{
  gint64 long_year;
  int some_month, some_day;

  civil_of_day (day, &long_year, &some_month, &some_day);
  if (year != NULL)
    *year = long_year;
  if (month != NULL)
    *month = some_month;
  if (day_of_month != NULL)
    *day_of_month = some_day;
}

int
ym_day_weekday (YmDay day)
{
  const gint64 monday = -3; /* 1969-12-29 */

  return floor_remainder (day - monday, 7) + 1;
}

YmDay
ym_day_add_months (YmDay day, int months)
{
  gint64 month = (gint64) ym_month_of_day (day) + months;
  int day_of_month, longest;

  if (!ym_day_is_valid (day) || month < ym_month_of_day (YM_DAY_MIN) || month > ym_month_of_day (YM_DAY_MAX))
    return YM_DAY_NONE;
  ym_day_to_ymd (day, NULL, NULL, &day_of_month);
  ym_day_to_ymd (ym_month_last_day (month), NULL, NULL, &longest);
  return ym_month_first_day (month) + MIN (day_of_month, longest) - 1;
}

gboolean
ym_day_parse (const char *text, YmDay *day)
{
  YmDay parsed;

  if (!take_day (&text, &parsed) || *text != '\0')
    return FALSE;
  *day = parsed;
  return TRUE;
}

char *
ym_day_to_string (YmDay day)
{
  int year, month, day_of_month;

  ym_day_to_ymd (day, &year, &month, &day_of_month);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day_of_month);
}

YmMonth
ym_month_of_day (YmDay day)
{
  int year, month;

  ym_day_to_ymd (day, &year, &month, NULL);
  return (year - 1970) * 12 + month - 1;
}

YmDay
ym_month_first_day (YmMonth month)
{
  gint64 year = floor_divide (month, 12);

  return day_of_civil (1970 + year, floor_remainder (month, 12) + 1, 1);
}

YmDay
ym_month_last_day (YmMonth month)
{
  return ym_month_first_day (month + 1) - 1;
}

gboolean
ym_month_parse (const char *text, YmMonth *month)
{
  int year, month_of_year;

  if (!take_digits (&text, 4, &year) || !take_char (&text, '-') || !take_digits (&text, 2, &month_of_year)
      || *text != '\0' || ym_day_from_ymd (year, month_of_year, 1) == YM_DAY_NONE)
    return FALSE;
  *month = (year - 1970) * 12 + month_of_year - 1;
  return TRUE;
}

char *
ym_month_to_string (YmMonth month)
{
  int year, month_of_year;

  ym_day_to_ymd (ym_month_first_day (month), &year, &month_of_year, NULL);
  return g_strdup_printf ("%04d-%02d", year, month_of_year);
}

gboolean
ym_instant_parse (const char *text, gint64 *at_us)
{
  YmDay day;
  int minute, offset_minutes;
  gint64 us, parsed;

  if (!take_day (&text, &day) || !(take_char (&text, 'T') || take_char (&text, ' '))
      || !take_clock (&text, &minute, &us) || !take_offset (&text, &offset_minutes) || *text != '\0')
    return FALSE;
  parsed = day * YM_DAY_US + (minute - offset_minutes) * YM_MINUTE_US + us;
  if (!ym_day_is_valid (floor_divide (parsed, YM_DAY_US)))
    return FALSE;
  *at_us = parsed;
  return TRUE;
}

char *
ym_instant_to_string (gint64 at_us, int offset_minutes)
{
  gint64 offset_us = offset_minutes * YM_MINUTE_US;
  gint64 day = floor_divide (at_us, YM_DAY_US);
  gint64 us = floor_remainder (at_us, YM_DAY_US) + offset_us;
  gint64 turn = floor_divide (us, YM_DAY_US);
  g_autofree char *date = ym_day_to_string (day + turn);
  g_autofree char *decimals = NULL;

  us = floor_remainder (us, YM_DAY_US);
  if (us % YM_SECOND_US != 0)
    decimals = g_strdup_printf (".%06d", (int) (us % YM_SECOND_US));
  return g_strdup_printf ("%sT%02d:%02d:%02d%s%c%02d:%02d", date, (int) (us / (60 * YM_MINUTE_US)),
                          (int) (us / YM_MINUTE_US % 60), (int) (us / YM_SECOND_US % 60),
                          decimals != NULL ? decimals : "", offset_minutes < 0 ? '-' : '+',
                          ABS (offset_minutes) / 60, ABS (offset_minutes) % 60);
}

char *
ym_instant_to_london_string (gint64 at_us)
{
  return ym_instant_to_string (at_us, ym_london_from_instant (at_us).offset_minutes);
}

static gint64
last_sunday (gint64 year, int month)
{
  gint64 last = day_of_civil (year, month, 31); /* March and October both have 31 days */

  return last - ym_day_weekday (last) % 7;
}

static gboolean
is_summer_time (gint64 utc_day, int utc_minute)
{
  gint64 year;
  int month, day_of_month;

  civil_of_day (utc_day, &year, &month, &day_of_month);
  if (month == MARCH)
    return utc_day > last_sunday (year, MARCH) || (utc_day == last_sunday (year, MARCH) && utc_minute >= 60);
  if (month == OCTOBER)
    return utc_day < last_sunday (year, OCTOBER)
           || (utc_day == last_sunday (year, OCTOBER) && utc_minute < 60);
  return month > MARCH && month < OCTOBER;
}

YmLondonTime
ym_london_from_instant (gint64 at_us)
{
  gint64 utc_day = floor_divide (at_us, YM_DAY_US);
  int utc_minute = floor_remainder (at_us, YM_DAY_US) / YM_MINUTE_US;
  int offset_minutes = is_summer_time (utc_day, utc_minute) ? 60 : 0;
  int minute = utc_minute + offset_minutes;

  return (YmLondonTime){
    .day = utc_day + minute / (24 * 60),
    .minute = minute % (24 * 60),
    .offset_minutes = offset_minutes,
  };
}

YmLondonReading
ym_london_to_instant (YmDay day, int minute, gboolean second_pass, gint64 *at_us)
{
  gint64 winter_us, summer_us;
  gboolean in_winter, in_summer;

  g_return_val_if_fail (ym_day_is_valid (day), YM_LONDON_NEVER);
  g_return_val_if_fail (minute >= 0 && minute < 24 * 60, YM_LONDON_NEVER);

  winter_us = day * YM_DAY_US + minute * YM_MINUTE_US;
  summer_us = winter_us - 60 * YM_MINUTE_US;
  in_winter = ym_london_from_instant (winter_us).offset_minutes == 0;
  in_summer = ym_london_from_instant (summer_us).offset_minutes != 0;

  *at_us = in_summer && !(in_winter && second_pass) ? summer_us : winter_us;
  if (in_summer && in_winter)
    return YM_LONDON_TWICE;
  return in_summer || in_winter ? YM_LONDON_ONCE : YM_LONDON_NEVER;
}

gint64
ym_london_day_start (YmDay day)
{
  gint64 at_us = 0;

  ym_london_to_instant (day, 0, FALSE, &at_us);
  return at_us;
}

YmDay
ym_london_day (gint64 at_us)
{
  return ym_london_from_instant (at_us).day;
}
