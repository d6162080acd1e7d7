/* SPDX-License-Identifier: ISC */
/* Disk images and what holds them, so that the refusal is the command that helps. Magics: the headers of
 * qemu (qcow2, vmdk, vhdx), libewf, cryptsetup (LUKS), util-linux libblkid (file systems, tables). */

#include "evidence/root.h"

static bool
magic(struct span head, size_t at, struct span bytes)
{
	return span_eq(span_sub(head, at, bytes.len), bytes);
}

struct known {
	size_t at;
	struct span magic;
	const char *what;	/* ends the sentence "is ..." */
	const char *command;	/* with the file's name behind it */
	const char *after;	/* and this behind the name */
};

#define PARTS "losetup -r -P -f --show ", "; then mount -o ro,noload /dev/loopNpM /mnt/evidence"
#define LOOP(o) "mount -o ro,loop" o " ", " /mnt/evidence"
#define NBD "qemu-nbd -r -c /dev/nbd0 ", "; then mount -o ro,noload /dev/nbd0pM /mnt/evidence"

static const struct known disks[] = {
	{ 0, { "QFI\xfb", 4 }, "a qcow2 disk; attach it read-only:", NBD },
	{ 0, { "KDMV", 4 }, "a VMDK disk; attach it read-only:", NBD },
	{ 0, { "# Disk DescriptorFile", 21 }, "a VMDK descriptor; attach it read-only:", NBD },
	{ 0, { "vhdxfile", 8 }, "a VHDX disk; attach it read-only:", NBD },
	{ 0, { "conectix", 8 }, "a VHD disk; attach it read-only:", NBD },
	{ 0, { "EVF\x09\x0d\x0a\xff", 8 }, "an E01 image; make it a raw one:", "ewfmount ",
	    " /mnt/ewf; then losetup -r -P -f --show /mnt/ewf/ewf1" },
	{ 0, { "LUKS\xba\xbe", 6 }, "an encrypted volume (LUKS); open it read-only:",
	    "cryptsetup open --readonly ", " evidence; then mount -o ro,noload /dev/mapper/evidence /mnt/evidence" },
	{ 0, { "XFSB", 4 }, "an XFS file system; mount it read-only:", LOOP(",norecovery") },
	{ 1080, { "\x53\xef", 2 }, "an ext file system; mount it read-only:", LOOP(",noload") },
	{ 65600, { "_BHRfS_M", 8 }, "a btrfs file system; mount it read-only:", LOOP(",rescue=nologreplay") },
	{ 0, { "hsqs", 4 }, "a squashfs; mount it read-only:", LOOP("") },
	{ 512, { "EFI PART", 8 }, "a disk with partitions; attach it read-only:", PARTS },
	{ 4096, { "EFI PART", 8 }, "a disk with partitions; attach it read-only:", PARTS },
	{ 512, { "LABELONE", 8 }, "an LVM volume; attach it read-only:", "losetup -r -f --show ",
	    "; then vgchange -ay --readonly, and mount -o ro,noload /dev/VG/LV /mnt/evidence" },
	{ 510, { "\x55\xaa", 2 }, "a disk with partitions; attach it read-only:", PARTS },
};

struct fault
root_disk(struct root *r, struct span head)
{
	for (size_t i = 0; i < sizeof(disks) / sizeof(*disks); i++) {
		const struct known *k = &disks[i];

		if (magic(head, k->at, k->magic))
			return (struct fault){ .kind = FAULT_ALL, .what = k->what,
			    .item = arena_concat(&r->arena, span_of(k->command), r->name, span_of(k->after)) };
	}
	return (struct fault){ .kind = FAULT_ABSENT };
}
