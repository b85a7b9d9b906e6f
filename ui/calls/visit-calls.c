/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ways out of a visit's section about calls. What is done there names the visit. */

#include "ui/calls/visit-calls.h"

#include <glib/gi18n-lib.h>

#include "ui/desk/place.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/fold-layout.h"

static void
add_way (GtkWidget *box, const char *label, YmPlaceKind kind, const YmId *home, const YmId *visit)
{
  const YmPlace place = { kind, *home, *visit };
  GtkWidget *button = ym_wrap_button_new (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), YM_PLACE_ACTION);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), ym_place_to_variant (&place));
  gtk_box_append (GTK_BOX (box), button);
}

GtkWidget *
ym_visit_calls_new (const YmId *home, const YmId *visit)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, ym_fold_layout_new (9, FALSE));
  add_way (box, _ ("Calls of This Home"), YM_PLACE_CALLS, home, visit);
  add_way (box, _ ("Reconcile the Call Logs"), YM_PLACE_RECONCILE, home, visit);
  return box;
}
