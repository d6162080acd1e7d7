/* SPDX-License-Identifier: ISC */
/* Docker's data root, between the files of this folder. Sources: moby 20.10 to 29, container/container.go,
 * api/types/container/hostconfig.go, image/fs.go, layer/filestore.go; and roots that it wrote. */
#ifndef ENGINE_DOCKER_DOCKER_H
#define ENGINE_DOCKER_DOCKER_H

#include "engine/document.h"
#include "engine/image_config.h"

/* Keys of the engine's documents, those that a column takes; the rest is read by engine/rest.c. */
struct docker_health {
	struct span status;
	struct list log;		/* [probe] */
};

struct docker_state {
	enum tri running, paused, restarting, removal, dead, oom_killed;
	struct u64 pid;
	struct i64 exit_code;
	struct span error;
	struct timestamp started, finished;
	struct docker_health health;
};

struct docker_mount {			/* of "MountPoints", by destination */
	struct span destination, type, source, name, propagation, driver;
	enum tri rw;
};

struct docker_network {			/* of "Networks", by name */
	struct network network;
	struct span mac;
};

struct docker_binding {
	struct span host_ip, host_port;
};

struct docker_port {			/* of "Ports" and "PortBindings", by "80/tcp" */
	struct span port;
	struct list bindings;		/* [docker_binding] */
};

struct docker_settings {		/* "NetworkSettings" */
	struct list networks, ports;
};

struct docker_restart {
	struct span name;
	struct i64 tries;
};

struct docker_log {
	struct span type;
	struct list options;
};

struct docker_record {			/* config.v2.json */
	struct span id, name, image, driver, log_path, hosts_path, hostname_path, resolv_conf_path;
	struct timestamp created;
	struct i64 restart_count;
	struct engine_config config;
	struct docker_state state;
	struct list mounts;
	struct docker_settings settings;
	struct span apparmor, seccomp, process_label;
	enum tri no_new_privs;
};

struct docker_host {			/* hostconfig.json */
	enum tri privileged, readonly_rootfs;
	struct list cap_add, cap_drop, masked_paths, readonly_paths, device_rules, security_opt, dns,
	    extra_hosts;
	struct list devices, ulimits, sysctls, annotations, tmpfs, port_bindings;
	struct span net, pid, ipc, uts, user, cgroup, cgroup_parent, runtime;
	struct docker_restart restart;
	struct docker_log log;
	struct i64 memory, nano_cpus, pids;
};

extern const struct record docker_record_keys, docker_host_keys;

/* What is known of a data root for the whole run: engine->state. */
struct docker {
	struct list drivers;		/* names of the folders beneath image/ */
	struct span userns;		/* "UID.GID" when users are remapped, from the folder's name */
	struct list layers;		/* [docker_layer]: those read so far */
	struct index layer_of;		/* their places in that list, by driver and chain id */
	struct index configs;		/* paths of image configs that containers asked for: 1 is there, 0 is not */
	struct list tasks[2];		/* [span]: ids of what the runtime's daemon keeps a folder of; v NULL: not read */
	struct list users;		/* [docker_use]: who uses which image and volume; read when asked */
	bool users_read;
	struct list parents;		/* [span]: images that others stand on, in order; docker_is_parent() asks */
	struct list tags;		/* [docker_tags]: of each driver that was asked for */
};

/* repositories.json of a driver, read once. */
struct docker_tags {
	struct span driver, read_from, error;
	struct list names;		/* [docker_tag], by image, each image's as they stand in the document */
};

struct docker_tag {
	struct span image, name;
	size_t n;			/* in the document */
};

/* A layer of the layer store, read once. */
struct docker_layer {
	struct span chain_id, parent, diff_id, cache_id;
	struct u64 size;
	struct span error;		/* what is wrong with it */
};

/* A container's use of an image or a volume. */
struct docker_use {
	struct span container, image_id, driver;
	struct list volumes;		/* [pair]: name of the volume, its driver */
};

/* image.c: whether others stand on an image, once they were listed */
bool docker_is_parent(const struct docker *, struct span image);

/* places.c */
void docker_places(struct root *, struct arena *, struct list *places);

/* layers.c */

/* What is expected in place of a driver whose store is not here: one that has a folder, or one of Docker's own, where it is
 * none of those but a snapshotter of containerd. */
const char *docker_instead(struct span driver);

/* The folder of a layer that the driver knows as NAME; absent, with UNREAD set, where it keeps none in this evidence. */
struct span docker_content(struct engine *, struct arena *, struct span driver, struct span name,
    enum layer_kind, bool *unread);

/* Where a driver keeps the folders of all layers; absent where it has none. */
struct span docker_folder(struct engine *, struct arena *, struct span driver);

/* orphans.c: appends the folders of layers that neither the store nor a container that is there refers to. */
void docker_orphans(struct engine *, struct arena *, struct list *refs);

/* How a driver's layers say what they delete; of a kind, as overlay's of images and of containers differ. */
enum layer_form docker_form(struct span driver, enum layer_kind);

/* Says that content was left unread. */
void docker_unread(struct engine *, struct arena *, struct span driver, struct provenance *);

/* The layers of the image whose top is CHAIN_ID, base first and numbered from 1, into REFS (none, on ARENA).
 * A link that is missing ends the walk with a fault, and what is above it stands. */
void docker_chain(struct engine *, struct span driver, struct span chain_id, struct arena *,
    struct list *refs, struct provenance *);

/* The bytes that the engine counted in the layers of REFS; unknown when it is of one of them. */
struct u64 docker_chain_size(struct engine *, struct span driver, const struct list *refs, struct arena *);

/* traces.c: what tells when the container lived; RECORD: the path of its document. */
void docker_traces(struct engine *, const struct docker_record *, struct span record, struct arena *, struct container *);

/* The bytes of a container's own layer, where that holds nothing of what is beneath. */
struct u64 docker_own_size(struct engine *, const struct container *);

/* The driver in whose store CONTAINER has a layer; absent when it has none here. */
struct span docker_store_of(struct engine *, struct arena *, struct span container);

/* A container's stack: its image's layers, the engine's init layer, its own. Fills layers, storage.snapshot,
 * and adds the layer's witness that it was mounted. */
void docker_container_layers(struct engine *, struct arena *, struct container *);

/* image.c: an image by its id; all ids, absent where none of its stores is read. */
void docker_image(struct engine *, struct span id, enum want, struct arena *, struct image *);
void docker_image_list(struct engine *, struct list *ids);

/* volume.c: what the options of a volume of the local driver mount in its place: mount(8)'s type, device and options; absent
 * where it has none. */
struct docker_device {
	struct span type, device, options;
};
void docker_device(struct engine *, struct span volume, struct arena *, struct provenance *, struct docker_device *);

/* A volume by its name, also one that only containers name; all names, sorted, each once. */
void docker_volume(struct engine *, struct span name, enum want, struct arena *, struct volume *);
void docker_volume_list(struct engine *, struct list *names);

/* graph.c: what was before 1.10 */
bool docker_graph_here(struct engine *);
void docker_graph_list(struct engine *, struct list *ids);
void docker_graph_image(struct engine *, enum want, struct arena *, struct image *);
void docker_graph_container_layers(struct engine *, struct arena *, struct container *);

/* container.c */
void docker_container(struct engine *, struct span id, enum want, struct arena *, struct container *);

/* Who uses what, from the records of all containers. */
const struct list *docker_users(struct engine *);

/* mounts.c */

/* The data root as the record itself names it; absent when it does not. */
struct span docker_recorded_place(const struct docker_record *, struct span id);

/* Fills mounts from the record, resolved against the evidence. */
void docker_mounts(struct engine *, const struct docker_record *, const struct docker_host *,
    struct arena *, struct container *);

/* network.c: networks and ports. */
void docker_network(const struct docker_record *, const struct docker_host *, struct arena *,
    struct container *);

/* "UID.GID": the data root of a daemon that remaps users lies one level down in a folder of such a name. */
bool docker_remapped(struct span name);

#define docker_path(e, a, ...) path_join((a), (e)->place, arena_concat((a), __VA_ARGS__))

#endif
