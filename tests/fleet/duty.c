/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people write. Honest people: what their program would let them. */

#include "tests/fleet/duty.h"

#include "app/journal/tables.h"

/* A home that the tablet believes is its officer's, by what it has heard so far. */
static gboolean
pick_home (Device *device, YmId *home)
{
  const Officer *officer = &device->staff->officers[device->officer];
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows
      = officer->supervises != 0
            ? ym_tables_select (device_get_db (device), ym_form (YM_FORM_HOME), &error, "WHERE area = ? ORDER BY id", "t",
                                officer->supervises == 'W' ? "W" : "E")
            : ym_tables_select (device_get_db (device), ym_form (YM_FORM_ASSIGNMENT), &error,
                                "WHERE officer = ? AND to_date IS NULL ORDER BY id", "d", &officer->id);

  if (rows == NULL)
    world_fail (device->world, "device %u can't be read: %s", device->number, error->message);
  if (rows == NULL || rows->len == 0)
    return FALSE;
  *home = ((YmRecord *) g_ptr_array_index (rows, chance_below (&device->world->chance, rows->len)))->scope;
  return TRUE;
}

/* Some record of the home that is there: NULL if there is none. */
static YmRecord *
pick_record (Device *device, guint form, const YmId *home)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows
      = ym_tables_select (device_get_db (device), ym_form (form), &error, "WHERE scope = ? ORDER BY id", "d", home);

  if (rows == NULL)
    world_fail (device->world, "device %u can't be read: %s", device->number, error->message);
  if (rows == NULL || rows->len == 0)
    return NULL;
  return ym_record_copy (g_ptr_array_index (rows, chance_below (&device->world->chance, rows->len)));
}

/* A new record with everything that must be there. */
static void
write_new (Device *device, guint form, const YmId *home)
{
  const YmId *officer = &device->staff->officers[device->officer].id;
  g_autoptr (YmRecord) record = staff_record (device->staff, form, home, officer, &device->world->chance);

  if (form == YM_FORM_HOME_FACTS)
    record->id = *home;
  (void) device_write (device, NULL, "test.new", NULL, record);
}

/* Another answer in one field of the words that may be changed. */
static void
write_again (Device *device, const YmRecord *before, guint field)
{
  g_autoptr (YmRecord) after = ym_record_copy (before);
  g_autofree char *text = g_strdup_printf ("%u of %u", chance_below (&device->world->chance, 1000), device->number);

  ym_record_set_text (after, field, text);
  (void) device_write (device, NULL, "test.change", before, after);
}

static void
write_update (Device *device, const YmId *home)
{
  static const guint states[] = { YM_ISSUE_IN_PROGRESS, YM_ISSUE_RESOLVED, YM_ISSUE_ESCALATED };
  Chance *chance = &device->world->chance;
  g_autoptr (YmRecord) issue = pick_record (device, YM_FORM_ISSUE, home);
  g_autoptr (YmRecord) update = NULL;

  if (issue == NULL)
    {
      write_new (device, YM_FORM_ISSUE, home);
      return;
    }
  update = staff_record (device->staff, YM_FORM_ISSUE_UPDATE, home, &device->staff->officers[device->officer].id, chance);
  ym_record_set_id (update, YM_ISSUE_UPDATE_ISSUE, &issue->id);
  ym_record_set_integer (update, YM_ISSUE_UPDATE_STATE, states[chance_below (chance, G_N_ELEMENTS (states))]);
  (void) device_write (device, NULL, "issue.update", NULL, update);
}

/* Changes a record of the form, or makes the first. */
static void
change_or_make (Device *device, guint form, guint field, const YmId *home)
{
  g_autoptr (YmRecord) record = pick_record (device, form, home);

  if (record == NULL)
    write_new (device, form, home);
  else
    write_again (device, record, field);
}

/* A visit and what is recorded with it is one save of several envelopes. */
static gboolean
write_visit_group (Device *device, gpointer data, GError **error)
{
  const YmId *home = data;
  const YmId *officer = &device->staff->officers[device->officer].id;
  Chance *chance = &device->world->chance;
  g_autoptr (YmRecord) visit = staff_record (device->staff, YM_FORM_VISIT, home, officer, chance);
  g_autoptr (YmRecord) concern = staff_record (device->staff, YM_FORM_CHILD_CONCERN, home, officer, chance);
  const YmChange changes[] = { { NULL, visit }, { NULL, concern } };

  ym_record_set_id (concern, YM_CHILD_CONCERN_VISIT, &visit->id);
  return ym_journal_write (device->machine.journal, &device->author, "visit.sign-off", &visit->id, changes,
                           1 + chance_below (chance, 2), error);
}

static void
write_visit (Device *device, YmId *home)
{
  gboolean done = device_do (device, write_visit_group, home);

  world_note (device->world, "device %u %s a visit", device->number, done ? "saves" : "loses");
}

void
duty_officer (Device *device)
{
  YmId home;

  if (!device_can_write (device) || !pick_home (device, &home))
    return;
  switch (chance_below (&device->world->chance, 8))
    {
    case 0:
    case 1:
      write_visit (device, &home);
      break;
    case 2:
      write_new (device, YM_FORM_CONTACT, &home);
      break;
    case 3:
      write_update (device, &home);
      break;
    case 4:
      change_or_make (device, YM_FORM_ISSUE, YM_ISSUE_ANALYSIS, &home);
      break;
    case 5:
      change_or_make (device, YM_FORM_CHILD_CONCERN, YM_CHILD_CONCERN_ACTION, &home);
      break;
    default:
      change_or_make (device, YM_FORM_HOME_FACTS,
                      chance_below (&device->world->chance, 2) == 0 ? YM_HOME_FACTS_BEST_TIME : YM_HOME_FACTS_NOTE, &home);
    }
}

static void
correct_home (Device *device, const YmId *home)
{
  g_autoptr (YmRecord) before = pick_record (device, YM_FORM_HOME, home);
  g_autoptr (YmRecord) after = before == NULL ? NULL : ym_record_copy (before);
  g_autofree char *name = g_strdup_printf ("Home %u", chance_below (&device->world->chance, 1000));

  if (before == NULL)
    return;
  ym_record_set_text (after, YM_HOME_NAME, name);
  (void) device_write (device, NULL, "home.import", before, after);
}

static void
reassign (Device *device, guint home)
{
  Staff *staff = device->staff;
  guint officer = chance_below (&device->world->chance, staff->n_officers);
  g_autoptr (YmRecord) after = staff_assignment (staff, home, officer, 0);
  g_autoptr (YmRecord) before = ym_tables_read (device_get_db (device), after->form, &after->scope, &after->id, NULL);

  if (staff->officers[officer].role == YM_ROLE_SUPERVISOR || staff->officers[officer].role == YM_ROLE_FORCE_LEAD
      || staff->officers[officer].is_robbed)
    return;
  if (before != NULL && !ym_record_has (before, YM_ASSIGNMENT_TO_DATE))
    ym_record_set_integer (after, YM_ASSIGNMENT_TO_DATE, WORLD_BEGIN_US / DAY_US - 10);
  world_note (device->world, "home %u %s officer %u", home, ym_record_has (after, YM_ASSIGNMENT_TO_DATE) ? "leaves" : "goes to",
              officer);
  (void) device_write (device, NULL, "assignment.import", before, after);
}

void
duty_administrator (Device *device, gboolean may_reassign)
{
  guint home = chance_below (&device->world->chance, device->staff->n_homes);

  if (!device_can_write (device))
    return;
  if (may_reassign && chance_percent (&device->world->chance, 60))
    reassign (device, home);
  else
    correct_home (device, &device->staff->homes[home].id);
}
