/*
 * Reading version specifiers, and comparing in the same pass.
 */
#include "pep440.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "which/out.h"
#include "which/text.h"

#define PARTS 6		/* of a release in a specifier */
#define MICRO 100	/* no Python has had so many of one minor version */

/* -- versions ----------------------------------------------------------- */

bool version_read(const char *text, struct version *ret, const char **ret_rest)
{
	*ret = (struct version){ .known = 0 };
	while (ret->known < 3 && text_digits(&text, &ret->part[ret->known])) {
		ret->known++;
		if (ret->known == 3 || *text != '.' ||
		    text[1] < '0' || text[1] > '9')
			break;
		text++;
	}
	if (ret_rest)
		*ret_rest = text;
	return ret->known;
}

bool version_begins(const struct version *version,
		    const struct version *first)
{
	for (int i = 0; i < first->known && i < version->known; i++)
		if (version->part[i] != first->part[i])
			return false;
	return true;
}

/* -- what stands in a specifier ----------------------------------------- */

enum op { OP_EQ, OP_NE, OP_LE, OP_GE, OP_LT, OP_GT, OP_COMPATIBLE,
	  OP_ARBITRARY, OP_CARET, OP_TILDE };

struct wanted {
	enum op op;
	unsigned long long part[PARTS];
	int n;
	int side;	/* -1: before the release of these numbers, as 3.14rc1
			 * is; 1: after it, as 3.14.post1 */
	bool any;	/* ".*" behind it, or nothing but "*" */
	const char *text;	/* for `===`: as it is written */
	size_t len;
};

static void skip_blanks(const char **s)
{
	*s += strspn(*s, " \t");
}

static bool take(const char **s, const char *word)
{
	size_t len = strlen(word);

	if (strncasecmp(*s, word, len))
		return false;
	*s += len;
	return true;
}

static bool take_any(const char **s, const char *const *words)
{
	while (*words && !take(s, *words))
		words++;
	return *words;
}

static bool read_op(const char **s, enum dialect dialect, enum op *ret)
{
	static const struct {
		const char *text;
		enum op op;
		bool poetry;
	} ops[] = {
		{ "===", OP_ARBITRARY, false }, { "==", OP_EQ, false },
		{ "!=", OP_NE, false }, { "<=", OP_LE, false },
		{ ">=", OP_GE, false }, { "~=", OP_COMPATIBLE, false },
		{ "<", OP_LT, false }, { ">", OP_GT, false },
		{ "^", OP_CARET, true }, { "~", OP_TILDE, true },
		{ "=", OP_EQ, true }, { "", OP_EQ, true },
	};

	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++) {
		if (ops[i].poetry && dialect != DIALECT_POETRY)
			continue;
		if (take(s, ops[i].text)) {
			*ret = ops[i].op;
			return true;
		}
	}
	return false;
}

/* "a1", ".rc.1", "post2", "-dev": a word, and its number, if it has any. */
static bool take_suffix(const char **s, const char *const *words)
{
	const char *at = *s;
	unsigned long long number;

	at += *at == '.' || *at == '-' || *at == '_';
	if (!take_any(&at, words))
		return false;
	*s = at;
	at += *at == '.' || *at == '-' || *at == '_';
	if (text_digits(&at, &number))
		*s = at;
	return true;
}

static void read_suffixes(const char **s, struct wanted *ret)
{
	/* None is the beginning of one behind it. */
	static const char *const pre[] = {
		"alpha", "a", "beta", "b", "preview", "pre", "c", "rc", NULL,
	};
	static const char *const post[] = { "post", "rev", "r", NULL };
	static const char *const dev[] = { "dev", NULL };
	bool early = take_suffix(s, pre), late = take_suffix(s, post);

	early |= take_suffix(s, dev) && !late;
	ret->side = early ? -1 : late;
}

static bool read_release(const char **s, struct wanted *ret)
{
	*s += **s == 'v' || **s == 'V';
	while (ret->n < PARTS && text_digits(s, &ret->part[ret->n])) {
		ret->n++;
		if (**s != '.' || (*s)[1] < '0' || (*s)[1] > '9')
			return true;
		(*s)++;
	}
	return false;
}

/* May ".*" stand there?  Poetry has it everywhere, and compares without. */
static bool takes_any(const struct wanted *wanted, enum dialect dialect)
{
	return !wanted->side && (wanted->op == OP_EQ || wanted->op == OP_NE ||
		(dialect == DIALECT_POETRY && wanted->op == OP_GE));
}

static bool read_wanted(const char **s, enum dialect dialect,
			struct wanted *ret)
{
	*ret = (struct wanted){ .n = 0 };
	if (dialect == DIALECT_POETRY && take(s, "*"))
		return ret->any = true;
	if (!read_op(s, dialect, &ret->op))
		return false;
	skip_blanks(s);
	if (ret->op == OP_ARBITRARY) {
		ret->text = *s;
		ret->len = strcspn(*s, ", \t|");
		*s += ret->len;
		return ret->len;
	}
	if (!read_release(s, ret))
		return false;
	read_suffixes(s, ret);
	ret->any = take(s, ".*");
	return (!ret->any || takes_any(ret, dialect)) &&
		(ret->op != OP_COMPATIBLE || ret->n > 1);
}

/* -- comparing ---------------------------------------------------------- */

static unsigned long long part_of(const struct version *version, int i)
{
	return i < 3 ? version->part[i] : 0;
}

static bool begins(const struct version *version, const struct wanted *wanted,
		   int parts)
{
	for (int i = 0; i < parts; i++)
		if (part_of(version, i) != wanted->part[i])
			return false;
	return true;
}

/* Less than, equal to or greater than 0. */
static int compare(const struct version *version, const struct wanted *wanted)
{
	for (int i = 0; i < PARTS; i++)
		if (part_of(version, i) != wanted->part[i])
			return part_of(version, i) < wanted->part[i] ? -1 : 1;
	return -wanted->side;
}

static bool is_text(const struct version *version, const struct wanted *wanted)
{
	char text[80];
	struct out out = OUT_STRING(text);

	for (int i = 0; i < 3; i++) {
		out_str(&out, i ? "." : "");
		out_number(&out, version->part[i], 10);
	}
	return out.len == wanted->len && !memcmp(text, wanted->text, out.len);
}

/* How many numbers `^` keeps: up to the first that is not 0. */
static int kept_by_caret(const struct wanted *wanted)
{
	int i = 0;

	while (i < wanted->n - 1 && !wanted->part[i])
		i++;
	return i + 1;
}

static bool meets(const struct version *version, const struct wanted *wanted)
{
	int order = compare(version, wanted), n = wanted->n;
	bool equal = wanted->any ? begins(version, wanted, n) : !order;

	switch (wanted->op) {
	case OP_EQ: return equal;
	case OP_NE: return !equal;
	case OP_LE: return order <= 0;
	case OP_GE: return order >= 0;
	case OP_LT: return order < 0;
	case OP_GT: return order > 0;
	case OP_COMPATIBLE:
		return order >= 0 && begins(version, wanted, n - 1);
	case OP_CARET:
		return order >= 0 &&
			begins(version, wanted, kept_by_caret(wanted));
	case OP_TILDE:
		return order >= 0 && begins(version, wanted, n < 2 ? n : 2);
	case OP_ARBITRARY: return is_text(version, wanted);
	}
	return false;
}

/* -- all ---------------------------------------------------------------- */

/*
 * What stands between two: a comma, in poetry also blanks, and `|` or `||`
 * for "or".  False: nothing that may.
 */
static bool between(const char **s, enum dialect dialect, bool *ret_or)
{
	const char *from = *s;
	bool blank, comma = false;

	*ret_or = false;
	skip_blanks(s);
	blank = *s > from;
	while (**s == ',') {
		comma = true;
		(*s)++;
		skip_blanks(s);
	}
	if (dialect == DIALECT_POETRY && !comma && take(s, "|")) {
		(void)take(s, "|");
		skip_blanks(s);
		return *ret_or = **s;
	}
	return comma || !**s || (blank && dialect == DIALECT_POETRY);
}

static int fits(const char *s, enum dialect dialect,
		const struct version *version)
{
	bool some = false, all = true, alternative;
	struct wanted wanted;

	s += strspn(s, " \t,");
	while (*s) {
		if (!read_wanted(&s, dialect, &wanted))
			return -EINVAL;
		all &= meets(version, &wanted);
		if (!between(&s, dialect, &alternative))
			return -EINVAL;
		if (alternative) {
			some |= all;
			all = true;
		}
	}
	return some || all;
}

int pep440_fits(const char *specifiers, enum dialect dialect,
		const struct version *version)
{
	struct version each = *version;
	int result = 0;

	if (version->known > 2)
		return fits(specifiers, dialect, version);
	for (each.known = 3; !result && each.part[2] < MICRO; each.part[2]++)
		result = fits(specifiers, dialect, &each);
	return result;
}
