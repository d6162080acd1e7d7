/* SPDX-License-Identifier: ISC */
/* An image's configuration, which engines and archives keep as the same document. Source: OCI image-spec config.md;
 * moby image/image.go. */
#ifndef ENGINE_IMAGE_CONFIG_H
#define ENGINE_IMAGE_CONFIG_H

#include "engine/engine.h"
#include "format/digest.h"
#include "format/json.h"

struct engine_config {			/* "Config" of a container, "config" of an image */
	struct span hostname, user, workdir, image, stop_signal;
	enum tri tty, open_stdin;
	struct list env, cmd, entrypoint, labels, exposed_ports, volumes;
	struct healthcheck healthcheck;
};

extern const struct record engine_config_keys;

/* Such settings into the record. */
void engine_config_image(const struct engine_config *, struct arena *, struct image *);

/* DOCUMENT, which was read from FILE, into the record: all that it says but the digests of its layers, uncompressed, which
 * are returned base first. What is of the wrong kind is said, and is the row's error. `rest` is the caller's (engine_rest()). */
struct list image_config_read(struct engine *, struct span file, struct json *document, struct arena *, struct image *);

#endif
