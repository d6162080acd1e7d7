#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# What is built depends on the sources and the compiler alone: two copies in folders of other names and depths, built one
# after the other, in other zones, languages and with other masks, give the same bytes.

load lib

# copy FOLDER: the files of the repository, new ones included.
copy() {
	mkdir -p "$1"
	(cd "$ROOT" && git -c safe.directory="$ROOT" ls-files -z -co --exclude-standard | xargs -0 cp --parents -d -t "$OLDPWD/$1")
}

# made FOLDER: the sums of all that it made for others.
made() {
	(cd "$1/build/out" && find bin bin-debug man completion libctr.a aarch64/bin -type f -print0 2>/dev/null | sort -z | xargs -0 sha256sum)
}

@test "two copies give the same tools, pages and completions" {
	cd "$BATS_TEST_TMPDIR"
	[ -e "$ROOT/.git" ] || skip 'no git here to tell the sources by'
	# the dependencies are built anew, from sources that were fetched before
	[ ! -d "$ROOT/build/out/sources" ] || export SOURCES=$ROOT/build/out/sources
	unset CTR_BIN CTR_SAN CTR_ROOT
	copy one
	copy another/folder/with/a/longer/name
	(umask 022 && TZ=UTC LC_ALL=C make -s -C one >one.log 2>&1) || fail "$(tail -n 20 one.log)"
	(umask 077 && TZ=Asia/Tokyo LC_ALL=C.UTF-8 HOME=/nowhere make -s -j2 -C another/folder/with/a/longer/name >another.log 2>&1) ||
		fail "$(tail -n 20 another.log)"
	made one >one.sums
	made another/folder/with/a/longer/name >another.sums
	diff one.sums another.sums
	cp one.sums "$BATS_FILE_TMPDIR/sums"
	[ "$(grep -c ' bin/ctr-' one.sums)" = "$(find "$ROOT/cmd" -name '*.c' | wc -l)" ]
	grep -q ' man/ctr-records.7' one.sums
	grep -q ' completion/zsh/_ctr-ls' one.sums
}

@test "they are those that lie here" {
	cd "$BATS_TEST_TMPDIR"
	[ -e "$ROOT/.git" ] || skip 'no git here to tell the sources by'
	diff <(grep -v aarch64/ <(made "$ROOT")) <(grep -v aarch64/ "$BATS_FILE_TMPDIR"/sums)
}
