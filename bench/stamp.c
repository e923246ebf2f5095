/*
 * stamp: print the time in ns, and the words given, as one line.
 *
 *	stamp WORD...
 *
 * Shells run it before and after what is measured, for not all of them know
 * the time themselves.
 */
#include <stdio.h>
#include <time.h>

int main(int argc, char **argv)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t))
		return 1;
	printf("%lld%09ld", (long long)t.tv_sec, t.tv_nsec);
	for (int i = 1; i < argc; i++)
		printf(" %s", argv[i]);
	printf("\n");
	return fclose(stdout) != 0;
}
