# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034 # the functions share the locals of the last one
# Completion of ctr-X for bash, as `ctr-X --help-bash` prints it.

# TABLES

# Word $1, whole, before the one that is completed: what it says of the words behind it.
_ctr_X_before()
{
	local i

	if [ -n "$option" ]; then
		_ctr_X_value "$option" "$1"
		option=
	elif [[ $operands || $1 != -?* ]]; then
		return
	elif [ "$1" = -- ]; then
		operands=yes
	elif [[ $1 = --*=* ]]; then
		_ctr_X_value "${1%%=*}" "${1#*=}"
	elif [[ $1 = --* ]]; then
		_ctr_X_takes "$1"
		[ -n "$takes" ] && [ "$takes" != perhaps ] && option=$1
	elif _ctr_X_cluster "$1"; then
		option=-${1:i-1:1}
		[ "$i" = "${#1}" ] && return
		_ctr_X_value "$option" "${1:i}"
		option=
	fi
}

_ctr_X_value()
{
	local value=${2#[\'\"]}

	value=${value%[\'\"]}
	case $1 in
	-r | --root) root=$value ;;
	--show) show=$value ;;
	esac
}

# Letters in one word: whether one takes a value, which begins at $i.
_ctr_X_cluster()
{
	for ((i = 1; i < ${#1}; i++)); do
		_ctr_X_takes "-${1:i:1}"
		[ -z "$takes" ] || { ((i++)); return 0; }
	done
	return 1
}

# A list: its last name, if no other is the same.
_ctr_X_list()
{
	local column stem=

	[[ $cur = +* ]] && stem=+
	[[ $cur = *,* ]] && stem=${cur%,*},
	for column in $columns; do
		column=${column%%=*}
		column=${column%.}
		[[ ,${stem#+} = *,$column,* ]] || found+=("$stem$column")
	done
	nospace=yes
}

# A test: a column with its operators, then the words that it can be. What a shell would take for itself is offered
# within quotes alone.
_ctr_X_test()
{
	local column name word not=${cur%%[!!]*} operators='= ~'

	[ -z "$quote" ] || operators='= ~ > >= < <='
	nospace=yes
	for column in $columns; do
		[[ $column = *. ]] && continue
		name=$not${column%%=*}
		if [[ $cur =~ ^"$name"(=|>=?|<=?) ]]; then
			[[ $column = *=* ]] || return
			for word in $(tr , ' ' <<<"${column#*=}"); do
				found+=("$name${BASH_REMATCH[1]}$word")
			done
			nospace=
			return
		fi
		found+=("$name=")
		[ "$cur" != "$name" ] || for word in ${operators#* }; do
			found+=("$name$word")
		done
	done
}

# What containers, images or volumes are called in the evidence that was named. The host's own root is never read for
# that, nor a tar, which may be long. Evidence is hostile: a name that a shell or a terminal could obey is left out.
_ctr_X_names()
{
	local name list

	_ctr_X_subjects "$show"
	root=${root/#\~\//$HOME/}
	[[ $subjects && -d $root && ! $root -ef / ]] || return
	read -ra list <<<"$subjects"
	while IFS= read -r name; do
		[[ $name =~ ^[A-Za-z0-9][A-Za-z0-9_.:/@-]*$ ]] && found+=("$name")
	done < <(timeout 2 ctr-ls -q -n -o tsv -r "$root" "${list[@]}" 2>/dev/null </dev/null | tr , '\n')
}

_ctr_X_files()
{
	mapfile -t found < <(compgen "$1" -- "$cur")
	[[ $lead && ${#lead} != "$cut" ]] || compopt -o filenames 2>/dev/null
}

# Of the word that is completed `lead` stands, `cur` may become one of `found`; readline knows what is behind `cut`
# characters, as to it = and : end words.
_ctr_X()
{
	local cur='' lead='' last='' quote='' option='' operands='' nospace='' glue='' i cut word
	local takes='' words='' options='' columns='' subjects='' show=$_ctr_X_show root=${CTR_ROOT-}
	local line=() found=()

	for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
		last=$word
		if [[ $word =~ ^[=:]+$ && ${#line[@]} -gt 0 ]]; then
			line[-1]+=$word
			glue=yes last=
		elif [ -n "$glue" ]; then
			line[-1]+=$word
			glue=
		else
			line+=("$word")
		fi
	done
	[ "${#line[@]}" -gt 0 ] || line=('')
	cur=${line[-1]}
	cut=$((${#cur} - ${#last}))
	for word in "${line[@]:0:${#line[@]}-1}"; do
		_ctr_X_before "$word"
	done

	if [ -z "$option" ] && [ -z "$operands" ]; then
		if [[ $cur = --*=* ]]; then
			option=${cur%%=*}
			lead=$option=
		elif [[ $cur = -[!-]* ]] && _ctr_X_cluster "$cur"; then
			option=-${cur:i-1:1}
			lead=${cur:0:i}
			[ "$lead" != "$cur" ] || option='' lead=''	# the letter itself
		fi
		cur=${cur#"$lead"}
	fi
	[[ $cur = [\'\"]* ]] && quote=${cur:0:1} cur=${cur:1}

	_ctr_X_takes "${option:-none}"
	_ctr_X_columns "$show"
	case $takes in
	words | perhaps) read -ra found <<<"$words" ;;
	columns) _ctr_X_list ;;
	tests) _ctr_X_test ;;
	files) _ctr_X_files -f ;;
	folders) _ctr_X_files -d ;;
	'')
		if [ -z "$operands" ] && [[ $cur = -* ]]; then
			read -ra found <<<"$_ctr_X_options"
		else
			_ctr_X_names
		fi
		;;
	esac

	COMPREPLY=()
	for word in "${found[@]}"; do
		[[ $word = "$cur"* ]] || continue
		[[ $word = --*= ]] && nospace=yes
		word=$lead$word
		COMPREPLY+=("${word:cut}")
	done
	[ -z "$nospace" ] || compopt -o nospace 2>/dev/null
}

complete -F _ctr_X ctr-X
