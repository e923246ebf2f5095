/*
 * The memory of a shell as text: words with a letter in front that says what
 * they are.  What could end a word or a line is written as %XX.
 */
#include "memory.h"

#include <string.h>

#include "text.h"

/* -- reading ------------------------------------------------------------ */

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = c ? strchr(digits, c) : NULL;

	return found ? (int)(found - digits) : -1;
}

/* Undo the %XX of a word, in place.  NULL: there is nothing in it. */
static const char *decode(char *word)
{
	char *to = word;

	for (const char *from = word; *from; from++) {
		if (*from == '%' && digit(from[1]) >= 0 &&
		    digit(from[2]) >= 0) {
			*to++ = (char)(digit(from[1]) << 4 | digit(from[2]));
			from += 2;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return *word ? word : NULL;
}

static void read_ours(struct memory *memory, char *word, bool bare)
{
	const char *env = word;
	unsigned long long own;

	if (memory->count == MEMORY_OURS || !text_digits(&env, &own))
		return;
	env = decode(word + (env - word));
	if (env)
		memory->ours[memory->count++] =
			(struct ours) { env, (size_t)own, bare };
}

static void read_word(struct memory *memory, char letter, char *word)
{
	unsigned long said;

	switch (letter) {
	case 'b': memory->base = decode(word); break;
	case 'l': memory->last = decode(word); break;
	case 'm': memory->mine = decode(word); break;
	case 'u': memory->used = decode(word); break;
	case 'v': memory->version = decode(word); break;
	case 'd': memory->shown = decode(word); break;
	case 's': memory->script = true; break;
	case 'o': memory->sourced = true; break;
	case 'f': memory->first = true; break;
	case 't': memory->said = text_number(word, &said) ? said : 0; break;
	case 'p': read_ours(memory, word, false); break;
	case 'q': read_ours(memory, word, true); break;
	default: break;
	}
}

void memory_read(struct memory *ret, char *text)
{
	memset(ret, 0, sizeof(*ret));
	while (*text) {
		size_t len = strcspn(text, " ");
		char *next = text + len + !!text[len];

		text[len] = '\0';
		if (len)
			read_word(ret, *text, text + 1);
		text = next;
	}
}

/* -- writing ------------------------------------------------------------ */

static void encode(struct out *out, const char *s)
{
	static const char digits[] = "0123456789abcdef";

	while (*s) {
		size_t n = 0;
		unsigned char c;

		while (s[n] > ' ' && s[n] < 0x7f && s[n] != '%')
			n++;
		out_bytes(out, s, n);
		s += n;
		c = (unsigned char)*s;
		if (!c)
			return;
		out_char(out, '%');
		out_char(out, digits[c >> 4]);
		out_char(out, digits[c & 0xf]);
		s++;
	}
}

static void word(struct out *out, const char *letter, const char *value)
{
	if (!value || !*value)
		return;
	out_str(out, letter);
	encode(out, value);
}

void memory_write(struct out *out, const struct memory *memory)
{
	word(out, " b", memory->base);
	word(out, " l", memory->last);
	word(out, " m", memory->mine);
	word(out, " u", memory->used);
	word(out, " v", memory->version);
	word(out, " d", memory->shown);
	out_str(out, memory->script ? " s" : "");
	out_str(out, memory->sourced ? " o" : "");
	out_str(out, memory->first ? " f" : "");
	if (memory->said) {
		out_str(out, " t");
		out_number(out, memory->said, 10);
	}
	for (size_t i = 0; i < memory->count; i++) {
		out_str(out, memory->ours[i].bare ? " q" : " p");
		out_number(out, memory->ours[i].own, 10);
		encode(out, memory->ours[i].env);
	}
}

/* -- ours --------------------------------------------------------------- */

struct ours *memory_find(struct memory *memory, const char *env)
{
	for (size_t i = 0; i < memory->count; i++)
		if (!strcmp(memory->ours[i].env, env))
			return &memory->ours[i];
	return NULL;
}

void memory_add(struct memory *memory, const char *env, size_t own,
		bool bare)
{
	struct ours *found = memory_find(memory, env);

	if (!found && memory->count < MEMORY_OURS)
		found = &memory->ours[memory->count++];
	else if (!found)
		found = &memory->ours[MEMORY_OURS - 1];
	memmove(memory->ours + 1, memory->ours,
		(size_t)(found - memory->ours) * sizeof(*found));
	memory->ours[0] = (struct ours) { env, own, bare };
}
