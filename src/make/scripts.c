/*
 * Filling in the activation scripts.  The value of a placeholder is written
 * with the quotes that it needs in that shell.
 */
#include "scripts.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

/* -- quoting ------------------------------------------------------------ */

/* What cannot stand between that shell's quotes, and what does instead. */
struct escape {
	const char *from, *to;
};

static void quote_by(struct out *out, char mark, const char *text,
		     const struct escape *table, size_t rows)
{
	out_char(out, mark);
	while (*text) {
		const struct escape *row = table;

		while (row < table + rows &&
		       strncmp(text, row->from, strlen(row->from)))
			row++;
		if (row < table + rows) {
			out_str(out, row->to);
			text += strlen(row->from);
		} else {
			out_char(out, *text++);
		}
	}
	out_char(out, mark);
}

static void quote_sh(struct out *out, const char *text)
{
	static const struct escape table[] = { { "'", "'\"'\"'" } };

	quote_by(out, '\'', text, table, LENGTH(table));
}

/* xonsh's strings, which are Python's, are the same. */
static void quote_fish(struct out *out, const char *text)
{
	static const struct escape table[] = {
		{ "\\", "\\\\" },
		{ "'", "\\'" },
	};

	quote_by(out, '\'', text, table, LENGTH(table));
}

/* ! stands for an earlier command between single quotes, too. */
static void quote_csh(struct out *out, const char *text)
{
	static const struct escape table[] = {
		{ "'", "'\\''" },
		{ "!", "\\!" },
	};

	quote_by(out, '\'', text, table, LENGTH(table));
}

/* U+2018 to U+201B are single quotes, too. */
static void quote_powershell(struct out *out, const char *text)
{
	static const struct escape table[] = {
		{ "'", "''" },
		{ "\342\200\230", "\342\200\230\342\200\230" },
		{ "\342\200\231", "\342\200\231\342\200\231" },
		{ "\342\200\232", "\342\200\232\342\200\232" },
		{ "\342\200\233", "\342\200\233\342\200\233" },
	};

	quote_by(out, '\'', text, table, LENGTH(table));
}

/* Not a raw string, which is misread where it begins with a hash sign. */
static void quote_nu(struct out *out, const char *text)
{
	static const struct escape table[] = {
		{ "\\", "\\\\" },
		{ "\"", "\\\"" },
	};

	quote_by(out, '"', text, table, LENGTH(table));
}

/* -- templates ---------------------------------------------------------- */

static const char text_sh[] = {
#include "activate.inc"
};

static const char text_csh[] = {
#include "activate.csh.inc"
};

static const char text_fish[] = {
#include "activate.fish.inc"
};

static const char text_nu[] = {
#include "activate.nu.inc"
};

static const char text_xonsh[] = {
#include "activate.xsh.inc"
};

static const char text_powershell[] = {
#include "Activate.ps1.inc"
};

#define TEXT(name) text_##name, sizeof(text_##name)

const struct script scripts[] = {
	{ "activate", TEXT(sh), quote_sh },
	{ "activate.csh", TEXT(csh), quote_csh },
	{ "activate.fish", TEXT(fish), quote_fish },
	{ "activate.nu", TEXT(nu), quote_nu },
	{ "activate.xsh", TEXT(xonsh), quote_fish },
	{ "Activate.ps1", TEXT(powershell), quote_powershell },
	{ NULL, NULL, 0, NULL },
};

/* -- filling in --------------------------------------------------------- */

static size_t starts(const char *s, const char *end, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(end - s) >= len && !memcmp(s, word, len) ? len : 0;
}

void script_write(struct out *out, const struct script *script,
		  const char *dir, const char *prompt)
{
	const char *s = script->text, *end = s + script->len;

	while (s < end) {
		size_t len;

		if ((len = starts(s, end, "__VENV_DIR__")) > 0) {
			script->quote(out, dir);
		} else if ((len = starts(s, end, "__VENV_PROMPT__")) > 0) {
			script->quote(out, prompt);
		} else {
			const char *next = memchr(s + 1, '_',
						  (size_t)(end - s - 1));

			len = (size_t)((next ? next : end) - s);
			out_bytes(out, s, len);
		}
		s += len;
	}
}
