/*
 * venv doctor: the record of decisions.
 */
#include <errno.h>
#include <string.h>

#include "command.h"
#include "doctor.h"
#include "finding.h"
#include "which/record.h"

static unsigned count_decisions(const char *text)
{
	static struct entry entry;
	const char *line;
	size_t len;
	unsigned n = 0;

	while (record_line(&text, &line, &len))
		n += record_parse(line, len, &entry);
	return n;
}

void doctor_record(void)
{
	static char text[RECORD_MAX + 1];
	char path[PATH_MAX] = "", number[24];
	struct out out = OUT_STRING(number);
	struct stat st = { 0 };
	ptrdiff_t len = record_read(text, path, &st);

	if (len == -EPERM && st.st_mode & (S_IWGRP | S_IWOTH)) {
		finding_bad("decisions", A_PATH(path), " may be written by"
			    " others, so that every environment is blocked",
			    ADVICE, "read it, and then: chmod 600 ",
			    A_WORD(path), NULL);
	} else if (len == -EPERM) {
		finding_bad("decisions", A_PATH(path), " could be replaced by"
			    " others, so that every environment is blocked",
			    ADVICE, "let nobody else write a directory on its"
			    " path", NULL);
	} else if (len < 0) {
		finding_bad("decisions", A_PATH(path), " cannot be read, so"
			    " that every environment is blocked: ",
			    error_text((int)-len), ADVICE, "mend that, or"
			    " decide all again after: rm ", A_WORD(path),
			    NULL);
	} else {
		text[len] = '\0';
		out_number(&out, count_decisions(text), 10);
		finding_good("decisions", number, *path ? " in " : "",
			     A_PATH(path), NULL);
	}
}
