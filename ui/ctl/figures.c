/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Is it working? (R10) What the homes count each month, and what the force has set. */

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/notebook/monthly-figures.h"
#include "app/notebook/settings.h"
#include "app/returns/figures-report.h"
#include "app/rules/percent.h"
#include "ui/ctl/command.h"
#include "ui/ctl/words.h"
#include "ui/language.h"

#define USUAL_MONTHS 12

/* Of which homes, by the argument or the one option that is given; without any, of all on this device. */
static GPtrArray *
read_group (YmDesk *desk, const YmCtlCall *call, GError **error)
{
  static const struct {
    const char *option;
    YmGroup group;
  } groups[] = { { "area", YM_GROUP_AREA }, { "provider", YM_GROUP_PROVIDER }, { "force", YM_GROUP_FORCE } };
  YmGroup group = call->n_arguments > 0 ? YM_GROUP_HOME : YM_GROUP_FORCE;
  const char *name = NULL;
  guint n = call->n_arguments;
  g_autoptr (GPtrArray) homes = NULL;
  YmId home = ym_id_zero;

  if (n > 0 && !ym_ctl_find_home (desk, call->arguments[0], &home, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (ym_ctl_option (call, groups[i].option) != NULL)
      {
        group = groups[i].group;
        name = ym_ctl_option (call, groups[i].option);
        n++;
      }
  if (n > 1)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("Say one home, or one of --area, --provider and --force."));
      return NULL;
    }
  homes = ym_figures_homes (desk, group, group == YM_GROUP_HOME ? &home : NULL, name, error);
  if (homes == NULL || homes->len > 0)
    return g_steal_pointer (&homes);
  g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("No home of “%s” is on this device."), name != NULL ? name : "");
  return NULL;
}

/* The last twelve whole months, unless others are named. */
static gboolean
read_months (YmDesk *desk, const YmCtlCall *call, YmMonth *first, YmMonth *last, GError **error)
{
  const char *from = ym_ctl_option (call, "from"), *until = ym_ctl_option (call, "until");

  *last = ym_month_of_day (ym_ctl_today (desk)) - 1;
  if (until != NULL && !ym_ctl_read_month (until, last, error))
    return FALSE;
  *first = *last - USUAL_MONTHS + 1;
  if (from != NULL && !ym_ctl_read_month (from, first, error))
    return FALSE;
  if (*first <= *last)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("The period ends before it begins."));
  return FALSE;
}

/* A count, a share in per cent, or a mean; to people nothing where it is not known. */
static void
out_figure (YmOut *out, const char *key, const char *label, YmMeasure measure, const YmFigures *figures)
{
  const YmFigure *figure = &figures->figure[measure];
  gint64 number = figure->part;

  if (figure->whole == 0)
    {
      ym_out_text (out, key, label, NULL);
      return;
    }
  if (ym_measure_kind (measure) == YM_MEASURE_SHARE)
    number = ym_percent (figure->part, figure->whole);
  else if (ym_measure_kind (measure) == YM_MEASURE_MEAN)
    number = (figure->part + figure->whole / 2) / figure->whole;
  ym_out_integer (out, key, label, number);
}

static void
out_change (YmOut *out, const char *key, const char *label, YmMeasure measure, const YmFigures *before,
            const YmFigures *now)
{
  int change;

  if (ym_figures_change (measure, before, now, &change))
    ym_out_integer (out, key, label, change);
  else
    ym_out_text (out, key, label, NULL);
}

static void
out_measure (YmOut *out, YmMeasure measure, const YmComparison *comparison)
{
  static const YmChoice kind_items[] = { { YM_MEASURE_COUNT + 1, "count", N_ ("number") },
                                         { YM_MEASURE_SHARE + 1, "share", N_ ("per cent") },
                                         { YM_MEASURE_MEAN + 1, "mean", N_ ("days") } };
  static const YmChoices kinds = { kind_items, G_N_ELEMENTS (kind_items) };

  ym_out_text (out, "figure", _ ("Figure"), ym_label (ym_measure_label (measure)));
  ym_out_choice (out, "kind", _ ("In"), &kinds, ym_measure_kind (measure) + 1);
  out_figure (out, "now", _ ("Now"), measure, &comparison->now);
  out_figure (out, "year_before", _ ("Year before"), measure, &comparison->year_before);
  out_change (out, "change", _ ("Change"), measure, &comparison->year_before, &comparison->now);
  out_figure (out, "baseline", _ ("Baseline"), measure, &comparison->baseline);
  out_change (out, "change_since_baseline", _ ("Since"), measure, &comparison->baseline, &comparison->now_with_baseline);
}

/* Whose figures they are, for the title of a file. */
static const char *
name_group (const YmCtlCall *call, GPtrArray *homes)
{
  static const char *const options[] = { "area", "provider" };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (ym_ctl_option (call, options[i]) != NULL)
      return ym_ctl_option (call, options[i]);
  return call->n_arguments > 0 ? ym_record_get_text (g_ptr_array_index (homes, 0), YM_HOME_NAME)
                               : _ ("All homes on this device");
}

/* With --out FILE: the tables and their charts, in the form that the file's name ends with. */
static gboolean
write_figures (YmDesk *desk, YmCtlCall *call, GPtrArray *homes, const YmFiguresReport *report, GError **error)
{
  const char *path = ym_ctl_option (call, "out"), *language = ym_ctl_option (call, "lang");
  g_autoptr (YmWords) words = NULL;
  g_auto (GStrv) files = NULL;
  YmReturnFormat format = 0;

  if (path == NULL)
    return TRUE;
  while (format < YM_RETURN_N_FORMATS && !g_str_has_suffix (path, ym_return_format_name (format)))
    format++;
  if (format == YM_RETURN_N_FORMATS)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("“%s” does not end in .xlsx, .csv or .pdf. Give it such a name."),
                   path);
      return FALSE;
    }
  words = ym_words_new (language != NULL ? language : ym_language_current ()->code, NULL, error);
  if (words == NULL)
    return FALSE;
  files = ym_figures_report_write (report, name_group (call, homes), "", ym_clock_wall_us (desk->clock), words, format, path,
                                   ym_ctl_option (call, "replace") != NULL, error);
  if (files == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "files", _ ("Files"), YM_OUT_TABLE);
  for (guint i = 0; files[i] != NULL; i++)
    {
      ym_out_begin_item (call->out);
      ym_out_text (call->out, "file", _ ("File"), files[i]);
      ym_out_end_item (call->out);
    }
  ym_out_end_list (call->out);
  return TRUE;
}

static gboolean
show_figures (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (GPtrArray) homes = read_group (desk, call, error);
  g_autoptr (YmFiguresReport) report = NULL;
  YmMonth first, last;
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;

  if (homes == NULL || !read_months (desk, call, &first, &last, error))
    return FALSE;
  report = ym_figures_report_read (desk, homes, first, last, error);
  if (report == NULL || !write_figures (desk, call, homes, report, error))
    return FALSE;
  from = ym_month_to_string (first);
  until = ym_month_to_string (last);
  ym_out_integer (call->out, "homes", _ ("Homes"), homes->len);
  ym_out_text (call->out, "from", _ ("From"), from);
  ym_out_text (call->out, "until", _ ("Until"), until);
  ym_out_begin_list (call->out, "figures", NULL, YM_OUT_TABLE);
  for (YmMeasure measure = 0; measure < YM_N_MEASURES; measure++)
    {
      ym_out_begin_item (call->out);
      out_measure (call->out, measure, &report->comparison);
      ym_out_end_item (call->out);
    }
  ym_out_end_list (call->out);
  ym_out_say (call->out, _ ("Changes are in per cent of the monthly rate, of shares in points. The baseline is the three "
                            "months before the home's first named officer."));
  return TRUE;
}

static gboolean
type_figures (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home;
  YmMonth month;
  g_auto (YmMonthlyFigures) figures = { NULL, NULL };
  g_autoptr (YmRecord) record = NULL;

  if (!ym_ctl_find_home (desk, call->arguments[0], &home, error) || !ym_ctl_read_month (call->arguments[1], &month, error)
      || !ym_monthly_figures_load (desk, &home, month, &figures, error))
    return FALSE;
  record = ym_monthly_figures_begin (desk, &home, month, &figures);
  if (!ym_ctl_set_answers (record, ym_ctl_today (desk), call->arguments + 2, call->n_arguments - 2, error)
      || !ym_monthly_figures_save (desk, figures.typed, record, error))
    return FALSE;
  ym_out_id (call->out, "id", NULL, &record->id);
  ym_out_say (call->out, _ ("Saved."));
  return TRUE;
}

static gboolean
show_settings (YmDesk *desk, YmCtlCall *call, GError **error)
{
  ym_out_begin_list (call->out, "settings", NULL, YM_OUT_TABLE);
  for (YmSettingName i = 0; i < YM_N_SETTINGS; i++)
    {
      gint64 value;
      gboolean is_set;

      if (!ym_setting_read (desk, i, &value, &is_set, error))
        return FALSE;
      ym_out_begin_item (call->out);
      ym_out_text (call->out, "name", _ ("Setting"), ym_settings[i].name);
      ym_out_code (call->out, "label", _ ("What it is"), ym_label (ym_settings[i].label), ym_label (ym_settings[i].label));
      ym_out_integer (call->out, "value", _ ("Value"), value);
      ym_out_boolean (call->out, "set", _ ("Set by the force"), is_set);
      ym_out_end_item (call->out);
    }
  ym_out_end_list (call->out);
  return TRUE;
}

const YmCtlCommand ym_ctl_figures_commands[] = {
  { .name = "figures",
    .arguments = "[REGISTRATION_NO]",
    .summary = N_ ("Is it working: some months against the year before, and against the months before named-officer work"),
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = show_figures,
    .options = { { "area", "AREA" }, { "provider", "PROVIDER" }, { "force", NULL }, { "from", "MONTH" }, { "until", "MONTH" },
                 { "out", "FILE" }, { "lang", "en|cy" }, { "replace", NULL } } },
  { .name = "figures type",
    .arguments = "REGISTRATION_NO MONTH FIELD=VALUE...",
    .summary = N_ ("Type what a home counted in a month (form monthly_figures)"),
    .least = 3,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = type_figures },
  { .name = "settings",
    .arguments = "",
    .summary = N_ ("What the force has set for everybody"),
    .need = YM_CTL_NEEDS_OFFICER,
    .work = show_settings },
  { NULL },
};
