/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Memory that is given back is wiped first. What an officer types and reads passes through GTK, Pango and GLib, which free
 * it and leave it as it was; after the app is locked it must not be found there. A program that is linked with this file
 * has every library's free() and realloc() come here, in front of the C library's, which goes on doing the work
 * (https://www.gnu.org/software/libc/manual/html_node/Replacing-malloc.html).
 */

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

void *__libc_malloc (size_t size);
void __libc_free (void *memory);

void
free (void *memory)
{
  if (memory == NULL)
    return;
  explicit_bzero (memory, malloc_usable_size (memory));
  __libc_free (memory);
}

/* Never moved by the C library, which would leave the old place as it was. */
void *
realloc (void *memory, size_t size)
{
  size_t had;
  void *moved;

  if (memory == NULL)
    return __libc_malloc (size);
  if (size == 0)
    {
      free (memory);
      return NULL;
    }
  had = malloc_usable_size (memory);
  if (size <= had && size >= had / 2)
    return memory;
  moved = __libc_malloc (size);
  if (moved == NULL)
    return NULL;
  memcpy (moved, memory, had < size ? had : size);
  free (memory);
  return moved;
}
