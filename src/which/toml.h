/*
 * One string out of a TOML file, by its lines: for the settings of tools,
 * which write them so.  What stands in inline tables, in arrays or in strings
 * of several lines is not read.
 */
#ifndef TOML_H
#define TOML_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The string `key` of the table [section] in text; with section "" one above
 * all tables.  In ret (cap bytes), "" and false where it is not there, is no
 * string, or does not fit.
 */
bool toml_get(const char *text, const char *section, const char *key,
	      char *ret, size_t cap);

#endif
