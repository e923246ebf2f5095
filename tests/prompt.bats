# The segment of a prompt, venv_prompt: what it says, that it says it in every
# kind of prompt, that a name in it is text, and that it costs nothing.
#
# shells: each

# shellcheck disable=SC2016 # text, for the shells

load helper

setup() {
	sandbox
	need_shell
	make_env app/.venv
	V=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
}

teardown() {
	[[ ! -S ${TMUX_SOCKET-} ]] || tmux -S "$TMUX_SOCKET" kill-server
}

# --- words of these tests

# prompt KIND: the shell under test has such a prompt, with the segment in it.
#	plain	as the manual page has it
#	called	by calling venv_prompt, as one may
#	right	at the other side, where the shell has one
prompt() {
	case $SHELL_UNDER_TEST.$1 in
	bash.plain) after_hook <<<"PS1='\${VENV_WHICH_PROMPT-}PROMPT> '" ;;
	bash.called) after_hook <<<"PS1='\$(venv_prompt)PROMPT> '" ;;
	zsh.plain) after_hook <<<'PS1="${VENV_WHICH_PROMPT}PROMPT> "' ;;
	zsh.called) after_hook <<<"setopt prompt_subst; PS1='\$(venv_prompt)PROMPT> '" ;;
	zsh.right) after_hook <<<'RPROMPT="${VENV_WHICH_PROMPT}RIGHT>"' ;;
	tcsh.plain) after_hook <<<"set prompt = '%\${VENV_WHICH_PROMPT}PROMPT> '" ;;
	tcsh.right) after_hook <<<"set rprompt = '%\${VENV_WHICH_PROMPT}RIGHT>'" ;;
	fish.plain | fish.called)
		after_hook <<<'function fish_prompt; venv_prompt; builtin printf "PROMPT> "; end'
		;;
	fish.right)
		after_hook <<<'function fish_right_prompt; venv_prompt; builtin printf "RIGHT>"; end'
		;;
	elvish.plain | elvish.called)
		after_hook <<<"set edit:prompt = {|&venv_prompt=''| put \$venv_prompt'PROMPT> ' }"
		;;
	elvish.right)
		after_hook <<<"set edit:rprompt = {|&venv_prompt=''| put \$venv_prompt'RIGHT>' }"
		;;
	dash.plain | *ksh*.plain | yash.plain) prompt_hook <<<'PS1='\''${VENV_WHICH_PROMPT-}'\''$PS0' ;;
	dash.called | *ksh*.called | yash.called) prompt_hook <<<'PS1='\''$(venv_prompt)'\''$PS0' ;;
	nu.plain | nu.called) after_hook <<<'$env.PROMPT_COMMAND = {|| venv_prompt }' ;;
	nu.right) after_hook <<<'$env.PROMPT_COMMAND_RIGHT = {|| $"(venv_prompt)RIGHT>" }' ;;
	xonsh.plain | xonsh.called) after_hook <<<"\$PROMPT = '{venv_prompt}PROMPT> '" ;;
	*) skip "$SHELL_UNDER_TEST has no such prompt" ;;
	esac
}

# The hook of mksh is in the prompt, so that the line that loads it comes below.
prompt_hook() {
	if [[ $SHELL_UNDER_TEST == mksh ]]; then before_hook; else after_hook; fi
}

# named NAME: the project's environment is called that.
named() {
	printf 'home = /usr/bin\nversion = 3.11.2\nprompt = %s\n' "$1" \
		>app/.venv/pyvenv.cfg
}

# prompt_is N TEXT: the prompt after the Nth line is TEXT, and no more.  What is
# typed at it does not count, nor the mark that fish makes for a line without end.
prompt_is() {
	screen "$1" | sed -e 's/.*⏎//' -e 's/PROMPT>.*/PROMPT>/' | grep -aqxF -e "$2" ||
		fail "after line $1 the prompt is not: $2"
}

# walks [EXPECTED...]: in and out of the project, and what is shown meanwhile.
walks() {
	in_shell <<-'END'

		cd app

		venv off

		venv on

		cd ..

	END
	on_screen "(app $V) $1" 3
	on_screen "(app: off) $1" 5
	on_screen "(app $V) $1" 7
	off_screen '(app' 9
	off_screen '(app' 1
}

# nothing_ran: no name became code.
nothing_ran() {
	assert_equal "$(find "$HOME" -name '*PWNED*')" ''
}

# --- what it says

@test "the segment is right after cd, off and on, and outside there is none" {
	prompt plain
	walks 'PROMPT>'
	prompt_is 1 'PROMPT>'
}

@test "the same where the prompt calls venv_prompt" {
	prompt called
	walks 'PROMPT>'
}

@test "the same in the prompt at the right" {
	prompt right
	walks 'RIGHT>'
}

@test "it is right at the first prompt, in a shell within the shell, and after exec" {
	prompt plain
	cd app
	in_shell <<-END
		$START

		venv off
		$START

		exec $START

		exit
		exit

	END
	on_screen "(app $V) PROMPT>" 1
	on_screen "(app $V) PROMPT>" 2
	on_screen '(app: off) PROMPT>' 5
	on_screen '(app: off) PROMPT>' 7
	on_screen "(app $V) PROMPT>" 10
}

@test "it says of an environment that it is blocked or broken" {
	prompt plain
	make_env blocked/.venv
	chmod o+w blocked/.venv/bin
	make_env broken/.venv
	rm broken/.venv/bin/python
	mkdir nameless
	echo ../nowhere >nameless/.venv
	in_shell <<-'END'
		cd blocked

		cd ../broken

		cd ../nameless

		cd ..

	END
	on_screen '(blocked: blocked) PROMPT>' 2
	on_screen '(broken: broken) PROMPT>' 4
	prompt_is 6 '(broken) PROMPT>'
	prompt_is 8 'PROMPT>'
}

@test "an environment of another place is shown beside the directory's own" {
	prompt plain
	make_env .virtualenvs/tools
	in_shell <<-'END'
		venv use tools

		cd app

		venv use .

		venv off
		cd ..

	END
	on_screen "(tools $V) PROMPT>" 2
	on_screen "(tools $V) (app: other) PROMPT>" 4
	on_screen "(app $V) PROMPT>" 6
	off_screen tools 6
	prompt_is 9 'PROMPT>'
}

@test "where another one is active by its script, the directory's is marked" {
	prompt plain
	make_env other/.venv
	export HAND=$HOME/other/.venv/bin/$ACTIVATE
	in_shell <<-'END'
		source "$HAND"
		cd app

		deactivate
		venv use

	END
	on_screen '(app: other) PROMPT>' 3
	on_screen "(app $V) PROMPT>" 6
}

@test "one that another shell activated is shown in the shell within it" {
	prompt plain
	make_env .virtualenvs/tools
	in_shell <<-END
		venv use tools
		$START

		cd app

		exit
	END
	on_screen '(tools) PROMPT>' 3
	on_screen '(tools) (app: other) PROMPT>' 5
}

@test "the name of one that is inherited is anybody's text" {
	local name stars=''
	prompt plain
	printf -v stars '%070d' 0
	make_bare_env some/env
	export VIRTUAL_ENV="$HOME/some/env"
	expect() {
		in_shell <<<''
		nothing_ran
		on_screen "($1) PROMPT>" 1
	}
	expect env
	export VIRTUAL_ENV_PROMPT='(stock) '
	expect stock
	VIRTUAL_ENV_PROMPT='%F{red}%n!!'
	expect '%F{red}%n!!'
	VIRTUAL_ENV_PROMPT=$'a\033[31m\nb\tc'
	expect 'a?[31m?b?c'
	# What turns the text around, hides in it, or begins such.
	VIRTUAL_ENV_PROMPT=$'a\342\200\256b\342\200\213c\342\201\246d'
	expect 'a?b?c?d'
	VIRTUAL_ENV_PROMPT=$stars
	expect "${stars:0:64}"
	VIRTUAL_ENV_PROMPT='$(touch PWNED)'
	name=$VIRTUAL_ENV_PROMPT
	[[ $SHELL_UNDER_TEST != bash ]] || name=${name//[\$]/?}
	expect "$name"
}

@test "with the hook turned off, what venv use activates is shown" {
	prompt plain
	export VENV_WHICH_DISABLE=1
	in_shell <<-'END'
		cd app

		venv use

		venv off


	END
	off_screen '(app' 2
	on_screen "(app $V) PROMPT>" 4
	# elvish has no hook then that it waits for, and shows what it has meanwhile.
	off_screen "(app $V)" "$(if [[ $SHELL_UNDER_TEST == elvish ]]; then echo 7; else echo 6; fi)"
}

@test "a version of one number, of four, or of none is no trouble" {
	prompt plain
	local version
	for version in 3 3.11.2.final.0 3.14.0rc1 ''; do
		printf 'cd ~\nprintf '\''home = /usr/bin\\nversion = %s\\n'\'' >app/.venv/pyvenv.cfg; cd app\n\n' \
			"$version"
	done >lines
	in_shell <lines
	on_screen '(app 3) PROMPT>' 3
	on_screen '(app 3.11) PROMPT>' 6
	on_screen '(app 3.14) PROMPT>' 9
	on_screen '(app) PROMPT>' 12
}

# --- beside what else is in the prompt

@test "the name is not in front as well where the segment shows it" {
	for kind in plain called right; do
		: >"${HOME%/*}/rc.after"
		[[ $kind != right || " zsh fish " == *" $SHELL_UNDER_TEST "* ]] || continue
		prompt "$kind"
		in_shell <<-'END'
			cd app

			deactivate
			venv use

			cd ..

		END
		on_screen "(app $V) " 2
		off_screen '(app) ' 2
		off_screen '(app) ' 5
		off_screen '(app' 7
	done
}

@test "VIRTUAL_ENV_DISABLE_PROMPT is about the name in front, not about the segment" {
	export VIRTUAL_ENV_DISABLE_PROMPT=1
	prompt plain
	walks 'PROMPT>'
}

@test "a venv_prompt of the user's own is used, also when ours is loaded again" {
	local line
	profile "$SHELL_UNDER_TEST"
	# shellcheck disable=SC2059 # the profile's format
	printf -v line "$LOAD" "'$STAGE/bin/venv'"
	prompt plain
	case $SHELL_UNDER_TEST in
	bash | dash | *ksh* | yash) prompt_hook <<<'venv_prompt() { VENV_WHICH_PROMPT="<$VENV_WHICH_STATE> "; }' ;;
	zsh)
		after_hook <<-'END'
			venv_prompt() { VENV_WHICH_PROMPT="<$VENV_WHICH_STATE> " }
			setopt prompt_subst; PS1='${VENV_WHICH_PROMPT}PROMPT> '
		END
		;;
	fish) after_hook <<<'function venv_prompt; echo -n "<$VENV_WHICH_STATE> "; end' ;;
	elvish)
		after_hook <<<"set edit:prompt = {|&VENV_WHICH_STATE=''| put '<'\$VENV_WHICH_STATE'> PROMPT> ' }"
		;;
	nu) after_hook <<<'def venv_prompt [] { $"<($env.VENV_WHICH.state)> " }' ;;
	xonsh) after_hook <<<'$PROMPT_FIELDS["venv_prompt"] = lambda: f"<{$VENV_WHICH_STATE}> "' ;;
	esac
	in_shell <<-END
		cd app

		$line
		venv off

	END
	on_screen '<active> PROMPT>' 2
	on_screen '<off> PROMPT>' 5
}

@test "a venv_prompt of the user's own that prints is silent but in a prompt" {
	local line
	case $SHELL_UNDER_TEST in
	bash) line='venv_prompt() { echo "<$VENV_WHICH_STATE>"; }; PS1='\''$(venv_prompt)PROMPT> '\' ;;
	zsh) line='setopt prompt_subst; venv_prompt() { echo "<$VENV_WHICH_STATE>" }; PS1='\''$(venv_prompt)PROMPT> '\' ;;
	fish | xonsh | nu) skip "$SHELL_UNDER_TEST calls it for a prompt alone" ;;
	*) line='venv_prompt() { echo "<$VENV_WHICH_STATE>"; }; PS1='\''$(venv_prompt)'\''$PS0' ;;
	esac
	prompt_hook <<<"$line"
	in_shell <<-'END'
		cd app >printed && cd .. >>printed

		cd app

	END
	assert_equal "$(cat printed)" ''
	on_screen '<active>PROMPT>' 4
	run grep -acxF '<active>' <(screen)
	assert_output 0
}

@test "the exit status and the pipe's are kept, and set -u is no trouble" {
	local other='PS1=$PS1'
	prompt called
	[[ $SHELL_UNDER_TEST == @(fish|nu) ]] || other='set -u'
	case $SHELL_UNDER_TEST in
	bash) other+=$'\nPS1=\'$(venv_prompt)<$?> PROMPT> \'' ;;
	zsh) other+=$'\nPS1=\'$(venv_prompt)<$?> PROMPT> \'' ;;
	dash | *ksh* | yash) other+=$'\nPS1=\'$(venv_prompt)<$?> \'$PS0' ;;
	fish) other='function fish_prompt; venv_prompt; builtin printf "<%s> PROMPT> " $status; end' ;;
	nu) other='$env.PROMPT_COMMAND = {|| $"(venv_prompt)<($env.LAST_EXIT_CODE)> " }' ;;
	xonsh) other="\$PROMPT = '{venv_prompt}<{last_return_code}> PROMPT> '" ;;
	esac
	prompt_hook <<<"$other"
	in_shell <<-'END'
		cd app
		false^J
		true
		show status
	END
	shown <<<'status=0'
	on_screen "(app $V) <1> PROMPT>" 2
	off_screen 'unbound'
	off_screen 'not set'
}

@test "a subshell prints nothing of its own" {
	prompt plain
	in_shell <<-'END'
		cd app
		capture "venv off"
	END
	shown <<<'captured='
}

# --- colours

@test "what is active is cyan, what is not is yellow, and the blank after it is not" {
	prompt plain
	in_shell <<-'END'
		cd app

		venv off

	END
	grep -aqE $'\033''\[(0;)?36m\(app '"$V\\)"$'\033' "$SCREEN" || fail 'not cyan'
	grep -aqE $'\033''\[(0;)?33m\(app: off\)'$'\033' "$SCREEN" || fail 'not yellow'
}

@test "NO_COLOR, TERM=dumb and no TERM at all: no colour" {
	prompt plain
	local setting
	for setting in NO_COLOR=1 TERM=dumb --unset=TERM; do
		in_shell env "$setting" "$START" <<-'END'
			cd app

			venv off

		END
		on_screen "(app $V) " 2
		! grep -aqE $'\033''\[(0;)?3[36]m\(app' "$SCREEN" || fail "$setting: coloured"
	done
	in_shell env NO_COLOR= "$START" <<<$'cd app\n'
	grep -aqE $'\033''\[(0;)?36m\(app' "$SCREEN" || fail 'NO_COLOR set to nothing: not coloured'
}

# --- how wide it is

# pane COMMAND...: asks the tmux of the test.
pane() { tmux -S "$TMUX_SOCKET" "$@"; }

# until_pane TEXT: waits until it stands there, at the end of what is typed.
until_pane() {
	local end=$((SECONDS + 60))
	until pane capture-pane -p | grep -qE -e "$1 *\$"; do
		if ((SECONDS >= end)); then
			pane capture-pane -p
			fail "did not appear: $1"
		fi
	done
}

# wraps: a line longer than the terminal goes on in the next row exactly where
# the first is full, also when the cursor goes back and something is put in.
wraps() {
	local text=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ
	TMUX_SOCKET=$HOME/tmux
	write_rc "$SHELL_UNDER_TEST"
	cd app
	tmux -S "$TMUX_SOCKET" -f /dev/null new-session -d -x 40 -y 10 "$START"
	until_pane 'PROMPT>'
	pane capture-pane -ep | grep -qE $'\033''\[36m\(app' || fail 'not coloured'
	pane send-keys -l "$text"
	until_pane J
	assert_equal "$(pane capture-pane -p | grep .)" "$(fold -w 40 <<<"$1$text")"
	pane send-keys C-a
	pane send-keys -l xyz
	pane send-keys C-e
	pane send-keys -l .
	until_pane 'J[.]'
	assert_equal "$(pane capture-pane -p | grep .)" "$(fold -w 40 <<<"$1xyz$text.")"
}

@test "a line longer than the terminal wraps at the right column" {
	need_tool tmux
	prompt plain
	wraps "(app $V) PROMPT> "
}

@test "it does so where the prompt calls venv_prompt" {
	need_tool tmux
	prompt called
	wraps "(app $V) PROMPT> "
}

# --- a name is text

@test "what turns text around, or hides in it, is one question mark each" {
	local kind
	for kind in plain called; do
		prompt "$kind"
		printf 'home = /usr/bin\nversion = 3.11.2\nprompt = %b\n' \
			'a\0342\0200\0256b\0342\0200\0213c\0342\0201\0246d' >app/.venv/pyvenv.cfg
		in_shell <<<$'cd app\n\n'
		on_screen '(a?b?c?d 3.11) ' 2
		# Nor does a name in front of it have one.
		run grep -c $'\342\200[\213\256]\|\342\201\246' "$SCREEN"
		assert_output 0
	done
}

# hostile KIND: names that have hurt someone, in that prompt, and each is there.
hostile() {
	local name n=0 shown prompts=(
		'$(touch PWNED)' '`touch PWNED`' '${x:=PWNED}' '$x$PATH'
		'\$(touch PWNED)' '\\$(touch PWNED)' 'a]b[0$(touch PWNED)]'
		'\u\w\$\]\[' '\e[31m' '%F{red}%n%m' '%{%}' '%(?.a.b)' '%%' '!!'
		'{a,b}' '*' '~' '-n' '-e' '\c' '%1{a%}' 'x"; touch PWNED; "'
		"a'\$(touch PWNED)'" 'a(x' 'a&b' '#hash' '%98v%(98V.x.y)'
	)
	prompt "$1"
	make_named_envs "${prompts[@]}"
	for name in "${prompts[@]}"; do
		n=$((n + 1))
		printf 'cd "$HOME/named/%s"\n\n' $n
	done >lines
	in_shell <lines
	nothing_ran
	n=0
	for name in "${prompts[@]}"; do
		n=$((n + 1))
		shown=$name
		[[ $SHELL_UNDER_TEST != bash ]] || shown=${name//[\\\$\`]/?}
		on_screen "($shown 3.11)" $((2 * n))
	done
}

@test "a hostile name is text in the prompt" {
	hostile plain
}

@test "a hostile name is text where the prompt calls venv_prompt" {
	hostile called
}

@test "a hostile name is text in the prompt at the right" {
	hostile right
}

@test "a hostile name is text whatever the shell does with a prompt" {
	case $SHELL_UNDER_TEST in
	bash)
		# The text itself, which bash would expand in its way.
		after_hook <<<'PROMPT_COMMAND+=$'\''\nPS1="${VENV_WHICH_PROMPT}PROMPT> "'\'
		;;
	zsh)
		before_hook <<<'setopt prompt_subst prompt_bang ksh_arrays sh_word_split'
		prompt plain
		;;
	*) prompt plain ;;
	esac
	named '$(touch PWNED)`touch PWNED`\$(touch PWNED)%F{red}\u'
	in_shell <<-'END'
		cd app

	END
	nothing_ran
	if [[ $SHELL_UNDER_TEST == bash ]]; then
		on_screen '(?(touch PWNED)?touch PWNED???(touch PWNED)%F{red}?u 3.11) PROMPT>' 2
		before_hook <<<'shopt -u promptvars'
		in_shell <<-'END'
			cd app

		END
		nothing_ran
		on_screen '(?(touch PWNED)?touch PWNED???(touch PWNED)%F{red}?u 3.11) PROMPT>' 2
	else
		on_screen '($(touch PWNED)`touch PWNED`\$(touch PWNED)%F{red}\u 3.11) PROMPT>' 2
	fi
}

@test "a hostile version is text, too" {
	prompt plain
	printf 'home = /usr/bin\nversion = $(touch PWNED).`touch PWNED`.%%F{red}.x\n' \
		>app/.venv/pyvenv.cfg
	in_shell <<-'END'
		cd app

	END
	nothing_ran
	off_screen 'rror'
}

@test "what the environment says of the segment is not believed" {
	prompt called
	export VENV_WHICH_PROMPT='$(touch PWNED)evil' _VENV_LABEL=evil _VENV_MARK=evil
	export VENV_WHICH_NAME=evil VENV_WHICH_VERSION=evil VENV_WHICH_STATE=blocked
	export _venv_label=evil
	VENV_WHICH_DISABLE=1 in_shell <<<''
	nothing_ran
	off_screen evil
	in_shell <<-'END'

		env >"$HOME/inside"
	END
	nothing_ran
	off_screen evil
	prompt_is 1 'PROMPT>'
	# Elsewhere the variable is nobody's.
	if [[ $SHELL_UNDER_TEST == [bz]*sh ]]; then
		run grep PROMPT= inside
		assert_output ''
	fi
}

# --- what it costs

@test "a prompt with the segment runs no process" {
	need_strace
	mkdir app/src
	prompt plain
	traced_shell <<-'END'
		cd app


		show PWD
		cd src

	END
	run processes 1 4
	assert_output '0 made, 0 run'
	run processes 5 6
	assert_output '0 made, 0 run'
	# One for the helper, and none for the segment.
	run processes 4 5
	assert_output '1 made, 1 run'
}

@test "the hook draws no prompt anew where nothing has changed" {
	[[ $SHELL_UNDER_TEST != @(fish|xonsh|nu) ]] || skip "$SHELL_UNDER_TEST asks for it at each prompt"
	prompt plain
	after_hook <<-'END'
		venv_prompt() { echo "$VENV_WHICH_STATE" >>"$HOME/drawn"; }
	END
	in_shell <<-'END'
		cd app

		true

	END
	assert_equal "$(cat drawn)" $'none\nactive'
}
