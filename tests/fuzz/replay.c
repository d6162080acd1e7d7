/* SPDX-License-Identifier: ISC */
/* Runs a target over the files of its corpus, without a fuzzer: tests/fuzz/corpus/NAME beside the program's name. */

#include <dirent.h>

#include "fuzz.h"

int
main(int argc, char **argv)
{
	char path[4096];
	const char *name = strrchr(argv[0], '/') == NULL ? argv[0] : strrchr(argv[0], '/') + 1;
	const char *folder = argc > 1 ? argv[1] : "tests/fuzz/corpus";
	struct dirent *e;
	unsigned n = 0;
	uint8_t *data = malloc(1 << 22);
	DIR *d;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	d = opendir(path);
	while (d != NULL && data != NULL && (e = readdir(d)) != NULL) {
		FILE *f;
		size_t size;

		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s/%s", folder, name, e->d_name);
		f = fopen(path, "rb");
		size = f == NULL ? 0 : fread(data, 1, 1 << 22, f);
		if (f != NULL)
			fclose(f);
		LLVMFuzzerTestOneInput(data, size);
		printf("ok %u - %s %s\n", ++n, name, e->d_name);
		fflush(stdout);
	}
	LLVMFuzzerTestOneInput(data, 0);
	printf("ok %u - %s, nothing\n1..%u\n", n + 1, name, n + 1);
	if (d != NULL)
		closedir(d);
	free(data);
	return data == NULL;
}
