/*
 * Edits are counted as Damerau and Levenshtein do it, in bytes.
 */
#include "guess.h"

#include <string.h>
#include <strings.h>

#define LONGEST 63

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int fold(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* How many edits lead from a to b, neither of which is too long. */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][LONGEST + 1], *row = rows[0];
	size_t *before = rows[1], *older = rows[2], *spare;
	size_t n = strlen(b);

	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		spare = older;
		older = before;
		before = row;
		row = spare;
		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			int x = fold(a[i - 1]), y = fold(b[j - 1]);

			row[j] = least(least(row[j - 1], before[j]) + 1,
				       before[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == fold(b[j - 2]) &&
			    y == fold(a[i - 2]))
				row[j] = least(row[j], older[j - 2] + 1);
		}
	}
	return row[n];
}

void guess_offer(struct guess *guess, const char *candidate)
{
	size_t len = strlen(guess->word), n = strlen(candidate), edits;

	if (!len || len > LONGEST || n > LONGEST)
		return;
	edits = distance(guess->word, candidate);
	if (len > 1 && !strncasecmp(candidate, guess->word, len))
		edits = 1;
	if (edits > (n > len ? n : len) / 3)
		return;
	if (*guess->best && edits >= guess->distance)
		return;
	guess->distance = edits;
	memcpy(guess->best, candidate, n + 1);
}
