/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The monthly return (R7) by the administrator's tool. The administrator's own folder has the register and the calls, but
 * no visit, issue or reconciliation: those never go to an administrator, and the authority table lets the force lead alone
 * issue a return. So this opens the force lead's notebook on this machine, with the lead's passphrase, and does there what
 * “ymweldctl return” does.
 */

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/base/prompt.h"
#include "app/notebook/notebook.h"
#include "app/returns/order.h"
#include "sync/admin/command.h"

/* What is made on the writing lane. */
typedef struct {
  YmReturnOrder order;
  YmReturnEdition *edition;
  GStrv paths;
} Making;

static gpointer
make (YmDesk *desk, gpointer data, GError **error)
{
  Making *making = data;

  return GINT_TO_POINTER (ym_return_order_carry_out (desk, &making->order, &making->edition, &making->paths, error));
}

static void
print_made (const Making *making, gboolean as_json)
{
  YmHash hash = ym_return_fingerprint (making->edition->given);
  g_autofree char *fingerprint = ym_hash_to_string (&hash);
  YmJson *json;

  if (!as_json)
    {
      if (making->edition->number > 0)
        g_print (_ ("Issue %u, fingerprint %s:\n"), making->edition->number, fingerprint);
      else
        g_print (_ ("A preview, not issued:\n"));
      for (guint i = 0; making->paths[i] != NULL; i++)
        g_print ("  %s\n", making->paths[i]);
      return;
    }
  json = ym_json_new ();
  ym_json_begin_object (json, NULL);
  ym_json_add_integer (json, "number", making->edition->number);
  ym_json_add_text (json, "fingerprint", fingerprint);
  ym_json_add_integer (json, "changes", making->edition->changes == NULL ? 0 : making->edition->changes->len);
  ym_json_begin_array (json, "files");
  for (guint i = 0; making->paths[i] != NULL; i++)
    ym_json_add_text (json, NULL, making->paths[i]);
  ym_json_end_array (json);
  ym_json_end_object (json);
  ym_print_json (json);
}

static YmNotebook *
open_notebook (const YmTask *task, GError **error)
{
  const YmArguments *arguments = task->arguments;
  g_autofree char *usual = g_build_filename (g_get_user_data_dir (), "ymweld", NULL);
  const char *store = arguments->store != NULL ? arguments->store : usual;
  g_autoptr (YmSecret) passphrase = NULL;

  if (!ym_store_exists (store, task->options))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                   _ ("There is no notebook in “%s”. A return needs visits and issues, which no administrator has: make it "
                      "on the force lead's device, here with --store and the lead's passphrase, or there with “ymweldctl "
                      "return” or in the app."),
                   store);
      return NULL;
    }
  passphrase = ym_prompt_passphrase (arguments->passphrase_file, _ ("The force lead's passphrase"), error);
  return passphrase == NULL ? NULL : ym_notebook_open (store, passphrase, task->options, error);
}

gboolean
ym_command_return (YmTask *task, GError **error)
{
  const YmArguments *arguments = task->arguments;
  g_autoptr (YmNotebook) notebook = open_notebook (task, error);
  Making making = { .order = { .period = task->words[0],
                               .registration_no = arguments->home,
                               .language = arguments->language,
                               .format = arguments->format,
                               .folder = arguments->out,
                               .replace = arguments->replace,
                               .number = arguments->number,
                               .issue = arguments->recipient != NULL || arguments->reason != NULL,
                               .recipient = arguments->recipient,
                               .justification = arguments->reason } };
  gboolean made = notebook != NULL && ym_notebook_run (notebook, YM_LANE_WRITE, make, &making, error) != NULL;

  if (made)
    print_made (&making, arguments->json);
  g_clear_pointer (&making.edition, ym_return_edition_free);
  g_clear_pointer (&making.paths, g_strfreev);
  return made;
}
