/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How one page leads to another without knowing it: by an action that the workplace answers. */

#include "ui/desk/place.h"

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
