#compdef venv venv-which
# venv-which for zsh 5.1 and later: what TAB completes.
#
# `venv --complete` says what a word could be; that is data, which compadd
# quotes for the command line.  Read at the first TAB: by the script, or without
# it as a function that compinit finds in fpath.

if [[ -o interactive ]] && (( ! ${+functions[builtin]} )); then

# -- State --------------------------------------------------------------------

# Without the rest of the script.
if (( ! ${+functions[_venv_take]} )); then
	\builtin typeset -g _VENV_BIN='@bindir@'
fi

# -- The question -------------------------------------------------------------

# The completion system has set options of its own here, which _normal needs;
# its arrays begin with 1.
_venv_complete() {
	# A quote that is open is closed, for (Q).
	\builtin local typed=${(Q):-$QIPREFIX$PREFIX${QIPREFIX[-1]}} answer home= lead=
	case $QIPREFIX$PREFIX in
	(\~/*) lead=\~ ;;
	(\$HOME/*) lead=\$HOME ;;
	(\$\{HOME\}/*) lead=\${HOME} ;;
	esac
	if [[ -n $lead ]]; then
		home=${HOME-} typed=$home${typed#"$lead"}
	fi
	answer=$("$_VENV_BIN/venv" --complete "${service:-venv}" -- \
		"${(@Q)words[2,CURRENT-1]/#(\~|\$HOME|\$\{HOME\})\//${(q)HOME-}/}" "$typed" 2>/dev/null)
	if [[ $answer == $'\tcommand '* ]]; then
		_venv_complete_other "${answer##* }"
	elif [[ -n $answer ]]; then
		_venv_offer
	fi
}

# -- The answer ---------------------------------------------------------------

# The blank that zsh puts behind a word belongs behind whole ones only.  How
# words match, as if capitals did not count, the completion system has in a
# variable.
_venv_offer() {
	\builtin local -a candidates notes match
	match=(${_matcher:+-M$_matcher})
	if [[ $answer == *$'\t'[^$'\n']* ]]; then
		candidates=("${(@f)answer}")
		notes=("${(@V)candidates##*$'\t'}")
		candidates=("${(@)candidates%$'\t'*}")
	else
		# Thousands have no descriptions, and no time is spent on them.
		candidates=("${(@ps:\t\n:)answer}")
		candidates[-1]=${candidates[-1]%$'\t'}
	fi
	if [[ -n $home ]]; then
		compset -P "${(b)lead}"
		candidates=("${(@)candidates#$home}")
	fi
	if (( ! $#notes && ! ${candidates[(I)*/]} && ! ${candidates[(I)*=]} )); then
		compadd $match -a candidates
		\builtin return
	fi
	_venv_describe
}

# One in a line, with what it is, and nothing that a terminal would obey.
_venv_describe() {
	\builtin local word
	\builtin local -a shown line how
	\builtin local -i i width=0
	shown=("${(@V)candidates}")
	# What may not go to a terminal, as the program says, is written in ASCII.
	for (( i = 1; i <= $#shown; i++ )); do
		if [[ ${notes[i]-} == *'odd characters' ]]; then
			() {
				\builtin local LC_ALL=C
				shown[i]=${(q)candidates[i]}
			}
		fi
	done
	for (( i = 1; i <= $#shown; i++ )); do
		if (( ${(m)#shown[i]} > width )); then width=${(m)#shown[i]}; fi
	done
	for (( i = 1; i <= $#candidates; i++ )); do
		line=("$shown[i]")
		if [[ -n ${notes[i]-} ]]; then line=("${(mr:width:)shown[i]}  -- $notes[i]"); fi
		how=() word=$candidates[i]
		if [[ ${notes[i]-} == *'odd characters' && -z $QIPREFIX ]]; then
			how=(-U -Q) word=$shown[i]
		fi
		if [[ $candidates[i] == *[/=] ]]; then how+=(-S ''); fi
		compadd $match "$how[@]" -l -d line -- "$word"
	done
}

# From word $1 on it is a command line of its own.
_venv_complete_other() {
	\builtin shift "$1" words
	(( CURRENT -= $1 ))
	_normal
}

# -- Registration -------------------------------------------------------------

# What the user has set up for a program stays.
_venv_register_completion() {
	\builtin local program
	if (( ! ${+functions[compdef]} || ! ${+_comps} )); then
		\builtin return 0
	fi
	for program in venv venv-which; do
		if [[ -z ${_comps[$program]-} ]]; then
			compdef _venv_complete "$program"
		fi
	done
}

if [[ ${funcstack[1]-} == _venv ]]; then
	_venv_complete "$@"
else
	_venv_register_completion
fi

fi
