/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The services beside the police, as the force's administrator lists them. */

#include "app/notebook/partners.h"

#include "app/journal/tables.h"

static int
by_kind_and_name (gconstpointer a, gconstpointer b)
{
  const YmRecord *one = *(YmRecord *const *) a, *other = *(YmRecord *const *) b;
  gint64 kind = ym_record_get_integer (one, YM_PARTNER_KIND, 0);
  gint64 other_kind = ym_record_get_integer (other, YM_PARTNER_KIND, 0);

  if (kind != other_kind)
    return kind < other_kind ? -1 : 1;
  return g_utf8_collate (ym_record_get_text (one, YM_PARTNER_NAME), ym_record_get_text (other, YM_PARTNER_NAME));
}

GPtrArray *
ym_partners_list (YmDesk *desk, GError **error)
{
  GPtrArray *partners = ym_tables_select (desk->db, ym_form (YM_FORM_PARTNER), error,
                                          "WHERE coalesce(listed, 1) <> 2 ORDER BY id", "");

  if (partners != NULL)
    g_ptr_array_sort (partners, by_kind_and_name);
  return partners;
}

gboolean
ym_partners_serve (const YmRecord *partner, const char *area)
{
  const char *of = ym_record_get_text (partner, YM_PARTNER_AREA);

  return area == NULL || of == NULL || g_str_equal (of, area);
}
