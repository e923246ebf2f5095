/*
 * The text of pyvenv.cfg.
 */
#include "pyvenv.h"

#include <string.h>

#include "which/path.h"
#include "which/text.h"

/* \n, \x1b, \u200b: the escape of a character, in a Python literal. */
static void out_escape(struct out *out, unsigned long code)
{
	static const char hex[] = "0123456789abcdef";
	int digits = code < 0x100 ? 2 : code < 0x10000 ? 4 : 8;

	out_char(out, '\\');
	if (code == '\t') {
		out_char(out, 't');
		return;
	}
	out_char(out, digits == 2 ? 'x' : digits == 4 ? 'u' : 'U');
	while (digits--)
		out_char(out, hex[code >> 4 * digits & 15]);
}

/* As Python's repr() has it; site.py takes it by ast.literal_eval(). */
static void out_repr(struct out *out, const char *s)
{
	const char *end = s + strlen(s);
	char quote = strchr(s, '\'') && !strchr(s, '"') ? '"' : '\'';
	size_t n;

	out_char(out, quote);
	for (; s < end; s += n) {
		long code = text_next(s, end, &n);

		if (code == quote || code == '\\') {
			out_char(out, '\\');
			out_bytes(out, s, n);
		} else if (text_is_safe(code)) {
			out_bytes(out, s, n);
		} else {
			out_escape(out, (unsigned long)code);
		}
	}
	out_char(out, quote);
}

/* In the line of a command, which nothing quotes: controls alone. */
static void out_visible(struct out *out, const char *s)
{
	for (; *s; s++) {
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			out_escape(out, (unsigned char)*s);
		else
			out_char(out, *s);
	}
}

static void out_command(struct out *out, const struct plan *plan,
			const char *path)
{
	const struct {
		bool given;
		const char *option;
	} options[] = {
		{ plan->copies, " --copies" },
		{ !plan->with_pip, " --without-pip" },
		{ plan->system_site, " --system-site-packages" },
		{ plan->clear, " --clear" },
		{ plan->upgrade, " --upgrade" },
		{ plan->upgrade_deps, " --upgrade-deps" },
	};

	out_str(out, "command = ");
	out_str(out, plan->base->exe);
	out_str(out, " -m venv");
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		out_str(out, options[i].given ? options[i].option : "");
	if (plan->prompt) {
		out_str(out, " --prompt=\"");
		out_visible(out, plan->prompt);
		out_char(out, '"');
	}
	out_str(out, plan->scm_ignore ? " " : " --without-scm-ignore-files ");
	out_str(out, path);
	out_char(out, '\n');
}

void pyvenv_write(struct out *out, const struct plan *plan, const char *path)
{
	char home[PATH_MAX];

	if (!path_copy(home, plan->base->exe))
		(void)path_up(home);
	out_str(out, "home = ");
	out_str(out, home);
	out_str(out, "\ninclude-system-site-packages = ");
	out_str(out, plan->system_site ? "true" : "false");
	out_str(out, "\nversion = ");
	out_str(out, plan->base->version);
	if (plan->prompt) {
		out_str(out, "\nprompt = ");
		out_repr(out, plan->prompt);
	}
	out_str(out, "\nexecutable = ");
	out_str(out, plan->base->real);
	out_char(out, '\n');
	out_command(out, plan, path);
}
