/*
 * The kinds of words: a table from what usage lines call them.
 */
#include "kinds.h"

#include <string.h>

#include "offerdirs.h"
#include "offerprograms.h"

/* -- words -------------------------------------------------------------- */

static void offer_commands(struct offer *offer)
{
	for (const struct command *cmd = commands; cmd->name; cmd++)
		candidates_add(&offer->found, cmd->name, cmd->summary);
}

/* The words between which `between` stands. */
static void offer_words(struct offer *offer, const char *words, size_t len,
			const char *between)
{
	const char *end = words + len;
	char word[64];

	while (words < end) {
		size_t n = strcspn(words, between);

		if (n > (size_t)(end - words))
			n = (size_t)(end - words);
		if (n < sizeof(word)) {
			memcpy(word, words, n);
			word[n] = '\0';
			candidates_add(&offer->found, word, "");
		}
		words += n + (words + n < end);
	}
}

/* SHELLS is the Makefile's: "bash zsh fish". */
static void offer_shells(struct offer *offer)
{
	offer_words(offer, SHELLS, strlen(SHELLS), " ");
}

static void offer_nothing(struct offer *offer)
{
	(void)offer;
}

static void offer_other(struct offer *offer)
{
	offer->other = true;
}

/* -- the kinds ---------------------------------------------------------- */

void kinds_offer(struct offer *offer, const char *kind, size_t len)
{
	static const struct {
		const char *kind;
		void (*offer)(struct offer *offer);
	} kinds[] = {
		{ "NAME | DIR", offer_environments },
		{ "NAME | DIR | PATH", offer_decided },
		{ "ENV", offer_environments },
		{ "WORD", offer_choices },
		{ "DIR", offer_directories },
		{ "ENV_DIR", offer_directories },
		{ "PYTHON", offer_pythons },
		{ "PROGRAM", offer_programs },
		{ "ARG", offer_other },
		{ "SHELL", offer_shells },
		{ "COMMAND", offer_commands },
		/* Only the user knows. */
		{ "NAME", offer_nothing },
		{ "PROMPT", offer_nothing },
		{ "FORMAT", offer_nothing },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strlen(kinds[i].kind) == len &&
		    !memcmp(kinds[i].kind, kind, len)) {
			kinds[i].offer(offer);
			return;
		}
	}
	/* Not the name of a kind but all that there is: "hardlink|copy". */
	if (*kind >= 'a' && *kind <= 'z')
		offer_words(offer, kind, len, "|");
}
