# What the product does in bash alone.

load helper

setup() {
	SHELL_UNDER_TEST=bash
	sandbox
	need_shell
	make_env app/.venv
	E=$HOME/app/.venv
	usual_walk
}

in_version() {
	"$START" -c "(( BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= $1 ))"
}

# --- cd

@test "bash: cd takes its options and operands, and gives its status and output" {
	mkdir -p -- app/-dir cdpath/there
	in_shell <<-'END'
		cd -P app && show VIRTUAL_ENV
		cd -- -dir && show PWD
		cd - && show PWD
		cd -L -- .. && show VIRTUAL_ENV
		cd a b 2>/dev/null
		show status
		CDPATH=$HOME/cdpath
		capture "cd there"
		cd there >"$HOME/printed"
		show PWD
	END
	shown <<-END
	VIRTUAL_ENV=$E
	PWD=$HOME/app/-dir
	PWD=$HOME/app
	VIRTUAL_ENV unset
	status=1
	captured=$HOME/cdpath/there
	PWD=$HOME/cdpath/there
	END
	assert_equal "$(cat printed)" "$HOME/cdpath/there"
}

@test "bash: builtin cd is seen at the next prompt, and so is autocd" {
	before_hook <<<'shopt -s autocd'
	in_shell <<-'END'
		builtin cd app
		show VIRTUAL_ENV PATH
		..
		show VIRTUAL_ENV PATH
		./app
		show VIRTUAL_ENV
	END
	shown <<-END
	VIRTUAL_ENV=$E
	PATH=$E/bin:$PATH
	VIRTUAL_ENV unset
	PATH=$PATH
	VIRTUAL_ENV=$E
	END
}

@test "bash: a cd function of the user's is kept, and called" {
	before_hook <<-'END'
		cd() { builtin cd "$@" && builtin echo "mine: $*" >>"$OUT"; }
	END
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV PATH
		cd ..
		show VIRTUAL_ENV PATH
	END
	shown <<-END
	mine: app
	VIRTUAL_ENV=$E
	PATH=$E/bin:$PATH
	mine: ..
	VIRTUAL_ENV unset
	PATH=$PATH
	END
}

@test "bash: a cd function that the user defines after us is kept, and called" {
	after_hook <<-'END'
		cd() { builtin cd "$@" && builtin echo "mine: $*" >>"$OUT"; }
	END
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV
	END
	shown <<-END
	mine: app
	VIRTUAL_ENV=$E
	END
}

@test "bash: an alias cd of the user's is no trouble" {
	before_hook <<<"alias cd='pushd >/dev/null' pushd='builtin pushd' popd='builtin popd'"
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV
		\cd .. && show VIRTUAL_ENV
		popd
		show VIRTUAL_ENV PWD
	END
	shown <<-END
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	VIRTUAL_ENV unset
	PWD=$HOME
	END
}

@test "bash: an alias cd of a function that calls the builtin, above and below" {
	# As nvm's manual has it.
	local where
	for where in before after; do
		rm -f "${HOME%/*}"/rc.{before,after}
		"${where}_hook" <<-'END'
			cd-there() { command cd "$@" || return; : look; }
			alias cd='cd-there'
		END
		in_shell <<-'END'
			cd app && show VIRTUAL_ENV
			cd nowhere
			show status
			cd .. && show VIRTUAL_ENV
			alias cd >>"$OUT"
			venv doctor
		END
		on_screen 'cd: the hook asks'
		shown <<-END
		VIRTUAL_ENV=$E
		status=1
		VIRTUAL_ENV unset
		alias cd='cd-there'
		END
	done
}

@test "bash: zoxide's z, and its cd, above and below" {
	# What it defines, with where it leads to.
	local where cd
	for where in before.z after.z before.cd after.cd; do
		cd=${where#*.} where=${where%.*}
		rm -f "${HOME%/*}"/rc.{before,after}
		"${where}_hook" <<-END
			function __zoxide_cd() { \builtin cd -- "\$@"; }
			function __zoxide_z() { __zoxide_cd ~/"\$1"; }
			function $cd() { __zoxide_z "\$@"; }
		END
		traced_shell <<-END
			$cd app && show VIRTUAL_ENV
			$cd nowhere
			show status
			$cd / && show VIRTUAL_ENV
		END
		assert_equal "$where.$cd $(processes 0 1)" "$where.$cd 1 made, 1 run"
		shown <<-END
		VIRTUAL_ENV=$E
		status=1
		VIRTUAL_ENV unset
		END
	done
}

@test "bash: a subshell and a function may cd, and the shell stays right" {
	in_shell <<-'END'
		(cd app && pwd >>"$OUT")
		show VIRTUAL_ENV PATH
		f() { local PATH=$PATH IFS=/; cd app; }; f
		show VIRTUAL_ENV PATH
		g() { local PATH=$PATH; cd ..; }; g
		show VIRTUAL_ENV PATH
		cd app
		x=$(cd .. && pwd) && show x VIRTUAL_ENV
	END
	shown <<-END
	$HOME/app
	VIRTUAL_ENV unset
	PATH=$PATH
	VIRTUAL_ENV=$E
	PATH=$E/bin:$PATH
	VIRTUAL_ENV unset
	PATH=$PATH
	x=$HOME
	VIRTUAL_ENV=$E
	END
}

@test "bash: commands that bash remembered are looked up anew" {
	in_shell <<-'END'
		python3 -c "import sys; print(sys.prefix)" >/dev/null
		cd app && python3 -c "import sys; print(sys.prefix)" >>"$OUT"
		cd ..
		command -v python3 >>"$OUT"
	END
	shown <<-END
	$E
	$(command -v python3)
	END
}

# --- the prompt command

@test "bash: an array PROMPT_COMMAND gets one element more, and PIPESTATUS is kept" {
	in_version 501 || skip 'array PROMPT_COMMAND came with bash 5.1'
	before_hook <<-'END'
		PROMPT_COMMAND=('echo "before: $? ${PIPESTATUS[*]}" >>"$HOME/seen"')
	END
	after_hook <<-'END'
		PROMPT_COMMAND+=('echo "after: $? ${PIPESTATUS[*]}" >>"$HOME/seen"')
	END
	in_shell <<-'END'
		cd app
		false | true | (exit 3)
		mv .venv gone; false | true | (exit 4)
		show PROMPT_COMMAND VIRTUAL_ENV
		n=${#PROMPT_COMMAND[@]}
		show n
	END
	shown <<-'END'
	PROMPT_COMMAND=echo "before: $? ${PIPESTATUS[*]}" >>"$HOME/seen"
	VIRTUAL_ENV unset
	n=3
	END
	run grep -c -e 'before: 3 1 0 3' -e 'after: 3 1 0 3' seen
	assert_output 2
	run grep -c -e 'before: 4 1 0 4' -e 'after: 4 1 0 4' seen
	assert_output 2
}

@test "bash: PIPESTATUS is kept on the command line, too" {
	in_version 501 || skip 'with a string PROMPT_COMMAND bash itself loses it'
	before_hook <<<'PROMPT_COMMAND=(true)'
	in_shell <<-'END'
		cd app
		false | true | (exit 3)^J
		x=${PIPESTATUS[*]}
		show x
	END
	shown <<<'x=1 0 3'
}

@test "bash: a string PROMPT_COMMAND still runs, whatever it ends in" {
	local command
	for command in 'ran=$?' 'ran=$?;' 'ran=$? ; ' $'ran=$?\n' 'ran=$? # why' \
		'   ' ''; do
		: >"${HOME%/*}/rc.before"
		printf 'PROMPT_COMMAND=%q\n' "$command" | before_hook
		in_shell <<-'END'
			cd app
			(exit 3)
			show status ran VIRTUAL_ENV
		END
		if [[ $command == *ran* ]]; then
			shown <<-END
			status=3
			ran=3
			VIRTUAL_ENV=$E
			END
		else
			assert_equal "$(record 3)" "VIRTUAL_ENV=$E"
		fi
		off_screen 'syntax error'
		off_screen 'bash: '
	done
}

@test "bash: what comes after ours in a string PROMPT_COMMAND sees the status" {
	after_hook <<<'PROMPT_COMMAND="$PROMPT_COMMAND; ran=\$?"'
	in_shell <<-'END'
		cd app; (exit 3)
		show status ran
		mv .venv gone; (exit 4)
		show status ran VIRTUAL_ENV
	END
	shown <<-'END'
	status=3
	ran=3
	status=4
	ran=4
	VIRTUAL_ENV unset
	END
}

@test "bash: a PROMPT_COMMAND set after us may replace ours: cd works still" {
	after_hook <<<'PROMPT_COMMAND="later=1"'
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV
		cd .. && show VIRTUAL_ENV
		show later
	END
	shown <<-END
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	later=1
	END
}

@test "bash: a readonly PROMPT_COMMAND does not end the rc file" {
	before_hook <<<'readonly PROMPT_COMMAND=mine=1'
	after_hook <<<'reached=yes'
	in_shell <<-'END'
		show reached mine
		cd app && show VIRTUAL_ENV
		cd .. && show VIRTUAL_ENV
	END
	shown <<-END
	reached=yes
	mine=1
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	END
}

@test "bash: loading twice registers once" {
	after_hook <<<"eval \"\$('$STAGE/bin/venv' init bash)\""
	in_shell <<-'END'
		x=${PROMPT_COMMAND[*]}
		show x
	END
	run grep -o '{_VENV[A-Z_]*' "$OUT"
	assert_equal "${#lines[@]}" 1
}

@test "bash: nothing of ours enters the history" {
	in_shell <<-'END'
		cd app
		history -w "$HOME/written"
	END
	run grep _venv written
	assert_failure 1
}

# --- options and other weather

@test "bash: any shell option: the same walk, and the option stays" {
	local option
	for option in 'set -u' 'set -f' 'set -C' 'set -o posix' 'set -b' \
		'set -T' 'set -P' 'set -a' 'set +h' 'set +m' 'set +B' 'set -o pipefail' \
		'shopt -s nullglob' 'shopt -s failglob' 'shopt -s extglob' \
		'shopt -s nocaseglob' 'shopt -s nocasematch' 'shopt -s dotglob' \
		'shopt -s xpg_echo' 'shopt -u sourcepath' 'shopt -s cdspell' \
		'shopt -u promptvars' 'shopt -u expand_aliases'; do
		echo "# $option"
		rm -f manners
		: >"${HOME%/*}/rc.before"
		before_hook <<<"$option"
		{ cat walk; echo 'manners >"$HOME/manners"'; } >lines
		in_shell <lines
		shown <<<"$walked"
		off_screen 'bash: '
		case $option in
		*-o* | *' -s'* | *' -u '*) grep -qxF -- "$option" manners ;;
		esac
	done
}

@test "bash: any compat option of patterns with a path that holds &" {
	make_env 'a&b/.venv'
	local option
	for option in 'shopt -s patsub_replacement' 'shopt -s extquote' \
		'BASH_COMPAT=4.2' 'BASH_COMPAT=3.2'; do
		: >"${HOME%/*}/rc.before"
		before_hook <<<"$option 2>/dev/null"
		in_shell <<-'END'
			cd "a&b" && show VIRTUAL_ENV PATH
			cd .. && show VIRTUAL_ENV PATH
		END
		shown <<-END
		VIRTUAL_ENV=$HOME/a&b/.venv
		PATH=$HOME/a&b/.venv/bin:$PATH
		VIRTUAL_ENV unset
		PATH=$PATH
		END
	done
}

@test "bash: a trap on ERR is not fired by us, not even with set -E" {
	after_hook <<-'END'
		set -E
		trap 'echo "ERR trap: $BASH_COMMAND" >>"$OUT"' ERR
	END
	in_shell <walk
	shown <<<"$walked"
	fake_helper 'exit 1'
	in_shell <<-'END'
		cd app
		cd ..
		show status
	END
	shown <<<'status=0'
}

@test "bash: a trap on DEBUG stays the user's" {
	after_hook <<-'END'
		trap ': "$BASH_COMMAND"' DEBUG
	END
	{ cat walk; echo 'trap -p DEBUG >>"$OUT"'; } >lines
	in_shell <lines
	shown <<<"$walked
trap -- ': \"\$BASH_COMMAND\"' DEBUG"
}

@test "bash: a prompt that becomes readonly shows no name outside" {
	in_shell <<-'END'
		cd app
		readonly PS1
		cd ..

		cd app

	END
	off_screen '(app)' 4
	on_screen '(app)' 6
	off_screen 'readonly variable'
}

@test "bash: a restricted shell: no loop, no flood, and it works" {
	# There are no redirections there, for the words of the tests neither.
	before_hook <<<'mark() { builtin echo "@$1@"; }'
	in_shell "$START" -r <<-'END'

		echo "alive: $VIRTUAL_ENV"
		deactivate

	END
	on_screen 'alive: '
	said_once
}

@test "bash: a sparse PROMPT_COMMAND loses nothing" {
	before_hook <<-'END'
		PROMPT_COMMAND=(one=1 two=2 three=3)
		unset 'PROMPT_COMMAND[1]'
	END
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV
		show one two three
	END
	shown <<-END
	VIRTUAL_ENV=$E
	one=1
	two unset
	three=3
	END
}

@test "bash: set -u with PS1, OLDPWD and PROMPT_COMMAND unset" {
	before_hook <<-'END'
		set -u
		unset PS1 OLDPWD PROMPT_COMMAND PYTHONHOME
	END
	in_shell <walk
	shown <<<"$walked"
	off_screen 'unbound'
}

# --- the prompt

@test "bash: a PS1 that is unset stays unset" {
	after_hook <<<'unset PS1'
	in_shell <<-'END'
		cd app
		show PS1 VIRTUAL_ENV
		cd ..
		show PS1
	END
	shown <<-END
	PS1 unset
	VIRTUAL_ENV=$E
	PS1 unset
	END
}

@test "bash: PS1 is not exported, and changes once: it refers to a variable" {
	in_shell <<-'END'
		show PS1
		cd app
		show PS1
		env >"$HOME/inside"
		cd ..
		cd app
		cd ..
		show PS1
	END
	# shellcheck disable=SC2016 # as text
	printf 'PS1=%s\n' 'PROMPT> ' '${_VENV_PROMPT-}PROMPT> ' '${_VENV_PROMPT-}PROMPT> ' | shown
	run grep '^PS1=' inside
	assert_failure 1
}

@test "bash: a PS1 that is changed meanwhile stays changed" {
	in_shell <<-'END'
		cd app
		PS1="NEW> "

		cd ..
		show PS1
	END
	# shellcheck disable=SC2016 # as text
	shown <<<'PS1=${_VENV_PROMPT-}NEW> '
}

@test "bash: without promptvars the name is shown, and is no code" {
	printf 'home = /usr/bin\nprompt = $(touch PWNED)\\u\n' >"$E/pyvenv.cfg"
	before_hook <<<'shopt -u promptvars'
	in_shell <<-'END'
		cd app

		show VIRTUAL_ENV
		shopt -s promptvars

	END
	shown <<<"VIRTUAL_ENV=$E"
	run find "$HOME" -name PWNED
	assert_output ''
}

# --- TAB

# bash_completion: the file that loads the package, in $PACKAGE.
bash_completion() {
	for PACKAGE in /{usr,usr/local,opt/homebrew}/share/bash-completion/bash_completion; do
		[[ ! -e $PACKAGE ]] || return 0
	done
	[[ -z ${REQUIRE_SHELLS-} ]] ||
		fail 'bash-completion is required with REQUIRE_SHELLS, and not installed'
	skip 'no bash-completion on this machine'
}

@test "bash: TAB takes other COMP_WORDBREAKS, and strict and odd options" {
	local breaks
	make_env_bytes .virtualenvs/k=v
	make_env_bytes '.virtualenvs/two words'
	for breaks in "'"$' \t\n'"'" "\$COMP_WORDBREAKS-/." "\${COMP_WORDBREAKS//[:=]}"; do
		before_hook <<-END
			COMP_WORDBREAKS=$breaks
			set -u -f -k -o noclobber
			shopt -s nocasematch nullglob failglob extglob
			IFS=e
		END
		completes <<-'END'
			venv run --env=k^I
			venv run --env=k=v |
			venv use k=^I
			venv use k=v |
			venv use two\ w^I
			venv use two\ words |
			venv use ./ap^I
			venv use ./app |
			venv run -e k=v -- pyth^I
			venv run -e k=v -- python |
		END
	done
}

@test "bash: TAB completes files behind a redirection" {
	mkdir src
	make_env .virtualenvs/tools
	completes <<-'END'
		venv list > sr^I
		venv list > src/|
		venv list >sr^I
		venv list >src/|
		venv list 2>"sr^I
		venv list 2>"src/|
		venv list &>>sr^I
		venv list &>>src/|
		venv list <sr^I
		venv list <src/|
		venv list >src to^I
		venv list >src to|
		venv use '>'to^I
		venv use '>'to|
	END
}

@test "bash: TAB works in the shell of set -e, and behind other commands" {
	make_env .virtualenvs/tools
	before_hook <<<'set -eu'
	completes <<-'END'
		venv no^I
		venv no|
		venv use to^I
		venv use tools |
		A=1 venv use to^I
		A=1 venv use tools |
		cd; venv use "to^I
		cd; venv use "tools" |
		venv list | venv use to^I
		venv list | venv use tools |
	END
}

@test "bash: capitals count where nothing else is set" {
	make_bare_env .virtualenvs/tools
	completes <<-'END'
		venv use TO^I
		venv use TO|
		venv US^I
		venv US|
		venv use to^I
		venv use tools |
	END
	before_hook <<<"$CASELESS"
	completes <<-'END'
		venv use "TO^I
		venv use "tools" |
		venv use 'TO^I
		venv use 'tools' |
	END
}

@test "bash: a second TAB says what they are" {
	make_env .virtualenvs/tools
	make_env .virtualenvs/tests
	make_env_bytes $'.virtualenvs/t\033[31mred'
	in_shell <<-'END'
		^=venv use t^I^I
		^=venv-which --^I^I
	END
	on_screen "tools  ($("$PYTHON" -c 'import platform; print(platform.python_version())'))"
	on_screen 't^[[31mred  (3.11.2)'
	on_screen '--hook  (answer the shell'
}

@test "bash: names that only differ at the end, between quotes" {
	make_env_bytes '.virtualenvs/say "$(touch PWNED)!" 1'
	make_env_bytes '.virtualenvs/say "$(touch PWNED)!" 2'
	make_env_bytes ".virtualenvs/it's 1"
	make_env_bytes ".virtualenvs/it's 2"
	in_shell <<-'END'
		venv use "s^I1^I
		show VIRTUAL_ENV
		venv use 's^I1^I
		show VIRTUAL_ENV
		venv use "i^I1^I
		show VIRTUAL_ENV
		venv use 'i^I1^I
		show VIRTUAL_ENV
	END
	shown < <(printf 'VIRTUAL_ENV=%s\n' "$HOME/.virtualenvs/say \"\$(touch PWNED)!\" 1"{,} \
		"$HOME/.virtualenvs/it's 1"{,})
}

@test "bash: behind run is completed what bash-completion, or bash, knows" {
	local rc
	make_env .virtualenvs/tools
	touch file.txt
	bash_completion
	for rc in : "source '$PACKAGE'"; do
		before_hook <<-END
			$rc
			complete -W 'alpha beta' thing
		END
		completes <<-'END'
			venv run -e tools -- printen^I
			venv run -e tools -- printenv |
			venv run -e tools cat fi^I
			venv run -e tools cat file.txt |
		END
	done
	completes <<-'END'
		venv run --env=tools -- thing be^I
		venv run --env=tools -- thing beta |
	END
}

@test "bash: without our script bash-completion loads what completes" {
	bash_completion
	make_env .virtualenvs/tools
	mkdir -p "$XDG_DATA_HOME/bash-completion"
	ln -s "$STAGE/share/complete/bash" "$XDG_DATA_HOME/bash-completion/completions"
	hook_line "source '$PACKAGE'"
	completes_both
}

@test "bash: what the user has set up for TAB stays" {
	before_hook <<<'complete -W mine venv'
	completes <<-'END'
		venv mi^I
		venv mine |
		venv-which --ex^I
		venv-which --explain |
	END
}

# --- shells that are not interactive

@test "bash: BASH_ENV, -c and a script on standard input: nothing happens" {
	local script=$STAGE/share/venv-which/venv.bash
	cd app
	BASH_ENV=$script run "$START" -c 'cd .; declare -F; echo "${VIRTUAL_ENV-none}"'
	assert_output 'none'
	run "$START" -s <<<"source '$script'; cd .; declare -F; echo \"\${VIRTUAL_ENV-none}\""
	assert_output 'none'
	run "$START" --posix -eu -c "source '$script'; echo fine"
	assert_output 'fine'
}

# --- the doctor

@test "a hook that another tool calls from where it put it is not lost" {
	local pair
	for pair in '__vsc_original_prompt_command __vsc_prompt_cmd_original' \
		'STARSHIP_PROMPT_COMMAND starship_precmd'; do
		in_shell <<-END
			${pair#* }() { :; }
			${pair% *}=\$PROMPT_COMMAND PROMPT_COMMAND=${pair#* }
			venv doctor -q; show status
		END
		shown <<<status=0
	done
	# VS Code remembers it, and with bash-preexec leaves it where it is.
	in_shell <<-'END'
		__vsc_original_prompt_command=$PROMPT_COMMAND
		venv doctor -q; show status
	END
	shown <<<status=0
	in_shell <<-'END'
		PROMPT_COMMAND=(: ': ;_venv_prompt')
		venv doctor -q; show status
	END
	shown <<<status=0
}

@test "a hook that is in PROMPT_COMMAND twice is found" {
	in_shell <<-'END'
		PROMPT_COMMAND=$PROMPT_COMMAND$'\n'$PROMPT_COMMAND
		venv doctor -q
	END
	on_screen '!!  prompt: the hook is in PROMPT_COMMAND more than once' 2
}

@test "a cd of the user's own is no fault" {
	after_hook <<<'cd() { builtin cd "$@"; }'
	in_shell <<-'END'
		venv doctor; show status
	END
	on_screen 'ok  cd: the hook asks'
	shown <<<status=0
}

@test "a cd that takes the place of ours later is found" {
	in_shell <<-'END'
		cd() { builtin cd "$@"; }
		venv doctor; show status
	END
	on_screen "cd: a function of your own took the place of the hook's"
	shown <<<status=1
}

@test "bash: a deactivate that goes elsewhere itself is called once" {
	make_env other
	in_shell <<-'END'
		FUNCNEST=60
		cd app
		source .venv/bin/activate
		eval "real_$(declare -f deactivate)"
		deactivate() { cd "$HOME"; real_deactivate "$@"; }
		cd ../other
		show VIRTUAL_ENV
	END
	off_screen 'nesting'
	shown <<<"VIRTUAL_ENV unset"
}

@test "bash: set -k changes nothing" {
	before_hook <<<'set -k'
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV
		cd ..
		show VIRTUAL_ENV
	END
	shown <<-END
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	END
}

@test "bash: a function of an older script of ours is not taken for the user's" {
	after_hook <<-'END'
		cd() { builtin cd "$@" && _venv_changed; }
	END
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV
		cd ..; declare -F | grep _venv_users >>"$OUT"
	END
	shown <<<"VIRTUAL_ENV=$E"
}

@test "bash: a PROMPT_COMMAND that is read-only with the hook in it is in order" {
	after_hook <<<'PROMPT_COMMAND="$PROMPT_COMMAND;:"; readonly PROMPT_COMMAND'
	in_shell <<-'END'
		builtin cd app
		show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$E"
	off_screen 'read-only'
}

@test "bash: a deactivate of a script's is not called where nothing may be set" {
	in_shell <<-'END'
		cd app
		source .venv/bin/activate
		true
		readonly VIRTUAL_ENV
		cd ..
		show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$E"
	off_screen 'cannot unset'
}
