/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who and what a reference means, for people. */

#include "ui/visit/names.h"

#include "app/journal/tables.h"

static const struct {
  guint form;
  guint name;
} named[] = {
  { YM_FORM_OFFICER, YM_OFFICER_NAME },
  { YM_FORM_HOME, YM_HOME_NAME },
  { YM_FORM_DEVICE, YM_DEVICE_NAME },
};

char *
ym_names_of (YmDesk *desk, guint form, const YmId *id)
{
  g_autoptr (YmRecord) record = ym_tables_find (desk->db, ym_form (form), id, NULL);

  for (guint i = 0; record != NULL && i < G_N_ELEMENTS (named); i++)
    if (named[i].form == form)
      return g_strdup (ym_record_get_text (record, named[i].name));
  return NULL;
}

char *
ym_names_of_reference (YmDesk *desk, const YmRecord *record, guint field)
{
  YmId id;

  return ym_record_get_id (record, field, &id) ? ym_names_of (desk, ym_form_field (record->form, field)->refers_to, &id)
                                               : NULL;
}
