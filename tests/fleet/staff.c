/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The people and homes of a simulated force, and the records that say so. */

#include "tests/fleet/staff.h"

#include <sodium.h>
#include <string.h>

#include "app/forms/validate.h"

static gboolean
sign_as_root (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES], GError **error)
{
  return crypto_sign_detached (signature, NULL, message, length, ((Staff *) context)->root_secret) == 0;
}

/* The first two share a home; of the others some supervise an area, and some lead the force. */
static void
init_officer (Staff *staff, guint i)
{
  Officer *officer = &staff->officers[i];
  const guint luck = chance_below (&staff->world->chance, 100);

  g_snprintf (officer->collar, sizeof officer->collar, "%u", 2000 + i);
  officer->id = ym_id_from_key (&staff->force, "officer", officer->collar);
  officer->role = i % 3 == 1 ? YM_ROLE_DEPUTY : YM_ROLE_NAMED_OFFICER;
  if (i > 1 && luck < 25)
    {
      officer->role = YM_ROLE_SUPERVISOR;
      officer->supervises = luck % 2 == 0 ? 'W' : 'E';
    }
  else if (i > 1 && luck < 40)
    officer->role = YM_ROLE_FORCE_LEAD;
}

static void
init_home (Staff *staff, guint i)
{
  Home *home = &staff->homes[i];

  home->area = i % 2 == 0 ? 'W' : 'E';
  g_snprintf (home->number, sizeof home->number, "%c%u", home->area, i);
  home->id = ym_id_from_key (&staff->force, "home", home->number);
}

void
staff_init (Staff *staff, World *world, guint n_officers)
{
  const guint8 seed[crypto_sign_SEEDBYTES] = "root";

  g_assert_cmpuint (n_officers, <=, STAFF_MOST_OFFICERS);
  *staff = (Staff){ .world = world, .n_officers = n_officers, .n_homes = MIN (1 + n_officers / 2, STAFF_MOST_HOMES) };
  crypto_sign_seed_keypair (staff->root_key, staff->root_secret, seed);
  staff->root = (YmAuthor){ ym_id_of_public_key ("device", staff->root_key), { sign_as_root, staff } };
  staff->force = ym_id_of_public_key ("force", staff->root_key);
  for (guint i = 0; i < n_officers; i++)
    init_officer (staff, i);
  for (guint i = 0; i < staff->n_homes; i++)
    init_home (staff, i);
}

static const char *const words[] = { "Awel", "Bryn", "Coed", "Derwen", "Eithin", "Ffynnon", "Gwern", "Helyg" };

/* Letters without any sense, which no compression makes short. */
static YmValue
long_answer (gsize length, Chance *chance)
{
  g_autofree char *text = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    text[i] = (char) ('!' + chance_below (chance, 90));
  text[length] = '\0';
  return ym_value_text (text);
}

static YmValue
answer_to (const YmField *field, const YmId *scope, const YmId *officer, gboolean is_wordy, World *world,
           Chance *chance)
{
  switch (field->kind)
    {
    case YM_FIELD_NOTE:
      if (is_wordy)
        return long_answer ((gsize) field->maximum, chance);
      G_GNUC_FALLTHROUGH;
    case YM_FIELD_TEXT:
      {
        g_autofree char *text
            = g_strdup_printf ("%s %u", words[chance_below (chance, G_N_ELEMENTS (words))], chance_below (chance, 90) + 10);

        text[MIN (strlen (text), (gsize) field->maximum)] = '\0';
        return ym_value_text (text);
      }
    case YM_FIELD_CHOICE:
      return ym_value_integer (field->choices->items[chance_below (chance, field->choices->n_items)].number);
    case YM_FIELD_DATE:
      return ym_value_integer (world_now_us (world) / DAY_US);
    case YM_FIELD_INSTANT:
      return ym_value_integer (world_now_us (world));
    case YM_FIELD_REFERENCE:
      if (field->refers_to == YM_FORM_HOME)
        return ym_value_id (scope);
      return field->refers_to == YM_FORM_OFFICER && officer != NULL ? ym_value_id (officer) : (YmValue) YM_VALUE_INIT;
    case YM_FIELD_INTEGER:
      return ym_value_integer (field->minimum);
    default:
      return (YmValue) YM_VALUE_INIT;
    }
}

static YmId
random_id (Chance *chance)
{
  const guint64 halves[2] = { chance_next (chance), chance_next (chance) };
  YmId id;

  memcpy (id.bytes, halves, sizeof id.bytes);
  return id;
}

YmRecord *
staff_record (Staff *staff, guint form_id, const YmId *scope, const YmId *officer, Chance *chance)
{
  const YmForm *form = ym_form (form_id);
  YmId id = random_id (chance);
  YmRecord *record = ym_record_new (form, scope, &id);

  for (guint i = 0; i < form->n_fields; i++)
    if ((form->fields[i].flags & YM_FIELD_REQUIRED) != 0 || (staff->is_wordy && form->fields[i].kind == YM_FIELD_NOTE))
      {
        g_auto (YmValue) value = answer_to (&form->fields[i], scope, officer, staff->is_wordy, staff->world, chance);

        ym_record_set (record, form->fields[i].id, &value);
      }
  return record;
}

static gboolean
write_one (YmJournal *journal, const YmAuthor *author, const char *intent, const YmRecord *record, GError **error)
{
  const YmChange change = { NULL, record };

  return ym_journal_write (journal, author, intent, &record->id, &change, 1, error);
}

gboolean
staff_write_officers (Staff *staff, YmJournal *journal, const YmAuthor *administrator, GError **error)
{
  for (guint i = 0; i < staff->n_officers; i++)
    {
      const Officer *officer = &staff->officers[i];
      g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_OFFICER), &staff->force, &officer->id);
      const char area[] = { officer->supervises, '\0' };

      ym_record_set_text (record, YM_OFFICER_COLLAR_NO, officer->collar);
      ym_record_set_text (record, YM_OFFICER_NAME, officer->collar);
      ym_record_set_integer (record, YM_OFFICER_ROLE, officer->role);
      ym_record_set_text (record, YM_OFFICER_AREA, area);
      if (!write_one (journal, administrator, "officer.import", record, error))
        return FALSE;
    }
  return TRUE;
}

YmRecord *
staff_assignment (Staff *staff, guint home, guint officer, gint64 to_date)
{
  const YmId *id = &staff->homes[home].id;
  YmRecord *record = ym_record_new (ym_form (YM_FORM_ASSIGNMENT), id, &ym_id_zero);

  ym_record_set_id (record, YM_ASSIGNMENT_HOME, id);
  ym_record_set_id (record, YM_ASSIGNMENT_OFFICER, &staff->officers[officer].id);
  ym_record_set_integer (record, YM_ASSIGNMENT_ROLE,
                         staff->officers[officer].role == YM_ROLE_DEPUTY ? YM_ASSIGNMENT_DEPUTY : YM_ASSIGNMENT_NAMED);
  ym_record_set_integer (record, YM_ASSIGNMENT_FROM_DATE, WORLD_BEGIN_US / DAY_US - 100);
  if (to_date > 0)
    ym_record_set_integer (record, YM_ASSIGNMENT_TO_DATE, to_date);
  record->id = ym_record_key_id (record, &staff->force);
  return record;
}

/* Whose home it is to begin with: neighbours share one. */
static gboolean
assign_first (Staff *staff, YmJournal *journal, const YmAuthor *administrator, guint officer, GError **error)
{
  g_autoptr (YmRecord) record = staff_assignment (staff, officer / 2 % staff->n_homes, officer, 0);

  return write_one (journal, administrator, "assignment.import", record, error);
}

gboolean
staff_write_homes (Staff *staff, YmJournal *journal, const YmAuthor *administrator, GError **error)
{
  for (guint i = 0; i < staff->n_homes; i++)
    {
      const Home *home = &staff->homes[i];
      g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_HOME), &home->id, &home->id);
      const char area[] = { home->area, '\0' };

      ym_record_set_text (record, YM_HOME_REGISTRATION_NO, home->number);
      ym_record_set_text (record, YM_HOME_NAME, home->number);
      ym_record_set_integer (record, YM_HOME_STATUS, YM_HOME_OPEN);
      ym_record_set_text (record, YM_HOME_AREA, area);
      if (!write_one (journal, administrator, "home.import", record, error))
        return FALSE;
    }
  for (guint i = 0; i < staff->n_officers; i++)
    if (staff->officers[i].role != YM_ROLE_SUPERVISOR && staff->officers[i].role != YM_ROLE_FORCE_LEAD
        && !assign_first (staff, journal, administrator, i, error))
      return FALSE;
  return TRUE;
}

gboolean
staff_certify (Staff *staff, YmJournal *journal, guint kind, const guint8 key[YM_PUBLIC_KEY_BYTES], const YmId *officer,
               GError **error)
{
  YmId id = ym_id_of_public_key ("device", key);
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_DEVICE), &staff->force, &id);
  g_auto (YmValue) value = ym_value_bytes (key, YM_PUBLIC_KEY_BYTES);

  ym_record_set_integer (record, YM_DEVICE_KIND, kind);
  ym_record_set (record, YM_DEVICE_PUBLIC_KEY, &value);
  ym_record_set_integer (record, YM_DEVICE_ENROLLED_AT, 0);
  if (officer != NULL)
    ym_record_set_id (record, YM_DEVICE_OFFICER, officer);
  return write_one (journal, &staff->root, "device.certify", record, error);
}

gboolean
staff_certify_server (Staff *staff, YmJournal *journal, const guint8 key[YM_PUBLIC_KEY_BYTES], GError **error)
{
  YmId id = ym_id_of_public_key ("server", key);
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_SERVER), &staff->force, &id);
  g_auto (YmValue) value = ym_value_bytes (key, YM_PUBLIC_KEY_BYTES);

  ym_record_set_text (record, YM_SERVER_ADDRESS, "https://127.0.0.1:1");
  ym_record_set (record, YM_SERVER_SIGNING_KEY, &value);
  ym_record_set (record, YM_SERVER_TLS_KEY_HASH, &value);
  return write_one (journal, &staff->root, "server.certify", record, error);
}

gboolean
staff_revoke (Staff *staff, YmJournal *journal, const YmId *device, const YmChainPoint *last, gboolean stolen,
              GError **error)
{
  YmId id = random_id (&staff->world->chance);
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_REVOCATION), &staff->force, &id);

  ym_record_set_id (record, YM_REVOCATION_DEVICE, device);
  if (last->sequence > 0)
    ym_record_set_id (record, YM_REVOCATION_CHAIN, &last->chain);
  ym_record_set_integer (record, YM_REVOCATION_LAST_SEQUENCE, (gint64) last->sequence);
  ym_record_set_text (record, YM_REVOCATION_REASON, "lost");
  ym_record_set_integer (record, YM_REVOCATION_STOLEN, stolen ? YM_YES : YM_NO);
  ym_record_set_integer (record, YM_REVOCATION_AT, world_now_us (staff->world));
  return write_one (journal, &staff->root, "device.revoke", record, error);
}
