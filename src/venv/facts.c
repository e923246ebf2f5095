/*
 * The facts that a shell gave, kept where they stand.
 */
#include "facts.h"

#include <string.h>

static char **facts;
static size_t n_facts;

char **facts_take(char **argv)
{
	facts = argv + 1;
	while (facts[n_facts] && strcmp(facts[n_facts], "end"))
		n_facts++;
	if (facts[n_facts])
		return facts + n_facts;
	n_facts = 0;
	return argv;
}

const char *facts_next(const char *word, size_t *at)
{
	size_t len = strlen(word);

	while (*at < n_facts) {
		const char *fact = facts[(*at)++];

		if (strncmp(fact, word, len))
			continue;
		if (!fact[len])
			return fact + len;
		if (fact[len] == ' ')
			return fact + len + 1;
	}
	return NULL;
}

const char *facts_value(const char *word)
{
	size_t at = 0;

	return facts_next(word, &at);
}

/* May it be part of a name in a shell? */
static bool is_part(char c)
{
	return c == '_' || c == '-' || (c >= '0' && c <= '9') ||
		(c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static size_t count_in(const char *text, const char *name)
{
	const char *at = text;
	size_t len = strlen(name), n = 0;

	for (; (at = strstr(at, name)); at += len)
		n += (at == text || !is_part(at[-1])) && !is_part(at[len]);
	return n;
}

size_t facts_count(const char *word, const char *name)
{
	const char *text;
	size_t at = 0, n = 0;

	while ((text = facts_next(word, &at)))
		n += count_in(text, name);
	return n;
}
