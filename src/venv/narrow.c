/*
 * Matching: a word is any part of what is shown of an environment.
 */
#include "narrow.h"

#include <string.h>
#include <strings.h>

#include "which/text.h"

static const char blanks[] = " \t\n";

static bool has(const char *text, const char *word, size_t len)
{
	for (; *text; text++)
		if (!strncasecmp(text, word, len))
			return true;
	return false;
}

enum match { MATCH_NOT, MATCH_SHOWN, MATCH_NAME, MATCH_EXACT };

/* What has all words in its name comes before what has them elsewhere. */
static enum match match(const struct item *item, const char *words)
{
	enum match best = MATCH_NAME;

	/* A name may have blanks in it, also at its ends. */
	if (!strcasecmp(item->name, words))
		return MATCH_EXACT;
	for (size_t len; *words; words += len) {
		words += strspn(words, blanks);
		len = strcspn(words, blanks);
		if (!len || has(item->name, words, len))
			continue;
		/* A whole path is what the shell makes of `~`. */
		if (!has(item->version, words, len) &&
		    !has(item->state, words, len) &&
		    !has(item->place, words, len) &&
		    (*words != '/' || strncasecmp(item->path, words, len)))
			return MATCH_NOT;
		best = MATCH_SHOWN;
	}
	return best;
}

size_t narrow(const struct item *items, size_t n, const char *words,
	      size_t *ret)
{
	size_t count = 0;

	for (enum match want = MATCH_EXACT; want > MATCH_NOT; want--)
		for (size_t i = 0; i < n; i++)
			if (match(&items[i], words) == want)
				ret[count++] = i;
	return count;
}

/* Where the name goes on behind the word; NULL: it does not have it. */
static const char *behind(const char *name, const char *word)
{
	size_t len = strlen(word);

	for (; *name; name++)
		if (!strncasecmp(name, word, len))
			return name + len;
	return len ? NULL : name;
}

/* How many bytes both begin with, of whole characters. */
static size_t common(const char *a, size_t len, const char *b)
{
	size_t same = 0, n;

	while (same < len) {
		(void)text_next(a + same, a + len, &n);
		if (strncasecmp(a + same, b + same, n))
			break;
		same += n;
	}
	return same;
}

/* What the names that have the word in them go on with; NULL: none has it. */
static const char *more(const struct item *items, const size_t *found,
			size_t count, const char *word, size_t *ret_len)
{
	const char *text = NULL;

	for (size_t i = 0; i < count; i++) {
		const char *rest = behind(items[found[i]].name, word);

		if (rest && !text) {
			text = rest;
			*ret_len = strlen(rest);
		} else if (rest) {
			*ret_len = common(text, *ret_len, rest);
		}
	}
	return text;
}

void narrow_more(const struct item *items, const size_t *found,
		 size_t count, const char *words, struct out *out)
{
	size_t len;
	const char *last = words, *text;

	while (last[strcspn(last, blanks)])
		last += strcspn(last, blanks) + 1;
	/* All of them may be the beginning of a name with blanks in it. */
	text = more(items, found, count, words, &len);
	if (!text)
		text = more(items, found, count, last, &len);
	if (text)
		out_bytes(out, text, len);
}
