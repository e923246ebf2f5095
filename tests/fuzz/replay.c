/*
 * replay FILE...: feeds the files to the fuzz target that it is linked with,
 * for compilers without libFuzzer, which brings its own main().
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

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		fprintf(stderr, "Running: %s\n", argv[i]);
		replay(argv[i]);
	}
	return 0;
}
