/*
 * One line and an exit.
 */
#include "fail.h"

#include <stdarg.h>
#include <stdlib.h>

_Noreturn void die(int status, ...)
{
	va_list pieces;

	va_start(pieces, status);
	complain_pieces("venv", pieces);
	va_end(pieces);
	exit(status);
}
