/*
 * Collecting candidates.  Where memory ends there are fewer of them: nothing
 * is said at a TAB.
 */
#include "candidates.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "which/text.h"

static bool is_given(const struct candidates *set, const char *text)
{
	char **given = set->given;

	while (given && *given && strcmp(*given, text))
		given++;
	return given && *given;
}

bool candidates_fit(const struct candidates *set, const char *text)
{
	return !strncasecmp(text, set->word, strlen(set->word)) &&
		!strchr(text, '\n') && !is_given(set, text);
}

static bool grow(struct candidates *set)
{
	size_t cap = set->cap ? 2 * set->cap : 64;
	struct candidate *list = realloc(set->list, cap * sizeof(*list));

	if (!list)
		return false;
	set->list = list;
	set->cap = cap;
	return true;
}

/* A copy of the first len bytes of s, or NULL. */
static char *keep(struct candidates *set, const char *s, size_t len)
{
	struct candidates_room *room = set->room;
	char *copy;

	if (!room || sizeof(room->text) - room->used <= len) {
		room = len < sizeof(room->text) ? malloc(sizeof(*room)) : NULL;
		if (!room)
			return NULL;
		room->next = set->room;
		room->used = 0;
		set->room = room;
	}
	copy = room->text + room->used;
	memcpy(copy, s, len);
	copy[len] = '\0';
	room->used += len + 1;
	return copy;
}

void candidates_add(struct candidates *set, const char *text,
		    const char *note)
{
	struct candidate row = { .note = "" };
	bool exact = !strncmp(text, set->word, strlen(set->word));

	if (!candidates_fit(set, text) ||
	    (!exact && (set->exact || set->strict)))
		return;
	if (exact && !set->exact)
		set->n = 0;
	set->exact = exact;
	if (set->n == set->cap && !grow(set))
		return;
	row.nth = set->n;
	row.text = keep(set, text, strlen(text));
	if (*note)
		row.note = keep(set, note, strcspn(note, "\n"));
	if (row.text && row.note)
		set->list[set->n++] = row;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* strspn(3) begins with a table of all bytes, which takes longer. */
static size_t count_digits(const char *s)
{
	size_t n = 0;

	while (is_digit(s[n]))
		n++;
	return n;
}

/* By their bytes, but of two numbers the one that has fewer digits first. */
static int compare_text(const char *a, const char *b)
{
	const char *begin = a;
	size_t n, m;

	for (; *a && *a == *b; a++)
		b++;
	if ((a > begin && is_digit(a[-1])) || (is_digit(*a) && is_digit(*b))) {
		n = count_digits(a);
		m = count_digits(b);
		if (n != m)
			return n < m ? -1 : 1;
	}
	return (unsigned char)*a - (unsigned char)*b;
}

/* So many bytes all of them begin with; qsort(3) hands nothing over. */
static size_t common;

/* A number that begins in there is compared as a whole. */
static size_t find_common(const struct candidates *set)
{
	const char *first = set->list[0].text;
	size_t len = strlen(first);

	for (size_t i = 1; i < set->n; i++) {
		const char *text = set->list[i].text;
		size_t n = 0;

		while (n < len && text[n] == first[n])
			n++;
		len = n;
	}
	while (len && is_digit(first[len - 1]))
		len--;
	return len;
}

/*
 * The first bytes as a number, in the same order, which decides about most of
 * them: a number in the text begins with how many digits it has.
 */
static uint64_t make_key(const char *text)
{
	enum { MANY = 10 };
	uint64_t key = 0;
	size_t digits = 0;	/* to come, of a number that has begun */

	for (int at = 56; *text && at >= 0 && digits < MANY; at -= 8) {
		unsigned char byte = (unsigned char)*text;

		if (is_digit(*text) && !digits) {
			digits = count_digits(text);
			byte = (unsigned char)
				('0' + (digits < MANY ? digits : MANY) - 1);
		} else {
			digits -= digits > 0;
			text++;
		}
		key |= (uint64_t)byte << at;
	}
	return key;
}

static int compare(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	order = compare_text(x->text + common, y->text + common);
	return order ? order : (x->nth > y->nth) - (x->nth < y->nth);
}

/*
 * Has it characters that a terminal hides, or that turn what stands behind
 * them?  Shells know of control characters themselves, and of bytes that are
 * no text.
 */
static bool is_odd(const char *text)
{
	const char *end = text + strlen(text);
	size_t n;

	for (; text < end; text += n) {
		long code;

		n = 1;
		if ((unsigned char)*text < 0x80)
			continue;
		code = text_next(text, end, &n);
		if (code >= 0x80 && !text_is_safe(code))
			return true;
	}
	return false;
}

static void print_one(const struct candidates *set, const struct candidate *row,
		      struct out *out)
{
	const char *text = row->text;
	bool odd = is_odd(text);

	if (set->plain && (odd || strchr(text, '\t')))
		return;
	out_bytes(out, set->before, set->before_len);
	if (set->dot && *text == '.')
		out_str(out, set->dot);
	out_str(out, set->dot && *text == '.' ? text + 1 : text);
	out_char(out, '\t');
	out_safe(out, row->note);
	if (odd) {
		out_str(out, *row->note ? ", " : "");
		out_str(out, CANDIDATES_ODD);
	}
	out_char(out, '\n');
}

void candidates_print(struct candidates *set, struct out *out)
{
	if (set->n) {
		common = find_common(set);
		for (size_t i = 0; i < set->n; i++)
			set->list[i].key = make_key(set->list[i].text + common);
		qsort(set->list, set->n, sizeof(*set->list), compare);
	}
	for (size_t i = 0; i < set->n; i++) {
		const struct candidate *row = &set->list[i];

		if (!i || strcmp(row[-1].text, row->text))
			print_one(set, row, out);
	}
}
