/*
 * replay FILE...: feeds the files to the fuzz target that it is linked with,
 * for compilers without libFuzzer, which brings its own main().
 *
 * replay -n COUNT [SEED]: so many inputs of random bytes, the same ones every
 * time.  Only a target for which any bytes make sense finds something by that.
 */
#include <errno.h>

#include "fuzz.h"

static _Noreturn void fail(const char *name)
{
	fprintf(stderr, "replay: %s: %s\n", name, strerror(errno));
	exit(1);
}

static void replay(const char *name)
{
	FILE *file = fopen(name, "rb");
	uint8_t *data = NULL;
	size_t size = 0, got;

	if (!file)
		fail(name);
	do {
		data = realloc(data, size + BUFSIZ);
		if (!data)
			fail(name);
		got = fread(data + size, 1, BUFSIZ, file);
		size += got;
	} while (got);
	if (ferror(file))
		fail(name);
	(void)fclose(file);
	/* Without room to spare, so that what is read behind it is seen. */
	data = realloc(data, size ? size : 1);
	if (!data)
		fail(name);
	(void)LLVMFuzzerTestOneInput(data, size);
	free(data);
}

/* xorshift64 */
static uint64_t next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void random_inputs(unsigned long count, uint64_t state)
{
	uint8_t data[96];

	for (unsigned long i = 0; i < count; i++) {
		size_t size = 8 + next(&state) % (sizeof(data) - 7);

		for (size_t at = 0; at < size; at++)
			data[at] = (uint8_t)(next(&state) >> 32);
		(void)LLVMFuzzerTestOneInput(data, size);
	}
	printf("%lu random inputs: no finding\n", count);
}

int main(int argc, char **argv)
{
	if (argc > 2 && !strcmp(argv[1], "-n")) {
		random_inputs(strtoul(argv[2], NULL, 10),
			      argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
		return 0;
	}
	for (int i = 1; i < argc; i++) {
		fprintf(stderr, "Running: %s\n", argv[i]);
		replay(argv[i]);
	}
	return 0;
}
