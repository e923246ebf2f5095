/*
 * One line and an exit.
 */
#include "fail.h"

#include <stdarg.h>
#include <stdlib.h>

#include "which/compat.h"
#include "which/out.h"

_Noreturn void die(int status, ...)
{
	static char text[5 * PATH_MAX];
	struct out line = OUT_STRING(text);
	const char *piece;
	va_list pieces;

	va_start(pieces, status);
	while ((piece = va_arg(pieces, const char *)))
		out_safe(&line, piece);
	va_end(pieces);
	complain("venv", text, NULL);
	exit(status);
}
