/*
 * within: a program that must not hang.
 *
 *	within SECONDS PROGRAM [ARG...]
 *
 * As `timeout`, without a process beside the program, for what most tests do
 * more than once: it is ended by SIGALRM, if it takes longer.  Exit status: that
 * of the program; 126, with a message, where it cannot be run.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	long seconds = argc > 2 ? strtol(argv[1], NULL, 10) : 0;

	if (seconds <= 0) {
		fprintf(stderr, "usage: within SECONDS PROGRAM [ARG...]\n");
		return 126;
	}
	(void)alarm((unsigned)seconds);
	(void)execvp(argv[2], argv + 2);
	fprintf(stderr, "within: %s: %s\n", argv[2], strerror(errno));
	return 126;
}
