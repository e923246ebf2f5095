/*
 * Writing the script of an entry point.
 */
#include "launcher.h"

#include <string.h>

#include "compat-sha256.h"

/* Would a kernel take all of it, and only it, for the interpreter? */
static bool is_plain(const char *exe)
{
	return strlen(exe) + 3 <= SHEBANG_MAX &&
		!exe[strcspn(exe, " \t\n\v\f\r")];
}

/*
 * The path as sh and Python read it in one and the same line.  To Python it
 * is part of a string that begins and ends with three quotes, so neither
 * three of them nor a backslash alone may be in it.
 */
static void out_exe(struct out *out, const char *exe)
{
	out_char(out, '\'');
	for (; *exe; exe++) {
		if (*exe == '\'')
			out_str(out, "'\"'\"'");
		else if (*exe == '\\')
			out_str(out, "'\"\\\\\"'");
		else
			out_char(out, *exe);
	}
	out_char(out, '\'');
}

void launcher_write(struct out *out, const struct launcher *launcher,
		    const char *exe)
{
	size_t head = strcspn(launcher->attribute, ".");

	if (is_plain(exe)) {
		out_str(out, "#!");
		out_str(out, exe);
	} else {
		out_str(out, "#!/bin/sh\n'''exec' ");
		out_exe(out, exe);
		out_str(out, " \"$0\" \"$@\"\n' '''");
	}
	out_str(out, "\n# -*- coding: utf-8 -*-\nimport re\nimport sys\nfrom ");
	out_str(out, launcher->module);
	out_str(out, " import ");
	out_bytes(out, launcher->attribute, head);
	out_str(out, "\nif __name__ == '__main__':\n    sys.argv[0] ="
		" re.sub(r'(-script\\.pyw|\\.exe)?$', '', sys.argv[0])\n"
		"    sys.exit(");
	out_str(out, launcher->attribute);
	out_str(out, "())\n");
}

void launcher_digest(struct launcher *launcher, const char *text, size_t len)
{
	static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789-_";
	unsigned char digest[SHA256_SIZE + 1];
	char *to = launcher->digest;

	sha256(text, len, digest);
	digest[SHA256_SIZE] = 0;
	for (size_t i = 0; i < sizeof(digest); i += 3) {
		unsigned bits = (unsigned)digest[i] << 16 |
			(unsigned)digest[i + 1] << 8 | digest[i + 2];

		*to++ = base64[bits >> 18];
		*to++ = base64[bits >> 12 & 63];
		*to++ = base64[bits >> 6 & 63];
		*to++ = base64[bits & 63];
	}
	/* 32 bytes are 43 characters; what would be padding is left out. */
	launcher->digest[43] = '\0';
	launcher->size = len;
}
