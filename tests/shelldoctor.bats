# venv doctor in a shell: what is wrong there is found, and nothing where all is
# well; venv doctor --time measures the shell, and leaves it as it was.
#
# shells: each

# shellcheck disable=SC2016,SC2030,SC2031
# Text, for the shell under test; each test is a process.

load helper

setup() {
	sandbox
	need_shell
	make_env app/.venv
	E=$HOME/app/.venv
}

# --- words of these tests

# doctor N: the report that the Nth line typed shows, what to do behind "; ".
doctor() {
	screen "$1" | LC_ALL=C awk '
		/^(ok|!!)  / { print line; line = $0; next }
		/^    / { sub(/^    /, "; "); line = line $0; next }
		{ print line; line = "" }
		END { print line }' | grep -a .
}

# well N: there all is well.
well() {
	local report
	report=$(doctor "$1")
	[[ $report == *'ok  hook: version '* ]] || fail "no report $1"
	! grep -av '^ok' <<<"$report" || fail "in report $1"
}

# finds N TEXT: there that alone is wrong, and behind a semicolon is the mend.
finds() {
	local found shorter LC_ALL=C
	found=$(doctor "$1" | grep -a '^!!') || true
	assert_equal "$(grep -ac '^!!' <<<"$found") found" '1 found'
	shorten shorter "$2"
	[[ ($found == *"$2"* || $found == *"$shorter"*) && $found == *'; '?* ]] ||
		fail "not found: $2"
}

# fake NAME [prompt|cd]: a tool that has the shell call its function NAME.
fake() {
	local list=precmd_functions event=fish_prompt alias=precmd
	[[ ${2-prompt} == prompt ]] || list=chpwd_functions event=PWD alias=cwdcmd
	case $SHELL_UNDER_TEST.$event in
	bash.*) printf '%s() { :; }; PROMPT_COMMAND="%s;$PROMPT_COMMAND"\n' "$1" "$1" ;;
	zsh.*) printf '%s() { : }; typeset -ga %s; %s=(%s $%s)\n' "$1" \
		"$list" "$list" "$1" "$list" ;;
	xonsh.*) printf 'def %s(**_): pass\nevents.%s(%s)\n' "$1" \
		"$([[ $event == PWD ]] && echo on_chdir || echo on_pre_prompt)" "$1" ;;
	tcsh.*) printf 'alias %s :; alias %s "`alias %s`; %s"\n' "$1" "$alias" "$alias" "$1" ;;
	fish.PWD) printf 'function %s --on-variable PWD; end\n' "$1" ;;
	fish.*) printf 'function %s --on-event fish_prompt; end\n' "$1" ;;
	# There a hook has no name, and is known by what is in it.
	elvish.*) printf 'set edit:before-readline = [{ nop %s } $@edit:before-readline]\n' "$1" ;;
	esac
}

# --- a shell that is well

@test "in a healthy shell all is well, in a project and outside" {
	in_shell <<-'END'
		venv doctor
		cd app && venv doctor
		venv doctor
		venv doctor -q; show status
		venv use ~/app/.venv && venv doctor
		venv off; venv doctor
		cd .. && venv doctor; show status
	END
	for n in 1 2 3 5 6 7; do
		well "$n"
	done
	shown <<<$'status=0\nstatus=0'
	times_on_screen 3 "ok  PATH: $E/bin is first"
}

@test "odd options and names that are the user's change nothing" {
	local odd=''
	case $SHELL_UNDER_TEST in
	bash) odd='set -eu; set -o noglob; shopt -s nocasematch; unset -f popd; IFS=-' ;;
	zsh) odd='setopt no_unset ksh_arrays sh_word_split no_glob warn_create_global' ;;
	fish) odd='set -g facts mine; set -g text mine' ;;
	esac
	in_shell <<-END
		$odd
		cd app && venv doctor || true
		venv doctor -q --time; show status
	END
	if [[ $SHELL_UNDER_TEST == bash ]]; then
		finds 2 'popd: '
	else
		well 2
	fi
	shown <<<status=0
	on_screen ' (a program start: ' 3
	off_screen 'parameter not set'
	off_screen 'unbound variable'
	off_screen 'created globally'
}

@test "a project of any name is well, and none is executed" {
	local name n=0
	make_hostile_envs
	for name in "${HOSTILE_NAMES[@]}"; do
		n=$((n + 1))
		export "P$n=$HOME/in/$name"
		printf 'cd "$P%s" && venv doctor -q; show status^J\n' $n
	done >lines
	in_shell <lines
	assert_equal "$(sort -u "$OUT")" status=0
	assert_equal "$(wc -l <"$OUT")" "$n"
	run find "$HOME" "${HOME%/*}" -name '*PWNED*' -newer lines
	assert_output ''
}

@test "its colours are there at a terminal that has them alone" {
	in_shell <<-'END'
		venv doctor
		export NO_COLOR=1
		venv doctor
	END
	local green=$'\033[32mok\033[m  '
	LC_ALL=C sed '/@1@/q' "$SCREEN" | grep -aqF "${green}hook"
	! LC_ALL=C sed '1,/@2@/d' "$SCREEN" | grep -aqF "$green" || fail NO_COLOR
	well 3
	TERM=dumb in_shell <<<'venv doctor'
	! grep -aqF "$green" "$SCREEN" || fail 'TERM=dumb'
	well 1
	in_shell <<<'venv doctor >report'
	grep -q '^ok  hook' report
}

# --- the hook

@test "an alias venv below the line is found" {
	after_hook <<<"alias venv='python3 -m venv'"
	# There nothing but the program is called past an alias.
	if [[ $SHELL_UNDER_TEST == @(fish|nu) ]]; then
		in_shell <<<'command venv doctor'
		on_screen 'an alias or a function of yours may hide'
	else
		in_shell <<<'\venv doctor'
		finds 1 "\`venv\` is an alias here, for \`"
	fi
	[[ ! -e doctor ]]
}

@test "a prompt hook that was thrown out is found" {
	local lose
	case $SHELL_UNDER_TEST in
	bash) lose='PROMPT_COMMAND=' ;;
	zsh) lose='precmd_functions=()' ;;
	fish) lose='functions --erase _venv_prompt' ;;
	elvish) lose='set edit:before-readline = []' ;;
	mksh) lose="PS1='PROMPT> '" ;;
	ksh93) lose='unset -f PS1.get' ;;
	yash) lose='PROMPT_COMMAND=' ;;
	xonsh) lose='events.on_pre_prompt_format.clear()' ;;
	tcsh) lose='unalias precmd' ;;
	nu) lose='$env.config.hooks.pre_prompt = []' ;;
	esac
	in_shell <<-END
		venv doctor
		$lose
		venv doctor
		cd app; show VIRTUAL_ENV
	END
	well 1
	finds 3 'prompt: something has taken the hook out of'
	shown <<<"VIRTUAL_ENV=$E"
}

@test "a hook at cd that was thrown out is found" {
	local lose what='cd: '
	case $SHELL_UNDER_TEST in
	bash) lose='unset -f popd' what="popd: the hook's function of that name is gone" ;;
	zsh) lose='chpwd_functions=()' ;;
	fish) lose='functions --erase _venv_changed' ;;
	elvish) lose='set after-chdir = []' ;;
	*ksh*) lose='unset -f cd' ;;
	yash) lose='YASH_AFTER_CD=' ;;
	xonsh) lose='events.on_chdir.clear()' ;;
	tcsh) lose='unalias cwdcmd' ;;
	nu) lose='hide cd' ;;
	esac
	in_shell <<-END
		$lose
		venv doctor
	END
	finds 2 "$what"
}

@test "a line that stands twice in the startup files is found" {
	cat >>"${HOME%/*}/rc.before" <<<"$(
		# shellcheck disable=SC2059 # the profile's format
		printf "$LOAD" "'$STAGE/bin/venv'"
	)"
	in_shell <<<'venv doctor'
	finds 1 'it was loaded 2 times while this shell started'
	on_screen '    its line belongs into one file, and that is to be read once'
}

@test "the startup file that is read again later is no second line" {
	in_shell <<-END
		source '$RC'
		venv doctor
	END
	well 2
}

@test "a script that is older than the program is found" {
	local script=$STAGE/share/venv-which/venv.$SHELL_UNDER_TEST version
	version=$(venv -V | sed 's/venv //')
	sed "s/\(['\"]\)${version//./[.]}\1/'0.0.1'/" "$script" >old
	! cmp -s "$script" old || fail 'no version in it'
	hook_line "source '$HOME/old'"
	in_shell <<<'venv doctor'
	finds 1 "this shell has loaded version 0.0.1 of it, and $STAGE/bin/venv is $version"
}

@test "a helper that is gone is found, and the shell goes on" {
	fake_helper 'exit 0'
	in_shell <<-'END'
		rm ~/../fake/venv-which
		venv doctor
	END
	doctor 2 | grep -aqF "/fake/venv-which is no program"
}

@test "without the function it says that the hook is not loaded" {
	hook_line ':'
	in_shell <<-'END'
		cd app
		venv doctor; show status
		venv doctor --time; show status
	END
	finds 2 'this shell has not loaded it'
	on_screen 'a shell has to measure itself' 3
	shown <<<$'status=1\nstatus=1'
}

# --- the active environment

@test "what was put in front of PATH, and hides the environment, is found" {
	mkdir shims
	put_program shims/python :
	local front="PATH=$HOME/shims:\$PATH"
	case $SHELL_UNDER_TEST in
	fish) front="set -gx PATH $HOME/shims \$PATH" ;;
	elvish) front="set-env PATH $HOME/shims:\$E:PATH" ;;
	xonsh) front="\$PATH.insert(0, '$HOME/shims')" ;;
	tcsh) front="setenv PATH $HOME/shims:\$PATH:q" ;;
	nu) front="\$env.PATH = [$HOME/shims ...\$env.PATH]" ;;
	esac
	in_shell <<-END
		cd app
		$front
		venv doctor
		venv off && venv on
		venv doctor
	END
	finds 3 "$HOME/shims (shims) is in front of $E/bin, so that its \`python\`"
	# Where the mend works.
	well 5
}

@test "an environment whose activation was by hand is well" {
	in_shell <<-END
		source app/.venv/bin/$ACTIVATE
		venv doctor
	END
	well 2
}

# --- other tools

@test "another tool that activates is found" {
	only bash zsh fish
	fake _pyenv_virtualenv_hook | after_hook
	in_shell <<-'END'
		venv doctor; show status
	END
	finds 1 'rivals: pyenv-virtualenv is at work in this shell as well'
	shown <<<status=1
}

@test "a tool of this shell that activates at cd is found" {
	only bash zsh fish
	case $SHELL_UNDER_TEST in
	bash)
		after_hook <<<'autoenv_cd() { builtin cd "$@"; }; cd() { autoenv_cd "$@"; }'
		tool=autoenv
		;;
	zsh)
		fake check_venv cd | after_hook
		tool=zsh-autoswitch-virtualenv
		;;
	fish)
		fake __vfsupport_auto_activate cd | after_hook
		tool=virtualfish
		;;
	xonsh)
		fake autovox cd | after_hook
		tool=autovox
		;;
	esac
	in_shell <<<'venv doctor'
	finds 1 "rivals: $tool is at work"
}

@test "mise is found where it has activated the environment" {
	only bash zsh fish
	local hook=_mise_hook activate='export VIRTUAL_ENV=$HOME/app/.venv PATH=$HOME/app/.venv/bin:$PATH'
	case $SHELL_UNDER_TEST in
	fish)
		hook=__mise_env_eval
		activate='set -gx VIRTUAL_ENV $HOME/app/.venv; set -gx PATH $VIRTUAL_ENV/bin $PATH'
		;;
	elvish)
		hook='hook-env -s elvish'
		activate='set-env VIRTUAL_ENV $HOME/app/.venv; set-env PATH $VIRTUAL_ENV/bin:$E:PATH'
		;;
	xonsh)
		hook=mise_hook
		activate='$VIRTUAL_ENV = $HOME + "/app/.venv"; $PATH.insert(0, $VIRTUAL_ENV + "/bin")'
		;;
	esac
	fake "$hook" | after_hook
	in_shell <<-END
		venv doctor
		$activate
		cd app
		venv doctor
	END
	well 1
	finds 4 "mise has activated $E"
}

@test "direnv's own layout is found" {
	only bash zsh fish
	need_tool direnv
	make_env app/.direnv/python-3
	printf '%s\n' 'export VIRTUAL_ENV=$PWD/.direnv/python-3' \
		'PATH_add "$VIRTUAL_ENV/bin"' >app/.envrc
	direnv allow app/.envrc
	local load="eval \"\$(direnv hook $SHELL_UNDER_TEST)\""
	case $SHELL_UNDER_TEST in
	fish) load='direnv hook fish | source' ;;
	# What it prints itself is in the language of elvish 0.17.
	elvish) load='set edit:before-readline = [{ for m [(direnv export elvish | from-json)] {
		if (!= 0 (count $m)) { keys $m | each {|k| if $m[$k] { set-env $k $m[$k] } else { unset-env $k } } }
	} } $@edit:before-readline]' ;;
	esac
	before_hook <<<"$load"
	in_shell <<-'END'
		venv doctor
		cd app
		venv doctor
	END
	well 1
	finds 3 "direnv has activated $HOME/app/.direnv/python-3"
}

# --- the time

@test "venv doctor --time prints two figures, and nothing changes by it" {
	in_shell <<-'END'
		cd app
		names >~/before; show PATH VIRTUAL_ENV PWD
		venv doctor --time; show status
		show PATH VIRTUAL_ENV PWD; names >~/after
		cd .. && show VIRTUAL_ENV PATH
		cd app
		cd ..; names >~/before2; venv doctor --time; names >~/after2
	END
	screen 3 | grep -aE '^prompt [0-9.]+ ms, cd [0-9.]+ ms \(a program start: [0-9.]+ ms\)$'
	assert_equal "$(screen 3 | grep -acv -e PROMPT -e '^@' -e '^$')" 1
	# Variables that every line sets are there all the time.  What it asks of the
	# shell may be read when it is first called.
	local asks='_venv_(doctor|laps?|program|anew)$'
	diff <(grep -vE "$asks" before | sort) <(grep -vE "$asks" after | sort)
	# What was just taken out of PATH is watched for two prompts.
	diff <(sort before2) <(sort after2)
	assert_equal "$(sed -n 1,3p "$OUT")" "$(sed -n 5,7p "$OUT")"
	assert_equal "$(sed -n 8,9p "$OUT")" "$(untouched)"
	assert_equal "$(sed -n 4p "$OUT")" status=0
}

@test "venv doctor --time says nothing of a place that is blocked" {
	cp -R app copy
	in_shell <<-'END'
		cd copy
		venv doctor --time
	END
	times_on_screen 1 'is blocked'
	on_screen ' (a program start: ' 2
}
