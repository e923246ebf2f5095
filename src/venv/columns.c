/*
 * The width of text by Unicode's East_Asian_Width, in the blocks that matter;
 * wcwidth(3) would need a locale, which a terminal of UTF-8 need not have.
 */
#include "columns.h"

#include <string.h>

#include "which/text.h"

struct range {
	long first, last;
};

static bool is_in(const struct range *ranges, size_t n, long code)
{
	for (size_t i = 0; i < n; i++)
		if (code >= ranges[i].first && code <= ranges[i].last)
			return true;
	return false;
}

/* Hangul, CJK, kana, full-width forms, pictures. */
static const struct range wide[] = {
	{ 0x1100, 0x115f }, { 0x2e80, 0x303e }, { 0x3041, 0x4dbf },
	{ 0x4e00, 0xa4cf }, { 0xa960, 0xa97f }, { 0xac00, 0xd7a3 },
	{ 0xf900, 0xfaff }, { 0xfe30, 0xfe6f }, { 0xff00, 0xff60 },
	{ 0xffe0, 0xffe6 }, { 0x1f300, 0x1f64f }, { 0x1f680, 0x1f6ff },
	{ 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd },
};

/* Accents that stand above or below the character before them. */
static const struct range none[] = {
	{ 0x0300, 0x036f }, { 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff },
	{ 0x20d0, 0x20ff }, { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f },
};

static int width_of(long code)
{
	if (is_in(wide, sizeof(wide) / sizeof(*wide), code))
		return 2;
	return !is_in(none, sizeof(none) / sizeof(*none), code);
}

int columns_of(const char *text)
{
	const char *end = text + strlen(text);
	int width = 0;
	size_t n;

	for (; text < end; text += n)
		width += width_of(text_next(text, end, &n));
	return width;
}

int columns_cut(struct out *out, const char *text, int width)
{
	const char *end = text + strlen(text);
	int done = 0;
	size_t n;

	for (; text < end; text += n) {
		int more = width_of(text_next(text, end, &n));

		if (done + more > width)
			break;
		out_bytes(out, text, n);
		done += more;
	}
	return done;
}

static void blanks(struct out *out, int n)
{
	while (n-- > 0)
		out_char(out, ' ');
}

void columns_left(struct out *out, const char *text, int width)
{
	int rest = width - columns_of(text);

	out_str(out, text);
	blanks(out, rest > 1 ? rest : 1);
}

void columns_right(struct out *out, const char *text, int width)
{
	blanks(out, width - 1 - columns_of(text));
	out_str(out, text);
	out_char(out, ' ');
}
