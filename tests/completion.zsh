# SPDX-License-Identifier: ISC
# Types into a shell at a terminal and says what its command line is after that: zsh -f completion.zsh SHELL FOLDER
# TYPED..., a line for each TYPED. FOLDER: where make puts the completions. ^I in TYPED is the key. For zsh what
# was offered goes to $OFFERED too, as each key left it.

zmodload zsh/zpty || exit 1
shell=$1 folder=$2
shift 2
export LINE=${TMPDIR:-/tmp}/line.$$

bash_setup='
	PS1=; for f in '$folder'/bash/*; do . "$f"; done; bind "set completion-query-items 0"; bind "set page-completions off"
	told() { printf "%s\n" "$READLINE_LINE" >"$LINE.new"; mv "$LINE.new" "$LINE"; READLINE_LINE=; }
	bind -x "\"\C-x\": told"'
zsh_setup='
	PS1=; fpath=('$folder'/zsh $fpath); autoload -Uz compinit; compinit -u -D; LISTMAX=100000; unsetopt beep
	told() { print -r -- "$BUFFER" >"$LINE.new"; mv "$LINE.new" "$LINE"; BUFFER= }; zle -N told; bindkey "^X" told
	compadd() {
		local -a offered
		if (( ! $@[(I)-[a-zA-Z]#[OAD]] )); then
			builtin compadd -A offered "$@"
			print -rl -- ${offered:+$IPREFIX$^offered} >>"$OFFERED"
		fi
		builtin compadd "$@"
	}'

# A line at a time: a terminal takes no more than 4096 bytes of one, and no tab before the shell reads keys.
setup=$(mktemp)
print -r -- "${(P)${:-${shell}_setup}}" >$setup
case $shell in
bash) zpty -b typed bash --norc --noprofile -i ;;
zsh) zpty -b typed zsh -f -i ;;
esac
zpty -w typed ". $setup; : >$LINE.ready"
for (( n = 0; n < 100; n++ )); do
	[[ -e $LINE.ready ]] && break
	sleep 0.1
done
for typed; do
	rm -f $LINE
	zpty -n -w typed "$typed"$'\C-x'
	for (( n = 0; n < 100; n++ )); do
		[[ -e $LINE ]] && break
		zpty -r -t typed said
		sleep 0.05
	done
	[[ -e $LINE ]] && cat $LINE || print -r -- "no answer; said: $said"
done
zpty -d typed
rm -f $LINE $LINE.ready $setup
