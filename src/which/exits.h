/*
 * The exit statuses of both programs.  They are public: EXIT STATUS in
 * venv-which(1) and venv(1) lists them.
 */
#ifndef EXITS_H
#define EXITS_H

enum {
	EX_FOUND = 0,	/* found; done */
	EX_NONE = 1,	/* there is none; failed */
	EX_USAGE = 2,	/* called wrongly */
	EX_BLOCKED = 3,	/* found, but it may not be used */
	EX_BROKEN = 4,	/* found, but it does not work */
	EX_UNKNOWN = 5,	/* could not find out */
};

#endif
