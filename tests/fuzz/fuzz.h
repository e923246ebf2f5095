/*
 * What the fuzz targets share.  A target is one function, which libFuzzer
 * calls with one input after the other; where there is no libFuzzer, replay.c
 * calls it with those of the corpus.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What has to be so, whatever the input; else this input is a finding. */
#define must(what) \
	((what) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #what))

static inline _Noreturn void fuzz_broken(const char *file, int line,
					 const char *what)
{
	fprintf(stderr, "%s:%d: this must be so, and is not: %s\n",
		file, line, what);
	abort();
}

static inline void *fuzz_room(size_t size)
{
	void *room = malloc(size ? size : 1);

	if (!room) {
		perror("malloc");
		exit(1);
	}
	return room;
}

/*
 * The input as a terminated string of its own, which free() takes: what is
 * read behind its NUL is behind the end of the memory, too.
 */
static inline char *fuzz_text(const void *data, size_t size)
{
	char *text = fuzz_room(size + 1);

	memcpy(text, data, size);
	text[size] = '\0';
	return text;
}

#endif
