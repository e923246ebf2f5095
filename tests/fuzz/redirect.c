/*
 * Fuzz target: the `.venv` file.  The input is the file.
 */
#include "which/redirect.h"

#include "fuzz.h"
#include "which/text.h"

#define BOM "\xef\xbb\xbf"

/* It is what the text begins with, up to the end of the line. */
static void check_line(const char *line, const char *original,
		       const char *end)
{
	size_t len = strlen(line);

	if (!strncmp(original, BOM, 3))
		original += 3;
	must(!strncmp(line, original, len));
	original += len;
	must(original == end || *original == '\n' ||
	     (original[0] == '\r' && original[1] == '\n'));
	must(len < PATH_MAX);
	must(!memchr(line, '\n', len));
	must(text_is_utf8(line, len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *line, *why = "unset";
	char *text, *original;

	/* Of a longer file no more is read. */
	if (size > PATH_MAX)
		size = PATH_MAX;
	text = fuzz_text(data, size);
	original = fuzz_text(data, size);
	line = redirect_line(text, size, &why);
	if (line) {
		must(!why);
		must(line >= text && line <= text + size);
		must(memchr(line, '\0', size + 1 - (size_t)(line - text)));
		check_line(line, original, original + size);
	} else {
		must(why && *why);
		/* There is a reason: the line is long, or no text. */
		must(strcspn(original, "\n") == PATH_MAX ||
		     !text_is_utf8(original, strcspn(original, "\n")) ||
		     (strlen(original) < size && !strchr(original, '\n')));
	}
	free(text);
	free(original);
	return 0;
}
