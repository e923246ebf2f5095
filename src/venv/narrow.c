/*
 * Matching: a word is any part of a name or a path.
 */
#include "narrow.h"

#include <string.h>
#include <strings.h>

#include "which/text.h"

static const char blanks[] = " \t\n";

/* Does anything of the item have the `len` bytes at `word` in it? */
static bool has_word(const struct item *item, const char *word, size_t len)
{
	const char *const texts[] = { item->name, item->place, item->path };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		for (const char *s = texts[i]; *s; s++)
			if (!strncasecmp(s, word, len))
				return true;
	return false;
}

static bool matches(const struct item *item, const char *words)
{
	for (size_t len; *words; words += len) {
		words += strspn(words, blanks);
		len = strcspn(words, blanks);
		if (len && !has_word(item, words, len))
			return false;
	}
	return true;
}

size_t narrow(const struct item *items, size_t n, const char *words,
	      size_t *ret, size_t *ret_first)
{
	bool exact = false;
	size_t count = 0;

	*ret_first = 0;
	for (size_t i = 0; i < n; i++) {
		/* A name may have blanks in it, also at its ends. */
		bool same = !strcasecmp(items[i].name, words);

		if (!same && !matches(&items[i], words))
			continue;
		if (same && !exact)
			*ret_first = count;
		exact |= same;
		ret[count++] = i;
	}
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
