#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# What shells complete is what the tools take: options, columns, words. The names of containers come from evidence that
# was named, never from this host.

bats_require_minimum_version 1.5.0
load lib

setup() {
	ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	SCRIPTS=${CTR_BIN:?}/../completion
	cd "$BATS_TEST_TMPDIR" || return
	tools=("$CTR_BIN"/*)
	tools=("${tools[@]##*/}")
}

# offered TOOL WORD...: what bash is offered for the last WORD, a line each. The words are as bash breaks them: at =.
offered() {
	bash --norc -uc '
		. "$1/bash/$2"
		COMP_WORDS=("${@:2}") COMP_CWORD=$(($# - 2)) COMP_LINE="${*:2}" COMP_POINT=${#COMP_LINE} COMPREPLY=()
		"_${2//-/_}" "$2" "${@: -1}" "${@: -2:1}"
		[ "${#COMPREPLY[@]}" = 0 ] || printf "%s\n" "${COMPREPLY[@]}"' offered "$SCRIPTS" "$@"
}

# is TEXT...: compares it, a line each, with stdin.
is() {
	diff -u <(printf '%s\n' "$@") - || fail "expected: $*"
}

# options TOOL: the options that --help names, long and short.
options() {
	"$1" --help | grep -oE '^ +(-[a-zA-Z], )?--[a-z-]+' | tr -d ',' | tr -s ' ' '\n' | grep . | sort
}

# shows TOOL
shows() {
	"$1" --help | sed -n 's/^WHAT: //p' | tr -d ,
}

columns() {
	"$1" --show "$2" --list-columns | awk '{ print $1 }'
}

# typed SHELL LINE...: what becomes of each LINE at a terminal.
typed() {
	zsh -f "$ROOT/tests/completion.zsh" "$1" "$SCRIPTS" "${@:2}"
}

@test "there is a script of each tool for each shell, and the shells can read it" {
	local tool
	for tool in "${tools[@]}"; do
		"$tool" --help-bash | cmp - "$SCRIPTS/bash/$tool"
		"$tool" --help-zsh | cmp - "$SCRIPTS/zsh/_$tool"
		bash -n "$SCRIPTS/bash/$tool"
		shellcheck "$SCRIPTS/bash/$tool"
		zsh -n "$SCRIPTS/zsh/_$tool"
		! grep -n 'ctr.X\|TABLES' "$SCRIPTS"/*/*"$tool" || fail 'a name that was not filled in'
	done
}

@test "bash: every option of --help is completed, and no other" {
	local tool
	for tool in "${tools[@]}"; do
		diff -u <(options "$tool") <(offered "$tool" - | grep -v '=$' | sort)
		offered "$tool" -q -- - | diff - /dev/null
	done
	offered ctr-ls --ris | is --risk --risk=
	offered ctr-ls -- --ris | diff - /dev/null
}

@test "bash: the words of an option, behind = or behind a blank" {
	offered ctr-ls --output '' | is table jsonl tsv timesketch body
	offered ctr-ls --output = '' | is table jsonl tsv timesketch body
	offered ctr-ls --output = | is table jsonl tsv timesketch body
	offered ctr-ls -o t | is table tsv timesketch
	offered ctr-ls -ot | is -otable -otsv -otimesketch
	offered ctr-ls -jo j | is jsonl
	offered ctr-ls --sandbox '' | is auto require off
	offered ctr-ls --color '' | is auto always never
	offered ctr-ls --risk = c | is critical
	offered ctr-logcat --ansi '' | is show strip
	offered ctr-ls --show '' | xargs | is "$(shows ctr-ls)"
	offered ctr-ls --host '' | diff - /dev/null
	offered ctr-ls --risk '' | diff - /dev/null # the value of --risk stands behind =
}

@test "bash: -c has the columns of --list-columns, those of what --show chose, each once" {
	local tool show
	for tool in "${tools[@]}"; do
		for show in $(shows "$tool"); do
			diff <(columns "$tool" "$show") <(offered "$tool" --show "$show" -c '')
			diff <(columns "$tool" "$show") <(offered "$tool" --show = "$show" --columns = '')
			diff <(columns "$tool" "$show" | sed 's/^/+/') <(offered "$tool" --show "$show" -c +)
		done
	done
	offered ctr-ls -c name,exit_ | is name,exit_code
	offered ctr-ls -c +name,exit_ | is +name,exit_code
	offered ctr-ls -nc name,exit_ | is name,exit_code
	offered ctr-ls -nqcexit_ | is -nqcexit_code
	offered ctr-ls -c exit_code,name,exit_ | diff - /dev/null
	offered ctr-ls --columns = mounts.so | is mounts.source
	offered ctr-ls --show images -c 'arr' | is arrived
	offered ctr-ls -c 'arr' | diff - /dev/null
}

@test "bash: -w has columns with =, then their words; < and > within quotes alone" {
	local tool show
	for tool in "${tools[@]}"; do
		for show in $(shows "$tool"); do
			# a record has no value itself, its columns have
			diff <("$tool" --show "$show" --list-columns | grep -vE '^[^ ]+ +(record|list of records) ' |
				sed 's/ .*/=/') <(offered "$tool" --show "$show" -w '')
		done
	done
	offered ctr-ls -w stat | is state= state_source= state_error=
	offered ctr-ls -w state | is state= 'state~' state_source= state_error=
	offered ctr-ls -w "'exit_code" | is exit_code= 'exit_code~' 'exit_code>' 'exit_code>=' 'exit_code<' 'exit_code<='
	offered ctr-ls -w state = r | is running restarting removing removed
	offered ctr-ls -w state = | head -n 2 | is running exited
	offered ctr-ls -w "'risk>=n" | is 'risk>=none' 'risk>=notice'
	offered ctr-ls -w '!state' = ex | is exited
	offered ctr-ls --where = tty = '' | is true false
	offered ctr-ls -w mounts.present = n | is no
	offered ctr-ls -w name = '' | diff - /dev/null
	offered ctr-ls -w moun | grep -qx mounts.present=
	run ! grep -x 'mounts=' <(offered ctr-ls -w moun)
}

# Tests of -w are looked at before the evidence, of which there is none here: status 3, not 2.
@test "what -w is offered can be asked" {
	local show test
	for show in $(shows ctr-ls); do
		for test in $(offered ctr-ls --show "$show" -w '' | sed 's/=$//'); do
			must 3 ctr-ls --show "$show" -r /dev/null -w "$test~x"
		done
	done
	for test in state=running 'risk>=notice' tty=true mounts.present=no; do
		must 3 ctr-ls -r /dev/null -w "$test"
	done
}

@test "bash: files for -r, folders for --spool" {
	mkdir some-folder
	: >some-file
	offered ctr-ls -r some | sort | is some-file some-folder
	offered ctr-ls --root = some-fi | is some-file
	offered ctr-ls --spool some | is some-folder
}

@test "bash: names of containers, images and volumes, of the evidence that was named" {
	evidence
	diff <(ctr-ls -qno tsv -c name | grep -v '^-$') <(offered ctr-ls '')
	unset CTR_ROOT
	diff <(ctr-ls -qno tsv -c name -r "$NODE" | grep -v '^-$') <(offered ctr-logcat -r "$NODE" '')
	offered ctr-logcat "-r$NODE" -q web- | is web-1 web-2
	offered ctr-ls --show volumes --root = "$NODE" '' >names
	[ -s names ]
	offered ctr-ls --show images -r "$NODE" '' | grep -q :
	offered ctr-ls --show host -r "$NODE" '' | diff - /dev/null
}

@test "no tool runs where no evidence was named, nor on the root of this host, nor on a tar" {
	local as
	mkdir fake host
	printf '#!/bin/sh\necho "$*" >>%q/ran\necho web-1\n' "$PWD" >fake/ctr-ls
	chmod +x fake/ctr-ls
	PATH=$PWD/fake:$PATH
	for as in ctr-ls ctr-logcat; do
		offered "$as" ''
		offered "$as" -r / ''
		offered "$as" --root = /. ''
		offered "$as" -r // we
		offered "$as" -r "$EVIDENCE/node.tar.zst" ''
		offered "$as" -r /not/there ''
		CTR_ROOT=/ offered "$as" ''
		CTR_ROOT='' offered "$as" ''
		offered "$as" -r host -
		offered "$as" -r host -c ''
	done
	[ ! -e ran ] || fail "$(<ran)"
	TMPDIR=$PWD OFFERED=$PWD/given typed zsh $'ctr-ls \t' $'ctr-ls -r / \t' $'ctr-logcat -r// \t' >lines
	[ ! -e ran ] || fail "zsh: $(<ran)"
	CTR_ROOT=host offered ctr-logcat '' | is web-1
	is '-q -n -o tsv -r host -c name' <ran
}

@test "a name of hostile evidence that a shell or a terminal could obey is not offered" {
	mkdir fake host
	cat >fake/ctr-ls <<-'END'
		#!/bin/sh
		printf '%s\n' '$(touch ran)' '`touch ran`' 'a;touch ran' '-rf' 'x y' '<none>' "it's" '*'
		printf 'e\033[2Jx\nfine_1.2-x\n'
	END
	chmod +x fake/ctr-ls
	PATH=$PWD/fake:$PATH
	offered ctr-ls -r host '' | is fine_1.2-x
	TMPDIR=$PWD OFFERED=$PWD/given typed zsh $'ctr-ls -r host \t' | is 'ctr-ls -r host fine_1.2-x '
	typed bash $'ctr-ls -r host \t' | is 'ctr-ls -r host fine_1.2-x '
	[ ! -e ran ]
}

# What one types and what it becomes, in both shells; where zsh ends with a mark that the next key takes away, both.
keys=($'ctr-ls --sandb\tre\t' $'ctr-ls -w exit_co\t' $'ctr-ls -c name,exit_co\t' $'ctr-ls -c +name,exit_co\t'
	$'ctr-ls -w state=run\t' $'ctr-ls -w \'!state>=run\t' $'ctr-ls --output=js\t' $'ctr-ls --columns=name,finis\t'
	$'ctr-ls -r some-fi\t' $'ctr-ls --root=some-fi\t' $'ctr-ls --show images -c arri\t' $'ctr-ls -jc exit_co\t'
	$'ctr-ls --risk=cri\t' $'ctr-logcat --ansi str\t' $'ctr-logcat -w stre\tstde\t' $'ctr-ls -r some-folder web\t')

@test "bash, at a terminal" {
	mkdir some-folder
	: >some-file
	TMPDIR=$PWD typed bash "${keys[@]}" | is 'ctr-ls --sandbox require ' 'ctr-ls -w exit_code=' 'ctr-ls -c name,exit_code' \
		'ctr-ls -c +name,exit_code' 'ctr-ls -w state=running ' "ctr-ls -w '!state>=running' " 'ctr-ls --output=jsonl ' \
		'ctr-ls --columns=name,finished' 'ctr-ls -r some-file ' 'ctr-ls --root=some-file ' \
		'ctr-ls --show images -c arrived' 'ctr-ls -jc exit_code' 'ctr-ls --risk=critical ' 'ctr-logcat --ansi strip ' \
		'ctr-logcat -w stream=stderr ' 'ctr-ls -r some-folder web'
}

@test "zsh, at a terminal" {
	mkdir some-folder
	: >some-file
	export TMPDIR=$PWD OFFERED=$PWD/given
	typed zsh "${keys[@]}" | is 'ctr-ls --sandbox=require ' 'ctr-ls -w exit_code=' 'ctr-ls -c name,exit_code,' \
		'ctr-ls -c +name,exit_code,' 'ctr-ls -w state=running ' "ctr-ls -w '!state>=running' " 'ctr-ls --output=jsonl ' \
		'ctr-ls --columns=name,finished,' 'ctr-ls -r some-file ' 'ctr-ls --root=some-file ' \
		'ctr-ls --show images -c arrived,' 'ctr-ls -jc exit_code,' 'ctr-ls --risk=critical ' 'ctr-logcat --ansi strip ' \
		'ctr-logcat -w stream=stderr ' 'ctr-ls -r some-folder web'
}

@test "zsh: every option of --help is offered, and every column" {
	local tool show
	export TMPDIR=$PWD OFFERED=$PWD/given
	for tool in "${tools[@]}"; do
		: >given
		typed zsh "$tool "$'-\t' >line
		diff -u <(options "$tool") <(grep '^-' given | sort -u)
		for show in $(shows "$tool"); do
			: >given
			typed zsh "$tool --show $show "$'-c \t' >line
			diff -u <(columns "$tool" "$show" | sort) <(grep . given | sort -u)
		done
	done
}

@test "zsh: names, of the evidence that was named" {
	evidence
	export TMPDIR=$PWD OFFERED=$PWD/given
	: >given
	typed zsh $'ctr-logcat \t' $'ctr-ls web-\t' >line
	diff <(ctr-ls -qno tsv -c name | grep -v '^-$' | sort) <(grep . given | sort -u)
}

@test "make install puts them where the shells look" {
	local tool
	[ "$CTR_BIN" -ef "$ROOT/build/out/bin" ] || skip 'other tools than those that make builds'
	make -s -C "$ROOT" install DESTDIR="$PWD/there" PREFIX=/usr >said
	for tool in "${tools[@]}"; do
		cmp "$SCRIPTS/bash/$tool" "there/usr/share/bash-completion/completions/$tool"
		cmp "$SCRIPTS/zsh/_$tool" "there/usr/share/zsh/site-functions/_$tool"
	done
}
