/*
 * UTF-8, strictly, and which of its characters a terminal may be shown.
 */
#include "text.h"

#include <limits.h>

long text_next(const char *s, const char *end, size_t *ret_len)
{
	static const long least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char lead = (unsigned char)*s;
	size_t len = lead < 0x80 ? 1 : lead < 0xc0 ? 0 : lead < 0xe0 ? 2 :
		lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 0;
	long code = len == 1 ? lead : lead & (0x7f >> len);

	*ret_len = 1;
	if (!len || len > (size_t)(end - s))
		return -1;
	for (size_t i = 1; i < len; i++) {
		unsigned char next = (unsigned char)s[i];

		if ((next & 0xc0) != 0x80)
			return -1;
		code = code << 6 | (next & 0x3f);
	}
	if (code < least[len] || code > 0x10ffff ||
	    (code >= 0xd800 && code <= 0xdfff))
		return -1;
	*ret_len = len;
	return code;
}

bool text_is_safe(long code)
{
	/* The first one, and how many more there are. */
	static const struct {
		unsigned first : 20, more : 12;
	} unsafe[] = {
		{ 0x0000, 0x1f },	/* C0 */
		{ 0x007f, 0x20 },	/* DEL, C1 */
		{ 0x00ad, 0x0 },	/* soft hyphen */
		{ 0x034f, 0x0 },	/* grapheme joiner */
		{ 0x061c, 0x0 },	/* Arabic letter mark */
		{ 0x115f, 0x1 },	/* Hangul fillers */
		{ 0x17b4, 0x1 },	/* Khmer inherent vowels */
		{ 0x180b, 0x4 },	/* Mongolian selectors */
		{ 0x200b, 0x4 },	/* zero width, marks of direction */
		{ 0x2028, 0x6 },	/* separators, overrides of direction */
		{ 0x2060, 0xf },	/* joiners, isolates of direction */
		{ 0x3164, 0x0 },	/* Hangul filler */
		{ 0xfe00, 0xf },	/* variation selectors */
		{ 0xfeff, 0x0 },	/* byte order mark */
		{ 0xffa0, 0x0 },	/* Hangul filler */
		{ 0xfff0, 0xb },	/* interlinear annotation */
		{ 0x1bca0, 0x3 },	/* of shorthand */
		{ 0x1d173, 0x7 },	/* of music */
		{ 0xe0000, 0xfff },	/* tags, variation selectors */
	};

	if (code < 0)
		return false;
	for (size_t i = 0; i < sizeof(unsafe) / sizeof(*unsafe); i++)
		if (code >= unsafe[i].first &&
		    code <= unsafe[i].first + unsafe[i].more)
			return false;
	return true;
}

bool text_is_utf8(const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		size_t n = 1;

		if ((unsigned char)*s >= 0x80 && text_next(s, end, &n) < 0)
			return false;
		s += n;
	}
	return true;
}

size_t text_put(long code, char *ret)
{
	if (code < 0x80) {
		ret[0] = (char)code;
		return 1;
	}

	size_t len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = len - 1; i > 0; i--) {
		ret[i] = (char)(0x80 | (code & 0x3f));
		code >>= 6;
	}
	ret[0] = (char)((0xf00 >> len & 0xff) | code);
	return len;
}

bool text_digits(const char **s, unsigned long long *ret)
{
	const char *p = *s;
	unsigned long long n = 0;

	for (; *p >= '0' && *p <= '9'; p++) {
		unsigned digit = (unsigned)(*p - '0');

		if (n > (ULLONG_MAX - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	if (p == *s)
		return false;
	*s = p;
	*ret = n;
	return true;
}

bool text_number(const char *s, unsigned long *ret)
{
	unsigned long long n;

	if (!text_digits(&s, &n) || *s || n > ULONG_MAX)
		return false;
	*ret = (unsigned long)n;
	return true;
}
