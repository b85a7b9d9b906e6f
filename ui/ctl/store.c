/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store's lock and passphrase, and what the program itself knows. */

#include "ui/ctl/command.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/base/prompt.h"
#include "app/notebook/escrow.h"
#include "ui/ctl/recover.h"

/* The passphrase is asked for once more, because the one that opened the store is forgotten by now. */
static gboolean
change_passphrase (YmCtlCall *call, GError **error)
{
  YmCtlSession *session = call->session;
  const char *new_file = ym_ctl_option (call, "new-passphrase-file");
  g_autoptr (YmSecret) old = ym_prompt_passphrase (session->passphrase_file, _ ("Passphrase until now"), error);
  g_autoptr (YmSecret) chosen = old != NULL ? ym_ctl_choose_passphrase (new_file, error) : NULL;

  if (chosen == NULL
      || !ym_store_change_passphrase (ym_notebook_get_store (session->notebook), old, chosen, error))
    return FALSE;
  ym_out_say (call->out, _ ("The passphrase is changed."));
  return TRUE;
}

static gboolean
change_keys (YmCtlCall *call, GError **error)
{
  YmCtlSession *session = call->session;
  g_autoptr (YmSecret) passphrase = ym_prompt_passphrase (session->passphrase_file, _ ("Passphrase"), error);

  if (passphrase == NULL)
    return FALSE;
  ym_ctl_session_close (session);
  if (!ym_notebook_change_keys (session->directory, passphrase, &session->options, error))
    return FALSE;
  ym_out_say (call->out, _ ("The store is sealed under new keys. What opened older copies does not open it."));
  return TRUE;
}

static gboolean
show_lock (YmCtlCall *call, GError **error)
{
  const YmCtlSession *session = call->session;
  gboolean exists = ym_store_exists (session->directory, &session->options);
  gint64 wait_us = exists ? ym_store_get_wait_us (session->directory, &session->options) : 0;

  ym_out_text (call->out, "store", _ ("Store"), session->directory);
  ym_out_boolean (call->out, "exists", _ ("Exists"), exists);
  ym_out_integer (call->out, "wait_seconds", _ ("Seconds until a passphrase may be tried"),
                  (wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  return TRUE;
}

static void
out_field (YmOut *out, const YmForm *form, const YmField *field)
{
  static const char *const kinds[] = {
    [YM_FIELD_TEXT] = "text",       [YM_FIELD_NOTE] = "note",     [YM_FIELD_INTEGER] = "integer",
    [YM_FIELD_CHOICE] = "choice",   [YM_FIELD_CHOICES] = "set",   [YM_FIELD_DATE] = "date",
    [YM_FIELD_INSTANT] = "instant", [YM_FIELD_REFERENCE] = "reference", [YM_FIELD_BYTES] = "bytes",
  };
  const YmSection *section = ym_form_section (form, field->section);
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; field->choices != NULL && i < field->choices->n_items; i++)
    g_string_append_printf (codes, "%s%s", i == 0 ? "" : " ", field->choices->items[i].code);
  ym_out_begin_item (out);
  ym_out_text (out, "name", _ ("Field"), field->name);
  ym_out_text (out, "kind", _ ("Kind"), kinds[field->kind]);
  ym_out_code (out, "label", _ ("Question"), ym_label (field->label), ym_label (field->label));
  ym_out_code (out, "section", _ ("Section"), section != NULL ? section->name : NULL,
               section != NULL ? ym_label (section->label) : NULL);
  ym_out_boolean (out, "required", NULL, (field->flags & YM_FIELD_REQUIRED) != 0);
  ym_out_boolean (out, "sign_off", NULL, (field->flags & YM_FIELD_SIGN_OFF) != 0);
  ym_out_boolean (out, "automatic", NULL, (field->flags & YM_FIELD_AUTOMATIC) != 0);
  ym_out_integer (out, "id", NULL, field->id);
  ym_out_text (out, "choices", _ ("Codes"), codes->len > 0 ? codes->str : NULL);
  ym_out_end_item (out);
}

static gboolean
show_forms (YmCtlCall *call, GError **error)
{
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);
  const YmForm *only = call->n_arguments > 0 ? ym_form_by_name (call->arguments[0]) : NULL;

  if (call->n_arguments > 0 && only == NULL)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("There is no form “%s”."), call->arguments[0]);
      return FALSE;
    }
  ym_out_begin_list (call->out, "forms", NULL, YM_OUT_BLOCKS);
  for (guint i = 0; i < n_forms; i++)
    {
      if (only != NULL && only != forms[i])
        continue;
      ym_out_begin_item (call->out);
      ym_out_text (call->out, "name", _ ("Form"), forms[i]->name);
      ym_out_text (call->out, "label", _ ("What it is"), ym_label (forms[i]->label));
      ym_out_integer (call->out, "id", NULL, forms[i]->id);
      ym_out_boolean (call->out, "fixed", NULL, forms[i]->fixed);
      ym_out_begin_list (call->out, "fields", NULL, YM_OUT_TABLE);
      for (guint j = 0; j < forms[i]->n_fields; j++)
        out_field (call->out, forms[i], &forms[i]->fields[j]);
      ym_out_end_list (call->out);
      ym_out_end_item (call->out);
    }
  ym_out_end_list (call->out);
  return TRUE;
}

static gboolean
show_version (YmCtlCall *call, GError **error)
{
  ym_out_text (call->out, "version", _ ("Ymweld"), YM_VERSION);
  ym_out_integer (call->out, "schema", _ ("Schema"), YM_SCHEMA_VERSION);
  return TRUE;
}

const YmCtlCommand ym_ctl_store_commands[] = {
  { .name = "passphrase change",
    .arguments = "",
    .summary = N_ ("Choose another passphrase"),
    .need = YM_CTL_NEEDS_STORE,
    .run = change_passphrase,
    .options = { { "new-passphrase-file", "FILE" } } },
  { .name = "rekey",
    .arguments = "",
    .summary = N_ ("Seal the whole store afresh under new keys; the passphrase stays"),
    .run = change_keys },
  { .name = "recover",
    .arguments = "",
    .summary = N_ ("Save what can be read of a damaged store into a new one in its place; the damaged one is kept"),
    .run = ym_ctl_recover },
  { .name = "lock info",
    .arguments = "",
    .summary = N_ ("Whether there is a store, and whether a passphrase may be tried now"),
    .run = show_lock },
  { .name = "forms",
    .arguments = "[FORM]",
    .summary = N_ ("What is asked: every field with its kind and codes"),
    .most = 1,
    .run = show_forms },
  { .name = "version", .arguments = "", .summary = N_ ("Which version this is"), .run = show_version },
  { NULL },
};
