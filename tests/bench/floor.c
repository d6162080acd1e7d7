/* SPDX-License-Identifier: ISC */
/* The least that reading files can cost as ctr-ls reads them: each is opened twice, to see what it is and for reading, is
 * read, and closed. Names, relative to the folder named first, on stdin. */

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	static char name[4096], buf[1 << 20];
	int root = argc > 1 ? open(argv[1], O_PATH | O_CLOEXEC) : -1;

	while (fgets(name, sizeof(name), stdin) != NULL) {
		int seen, file;

		name[strcspn(name, "\n")] = '\0';
		seen = openat(root, name, O_PATH | O_CLOEXEC);
		file = openat(root, name, O_RDONLY | O_CLOEXEC);
		if (file >= 0)
			while (read(file, buf, sizeof(buf)) > 0)
				;
		close(file);
		close(seen);
	}
	return 0;
}
