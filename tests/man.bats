#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# The pages say what is so: their examples run, their lists are whole. The demo and README.md too.

bats_require_minimum_version 1.5.0
load lib

setup() {
	ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	PAGES=$CTR_BIN/../man
	evidence
}

teardown() { evidence_unchanged; }

# examples PAGE: the commands of its EXAMPLES, each ended by NUL. A line that is indented goes on with
# the one before it.
examples() {
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh [^E]/p' "$1" |
		awk '/^\.Bd -literal/ { on = 1; next }
			/^\.Ed/ { on = 0 }
			on && /^\$ / { if (n++) printf "%c", 0; printf "%s", substr($0, 3); going = 1; next }
			on && /^[ \t]/ && going { printf "\n%s", $0; next }
			{ going = 0 }
			END { if (n) printf "%c", 0 }' |
		sed -z -e "s/\\\\(aq/'/g; s/\\\\(ti/~/g; s/\\\\(ha/^/g; s/\\\\(ga/\`/g; s/\\\\(dq/\"/g; s/\\\\-/-/g; s/\\\\&//g; s/\\\\e/\\\\/g"
}

# answers COMMAND: status 0, or 1 as this evidence has damage; something on stdout, and of a table more than
# its header.
answers() {
	run --separate-stderr bash -c "$1" </dev/null
	[ "$status" -le 1 ] || fail "command: $1" "status: $status" "$stderr"
	[ -n "$output" ] || fail "command: $1" "no output" "$stderr"
	[[ $1 = *'|'* ]] || [ "${#lines[@]}" -gt 1 ] || fail "command: $1" "only a header: $output" "$stderr"
}

page() {
	mandoc -Tascii "$PAGES/$1" | col -b | tr '\t' ' '
}

@test "every example of the pages runs and answers" {
	local n command source
	tar --zstd -xOf "$EVIDENCE/images.tar.zst" ./docker.tar >app.tar
	for source in "$ROOT"/man/*.[1-8]; do
		n=0
		while IFS= read -r -d '' command; do
			answers "$command"
			n=$((n + 1))
		done < <(examples "$source")
		[ "$n" -gt 3 ] || fail "$source: $n examples found"
	done
}

@test "no page has a placeholder left, nor a line that 80 columns do not hold" {
	local p
	for p in ctr-ls.1 ctr-logcat.1 ctr-layers.1 ctr-whiteouts.1 ctr-cat.1 ctr-tools.7 ctr-records.7; do
		! grep -n '@[A-Z]*@' "$PAGES/$p" || fail "$p: see above"
		page "$p" >rendered
		! expand rendered | grep -nE '^.{81}' || fail "$p: see above"
	done
}

@test "--help is one screen, on stdout" {
	local tool
	for tool in "$CTR_BIN"/*; do
		must 0 "$tool" --help
		[ "${#lines[@]}" -le 46 ] || fail "$tool --help: ${#lines[@]} lines that are not empty"
		"$tool" --help >help
		[ "$(wc -l <help)" -le 48 ] || fail "$tool --help: $(wc -l <help) lines"
		! grep -nE '^.{81}' help || fail "$tool --help is wider than 80 columns"
		[ -z "$stderr" ] || fail "$tool --help: $stderr"
	done
}

@test "every option and every --show of --help is in the page, with its letter" {
	local tool option show
	for tool in ctr-ls ctr-logcat ctr-layers ctr-whiteouts ctr-cat; do
		page "$tool.1" >rendered
		"$tool" --help >help
		while read -r option; do
			grep -qE -- "^ +(-.*, )?$option( |=|\[|\$)" rendered || fail "$tool.1 does not explain $option"
		done < <(grep -oE '^ +(-[a-zA-Z], )?--[a-z-]+' help | grep -oE -- '--[a-z-]+')
		while read -r option; do
			grep -qE -- "^ +$option( [A-Z]+)?, " rendered || fail "$tool.1 does not explain $option"
		done < <(grep -oE '^ +-[a-zA-Z], ' help | grep -oE -- '-[a-zA-Z]')
		case $(sed -n 's/^WHAT: //p' help) in logs | whiteouts | '') continue ;; esac
		for show in $(sed -n 's/^WHAT: //p' help | tr -d ,); do
			grep -qE "^ +$show  " rendered || fail "$tool.1 does not explain --show $show"
		done
	done
}

@test "every column of --list-columns is in ctr-records.7, in the part of its record" {
	local tool show record name
	page ctr-records.7 >rendered
	while read -r tool show record; do
		sed -n "/^$record RECORD/,\$p" rendered | sed '1d; /^[A-Z]/,$d' >part
		[ -s part ] || fail "ctr-records.7 has no part $record"
		must 0 "$tool" --show "$show" --list-columns
		[ "${#lines[@]}" -gt 7 ] || fail "$tool --show $show --list-columns: $output"
		while read -r name _; do
			grep -qE "^ +${name//./\\.} (\* )?\(" part || fail "ctr-records.7, $record: no column $name"
		done <<<"$output"
	done <<-'EOF'
		ctr-ls containers CONTAINER
		ctr-ls images IMAGE
		ctr-ls volumes VOLUME
		ctr-ls findings FINDING
		ctr-ls roots ROOT
		ctr-ls host HOST
		ctr-layers layers LAYER
		ctr-layers history HISTORY
		ctr-layers changes CHANGE
		ctr-whiteouts whiteouts WHITEOUT
		ctr-logcat logs LOG
	EOF
}

@test "every key of a JSON record is in ctr-records.7, those of records within too" {
	page ctr-records.7 | grep -oE '^ +[a-z0-9_.]+ (\* )?\(' | awk '{ print $1 }' | sort -u >known
	{ ctr-ls -j; ctr-ls --show roots -j; ctr-ls --show host -j; ctr-ls --show images -j; ctr-ls --show volumes -j; ctr-ls --show findings -j; ctr-logcat -j
		ctr-layers -j; ctr-layers --show history -j; ctr-layers --show changes -j; ctr-whiteouts -j; } 2>/dev/null >all || true
	# after the name of a map the key is the evidence's own
	jq -r 'def names: if type == "object" then to_entries[] | select(.key != "record") |
			(.key | sub("_b64$"; "")) as $k | $k, (if $k | IN("labels", "annotations", "sysctls", "options", "rest", "attrs", "xattrs")
			then empty else .value | names | "\($k).\(.)" end)
		elif type == "array" then .[] | names else empty end;
		if .record == "root" then .config = null else . end | names' all | sort -u >used
	[ "$(wc -l <used)" -gt 150 ] || fail "only $(wc -l <used) names found"
	comm -13 known used >missing
	[ ! -s missing ] || fail "not in ctr-records.7:" "$(<missing)"
}

@test "every rule is in the page of its tool, under its severity, with a technique that is not the usual one" {
	local rule severity technique n=0
	{ page ctr-ls.1; page ctr-layers.1; } >rendered
	while read -r rule severity technique; do
		sed -n '/^RULES/,/^ENVIRONMENT/p' rendered |
			awk -v s="$severity" '/^[^ ]/ || /^   [a-z]*$/ { in_it = $1 == s; next } in_it' >part
		grep -qE "^ +$rule  " part || fail "no page explains $rule, or not under $severity"
		[ "$technique" = ESCAPE ] || grep -qF "$technique" part || fail "no page names $technique of $rule"
		n=$((n + 1))
	done < <(sed -nE 's/^\t\{ "([a-z-]+)", (INFO|NOTICE|WARNING|CRITICAL), "?([A-Z0-9.]+)"?,.*/\1 \L\2\E \3/p' \
		"$ROOT"/lib/finding/*.c)
	[ "$n" -gt 15 ] || fail "$n rules found in lib/finding"
}

@test "the demo runs, each step as it should, in less than 10 seconds" {
	SECONDS=0
	must 0 "$ROOT/build/demo" </dev/null
	[ "$SECONDS" -lt 10 ] || fail "$SECONDS seconds"
	[[ $output = *'localhost;id'*'xmrig-6.6.0-linux-x64.tar.gz'* ]] || fail "no attack: $output"
	[ -z "$stderr" ] || fail "$stderr"
	refute_controls "$output"
}

@test "the demo runs for a user who may write nothing here" {
	local copy
	copy=$(mktemp -d)
	mkdir -p "$copy"/build/out "$copy"/tests
	cp "$ROOT"/build/demo "$copy"/build
	cp -r "$CTR_BIN" "$copy"/build/out/bin
	cp -r "$EVIDENCE" "$copy"/tests/evidence
	chmod -R a+rX,a-w "$copy"
	if [ "$(id -u)" = 0 ]; then
		run --separate-stderr setpriv --reuid 65534 --regid 65534 --clear-groups "$copy"/build/demo
	else
		run --separate-stderr "$copy"/build/demo
	fi
	chmod -R u+w "$copy" && rm -r "$copy"
	[ "$status" = 0 ] || fail "status $status" "$stderr" "$output"
}

@test "a step that ends as it should not is told by the demo's status" {
	local copy
	copy=$(mktemp -d)
	mkdir -p "$copy"/build/out "$copy"/tests
	cp "$ROOT"/build/demo "$copy"/build
	ln -s "$CTR_BIN" "$copy"/build/out/bin
	ln -s "$EVIDENCE" "$copy"/tests/evidence
	sed 's/\tstep 0 /\tstep 1 /' "$ROOT"/build/demo >"$copy"/build/demo
	run --separate-stderr "$copy"/build/demo
	rm -r "$copy"
	[ "$status" != 0 ] || fail "status 0" "$output"
	[[ $stderr = *'it should be 1'* ]] || fail "$stderr"
}

# Fenced lines that begin with a tool, with or without "$ "; a line that ends in | or \ goes on. The place of
# the reader's evidence is ours.
@test "every command of README.md that begins with a tool runs and answers" {
	local command n=0
	[ -e "$ROOT/README.md" ] || fail "README.md is not there"
	while IFS= read -r -d '' command; do
		answers "${command//\/mnt\/evidence/$CTR_ROOT}"
		n=$((n + 1))
	done < <(awk '/^[ \t]*```/ { on = !on; next }
		!on { next }
		{ line = $0; sub(/^[ \t]*(\$ )?/, "", line) }
		going { printf "\n%s", line }
		!going && line ~ /^(\{ )?ctr-[a-z]/ { printf "%s", line; going = 1 }
		going && line !~ /[|\\]$/ { printf "%c", 0; going = 0 }' "$ROOT/README.md")
	[ "$n" -gt 0 ] || fail "README.md has no command that begins with a tool"
}
