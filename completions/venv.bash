# venv-which for bash 3.2 and later: what TAB completes.
#
# `venv --complete` says what a word could be; that is data, and becomes text of
# the command line here.  Read at the first TAB: by the script, or without it by
# bash-completion.

if [[ $- == *i* ]]; then

# -- State --------------------------------------------------------------------

# Without the rest of the script.
if ! \builtin declare -F _venv_take >/dev/null; then
	_VENV_BIN='@bindir@'
fi

# -- The question -------------------------------------------------------------

# The words of the command line $1 as bash reads them, into `words`, and into
# `rests` the line from each of them on; into `quote` the quote that is open at
# the end: " ' or $; into `home` what the last one says for the user's home, if it
# begins so.  (COMP_WORDS is cut at each `:` and `=` as well.)
_venv_words() {
	\builtin local "rest=$1" c begun coded plain
	words=('') rests=('') quote='' home='' begun='' coded=''
	while [[ -n $rest ]]; do
		c=${rest:0:1}
		if [[ -z $begun && $c != [$' \t\n'] ]]; then
			begun=1 rests[${#words[@]}-1]=$rest
			# shellcheck disable=SC2016 # as it was typed
			case $rest in
			\~ | \~/*) home=\~ ;;
			\$HOME/* | \"\$HOME/*) home='$HOME' ;;
			\$\{HOME\}/* | \"\$\{HOME\}/*) home='${HOME}' ;;
			esac
			if [[ -n $home ]]; then
				case $rest in
				\"*) quote=\" rest=${rest:1} ;;
				esac
				words[${#words[@]}-1]=${HOME-$home} rest=${rest:${#home}}
				continue
			fi
		fi
		# Many at once, for a line may be long.
		plain=${rest%%[$' \t\n"\'\\$']*}
		if [[ -n $plain ]]; then
			case $quote in
			\$) coded+=$plain ;;
			*) words[${#words[@]}-1]+=$plain ;;
			esac
			rest=${rest:${#plain}}
			continue
		fi
		rest=${rest:1}
		case $quote$c in
		[$' \t\n'])
			if [[ -n $begun ]]; then words+=('') rests+=('') begun='' home=''; fi
			continue
			;;
		\" | \') quote=$c; continue ;;
		\"\" | \'\') quote=''; continue ;;
		\$) if [[ ${rest:0:1} == \' ]]; then quote=$c rest=${rest:1}; continue; fi ;;
		\$\') quote=''; \builtin printf -v c %b "$coded"; coded='' ;;
		\$\\)
			c=\\${rest:0:1} rest=${rest:1}
			case $c in
			\\[\'\"?]) c=${c:1} ;;
			esac
			coded+=$c; continue
			;;
		\$?) coded+=$c; continue ;;
		\"\\)
			case $rest in
			[\$\`\"\\]*) c=${rest:0:1} rest=${rest:1} ;;
			esac
			;;
		\\) c=${rest:0:1} rest=${rest:1} ;;
		esac
		words[${#words[@]}-1]+=$c
	done
	if [[ -n $coded ]]; then
		\builtin printf -v c %b "$coded"
		words[${#words[@]}-1]+=$c
	fi
}

# -- The answer ---------------------------------------------------------------

# readline has $2 replaced, which is the end of the last word: what stands before
# it is taken from each candidate.
_venv_complete() {
	\builtin local words rests quote home lines before lead odd IFS cut typed line
	# In bash 3.2 a part of an array is one word unless IFS begins with a blank.
	COMPREPLY=() IFS=' ' cut=$'\n' lead='' odd='' typed=${2-} line=${COMP_LINE:0:COMP_POINT}
	case $- in
	# A restricted shell may not run it.
	*r*) \builtin return 0 ;;
	esac
	if \builtin test "${line%"$typed"}$typed" != "$line"; then \builtin return 0; fi
	# Behind a redirection a file is meant.
	case ${COMP_WORDS[COMP_CWORD-1]-} in
	[\<\>]* | \&\>*)
		if [[ ${BASH_VERSINFO[0]} -ge 4 ]]; then \builtin compopt -o default; fi
		\builtin return 0
		;;
	esac
	_venv_words "${line%"$typed"}"
	before=${words[${#words[@]}-1]}
	_venv_words "$line"
	if [[ -z $before && -n $home ]]; then before=${HOME-} lead=$home; fi
	# An `exec` that fails would change the terminal's mode.
	lines=$("$_VENV_BIN/venv" --complete "${1##*/}" -- "${words[@]:1}" 2>/dev/null) || \builtin true
	case $lines in
	'') \builtin return 0 ;;
	$'\tcommand '*) _venv_complete_other "${lines##* }"; \builtin return 0 ;;
	esac
	# Thousands have no descriptions, and then no time is spent on them.
	case $lines in
	*$'\t'[!$'\n']*) ;;
	*) cut=$'\t\n' ;;
	esac
	# The program says which may not go to a terminal as they are.
	case $lines$'\n' in
	*'odd characters'$'\n'*) odd=1 ;;
	esac
	_venv_split "$lines"
	cut=$'\n'
	lines=("$COMPREPLY")
	if ! _venv_is_wanted; then COMPREPLY=(); \builtin return 0; fi
	if [[ ${#COMPREPLY[@]} -le 200 ]]; then lines=("${COMPREPLY[@]}"); fi
	case $lines in
	*$'\t'*) COMPREPLY=("${COMPREPLY[@]%$'\t'*}") ;;
	esac
	if [[ -n $before ]]; then COMPREPLY=("${COMPREPLY[@]#"$before"}"); fi
	if \builtin test "${COMP_TYPE-9}" = 63 -a ${#COMPREPLY[@]} -gt 1; then
		_venv_describe
	else
		_venv_quote
	fi
}

# The lines of $1, into COMPREPLY; `cut` is what ends one.
_venv_split() {
	\builtin local glob "IFS=$cut"
	glob=''
	case $- in
	*f*) ;;
	*) glob=1 ;;
	esac
	\builtin set -f
	# shellcheck disable=SC2206 # to be split
	COMPREPLY=($1)
	if [[ -n $glob ]]; then \builtin set +f; fi
}

# All candidates begin with the word as it is typed, or none: then they do but
# for capitals, which is for users who have set readline so.
_venv_is_wanted() {
	\builtin local "word=${words[${#words[@]}-1]}"
	if \builtin test "${lines:0:${#word}}" = "$word"; then \builtin return 0; fi
	\builtin test "${lines:0:${#before}}" = "$before" || \builtin return 1
	case $(\builtin bind -v 2>/dev/null) in
	*'completion-ignore-case on'*) ;;
	*) \builtin return 1 ;;
	esac
}

# The candidates as they are to stand in the line.  Between quotes they do as
# they are, if nothing in them is special there; else the quote ends before them.
# readline puts no quote beside another one: of the two in front it takes the
# opening one away, and it adds none behind those at the end.
_venv_quote() {
	\builtin local text end special
	end='' special='[^[:alnum:]_./-]'
	case $quote in
	\') end=\'\' special="['[:cntrl:]]" ;;
	\") end='""' special='["$`\![:cntrl:]]' ;;
	\$) end=\'\' special="['\\[:cntrl:]]" ;;
	esac
	# Here nothing but ASCII is printable.
	if [[ -n $odd ]]; then \builtin local LC_ALL=C; special='.'; fi
	if _venv_have "$special"; then
		if [[ -n $lead ]]; then lead+=${end#?} text=; else text=$end; fi
		\builtin printf -v text "$text%q$end\n" "${COMPREPLY[@]}"
		_venv_split "$text"
	fi
	if [[ -n $lead ]]; then COMPREPLY=("${COMPREPLY[@]/#/$lead}"); fi
	if [[ ${#COMPREPLY[@]} -eq 1 ]]; then _venv_finish "${lines%$'\t'*}"; fi
}

# Is there, in one of the candidates, a byte of the set $1?  A pattern of the shell
# takes thirty times as long; and no set has what is no text in the user's locale.
_venv_have() {
	\builtin local "IFS=/" "LC_ALL=C" 2>/dev/null || \builtin true
	[[ "${COMPREPLY[*]}" =~ $1 ]]
}

# Behind a sole candidate $1 readline closes the quote and puts a blank, which
# belongs behind whole ones only.  That there is a second one keeps it from
# closing the quote; bash 3.2 has none of this in its power.
_venv_finish() {
	case $1 in
	*[/=])
		if [[ -n $quote ]]; then
			COMPREPLY+=("$COMPREPLY ")
		elif [[ ${BASH_VERSINFO[0]} -ge 4 ]]; then
			\builtin compopt -o nospace
		fi
		;;
	*)
		if [[ ${BASH_VERSINFO[0]} -lt 4 && -z $quote ]]; then COMPREPLY=("$COMPREPLY "); fi
		;;
	esac
}

# A second TAB lists them: with what they are, while one can read them all.
_venv_describe() {
	\builtin local i note
	if [[ ${#COMPREPLY[@]} -gt ${#lines[@]} ]]; then \builtin return 0; fi
	if [[ -n $odd ]]; then \builtin local LC_ALL=C; fi
	for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
		note=${lines[i]##*$'\t'}
		case $note in
		*'odd characters') COMPREPLY[i]=$(\builtin printf %q "${COMPREPLY[i]}") ;;
		esac
		if [[ -n $note ]]; then COMPREPLY[i]+="  ($note)"; fi
	done
}

# From word $1 on it is a command line of its own: bash-completion knows what to
# do about it, if it is here; else there are programs and files.
_venv_complete_other() {
	\builtin local "rest=$line" "IFS= "$'\t\n' "i=0"
	while [[ $i -lt $COMP_CWORD && $rest != "${rests[$1]}" ]]; do
		rest=${rest#"${COMP_WORDS[i]}"}
		rest=${rest#"${rest%%[![:blank:]]*}"}
		i=$((i + 1))
	done
	if \builtin declare -F _comp_command_offset >/dev/null; then
		_comp_command_offset "$i"
	elif \builtin declare -F _command_offset >/dev/null; then
		_command_offset "$i"
	elif [[ ${BASH_VERSINFO[0]} -ge 4 ]]; then
		\builtin compopt -o default
		if [[ ${#words[@]} -eq $(($1 + 1)) ]]; then
			cut=$'\n'
			_venv_split "$(\builtin compgen -c -- "${words[$1]}")"
		fi
	fi
	\builtin return 0
}

# -- Registration -------------------------------------------------------------

# What the user has set up for a program stays.  bash 3.2 cannot say at a TAB
# whether a blank belongs behind the word, or files would do.
_venv_register_completion() {
	\builtin local program options
	options=''
	if [[ ${BASH_VERSINFO[0]} -lt 4 ]]; then options='-o nospace -o default'; fi
	for program in venv venv-which; do
		# shellcheck disable=SC2086 # words
		\builtin complete -p "$program" >/dev/null 2>&1 ||
			\builtin complete $options -F _venv_complete "$program"
	done
}

_venv_register_completion

fi
