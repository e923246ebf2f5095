/*
 * Looking into the environment.
 */
#include "var.h"

#include <stddef.h>

extern char **environ;

char *var_get(const char *name)
{
	for (char **at = environ; at && *at; at++) {
		const char *wanted = name;
		char *s = *at;

		if (*s != *wanted)
			continue;
		do
			wanted++;
		while (*++s == *wanted && *wanted);
		if (!*wanted && *s == '=')
			return s + 1;
	}
	return NULL;
}

const char *var_set(const char *name)
{
	const char *value = var_get(name);

	return value && *value ? value : NULL;
}
