# The table: whose the active environment is, and what changes in a shell.  Asked
# of the programs as a shell asks them; the shell is acted, and does as told.

# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154
# They are text; each test is a process; variables go by name.

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	P=/usr/local/bin:/usr/bin:/bin
	A=$HOME/app/.venv L=$HOME/lib/.venv N=$HOME/.virtualenvs/tools
	mkdir plain
	usual_envs table app/.venv lib/.venv .virtualenvs/tools
	new_shell "PATH=$P"
}

# --- a shell, as far as the answer is about it

# env_at PATH: an environment that may be used.
env_at() {
	[[ ! -e $1 ]] || rm -r "$1"
	make_bare_env "$1"
	make_place "$1"
}

# new_shell NAME=VALUE...: it has these variables, and was never asked.
#	VAR	what it exports
#	OLD	what an activation script keeps in it
#	FUNCTION	its `deactivate`: a script's, ours, or none; MARK: it is ours
new_shell() {
	local word
	declare -gA VAR=() OLD=()
	for word; do
		VAR[${word%%=*}]=${word#*=}
	done
	nested
}

# What is not exported is lost; so does `exec`.
nested() { MEMORY='' SEEN='' FUNCTION='' MARK='' FACTS=() OLD=(); }

# in_env NAME=VALUE...: what a shell has in its environment.
in_env() {
	local name
	local -a exported=()
	for name in "${!VAR[@]}"; do
		exported+=("$name=${VAR[$name]}")
	done
	env -i "HOME=$HOME" "PWD=$PWD" "${exported[@]}" "$@"
}

# ask [VERB [ARG]]: what a prompt does, or `venv VERB ARG`.
ask() {
	local -a facts=("${FACTS[@]}")
	SAID='' DID='' TOLD='' CALLED=''
	question "$@"
}

question() {
	local -a words=("${facts[@]}") program=("$STAGE/bin/venv-which")
	local answer
	[[ -z $MEMORY ]] || words+=("memory=$MEMORY")
	[[ -n $SEEN ]] || words+=(fresh)
	[[ ! -v OLD[PATH] ]] || words+=(script)
	[[ -n $MARK || -z $FUNCTION ]] || words+=("function")
	[[ -z $CALLED ]] || words+=(called)
	[[ $# -eq 0 ]] || program=("$STAGE/bin/venv")
	answer=$(in_env "${program[@]}" --hook "${words[@]}" "$@"; echo "status $?")
	printf '%s\n' "-- ${words[*]} $*" "$answer"
	STATUS=${answer##*status }
	answer=${answer%status *}
	[[ $answer == *$'\nend 2\n' ]] || return 0
	SEEN=1
	take "$answer"
}

take() {
	local line word value call=''
	local -a again
	while IFS= read -r line; do
		word=${line%% *} value=${line#* }
		case $word in
		set) VAR[${value%% *}]=${value#* } TOLD+="$line"$'\n' ;;
		unset) unset "VAR[$value]" && TOLD+="$line"$'\n' ;;
		deactivate) own "$value" ;;
		prompt) PROMPT=$value ;;
		state) STATE=$value PROMPT='' ;;
		memory) MEMORY=$value ;;
		say) SAID+=$value$'\n' ;;
		did) DID+="$value"$'\n' ;;
		call) call=$value ;;
		ask) again+=("$value") ;;
		esac
	done <<<"$1"
	[[ -z $call ]] || call "${again[@]}"
}

# own WHOSE: what the shells make of that line.
own() {
	if [[ $1 == ours ]]; then
		FUNCTION=ours MARK=1
	elif [[ $1 == none && -n $MARK ]]; then
		FUNCTION=
	fi
	[[ $1 == ours ]] || MARK=''
}

call() {
	CALLED+=1
	[[ $CALLED == 1 ]] || fail 'it would go on for ever'
	deactivate
	question "$@"
}

# at DIRECTORY: go there, and ask.
at() {
	cd "$1" || return
	ask
}

# source_script ENVIRONMENT: what CPython's activation script does.
source_script() {
	undo_script
	OLD[PATH]=${VAR[PATH]}
	VAR[PATH]=$1/bin:${VAR[PATH]} VAR[VIRTUAL_ENV]=$1
	VAR[VIRTUAL_ENV_PROMPT]='(by hand) '
	if [[ -n ${VAR[PYTHONHOME]-} ]]; then
		OLD[PYTHONHOME]=${VAR[PYTHONHOME]}
		unset 'VAR[PYTHONHOME]'
	fi
	FUNCTION=script
}

undo_script() {
	[[ ! -v OLD[PATH] ]] || VAR[PATH]=${OLD[PATH]}
	[[ ! -v OLD[PYTHONHOME] ]] || VAR[PYTHONHOME]=${OLD[PYTHONHOME]}
	unset 'VAR[VIRTUAL_ENV]' 'VAR[VIRTUAL_ENV_PROMPT]'
	OLD=()
}

# What the user types, whose ever it is.
deactivate() {
	case $FUNCTION in
	ours) ask off ;;
	script)
		undo_script
		FUNCTION=
		;;
	esac
}

# --- words of these tests

# holds NAME[=VALUE]...: the variables are so; without a value, not set.
holds() {
	local word name
	for word; do
		name=${word%%=*}
		if [[ $word == "$name" ]]; then
			[[ ! -v VAR[$name] ]] || fail "$name is set: ${VAR[$name]}"
		else
			assert_equal "$name=${VAR[$name]-(not set)}" "$word"
		fi
	done
}

# entered ENV [PATH]: it is active by the hook, in front of PATH.
entered() {
	holds "VIRTUAL_ENV=$1" "VENV_WHICH_AUTO=$1" "PATH=$1/bin:${2-$P}"
	assert_equal "$FUNCTION" ours
}

# outside [PATH]: nothing is, and nothing of ours is left.
outside() {
	holds VIRTUAL_ENV VIRTUAL_ENV_PROMPT VENV_WHICH_AUTO "PATH=${1-$P}" \
		_VENV_BEFORE _VENV_PYTHONHOME
	assert_equal "$FUNCTION$PROMPT" ''
}

# silent: the answer changed nothing.
silent() { assert_equal "$TOLD$DID$SAID" ''; }

# --- nothing is active

@test "nothing is active, and here is one: it is activated" {
	at app
	entered "$A"
	holds VIRTUAL_ENV_PROMPT=app
	assert_equal "$PROMPT" '(app) '
	assert_equal "$DID" "activated $A"$'\n'
	ask
	silent
}

@test "no name in front of the prompt where the shell or its environment says so" {
	FACTS=(plain)
	at app
	assert_equal "$PROMPT" ''
	VAR[VIRTUAL_ENV_DISABLE_PROMPT]='' FACTS=()
	ask
	assert_equal "$PROMPT" '(app) '
	VAR[VIRTUAL_ENV_DISABLE_PROMPT]=1
	ask
	assert_equal "$PROMPT" ''
	entered "$A"
}

@test "nothing is active, and here is none: nothing changes" {
	at plain
	silent
	outside
}

# --- ours

@test "what is ours stays where it belongs to the directory" {
	at app
	mkdir sub
	at sub
	entered "$A"
	silent
}

@test "what is ours goes where there is none, and PATH with it" {
	at app
	at ../plain
	outside
	assert_equal "$DID" "deactivated $A"$'\n'
}

@test "what is ours makes room for another one" {
	at app
	at ../lib
	entered "$L"
	assert_equal "$DID" "deactivated $A"$'\n'"activated $L"$'\n'
	at ../plain
	outside
}

@test "every edit of PATH that is made meanwhile stays" {
	at app
	VAR[PATH]="/first::${VAR[PATH]}:/last/../x:"
	at ../lib
	entered "$L" "/first::$P:/last/../x:"
	VAR[PATH]=$L/bin:/only
	at ../plain
	outside /only
}

@test "an entry of ours that is lost comes back, one that is twice is one" {
	at app
	VAR[PATH]=$P
	ask
	entered "$A"
	VAR[PATH]=$A/bin:/x:$A/bin:$P
	ask
	entered "$A" "/x:$P"
}

@test "what the user puts in front while he works stays in front" {
	at app
	VAR[PATH]=/mine:$A/bin:$P
	ask
	holds "PATH=/mine:$A/bin:$P"
	at ../plain
	outside "/mine:$P"
}

@test "what a startup file puts in front goes behind ours" {
	at app
	SEEN='' VAR[PATH]=/mine:$A/bin:$P
	ask
	entered "$A" "/mine:$P"
}

@test "an entry that the user has on his own stays, in and out" {
	for path in "$A/bin:$P" "$P:$A/bin" "$A/bin" "/x:$A/bin:$P:$A/bin"; do
		new_shell "PATH=$path"
		at "$HOME/app"
		entered "$A" "$path"
		ask
		entered "$A" "$path"
		at ../plain
		outside "$path"
		at ../lib
		entered "$L" "$path"
		at ../plain
		outside "$path"
	done
}

@test "it stays, too, when another tool puts back the PATH that it saw" {
	for path in "$A/bin:$P" "$P:$A/bin" "$A/bin"; do
		new_shell "PATH=$path"
		at "$HOME/app"
		VAR[PATH]=$path
		ask
		entered "$A" "$path"
		at ../plain
		outside "$path"
	done
}

@test "it stays when one leaves on the line on which a tool puts it back" {
	new_shell "PATH=$A/bin:$P"
	at app
	VAR[PATH]=$A/bin:$P
	at ../plain
	outside "$A/bin:$P"
	# And when a startup file was read again with it.
	at ../app
	VAR[PATH]=/x:$A/bin:$P SEEN=''
	ask
	entered "$A" "/x:$A/bin:$P"
	at ../plain
	outside "/x:$A/bin:$P"
}

@test "it stays at its place where a tool has ours in PATH again" {
	new_shell "PATH=$P:$A/bin"
	at app
	VAR[PATH]=$A/bin:/x:${VAR[PATH]}
	ask
	entered "$A" "/x:$P:$A/bin"
	at ../plain
	outside "/x:$P:$A/bin"
}

@test "an entry that only begins or ends like ours is not ours" {
	path="$A/bin/:x$A/bin:$A/bin2:$A//bin:/$A/bin"
	new_shell "PATH=$path"
	at app
	entered "$A" "$path"
	at ../plain
	outside "$path"
}

@test "a hostile name is a name" {
	local name
	for name in "${HOSTILE_NAMES[@]}"; do
		cd "$HOME"
		env_at "$HOME/-/$name/.venv"
		new_shell "PATH=$P"
		at "./-/$name"
		entered "$HOME/-/$name/.venv"
		at ..
		outside
		at "./$name"
		deactivate
		holds VIRTUAL_ENV "VENV_WHICH_AUTO=$HOME/-/$name/.venv"
	done
}

# --- its script, sourced over it

@test "ours stays ours when its own script is sourced over it" {
	at app
	source_script "$A"
	ask
	holds "VIRTUAL_ENV=$A" "VENV_WHICH_AUTO=$A" "PATH=$A/bin:$P"
	assert_equal "$PROMPT" ''
	at ../plain
	outside
	assert_equal "$CALLED" 1
	assert_equal "$DID" "deactivated $A"$'\n'
}

@test "the same on one line: the script's own function is called first" {
	at app
	source_script "$A"
	at ../lib
	entered "$L"
	assert_equal "$CALLED" 1
	at ../plain
	outside
	assert_equal "$CALLED" ''
}

@test "a script that is sourced over ours and ended by hand: it stays off" {
	at app
	source_script "$A"
	ask
	deactivate
	ask
	holds VIRTUAL_ENV "VENV_WHICH_AUTO=$A" "PATH=$P"
	assert_equal "$STATE" off
	ask on
	entered "$A"
}

@test "a deactivate of ours that a script has replaced is there again" {
	at lib
	ask use "$A"
	source_script "$A"
	ask use "$A"
	assert_equal "$CALLED" 1
	assert_equal "$FUNCTION" ours
	source_script "$A"
	ask
	assert_equal "$FUNCTION" script
	deactivate
	ask use "$A"
	assert_equal "$FUNCTION" ours
}

@test "the script of another one makes it the user's" {
	at app
	source_script "$L"
	ask
	holds "VIRTUAL_ENV=$L" VENV_WHICH_AUTO "PATH=$L/bin:$P" \
		'VIRTUAL_ENV_PROMPT=(by hand) '
	at ../plain
	holds "VIRTUAL_ENV=$L" "PATH=$L/bin:$P"
	silent
	deactivate
	ask
	outside
}

@test "a script that is sourced over another one leaves one entry of its own" {
	at app
	source_script "$L"
	ask
	source_script "$A"
	ask
	holds "VIRTUAL_ENV=$A" VENV_WHICH_AUTO "PATH=$A/bin:$P"
	deactivate
	ask
	holds VIRTUAL_ENV "PATH=$P"
}

# --- the first prompt

@test "what an editor seeded for this project is ours" {
	new_shell "PATH=$A/bin:$P" "VIRTUAL_ENV=$A"
	at app
	entered "$A"
	holds VIRTUAL_ENV_PROMPT=app
	assert_equal "$PROMPT" '(app) '
	at ../plain
	outside
}

@test "what the startup files sourced for this project ends its own way" {
	source_script "$A"
	at app
	holds "VIRTUAL_ENV=$A" "VENV_WHICH_AUTO=$A" "PATH=$A/bin:$P"
	at ../plain
	outside
	assert_equal "$CALLED" 1
}

@test "what the startup files sourced over what is inherited goes, too" {
	for word in 'ask' 'true'; do
		new_shell "PATH=$P"
		at "$HOME/app"
		nested
		source_script "$A"
		$word
		at ../plain
		outside
		assert_equal "$CALLED" 1
	done
}

@test "the first answer of all forgets nothing over a script's function" {
	new_shell "PATH=$A/bin:$P"
	source_script "$A"
	cd app
	ask off
	assert_equal "$CALLED" 1
	holds VIRTUAL_ENV "PATH=$A/bin:$P"
	at ../plain
	outside "$A/bin:$P"
	# And of the entry of the shell around, too.
	new_shell "PATH=$P"
	at ../app
	nested
	source_script "$A"
	ask off
	holds VIRTUAL_ENV "PATH=$P"
}

@test "a nested shell goes on where the one around it was" {
	at app
	nested
	ask
	entered "$A"
	assert_equal "$PROMPT" '(app) '
	at ../lib
	entered "$L"
	nested
	at ../plain
	outside
}

@test "a nested shell elsewhere has nothing of what was ours" {
	at app
	nested
	at ../plain
	outside
}

@test "a nested shell leaves off what was off" {
	at app
	ask off
	nested
	ask
	holds VIRTUAL_ENV "VENV_WHICH_AUTO=$A" "PATH=$P"
	at ../plain
	outside
}

@test "a login shell that makes PATH anew has ours in front of it" {
	at app
	nested
	VAR[PATH]=/usr/bin
	ask
	entered "$A" /usr/bin
	at ../plain
	outside /usr/bin
}

@test "what a fish around has of a script is not of this shell" {
	at app
	OLD[PATH]=$P
	nested_in_fish
	ask
	entered "$A"
	at ../plain
	outside
	assert_equal "$CALLED" ''
}

nested_in_fish() {
	local path=${OLD[PATH]}
	nested
	OLD[PATH]=$path
}

@test "where nobody can tell at first, what is inherited is ours all the same" {
	for word in fixed newline; do
		new_shell "PATH=$A/bin:$P" "VIRTUAL_ENV=$A" "VENV_WHICH_AUTO=$A"
		cd "$HOME/plain"
		[[ $word != fixed ]] || FACTS=(fixed)
		[[ $word == fixed ]] || VAR[PATH]=$A/bin:/x$'\n'y:$P
		ask
		assert_equal "$TOLD$DID" ''
		holds "VIRTUAL_ENV=$A" "VENV_WHICH_AUTO=$A"
		FACTS=() VAR[PATH]=$A/bin:$P
		ask
		outside
	done
}

# --- what was there before

based() {
	env_at "$HOME/base"
	B=$HOME/base
	new_shell "PATH=$B/bin:$P" "VIRTUAL_ENV=$B" VIRTUAL_ENV_PROMPT=mine
}

# What a container or an IDE has made, as it was.
is_based() {
	holds "VIRTUAL_ENV=$B" VIRTUAL_ENV_PROMPT=mine VENV_WHICH_AUTO \
		"PATH=$B/bin:$P" _VENV_BEFORE _VENV_BEFORE_PROMPT
}

@test "what was active when the shell started stays, and that is said once" {
	based
	at app
	is_based
	assert_equal "$SAID" "venv-which: ~/app/.venv is here; what was active when this shell started stays"$'\n  venv use\n'
	ask
	assert_equal "$SAID" ''
	at ../plain
	is_based
	silent
}

@test "venv use and venv on put ours in front of it, and leaving brings it back" {
	for verb in use on; do
		based
		at "$HOME/app"
		ask "$verb"
		entered "$A" "$B/bin:$P"
		at ../lib
		entered "$L" "$B/bin:$P"
		at ../plain
		is_based
		assert_equal "$DID" "deactivated $L"$'\n'
		at ../app
		is_based
	done
}

@test "venv off and deactivate bring it back, too, and end it then" {
	for word in 'ask off' deactivate; do
		based
		at "$HOME/app"
		ask use
		$word
		is_based
		ask
		is_based
	done
	ask off
	holds VIRTUAL_ENV "PATH=$P"
	at ../plain
	outside
}

@test "it comes back in a nested shell" {
	based
	at app
	ask use
	nested
	ask
	entered "$A" "$B/bin:$P"
	at ../plain
	is_based
}

@test "it comes back when what was used is removed" {
	based
	at app
	ask use
	rm -r "$A"
	ask
	is_based
	ask use "$N"
	rm -r "$N"
	at ../plain
	is_based
}

@test "it comes back when a script was sourced over what was used" {
	based
	at app
	ask use
	source_script "$A"
	at ../plain
	is_based
	assert_equal "$CALLED" 1
}

@test "it comes back with all that its own script has put there" {
	based
	at app
	ask use "$B"
	ask off
	is_based
	source_script "$B"
	ask use
	entered_path "$A/bin:$B/bin:$B/bin:$P"
	at ../plain
	entered_path "$B/bin:$B/bin:$P"
	deactivate
	ask
	outside "$B/bin:$P"
}

@test "what was there and was ended is not there again when it is ours" {
	new_shell "PATH=$A/bin:$P" "VIRTUAL_ENV=$A"
	at plain
	unset 'VAR[VIRTUAL_ENV]'
	ask
	at ../app
	entered "$A" "$A/bin:$P"
	ask use "$N"
	holds "VIRTUAL_ENV=$N" "PATH=$N/bin:$A/bin:$P"
	at ../plain
	ask off
	outside "$A/bin:$P"
}

@test "what was there comes back when what was used is removed, and another used" {
	based
	ask use "$A"
	rm -r "$A"
	ask use "$L"
	holds "VIRTUAL_ENV=$L" "PATH=$L/bin:$B/bin:$P"
	ask off
	is_based
}

@test "what was there and is removed meanwhile does not come back" {
	based
	at app
	ask use
	rm -r "$B"
	at ../plain
	outside "$B/bin:$P"
	ask
	silent
}

# --- the user's

@test "what is activated by hand stays, wherever one goes" {
	ask
	source_script "$L"
	ask
	for dir in app lib plain app; do
		at "$HOME/$dir"
		holds "VIRTUAL_ENV=$L" VENV_WHICH_AUTO "PATH=$L/bin:$P"
		silent
	done
}

@test "what is activated by hand after off is the user's" {
	at app
	ask off
	source_script "$A"
	ask
	holds "VIRTUAL_ENV=$A" VENV_WHICH_AUTO "PATH=$A/bin:$P"
	at ../plain
	holds "VIRTUAL_ENV=$A" "PATH=$A/bin:$P"
	silent
}

@test "what another tool activates is its own; ours leaves PATH" {
	at app
	VAR[VIRTUAL_ENV]=$L VAR[PATH]=$L/bin:${VAR[PATH]}
	ask
	holds "VIRTUAL_ENV=$L" VENV_WHICH_AUTO "PATH=$L/bin:$P"
	# The tool ends it.
	unset 'VAR[VIRTUAL_ENV]'
	VAR[PATH]=$P
	ask
	entered "$A"
}

@test "an entry of the user's stays when another tool activates something" {
	# Ours is inherited.
	new_shell "PATH=$L/bin:$A/bin:$A/bin:$P" "VIRTUAL_ENV=$L" "VENV_WHICH_AUTO=$A"
	at plain
	holds "VIRTUAL_ENV=$L" VENV_WHICH_AUTO "PATH=$L/bin:$A/bin:$P"
	# It is off, and never was ours.
	new_shell "PATH=$L/bin:$A/bin:$P" "VIRTUAL_ENV=$L"
	at ../app
	ask off
	holds VIRTUAL_ENV "VENV_WHICH_AUTO=$A" "PATH=$A/bin:$P"
	VAR[VIRTUAL_ENV]=$L VAR[PATH]=$L/bin:$A/bin:$P
	ask
	holds "VIRTUAL_ENV=$L" VENV_WHICH_AUTO "PATH=$L/bin:$A/bin:$P"
}

@test "venv on leaves what is the user's, and fails" {
	ask
	source_script "$L"
	at app
	ask on
	assert_equal "$STATUS" 1
	holds "VIRTUAL_ENV=$L" "PATH=$L/bin:$P"
}

@test "venv off ends what is the user's, by its own function if it has one" {
	source_script "$L"
	at app
	ask off
	assert_equal "$CALLED" 1
	holds VIRTUAL_ENV "VENV_WHICH_AUTO=$A" "PATH=$P"
	new_shell "PATH=$L/bin:$P" "VIRTUAL_ENV=$L"
	ask
	ask off
	holds VIRTUAL_ENV "PATH=$P"
}

@test "what another tool puts back of ours goes again" {
	at app
	path=${VAR[PATH]}
	at ../plain
	VAR[PATH]=$path
	ask
	outside
	at ../lib
	VAR[PATH]=$path VAR[VIRTUAL_ENV]=$A
	ask
	entered "$L"
	VAR[PATH]=$path VAR[VIRTUAL_ENV]=$A VAR[VIRTUAL_ENV_PROMPT]=app
	at ../plain
	outside
}

@test "what a tool puts back where ours is off goes with its place" {
	at app
	path=${VAR[PATH]}
	ask off
	VAR[PATH]=$path VAR[VIRTUAL_ENV]=$A
	at ../plain
	outside
}

@test "an entry of ours that a tool puts back goes, whichever it was" {
	at app
	at ../lib
	at ../plain
	VAR[PATH]="$A/bin:/x:$L/bin:$A/bin:$P:$L/bin"
	ask
	outside "/x:$P"
}

@test "another tool that puts back a time before ours has not ended ours" {
	at app
	unset 'VAR[VIRTUAL_ENV]'
	VAR[PATH]=$P
	ask
	entered "$A"
	# Whoever takes VIRTUAL_ENV alone meant it.
	unset 'VAR[VIRTUAL_ENV]'
	ask
	holds VIRTUAL_ENV "VENV_WHICH_AUTO=$A" "PATH=$P"
}

@test "what the startup files sourced, and is ended by hand, stays off" {
	source_script "$A"
	cd app
	ask
	deactivate
	ask
	holds VIRTUAL_ENV "VENV_WHICH_AUTO=$A" "PATH=$P"
}

# --- no environment

@test "a VIRTUAL_ENV that is no environment is nobody's, and that is said once" {
	new_shell "PATH=$P" VIRTUAL_ENV=/nowhere VIRTUAL_ENV_PROMPT=no
	at plain
	outside
	assert_equal "$SAID" 'venv-which: VIRTUAL_ENV was /nowhere, and no environment is there; it is unset'$'\n'
	ask
	silent
	new_shell "PATH=$P" VIRTUAL_ENV=/nowhere
	at ../app
	entered "$A"
}

@test "what is said of a VIRTUAL_ENV as long as can be is a line of its own" {
	new_shell "PATH=$P" "VIRTUAL_ENV=/$(printf '%064000d' 0)"
	at plain
	outside
	[[ $SAID == 'venv-which: VIRTUAL_ENV was /00'* && $MEMORY == 2* ]]
}

@test "it takes no directory of the system's out of PATH" {
	local word
	mkdir -p opt/bin
	for word in nothing off; do
		new_shell "PATH=$HOME/opt/bin:$P" "VIRTUAL_ENV=$HOME/opt"
		[[ $word == nothing ]] || ln -sf "$PYTHON" opt/bin/python
		at "$HOME/plain"
		[[ $word == nothing ]] || ask off
		outside "$HOME/opt/bin:$P"
		cd ..
	done
}

@test "ours that is removed is gone from PATH, and another one is entered" {
	at app
	rm -r "$A"
	ask
	outside
	env_at "$A"
	ask
	entered "$A"
	env_at "$HOME/.venv"
	rm -r "$A"
	ask
	entered "$HOME/.venv"
}

@test "an empty VIRTUAL_ENV is none" {
	new_shell "PATH=$P" VIRTUAL_ENV= VENV_WHICH_AUTO=
	at plain
	holds "PATH=$P" VENV_WHICH_AUTO
	at ../app
	entered "$A"
}

# --- off

@test "what is ended by hand stays off until the answer changes" {
	at app
	deactivate
	holds VIRTUAL_ENV VIRTUAL_ENV_PROMPT "VENV_WHICH_AUTO=$A" "PATH=$P"
	assert_equal "$STATE" off
	ask
	silent
	mkdir sub
	at sub
	silent
	at ../../lib
	entered "$L"
	at ../app
	entered "$A"
	ask off
	at ../plain
	outside
	at ../app
	entered "$A"
}

@test "venv on ends that" {
	at app
	ask off
	ask on
	entered "$A"
	ask on
	entered "$A"
	silent
}

@test "what the user had by hand, and ended, stays off, too" {
	source_script "$A"
	ask
	cd app
	ask
	deactivate
	ask
	holds VIRTUAL_ENV "VENV_WHICH_AUTO=$A" "PATH=$P"
	ask
	silent
	at ../plain
	at ../app
	entered "$A"
}

# --- by name

@test "what venv use took stays, wherever one goes, and off ends it" {
	at app
	ask use "$N"
	for dir in app lib plain; do
		at "$HOME/$dir"
		holds "VIRTUAL_ENV=$N" VENV_WHICH_AUTO "PATH=$N/bin:$P"
	done
	ask off
	outside
	at "$HOME/app"
	ask use "$N"
	ask off
	holds VIRTUAL_ENV "VENV_WHICH_AUTO=$A" "PATH=$P"
}

@test "it stays, too, when its own script is sourced over it" {
	at lib
	ask use "$A"
	source_script "$A"
	at ../app
	at ../plain
	holds "VIRTUAL_ENV=$A" VENV_WHICH_AUTO "PATH=$A/bin:$P"
	ask off
	assert_equal "$CALLED" 1
	outside
}

@test "it is forgotten when a tool puts back what was ours before" {
	at app
	path=${VAR[PATH]}
	ask use "$N"
	used=${VAR[PATH]}
	VAR[PATH]=$path VAR[VIRTUAL_ENV]=$A
	ask
	entered "$A"
	VAR[PATH]=$used VAR[VIRTUAL_ENV]=$N
	ask
	entered "$A"
}

@test "venv use of the directory's own is the hook's again" {
	at app
	ask off
	ask use
	entered "$A"
	at ../plain
	outside
}

@test "venv use ends what a script activated, by its own function" {
	ask
	source_script "$L"
	at app
	ask use
	entered "$A"
	assert_equal "$CALLED" 1
	at ../plain
	outside
}

@test "venv use over what a script was sourced over" {
	at app
	source_script "$A"
	ask use "$N"
	holds "VIRTUAL_ENV=$N" "PATH=$N/bin:$P"
	ask off
	holds VIRTUAL_ENV "PATH=$P"
}

@test "a deactivate of the user's that does nothing is called once" {
	new_shell "PATH=$L/bin:$P" "VIRTUAL_ENV=$L"
	FUNCTION=users
	at app
	ask use
	entered_too "$A" "$L/bin:$P"
	new_shell "PATH=$P"
	FUNCTION=users
	ask
	VAR[VIRTUAL_ENV]=$L VAR[PATH]=$L/bin:$P
	ask off
	assert_equal "$CALLED" 1
	holds VIRTUAL_ENV "PATH=$P"
}

# entered, beside a function `deactivate` of the user's.
entered_too() {
	holds "VIRTUAL_ENV=$1" "VENV_WHICH_AUTO=$1" "PATH=$1/bin:$2"
	assert_equal "$FUNCTION" users
}

# --- PYTHONHOME and PATH, set, empty and not set

@test "a deactivate of the user's is his where nothing is active, too" {
	cd plain
	run in_env "$STAGE/bin/venv-which" --hook "function"
	assert_line 'deactivate theirs'
}

@test "PYTHONHOME goes and comes back, empty or not, and unset stays unset" {
	for home in '' /opt/python; do
		new_shell "PATH=$P" "PYTHONHOME=$home"
		at "$HOME/app"
		holds PYTHONHOME "_VENV_PYTHONHOME=$home"
		at ../lib
		holds PYTHONHOME
		nested
		ask
		at ../plain
		holds "PYTHONHOME=$home"
		outside
	done
	new_shell "PATH=$P"
	at ../app
	at ../plain
	holds PYTHONHOME
}

@test "a PYTHONHOME that the user sets meanwhile is his" {
	new_shell "PATH=$P" PYTHONHOME=/old
	at app
	VAR[PYTHONHOME]=/new
	ask
	holds PYTHONHOME=/new
	at ../plain
	holds PYTHONHOME=/new
	outside
}

@test "PYTHONHOME comes back whoever ends it" {
	new_shell "PATH=$P" PYTHONHOME=/old
	at app
	source_script "$A"
	at ../plain
	holds PYTHONHOME=/old
	outside
	at ../app
	unset 'VAR[VIRTUAL_ENV]'
	ask
	holds PYTHONHOME=/old _VENV_PYTHONHOME "PATH=$P"
}

@test "a PATH that is not set is not set afterwards, an empty one is empty" {
	new_shell
	at app
	entered_path "$A/bin"
	ask
	silent
	at ../plain
	holds PATH VIRTUAL_ENV
	new_shell PATH=
	at ../app
	entered_path "$A/bin:"
	at ../lib
	entered_path "$L/bin:"
	at ../plain
	holds PATH= VIRTUAL_ENV
	# One that was made nothing but our entry stays one.
	at ../app
	VAR[PATH]=$A/bin
	at ../plain
	holds PATH= VIRTUAL_ENV
	# Also where none was set before; fish has no colon behind ours then.
	unset 'VAR[PATH]'
	at ../app
	at ../plain
	holds PATH VIRTUAL_ENV
	VAR[PATH]=
	at ../app
	VAR[PATH]=$A/bin
	at ../plain
	holds PATH= VIRTUAL_ENV
}

@test "a PATH that is not set is not set afterwards, whatever happens" {
	# In a nested shell; when it ends there at first; when it was lost.
	for word in 'at ../plain' 'ask off'; do
		new_shell
		at "$HOME/app"
		nested
		$word
		holds PATH VIRTUAL_ENV
	done
	new_shell PATH=/x
	at "$HOME/app"
	unset 'VAR[PATH]'
	ask
	entered_path "$A/bin"
	at ../plain
	holds PATH VIRTUAL_ENV
	# When a tool puts back what is left meanwhile.
	new_shell
	at ../app
	ask use "$N"
	VAR[PATH]=$A/bin
	ask
	entered_path "$N/bin"
	ask off
	holds PATH VIRTUAL_ENV
}

entered_path() { holds "PATH=$1" VIRTUAL_ENV="${1%%/bin*}"; }

@test "a PATH with a newline stays, and nothing is activated; said once" {
	new_shell "PATH=/x"$'\n'"y:$P"
	at app
	holds VIRTUAL_ENV VENV_WHICH_AUTO "PATH=/x"$'\n'"y:$P"
	[[ $SAID == *'PATH cannot be told in a line'* ]]
	ask
	silent
	VAR[PATH]=$P
	ask
	entered "$A"
}

@test "a PATH that gets a newline while ours is active is left as it is" {
	at app
	VAR[PATH]=$A/bin:/x$'\n'y:$P
	at ../plain
	holds "VIRTUAL_ENV=$A" "PATH=$A/bin:/x"$'\n'"y:$P"
	VAR[PATH]=$A/bin:$P
	ask
	outside
}

@test "a shell that cannot take a line apart is told name and value in two" {
	cd app
	in_env "$STAGE/bin/venv-which" --hook >lines
	in_env "$STAGE/bin/venv-which" --hook apart >apart
	grep -q '^set PATH .' lines
	grep -qx 'set PATH' apart
	sed '/^set /{ N; s/\nto / /; }' apart | diff lines -
}

@test "a shell that loses empty words says which one stands for them" {
	run in_env "$STAGE/bin/venv" --hook fresh empty=none use none
	assert_failure 2
	assert_line 'venv: use: a name cannot be empty'
	cd app
	run in_env "$STAGE/bin/venv" --hook empty=none run sh -c 'echo "$#<$2>"' sh none x none
	assert_output '3<x>'
}

@test "where PATH or VIRTUAL_ENV is read-only nothing changes, and that is said" {
	FACTS=(fixed)
	at app
	assert_equal "$TOLD$DID" ''
	[[ $SAID == *'is read-only here'* ]]
	ask
	silent
	ask off
	silent
}

@test "where it was ended, and nobody can tell, that is an answer, too" {
	at app
	unset 'VAR[VIRTUAL_ENV]' 'VAR[VIRTUAL_ENV_PROMPT]'
	FACTS=(fixed)
	ask
	assert_equal "$STATUS$TOLD$PROMPT" 0
	assert_equal "$STATE" off
}

# --- the memory

@test "a memory of no sense is no harm" {
	local text
	for text in 2 x '%' '%%' '2 p' '2 p1' '2 p99999999999999999999999/x' \
		'2 pp p0 q q0 b l m u v s t tx t99999999999999999999' \
		'2 l%00 m%0 u%zz b%' "2 $(printf ' p0/e%s' {1..99})" \
		"2 p18446744073709551615$A" "2 q4294967296$A" \
		"$(printf '\377\376 m\001\002')" "2 m$A s" "2 u$A b$A"; do
		new_shell "PATH=$P"
		MEMORY=$text
		at "$HOME/app"
		holds "VIRTUAL_ENV=$A" "PATH=$A/bin:$P"
		ask
		holds "PATH=$A/bin:$P"
		at ../plain
		holds VIRTUAL_ENV "PATH=$P"
	done
}

@test "a memory without a text is none: what is active stays" {
	new_shell "PATH=$L/bin:$P" "VIRTUAL_ENV=$L"
	FACTS=(memory=)
	at app
	holds "VIRTUAL_ENV=$L" "PATH=$L/bin:$P"
	[[ $SAID == *'stays'* ]]
}

@test "a memory keeps paths of any bytes" {
	dir=$HOME/$'a %41%\001\377\t\303\251 p0/x'
	env_at "$dir/.venv"
	at "$dir"
	entered "$dir/.venv"
	LC_ALL=C
	[[ $MEMORY != *[!\ -~]* ]] || fail "not printable: $MEMORY"
	path=${VAR[PATH]}
	at "$HOME/plain"
	VAR[PATH]=$path
	ask
	outside
}

@test "more environments than it remembers are left one by one all the same" {
	local i
	for i in {1..20}; do
		env_at "$HOME/p$i/.venv"
		at "$HOME/p$i"
		entered "$HOME/p$i/.venv"
	done
	(( ${#MEMORY} < 4096 )) || fail "it grows: $MEMORY"
	at "$HOME/plain"
	outside
	VAR[PATH]=$HOME/p20/.venv/bin:$HOME/p5/.venv/bin:$P
	ask
	outside
}
