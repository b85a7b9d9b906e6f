/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A tablet in wrong hands. All that it makes up is written into the book, so that it can be looked for. */

#include "tests/fleet/intruder.h"

#include <sodium.h>
#include <string.h>

#include "app/journal/tables.h"
#include "sync/exchange/request.h"

/* One envelope of an attack. */
typedef struct {
  Intruder *intruder;
  Server *server;
  YmRecord *before;
  YmRecord *after;
  YmEnvelope header; /* as the attack wants it */
  const YmAuthor *signer;
} Attack;

static gboolean
sign (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES], GError **error)
{
  return crypto_sign_detached (signature, NULL, message, length, context) == 0;
}

void
intruder_init (Intruder *intruder, World *world, Book *book, Staff *staff, Network *network, guint officer,
               Machine *machine, const YmId *victim)
{
  const guint8 seed[crypto_sign_SEEDBYTES] = "intruder";
  const guint8 other_seed[crypto_sign_SEEDBYTES] = "stranger";
  guint8 other_key[YM_PUBLIC_KEY_BYTES];

  *intruder = (Intruder){
    .world = world, .book = book, .staff = staff, .network = network, .officer = officer, .victim = *victim
  };
  crypto_sign_seed_keypair (intruder->public_key, intruder->secret_key, seed);
  crypto_sign_seed_keypair (other_key, intruder->stranger_key, other_seed);
  intruder->author
      = (YmAuthor){ ym_id_of_public_key ("device", intruder->public_key), { sign, intruder->secret_key } };
  intruder->stranger = (YmAuthor){ ym_id_of_public_key ("device", other_key), { sign, intruder->stranger_key } };
  network_add_line (network, &intruder->line, machine);
  intruder->number = intruder->line.number;
}

static YmRecord *
new_record (Attack *attack, guint form, const YmId *scope)
{
  Intruder *intruder = attack->intruder;

  return staff_record (intruder->staff, form, scope, &intruder->staff->officers[intruder->officer].id,
                       &intruder->world->chance);
}

/* The officer's own home; the first assignments never end for whoever lost a tablet. */
static const YmId *
own_home (const Attack *attack)
{
  const Staff *staff = attack->intruder->staff;

  return &staff->homes[attack->intruder->officer / 2 % staff->n_homes].id;
}

static gboolean
as_a_stranger (Attack *attack)
{
  attack->after = new_record (attack, YM_FORM_CONTACT, own_home (attack));
  attack->signer = &attack->intruder->stranger;
  attack->header.author = attack->intruder->stranger.device;
  return TRUE;
}

static gboolean
as_a_colleague (Attack *attack)
{
  attack->after = new_record (attack, YM_FORM_CONTACT, own_home (attack));
  attack->header.author = attack->intruder->victim;
  return TRUE;
}

static gboolean
elsewhere (Attack *attack)
{
  const Staff *staff = attack->intruder->staff;
  const guint home = (attack->intruder->officer / 2 + 1) % staff->n_homes;

  attack->after = new_record (attack, YM_FORM_CONTACT, &staff->homes[home].id);
  return staff->n_homes > 1;
}

static gboolean
in_anothers_name (Attack *attack)
{
  const Staff *staff = attack->intruder->staff;
  const YmId *other = &staff->officers[(attack->intruder->officer + 1) % staff->n_officers].id;

  attack->after = new_record (attack, YM_FORM_CONTACT, own_home (attack));
  ym_record_set_id (attack->after, YM_CONTACT_OFFICER, other);
  return staff->n_officers > 1;
}

static gboolean
find_before (Attack *attack, guint form)
{
  g_autoptr (GPtrArray) rows
      = ym_tables_select (server_get_db (attack->server), ym_form (form), NULL, "WHERE scope = ? ORDER BY id LIMIT 1", "d",
                          own_home (attack));

  if (rows == NULL || rows->len == 0)
    return FALSE;
  attack->before = ym_record_copy (g_ptr_array_index (rows, 0));
  attack->after = ym_record_copy (attack->before);
  return TRUE;
}

static gboolean
what_is_signed_off (Attack *attack)
{
  if (!find_before (attack, YM_FORM_VISIT))
    return FALSE;
  ym_record_set_text (attack->after, YM_VISIT_NOTES, "Nothing was wrong.");
  ym_record_set_id (attack->after, YM_VISIT_OFFICER, &attack->intruder->staff->officers[attack->intruder->officer].id);
  if (chance_below (&attack->intruder->world->chance, 2) == 0)
    g_clear_pointer (&attack->before, ym_record_free); /* as if it were new */
  return TRUE;
}

static gboolean
reference_data (Attack *attack)
{
  if (!find_before (attack, YM_FORM_HOME))
    return FALSE;
  ym_record_set_text (attack->after, YM_HOME_NAME, "Closed");
  return TRUE;
}

static gboolean
a_child_among_ordinary (Attack *attack)
{
  attack->after = new_record (attack, YM_FORM_CHILD_CONCERN, own_home (attack));
  attack->header.stream_class = YM_CLASS_ORDINARY;
  return TRUE;
}

static gboolean
a_certificate (Attack *attack)
{
  attack->after = new_record (attack, YM_FORM_DEVICE, &attack->intruder->staff->force);
  ym_record_set_integer (attack->after, YM_DEVICE_KIND, YM_DEVICE_KIND_ADMINISTRATOR);
  return TRUE;
}

static gboolean
with_a_hole (Attack *attack)
{
  attack->after = new_record (attack, YM_FORM_CONTACT, own_home (attack));
  attack->header.sequence += 2;
  attack->header.previous.bytes[0] ^= 1; /* of an envelope that nobody has seen */
  return TRUE;
}

static gboolean
with_another_past (Attack *attack)
{
  attack->after = new_record (attack, YM_FORM_CONTACT, own_home (attack));
  attack->header.previous.bytes[0] ^= 1;
  return attack->header.sequence > 1;
}

static gboolean
half_a_group (Attack *attack)
{
  attack->after = new_record (attack, YM_FORM_CONTACT, own_home (attack));
  attack->header.group_count = 2;
  return TRUE;
}

static gboolean
without_what_must_be_there (Attack *attack)
{
  attack->after = new_record (attack, YM_FORM_CONTACT, own_home (attack));
  ym_record_set_text (attack->after, YM_CONTACT_NOTE, NULL);
  return TRUE;
}

static gboolean (*const attacks[]) (Attack *attack) = {
  as_a_stranger,  as_a_colleague,         elsewhere,     in_anothers_name, what_is_signed_off,
  reference_data, a_child_among_ordinary, a_certificate, with_a_hole,      with_another_past,
  half_a_group,   without_what_must_be_there,
};

static YmChangeSet *
make_change_set (const Attack *attack, const YmRandom *random)
{
  YmChangeSet *change_set = ym_change_set_new (random);
  const YmRecord *before = attack->before;
  const YmRecord *after = attack->after;
  YmOperation *operation = ym_operation_new (after->form->id, before == NULL ? YM_OPERATION_INSERT : YM_OPERATION_UPDATE,
                                             &after->id);
  const YmValue nothing = YM_VALUE_INIT;

  for (guint i = 0; i < after->form->n_fields; i++)
    {
      const YmValue *old = before == NULL ? &nothing : &before->values[i];

      if (!ym_value_equal (old, &after->values[i]))
        ym_operation_set (operation, after->form->fields[i].id, before == NULL ? NULL : old, &after->values[i]);
    }
  ym_change_set_add (change_set, operation);
  return change_set;
}

/* The next envelope of the intruder's own chain, as far as the ledger has it. */
static void
begin_header (Attack *attack, const YmRandom *random)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) chains
      = ym_journal_chains (attack->server->journal, &attack->intruder->author.device, &error);

  g_assert_no_error (error);
  attack->signer = &attack->intruder->author;
  attack->header = (YmEnvelope){ .author = attack->intruder->author.device,
                                 .sequence = 1,
                                 .group = ym_id_random (random),
                                 .group_count = 1,
                                 .wall_us = world_now_us (attack->intruder->world),
                                 .schema = YM_SCHEMA_VERSION };
  attack->header.chain = ym_id_random (random);
  if (chains->len > 0)
    {
      const YmChainPoint *end = &g_array_index (chains, YmChainPoint, 0);

      attack->header.chain = end->chain;
      attack->header.sequence = end->sequence + 1;
      attack->header.previous = end->hash;
    }
}

static GPtrArray *
seal_group (Attack *attack, const YmRandom *random)
{
  Intruder *intruder = attack->intruder;
  g_autoptr (GError) error = NULL;
  g_autoptr (YmChangeSet) change_set = make_change_set (attack, random);
  g_autoptr (GBytes) change_set_bytes = ym_change_set_encode (change_set, &error);
  g_autoptr (GBytes) bytes = NULL;
  GPtrArray *group = ym_group_new ();
  YmHash hash;

  g_assert_no_error (error);
  attack->header.scope = attack->after->scope;
  attack->header.subject = attack->after->id;
  if (attack->header.stream_class == 0)
    attack->header.stream_class = attack->after->form->record_class;
  g_assert_true (ym_envelope_set_intent (&attack->header, "test.forge"));
  ym_envelope_set_change_set (&attack->header, change_set_bytes);
  bytes = ym_envelope_seal (&attack->header, &intruder->staff->force, &attack->signer->signer, &error);
  g_assert_no_error (error);
  hash = ym_hash_of_bytes (bytes);
  book_forge (intruder->book, &hash);
  g_ptr_array_add (group, ym_parcel_new (bytes, change_set_bytes));
  return group;
}

/* @group: (transfer full) (nullable) */
static void
send_request (Intruder *intruder, Server *server, const YmId *device, guint64 counter, gboolean must_fail, GPtrArray *group)
{
  g_autoptr (YmRequest) request = ym_request_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Letter *letter;

  request->force = intruder->staff->force;
  request->device = *device;
  request->server = *ym_ledger_get_server (server->ledger);
  request->counter = counter;
  request->most_bytes = YM_EXCHANGE_BATCH_BYTES;
  if (group != NULL)
    g_ptr_array_add (request->groups, group);
  bytes = ym_request_seal (request, &intruder->author.signer, &error);
  g_assert_no_error (error);
  letter = letter_new (intruder->number, 0, YM_JOB_EXCHANGE, bytes);
  letter->must_fail = must_fail;
  network_send (intruder->network, letter);
}

static void
make_up (Intruder *intruder, Server *server)
{
  const YmRandom *random = &server->machine.random;
  const guint which = chance_below (&intruder->world->chance, G_N_ELEMENTS (attacks));
  Attack attack = { .intruder = intruder, .server = server };

  begin_header (&attack, random);
  if (attacks[which](&attack))
    send_request (intruder, server, &intruder->author.device, ++intruder->counter, FALSE, seal_group (&attack, random));
  world_note (intruder->world, "intruder attacks in way %u", which);
  g_clear_pointer (&attack.before, ym_record_free);
  g_clear_pointer (&attack.after, ym_record_free);
}

void
intruder_act (Intruder *intruder, Server *server)
{
  if (!server->is_up)
    return;
  switch (chance_below (&intruder->world->chance, 8))
    {
    case 0: /* a colleague's post, asked for with the wrong key */
      world_note (intruder->world, "intruder asks in another's name");
      send_request (intruder, server, &intruder->victim, G_MAXINT32, TRUE, NULL);
      break;
    case 1:
      world_note (intruder->world, "intruder plays back");
      network_play_back (intruder->network);
      break;
    default:
      make_up (intruder, server);
    }
}
