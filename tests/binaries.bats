#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# The programs that we hand out: what kind of file each of them is, whatever the compiler was
# asked for. Debian's musl-gcc and clang make other things without a word.

bats_require_minimum_version 1.5.0

setup() {
	ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	CTR_BIN=${CTR_BIN:-$ROOT/build/out/bin}
	cd "$ROOT" || return
	unset MAKEFLAGS MFLAGS MAKELEVEL
	shopt -s nullglob
	tools=("$CTR_BIN"/*)
	[ "${#tools[@]}" -gt 0 ] || fail "no tool in $CTR_BIN"
}

fail() {
	printf '%s\n' "$*" >&2
	return 1
}

@test "there is a program for each file of cmd, and no other" {
	diff -u <(printf '%s\n' cmd/*.c | sed 's|.*/||; s|\.c$||' | sort) \
		<(printf '%s\n' "${tools[@]##*/}" | sort)
}

@test "each is a static program that can lie anywhere: DYN without INTERP or NEEDED" {
	for t in "${tools[@]}"; do
		said=$(readelf -hldW "$t")
		grep -q 'Type: *DYN' <<<"$said" || fail "$t is not of type DYN"
		! grep -E 'INTERP|NEEDED' <<<"$said" || fail "$t needs others to run"
		file "$t" | grep -q 'static-pie linked' || fail "$t: $(file "$t")"
	done
}

@test "each is read-only after start, with no stack to run and no text to patch" {
	for t in "${tools[@]}"; do
		said=$(readelf -hldW "$t")
		grep -q GNU_RELRO <<<"$said" || fail "$t has no GNU_RELRO"
		grep -q BIND_NOW <<<"$said" || fail "$t has no BIND_NOW"
		grep -q 'GNU_STACK.* RW ' <<<"$said" || fail "$t does not say what its stack is"
		! grep -E 'TEXTREL|RWE' <<<"$said" || fail "$t has writable code"
	done
}

@test "none has an indirect function, which musl would not resolve" {
	for t in "${tools[@]}"; do
		! readelf -rW "$t" | grep IRELATIV || fail "$t dies at its first such call"
	done
}

@test "each was built with the stack protector, and has nothing of glibc" {
	for t in "${tools[@]}"; do
		unstripped=${CTR_BIN%/*}/bin-debug/${t##*/}
		nm "$unstripped" | grep -q ' __stack_chk_fail$' || fail "$t has no stack protector"
		! strings "$t" | grep -i glibc || fail "$t has glibc in it"
		! nm "$t" 2>/dev/null | grep . || fail "$t is not stripped"
	done
}

@test "none says where it was built" {
	for t in "${tools[@]}" "${CTR_BIN%/*}"/bin-debug/*; do
		! grep -aE "$ROOT/(lib|cmd|build)/" "$t" >/dev/null || fail "$t has $ROOT in it"
	done
}

@test "a second make does nothing" {
	make -q all || fail "make would do: $(make -n all | head)"
}

@test "one file of the library touched: one object, the library, and what links it" {
	file=$(find lib -name '*.c' | sort | head -n 1)
	said=$(make -n -W "$file" all)
	[ "$(grep -c "^echo 'CC " <<<"$said")" = 1 ] || fail "$said"
	[ "$(grep -c "^echo 'LD .*/bin-debug/" <<<"$said")" = "${#tools[@]}" ] || fail "$said"
}

@test "one tool touched: one object and one program" {
	said=$(make -n -W "$(printf '%s\n' cmd/*.c | head -n 1)" all)
	[ "$(grep -c "^echo 'CC " <<<"$said")" = 1 ] || fail "$said"
	[ "$(grep -c "^echo 'LD " <<<"$said")" = 1 ] || fail "$said"
}

@test "-V names what is linked into it, as the lock has it" {
	for t in "${tools[@]}"; do
		said=$("$t" -V)
		while read -r name _ version _; do
			version=${version#*:}
			[[ " cjson xz zlib zstd " != *" $name "* || ${said,,} == *"$name ${version%[.+]dfsg*}"* ]] ||
				fail "$t -V does not name $name $version: $said"
		done < <(grep -v '^#' build/deps/lock)
	done
}

@test "the bill of materials names what was linked, with sums as in the lock" {
	while read -r name _ _ _ sum; do
		jq -e --arg name "$name" --arg sum "$sum" \
			'any(.dependencies[]; .name == $name and any(.files[]; .sha256 == $sum))' \
			build/out/bom.json >/dev/null || fail "$name is not in build/out/bom.json"
	done < <(grep -v '^#' build/deps/lock)
}
