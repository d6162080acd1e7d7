#compdef ctr-X
# SPDX-License-Identifier: ISC
# Completion of ctr-X for zsh, as `ctr-X --help-zsh` prints it.

# TABLES

# The value of an option that was given, by its names.
_ctr_X_given()
{
	local name

	for name; do
		(( ${+opt_args[$name]} )) && REPLY=${(Q)opt_args[$name]//\\:/:} && return
	done
	return 1
}

_ctr_X_shown()
{
	_ctr_X_given --show || REPLY=$_ctr_X_show
}

# A list: its last name.
_ctr_X_list()
{
	local REPLY
	local -a columns records
	local -A choices

	_ctr_X_shown
	_ctr_X_columns $REPLY
	compset -P '+'
	compset -P '*,'
	_describe -t columns column columns -q -S ,
}

# A test: a column with its operators, then the words that it can be.
_ctr_X_test()
{
	setopt localoptions extendedglob
	local REPLY name expl
	local -a columns records values match mbegin mend
	local -A choices

	_ctr_X_shown
	_ctr_X_columns $REPLY
	compset -P '(\\#\!)##'
	if [[ $PREFIX == (#b)([^\\=~\<\>]##)[\\=~\<\>]##* ]]; then
		name=$match[1]
		compset -P '[^\\=~<>]##[\\=~<>]##'
		values=(${(s:,:)choices[$name]})
		(( $#values )) && _wanted values expl value compadd -a values
		return
	fi
	for name in $records; do
		columns=(${columns:#$name:*})
	done
	if (( ${columns[(I)$PREFIX:*]} )); then
		values=($PREFIX{=,'~','>','>=','<','<='})
		compadd -S '' -X operator -a values
	fi
	_describe -t columns column columns -S = -r '=~<>'
}

# What containers, images or volumes are called in the evidence that was named. The host's own root is never read for
# that, nor a tar, which may be long. Evidence is hostile: a name that a shell or a terminal could obey is left out.
_ctr_X_names()
{
	setopt localoptions extendedglob
	local REPLY root subjects expl
	local -a found

	_ctr_X_shown
	_ctr_X_subjects $REPLY
	_ctr_X_given -r --root && root=${REPLY/#\~\//$HOME/} || root=$CTR_ROOT
	[[ -n $subjects && -d $root && ! $root -ef / ]] || return
	found=(${(f)"$(timeout 2 ctr-ls -q -n -o tsv -r $root ${=subjects} 2>/dev/null </dev/null | tr , '\n')"})
	found=(${(M)found:#[A-Za-z0-9][A-Za-z0-9_.:/@-]#})
	_wanted names expl name compadd -a found
}

_ctr_X()
{
	local curcontext=$curcontext state state_descr line
	local -A opt_args

	_arguments -s -S : $_ctr_X_options '*: :_ctr_X_names'
}

if [[ $funcstack[1] == _ctr-X ]]; then
	_ctr_X "$@"
else
	compdef _ctr_X ctr-X
fi
