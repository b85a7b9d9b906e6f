/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How one page leads to another without knowing it: by an action that the workplace answers. */

#include "ui/desk/place.h"

#include "app/forms/fields.h"

GVariant *
ym_place_to_variant (const YmPlace *place)
{
  g_autofree char *home = ym_id_to_string (&place->home);
  g_autofree char *record = ym_id_to_string (&place->record);

  return g_variant_new ("(uss)", (guint) place->kind, home, record);
}

gboolean
ym_place_from_variant (GVariant *variant, YmPlace *place)
{
  const char *home, *record;
  guint kind;

  g_variant_get (variant, "(u&s&s)", &kind, &home, &record);
  place->kind = kind;
  return ym_id_parse (home, &place->home) && ym_id_parse (record, &place->record);
}

void
ym_place_open (GtkWidget *from, YmPlaceKind kind, const YmId *home, const YmId *record)
{
  const YmPlace place = { kind, home != NULL ? *home : ym_id_zero, record != NULL ? *record : ym_id_zero };

  gtk_widget_activate_action_variant (from, YM_PLACE_ACTION, ym_place_to_variant (&place));
}

YmPlace
ym_place_of_record (guint form, const YmId *home, const YmId *record)
{
  /* A place that is about no home, or about none of its records, carries no id that it has no use for. */
  static const struct {
    guint form;
    YmPlaceKind kind;
    gboolean with_home;
    gboolean with_record;
  } places[] = {
    { YM_FORM_HOME, YM_PLACE_HOME, TRUE, FALSE },
    { YM_FORM_VISIT, YM_PLACE_VISIT, TRUE, TRUE },
    { YM_FORM_ISSUE, YM_PLACE_ISSUE, TRUE, TRUE },
    { YM_FORM_CALL, YM_PLACE_CALL, TRUE, TRUE },
    { YM_FORM_CALL_REVIEW, YM_PLACE_CALL, TRUE, TRUE },
    { YM_FORM_JOINT_INSPECTION, YM_PLACE_INSPECTIONS, TRUE, FALSE },
    { YM_FORM_INSPECTION_ACTION, YM_PLACE_INSPECTIONS, TRUE, FALSE },
    { YM_FORM_ARREST_REVIEW, YM_PLACE_ARREST, TRUE, TRUE },
    { YM_FORM_DEBRIEF, YM_PLACE_ARRESTS, TRUE, FALSE },
    { YM_FORM_LEARNING_NOTE, YM_PLACE_LEARNING, FALSE, FALSE },
    { YM_FORM_PARTNER, YM_PLACE_PARTNERS, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].form == form)
      return (YmPlace){ places[i].kind, places[i].with_home ? *home : ym_id_zero,
                        places[i].with_record ? *record : ym_id_zero };
  return (YmPlace){ YM_PLACE_RECORD, *home, *record };
}

void
ym_place_open_record (GtkWidget *from, guint form, const YmId *home, const YmId *record)
{
  const YmPlace place = ym_place_of_record (form, home, record);

  gtk_widget_activate_action_variant (from, YM_PLACE_ACTION, ym_place_to_variant (&place));
}
