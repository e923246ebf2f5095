/*
 * Comparing names as a file system may do that folds case or normalises.
 *
 * A name is a row of runs and other characters.  A run is what folding and
 * normalising could change the length of: letters, and whatever is not ASCII.
 */
#include "fold.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

/* A ligature stands for three letters, and nothing for more. */
#define LETTERS_MAX 3

struct run {
	const char *at;
	size_t len;
	bool odd;	/* not all of it is ASCII */
};

/* What is in it. */
struct content {
	unsigned letters[26];	/* of ASCII, in either case */
	unsigned latin;		/* what could stand for such, or for nothing */
	unsigned foreign;	/* the rest */
	bool light;		/* all of it could stand for nothing */
};

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_odd(char c)
{
	return (unsigned char)c >= 0x80;
}

static struct run run_at(const char *s)
{
	struct run run = { .at = s };

	for (; is_letter(s[run.len]) || is_odd(s[run.len]); run.len++)
		run.odd |= is_odd(s[run.len]);
	return run;
}

/* -- contents ------------------------------------------------------------ */

/* A character in UTF-8 that begins with the byte c */
static void weigh(struct content *content, unsigned char c)
{
	/* The soft hyphen, joiners, marks of direction, selectors, tags. */
	static const char light[] = "\xc2\xcd\xd8\xe1\xe2\xef\xf3";
	bool is_light = strchr(light, (char)c);

	content->light &= is_light;
	/* And Latin letters, with marks or joined, and the marks. */
	if (is_light || c <= 0xcd)
		content->latin++;
	else
		content->foreign++;
}

static void take_content(const struct run *run, struct content *ret)
{
	*ret = (struct content){ .light = true };
	for (size_t i = 0; i < run->len; i++) {
		unsigned char c = (unsigned char)run->at[i];

		if (is_letter(run->at[i])) {
			ret->letters[(c | 0x20) - 'a']++;
			ret->light = false;
		} else if (c >= 0xc0) {
			/* The other bytes of it are less. */
			weigh(ret, c);
		}
	}
}

/* Can `b` stand for the letters of `a` that it has not? */
static bool has_letters(const struct content *a, const struct content *b)
{
	size_t missing = 0;

	for (size_t i = 0; i < 26; i++)
		if (a->letters[i] > b->letters[i])
			missing += a->letters[i] - b->letters[i];
	return missing <= (size_t)LETTERS_MAX * b->latin;
}

static bool could_be(const struct run *a, const struct run *b)
{
	struct content in_a, in_b;

	take_content(a, &in_a);
	take_content(b, &in_b);
	if (!a->len || !b->len)
		return in_a.light && in_b.light;
	return !in_a.foreign == !in_b.foreign &&
		has_letters(&in_a, &in_b) && has_letters(&in_b, &in_a);
}

/* -- names --------------------------------------------------------------- */

static enum fold compare(const struct run *a, const struct run *b)
{
	if (a->len == b->len && !strncasecmp(a->at, b->at, a->len))
		return FOLD_SAME;
	return (a->odd || b->odd) && could_be(a, b) ? FOLD_MAYBE : FOLD_NO;
}

enum fold fold_begins(const char *begin, const char *name,
		      const char **ret_rest)
{
	enum fold all = FOLD_SAME;
	char last = '/';

	*ret_rest = NULL;
	/* Behind a slash, as behind nothing, a new name begins. */
	while (*begin || last != '/') {
		struct run a, b;
		enum fold fold;

		/* Most names differ at once; a letter is never nothing. */
		if (is_letter(*name) && !is_letter(*begin) && !is_odd(*begin))
			return FOLD_NO;
		a = run_at(begin);
		b = run_at(name);
		fold = compare(&a, &b);
		if (fold == FOLD_NO)
			return FOLD_NO;
		if (fold == FOLD_MAYBE)
			all = FOLD_MAYBE;
		begin += a.len;
		name += b.len;
		if (!*begin)
			break;
		if (*begin != *name++)
			return FOLD_NO;
		last = *begin++;
	}
	*ret_rest = name;
	return all;
}
