# The activation scripts of an environment, each in its own shells: what they
# set, that they undo it, and that a name is never code.

# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2153,SC2154,SC1003
# They are text; each test is a process; run and the shells set variables.

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	BASE=/usr/local/bin:/usr/bin:/bin
	names=()
	for name in "${HOSTILE_NAMES[@]}" __VENV_PROMPT__ __VENV_DIR__ "'#'##'" \
		$'\342\200\231; touch PWNED; \342\200\231' '%$HOME' 'a^b\!c'; do
		[[ $name == $'bad\377byte' || $name == *[$'\r\n:']* ]] ||
			names+=("$name")
	done
}

# --- words of these tests

# command_of SHELL: how it starts with nobody's rc file, in $shell.
command_of() {
	need_shell "$1"
	case $1 in
	bash) shell=(bash --norc --noprofile) ;;
	zsh) shell=(zsh -f) ;;
	fish) shell=(fish --no-config) ;;
	tcsh) shell=(tcsh -f) ;;
	xonsh) shell=(xonsh --no-rc) ;;
	nu) shell=(nu -n) ;;
	busybox) shell=(busybox sh) ;;
	*) shell=("$1") ;;
	esac
}

# make_named: an environment for each name, which all tests read, and all are in
# $dirs.
make_named() {
	NAMED=$BATS_FILE_TMPDIR/named
	dirs=()
	for name in "${names[@]}"; do
		[[ -e $NAMED/$name ]] || make_scripts "$NAMED/$name" "$name"
		dirs+=("$NAMED/$name")
	done
}

# link_named: paths to type, for their scripts: $NAMED.sh/0 and so on.
link_named() {
	local number
	[[ ! -e $NAMED.sh ]] || return 0
	mkdir "$NAMED.sh" "$NAMED.csh"
	for number in "${!dirs[@]}"; do
		ln -s "${dirs[number]}/bin/activate" "$NAMED.sh/$number"
		ln -s "${dirs[number]}/bin/activate.csh" "$NAMED.csh/$number"
	done
}

# runs FILE [ARG...] : what the script prints is the standard input, and no
# name in it is code.
runs() {
	local expected
	expected=$(cat)
	PATH=$BASE run --separate-stderr timeout 60 env ${unset[@]+"${unset[@]}"} \
		"$(PATH=$PATH:$SHELL_PATH command -v "${shell[0]}")" "${shell[@]:1}" "$@"
	[[ $output == "$expected" ]] || {
		diff -u --label expected --label printed - <(cat <<<"$output") \
			<<<"$expected" | cat -v
		fail "$1 prints something else; it says <$stderr>"
	}
	assert_equal "status $status, <$stderr>" 'status 0, <>'
	[[ -z $(find "$HOME" ${NAMED+"$NAMED"} -name PWNED) ]] || fail 'a name was run'
}

SHELL_PATH=$PATH

# What a process sees that is started meanwhile, in a file ./exported.
put_exported() {
	echo 'printf "%s\n" "$VIRTUAL_ENV" "$VIRTUAL_ENV_PROMPT" "$PATH"' >exported
}

# cycled DIR...: activated and deactivated each, as `cycle` prints it.
cycled() {
	for dir; do
		printf '%s\n' "$dir" "${dir##*/}" "$dir/bin:$BASE" "unset $BASE"
	done
}

# What a POSIX script prints with; with no PATH as well.
words_sh() {
	cat <<-'END'
		say() { /usr/bin/printf '%s\n' "$1"; }
		PS1='P> '
	END
}

# --- names

hostile_sh() {
	command_of "$1"
	make_named
	cat >cycle <<-'END'
		set -eu
		PS1='P> '
		for dir do
			. "$dir/bin/activate"
			printf '%s\n' "$VIRTUAL_ENV" "$VIRTUAL_ENV_PROMPT" "$PATH"
			deactivate
			printf '%s\n' "${VIRTUAL_ENV-unset} $PATH"
		done
	END
	cycled "${dirs[@]}" >expected
	runs cycle "${dirs[@]}" <expected
}

@test "bash: every name is the bytes that it is, and none is code" { hostile_sh bash; }
@test "zsh: every name is the bytes that it is, and none is code" { hostile_sh zsh; }
@test "dash: every name is the bytes that it is, and none is code" { hostile_sh dash; }
@test "ksh93: every name is the bytes that it is, and none is code" { hostile_sh ksh93; }
@test "mksh: every name is the bytes that it is, and none is code" { hostile_sh mksh; }
@test "busybox: every name is the bytes that it is, and none is code" { hostile_sh busybox; }

@test "fish: every name is the bytes that it is, and none is code" {
	command_of fish
	make_named
	cat >cycle <<-'END'
		for dir in $argv
			source $dir/bin/activate.fish
			printf '%s\n' $VIRTUAL_ENV $VIRTUAL_ENV_PROMPT (string join : $PATH)
			deactivate
			set -q VIRTUAL_ENV; or printf 'unset %s\n' (string join : $PATH)
		end
	END
	cycled "${dirs[@]}" >expected
	runs cycle "${dirs[@]}" <expected
}

@test "tcsh: every name is the bytes that it is, and none is code" {
	command_of tcsh
	make_named
	put_exported
	# tcsh makes an alias part of a command when it reads the line.
	cat >cycle <<-'END'
		foreach dir ( $argv:q )
			source "${dir:q}/bin/activate.csh"
			sh ./exported
			deactivate
			if ( ! $?VIRTUAL_ENV ) echo unset "$PATH:q"
		end
	END
	cycled "${dirs[@]}" >expected
	runs cycle "${dirs[@]}" <expected
}

@test "xonsh: every name is the bytes that it is, and none is code" {
	command_of xonsh
	# xonsh expands variables in PATH, whoever put them there.
	for i in "${!names[@]}"; do
		[[ ${names[i]} != *'$HOME'* ]] || unset "names[i]"
	done
	make_named
	put_exported
	cat >cycle.xsh <<-'END'
		import sys
		for dir in $ARGS[1:]:
		    name = dir + '/bin/activate.xsh'
		    source @(name)
		    sh ./exported
		    aliases['deactivate']([])
		    print('unset' if 'VIRTUAL_ENV' not in __xonsh__.env else 'set', ':'.join($PATH))
		    sys.stdout.flush()
	END
	cycled "${dirs[@]}" >expected
	runs cycle.xsh "${dirs[@]}" <expected
}

# The path of a nushell module is a constant.
@test "nu: every name is the bytes that it is, and none is code" {
	command_of nu
	make_named
	for dir in "${dirs[@]}"; do
		file=$dir/bin/activate.nu
		file=${file//\\/\\\\}
		file=${file//\"/\\\"}
		cat <<-END
			overlay use "$file"
			print \$env.VIRTUAL_ENV \$env.VIRTUAL_ENV_PROMPT (\$env.PATH | str join :)
			deactivate
			if VIRTUAL_ENV not-in \$env { print \$"unset (\$env.PATH | str join :)" }
		END
	done >cycle
	cycled "${dirs[@]}" >expected
	runs cycle <expected
}

@test "pwsh: every name is the bytes that it is, and none is code" {
	command_of pwsh
	make_named
	cat >cycle.ps1 <<-'END'
		foreach ($dir in $args) {
			. ($dir + '/bin/Activate.ps1')
			$env:VIRTUAL_ENV; $env:VIRTUAL_ENV_PROMPT; $env:PATH
			deactivate
			if (-not $env:VIRTUAL_ENV) { 'unset ' + $env:PATH }
		}
	END
	shell=(pwsh -NoProfile -File)
	cycled "${dirs[@]}" >expected
	runs cycle.ps1 "${dirs[@]}" <expected
}

@test "the place where one was made can be read from its script" {
	for name in "${names[@]}"; do
		[[ ${#name} -lt 250 ]] || continue
		mkdir "$HOME/$name"
		make_scripts "$HOME/$name/.venv" "$name"
		cd "$HOME/$name"
		run venv-which --explain
		assert_line '  rule: made-here'
		cd "$HOME"
		mv -- "$name" moved
		cd moved
		run venv-which --explain
		assert_line '  rule: place'
		rm -r "$HOME/moved"
	done
}

# --- undoing

# A script with the letter of what is the case at each step.
undo_sh() {
	command_of "$1"
	make_scripts "$HOME/A" a
	make_scripts "$HOME/B" b
	{
		words_sh
		cat <<-'END'
			set -eu
			show() {
				say "$1: ${VIRTUAL_ENV-no env}, PATH ${PATH-unset}, home ${PYTHONHOME-unset}, prompt ${PS1-unset}."
			}
			show 0
			. A/bin/activate; . A/bin/activate; deactivate
			show twice
			. A/bin/activate; . B/bin/activate
			say "$VIRTUAL_ENV $VIRTUAL_ENV_PROMPT $PATH"
			PATH=/first:$PATH:/last PS1="new $PS1" PYTHONHOME=/new
			deactivate
			show edited
			PATH=:/bin: PYTHONHOME='' PS1=
			. A/bin/activate; deactivate
			show empty
			PATH=
			. A/bin/activate; deactivate
			show more
			unset PATH PS1 PYTHONHOME
			. "$HOME/A/bin/activate"
			say "$PATH ${PS1-unset}"
			deactivate
			show unset
			set >after
		END
	} >undo
	runs undo <<-END
		0: no env, PATH $BASE, home unset, prompt P> .
		twice: no env, PATH $BASE, home unset, prompt P> .
		$HOME/B b $HOME/B/bin:$BASE
		edited: no env, PATH /first:$BASE:/last, home /new, prompt new P> .
		empty: no env, PATH :/bin:, home , prompt .
		more: no env, PATH , home , prompt .
		$HOME/A/bin unset
		unset: no env, PATH unset, home unset, prompt unset.
	END
	run grep -aiE '^(_?_?OLD_)?_*VIRTUAL|^deactivate' after
	assert_output ''
}

@test "bash: what was added goes, and nothing else" { undo_sh bash; }
@test "zsh: what was added goes, and nothing else" { undo_sh zsh; }
@test "dash: what was added goes, and nothing else" { undo_sh dash; }
@test "ksh93: what was added goes, and nothing else" { undo_sh ksh93; }
@test "mksh: what was added goes, and nothing else" { undo_sh mksh; }
@test "busybox: what was added goes, and nothing else" { undo_sh busybox; }

@test "fish: what was added goes, and nothing else" {
	command_of fish
	make_scripts "$HOME/A" a
	make_scripts "$HOME/B" b
	cat >undo <<-'END'
		function show
			set -q $argv[2]; and echo $argv[1] $argv[2] (string join : -- $$argv[2]).; or echo $argv[1] $argv[2] unset
		end
		source A/bin/activate.fish; source A/bin/activate.fish; deactivate
		show twice PATH
		source A/bin/activate.fish; source B/bin/activate.fish
		show other PATH
		set PATH /first $PATH /last
		set -gx PYTHONHOME /new
		deactivate
		show edited PATH; show edited PYTHONHOME; show edited VIRTUAL_ENV
		set -gx PYTHONHOME ''
		set -e PATH
		source A/bin/activate.fish
		show none PATH; show none PYTHONHOME
		deactivate
		show none PATH; show none PYTHONHOME
		set --names | string match -ri '.*virtual.*'
		functions --all --names | string match -r '.*virtual.*|deactivate'
		true
	END
	runs undo <<-END
		twice PATH $BASE.
		other PATH $HOME/B/bin:$BASE.
		edited PATH /first:$BASE:/last.
		edited PYTHONHOME /new.
		edited VIRTUAL_ENV unset
		none PATH $HOME/A/bin.
		none PYTHONHOME unset
		none PATH unset
		none PYTHONHOME .
	END
}

@test "tcsh: what was added goes, and nothing else" {
	command_of tcsh
	make_scripts "$HOME/A" a
	make_scripts "$HOME/B" b
	cat >undo <<-'END'
		source A/bin/activate.csh
		source A/bin/activate.csh
		deactivate
		echo "twice $PATH"
		set prompt = 'P%% '
		source A/bin/activate.csh
		source B/bin/activate.csh
		echo "other $PATH $prompt:q."
		set path = ( /first $path:q /last )
		setenv PYTHONHOME /new
		deactivate
		echo "edited $PATH $PYTHONHOME $?VIRTUAL_ENV $prompt:q."
		setenv PYTHONHOME ""
		setenv PATH ""
		source A/bin/activate.csh
		echo "empty $PATH $?PYTHONHOME"
		deactivate
		echo "empty $PATH<$PYTHONHOME>"
		unsetenv PATH
		source A/bin/activate.csh
		echo "none $PATH"
		/bin/mv A C
		deactivate
		echo "gone $?VIRTUAL_ENV $prompt:q."
		/bin/mv C A
		unsetenv PATH
		source A/bin/activate.csh
		deactivate
		echo "none $?PATH"
		set >after
		alias >>after
	END
	runs undo <<-END
		twice $BASE
		other $HOME/B/bin:$BASE (%\$VIRTUAL_ENV_PROMPT) P%% .
		edited /first:$BASE:/last /new 0 P%% .
		empty $HOME/A/bin: 0
		empty <>
		none $HOME/A/bin
		gone 0 P%% .
		none 0
	END
	run grep -ai 'virtual\|^deactivate' after
	assert_output ''
}

@test "nu: what was added goes, and nothing else" {
	command_of nu
	make_scripts "$HOME/A" a
	make_scripts "$HOME/B" b
	cat >undo <<-END
		\$env.PROMPT_COMMAND = {|| "P" }
		overlay use A/bin/activate.nu
		overlay use B/bin/activate.nu
		print \$"(\$env.PATH | str join :) (do \$env.PROMPT_COMMAND)"
		\$env.PATH = (\$env.PATH | prepend /first)
		deactivate
		print \$"(\$env.PATH | str join :) (do \$env.PROMPT_COMMAND) (\$env.PYTHONHOME? | to nuon)"
		\$env.PYTHONHOME = ""
		overlay use A/bin/activate.nu
		print (^env | lines | where \$it =~ PYTHONHOME | length)
		deactivate
		print (\$env.PYTHONHOME | to nuon) (\$env | columns | where \$it =~ '(?i)virtual' | length)
	END
	runs undo <<-END
		$HOME/B/bin:$BASE (b) P
		/first:$BASE P null
		0
		""
		0
	END
}

# --- strict shells, and users' habits

strict_sh() {
	command_of "$1"
	make_scripts "$HOME/A" a
	put_program "$HOME/A/bin/tool" 'echo ours'
	mkdir "$HOME/bin"
	put_program "$HOME/bin/tool" 'echo theirs'
	PRELUDE=${2-}
	{
		words_sh
		printf '%s\n' "$PRELUDE"
		cat <<-'END'
			for separator in / : '' v; do
				(
					IFS=$separator
					set -euC
					PATH=$HOME/bin:$PATH
					tool
					. "$HOME/A/bin/activate"
					say "$VIRTUAL_ENV|$VIRTUAL_ENV_PROMPT"
					tool
					deactivate
					tool
					say "$PATH"
				)
			done
		END
	} >strict
	for separator in 1 2 3 4; do
		printf '%s\n' theirs "$HOME/A|a" ours theirs "$HOME/bin:$BASE"
	done >expected
	runs strict <expected
}

@test "bash: set -eu, set +h, noclobber and any IFS do no harm" {
	strict_sh bash 'set +h; set -o pipefail; shopt -s nocasematch'
}
@test "bash: neither do users' functions and aliases, nor posix mode" {
	strict_sh bash 'unset() { touch PWNED; }
		export() { touch PWNED; }
		test() { touch PWNED; }
		shopt -s expand_aliases
		for word in unset export test "[" hash printf true shopt; do
			builtin alias "$word=touch PWNED"
		done'
	rm -rf A bin
	strict_sh bash 'set -o posix'
}
@test "zsh: set -eu, set +h, noclobber and any IFS do no harm" {
	for option in '' 'setopt ksh_arrays sh_word_split no_unset prompt_subst err_exit' \
		'setopt glob_subst glob_assign null_glob extended_glob' \
		'setopt warn_create_global; emulate sh' 'emulate ksh' \
		'unset() { touch PWNED }; function export { touch PWNED }'; do
		rm -rf A bin
		strict_sh zsh "$option"
	done
}
@test "dash: set -eu, noclobber and any IFS do no harm" { strict_sh dash; }
@test "ksh93: set -eu, noclobber and any IFS do no harm" { strict_sh ksh93; }
@test "mksh: set -eu, noclobber and any IFS do no harm" { strict_sh mksh; }
@test "busybox: set -eu, noclobber and any IFS do no harm" { strict_sh busybox; }

@test "fish: functions named like builtins do no harm" {
	command_of fish
	make_scripts "$HOME/A" a
	cat >strict <<-'END'
		for name in functions contains printf echo source true false count
			builtin test $name = source; or function $name; touch PWNED; end
		end
		source A/bin/activate.fish
		fish_mode_prompt
		builtin echo $VIRTUAL_ENV $VIRTUAL_ENV_PROMPT
		deactivate
		builtin echo (string join : $PATH)
	END
	runs strict <<-END
		(a) $HOME/A a
		$BASE
	END
}

@test "fish: the user's prompt sees status and pipestatus, also in a fish in it" {
	command_of fish
	make_scripts "$HOME/A" '$(touch PWNED)%s\'
	mkdir -p "$XDG_CONFIG_HOME/fish" "$XDG_DATA_HOME/fish/generated_completions"
	cat >"$XDG_CONFIG_HOME/fish/config.fish" <<-'END'
		set -g fish_greeting
		function fish_prompt
			echo "$status $pipestatus" >>$OUT
			echo "P> "
		end
		function fish_mode_prompt
			echo "mode $status "
		end
		function mark
			set -l keep $status
			printf '@%s@\n' $argv
			return $keep
		end
		function reads --on-event fish_prompt
			printf '\e]7770;reads\a'
		end
	END
	printf '%s\n' "source $HOME/A/bin/activate.fish" 'false | true | false^J' '' \
		fish "source $HOME/A/bin/activate.fish" 'false | true^J' '' exit \
		deactivate 'functions fish_mode_prompt >>$OUT' >lines
	"$PTY" -o "$SCREEN" 'mark %d' fish <lines
	assert_equal "$(grep -xc '1 1 0 1' "$OUT")" 2
	grep -qx '0 1 0' "$OUT"
	LC_ALL=C screen | grep -aqF '($(touch PWNED)%s\) mode 1'
	run grep -c virtual "$OUT"
	assert_output 0
	[[ ! -e PWNED ]]
}

# Their scripts keep the state in variables of the same names.
@test "one of Python's own, and then ours, or the other way round" {
	for shell in bash dash zsh; do
		command -v "$shell" >/dev/null || continue
		rm -rf A P
		make_scripts "$HOME/A" a
		make_env "$HOME/P"
		{
			words_sh
			cat <<-'END'
				. P/bin/activate; . A/bin/activate
				say "$PATH"
				deactivate
				say "$PATH $PS1${VIRTUAL_ENV-unset}"
				. A/bin/activate; . P/bin/activate; . A/bin/activate
				. P/bin/activate
				say "$PATH"
				deactivate
				say "$PATH $PS1${VIRTUAL_ENV-unset}"
			END
		} >mixed
		command_of "$shell"
		runs mixed <<-END
			$HOME/A/bin:$BASE
			$BASE P> unset
			$HOME/P/bin:$BASE
			$BASE P> unset
		END
	done
}

@test "on Cygwin and MSYS the path is what cygpath makes of it" {
	command_of bash
	make_scripts "$HOME/A" a
	mkdir bin
	put_program "$HOME/bin/cygpath" 'echo "/c$1"'
	cat >cygwin <<-'END'
		PATH=$HOME/bin:$PATH
		for OSTYPE in cygwin msys linux-gnu; do
			. A/bin/activate
			echo "$VIRTUAL_ENV ${PATH%%:*}"
		done
	END
	runs cygwin <<-END
		/c$HOME/A /c$HOME/A/bin
		/c$HOME/A /c$HOME/A/bin
		$HOME/A $HOME/A/bin
	END
}

@test "PS1 is exported only if it was" {
	command_of bash
	make_scripts "$HOME/A" a
	cat >exports <<-'END'
		PS1='P> '
		. A/bin/activate
		env | grep -c ^PS1
		deactivate
		env | grep -c ^PS1
		true
	END
	runs exports <<<$'0\n0'
}

# --- the prompt

# drawn SHELL [SETTING]: the prompt of each name in an interactive shell.
drawn() {
	as_text=${as_text-}
	command_of "$1"
	make_named
	link_named
	{
		case $1 in
		tcsh) echo "set prompt = 'P> '" ;;
		*) echo "PS1='P> '" ;;
		esac
		printf '%s\n' "${@:2}"
		for number in "${!names[@]}"; do
			case $1 in
			tcsh) echo "source $NAMED.csh/$number" ;;
			*) echo ". $NAMED.sh/$number" ;;
			esac
		done
		echo deactivate
	} >lines
	# Without a line editor a prompt is printed anywhere.
	case $1 in
	dash) ENV='' dash -i <lines >"$SCREEN" 2>&1 ;;
	*) ENV='' "$PTY" -o "$SCREEN" 'echo "@"%d"@"' "${shell[@]}" -i <lines ;;
	esac
	[[ -z $(find "$HOME" "$NAMED" -name PWNED) ]] || fail 'a prompt was run'
	text=$(LC_ALL=C tr -d '\0' <"$SCREEN")
	for name in "${names[@]}"; do
		case $name in
		*[$'\t\033\a']* | *[![:ascii:]]*) continue ;;
		esac
		[[ $1 != zsh && -z $as_text ]] || name=${name//\`/?}
		[[ -z $as_text ]] || name=${name//\$/?}
		[[ $text == *"($name) P> "* ]] || {
			cat -v "$SCREEN"
			fail "the prompt is not drawn: ($name)"
		}
	done
	# The last one is without a name.
	[[ ${text%P> *} != *') ' ]] || fail 'a name is still in the prompt'
}

@test "bash: the prompt is the name, whatever it is" { drawn bash; }
@test "bash: the prompt is safe text without promptvars" {
	as_text=1
	drawn bash 'shopt -u promptvars'
}
@test "zsh: the prompt is the name, whatever it is" { drawn zsh; }
@test "zsh: the prompt is the name with prompt_subst, too" { drawn zsh 'setopt prompt_subst'; }
@test "dash: the prompt is the name, whatever it is" { drawn dash; }
@test "ksh93: the prompt is the name, whatever it is" { drawn ksh93; }
@test "mksh: the prompt is the name, whatever it is" { drawn mksh; }
@test "busybox: the prompt is the name, whatever it is" { drawn busybox; }
@test "tcsh: the prompt is the name, whatever it is" { drawn tcsh; }

@test "VIRTUAL_ENV_DISABLE_PROMPT leaves the prompt alone" {
	export VIRTUAL_ENV_DISABLE_PROMPT=1
	make_scripts "$HOME/A" a
	printf '%s\n' "PS1='P> '" '. A/bin/activate' 'echo "$PS1"' >posix
	printf '%s\n' "set prompt = 'P> '" 'source A/bin/activate.csh' 'echo "$prompt"' >csh
	printf '%s\n' 'source A/bin/activate.fish' 'functions -q _virtual_env_mode_prompt; or echo "P> "' >fish
	for name in bash zsh dash ksh93 mksh busybox tcsh fish; do
		command -v "$name" >/dev/null || continue
		command_of "$name"
		case $name in
		tcsh) file=csh ;;
		fish) file=fish ;;
		*) file=posix ;;
		esac
		runs "$file" <<<'P> '
	done
}

# --- by mistake

# mistaken [COMMAND...]: its status, and what it says but for advice.
mistaken() {
	run --separate-stderr timeout 60 "$@" </dev/null
	assert_output ''
}

@test "run, and not sourced, a script says so and fails" {
	local script
	make_scripts "$HOME/my env" a
	cd "$HOME/my env" || return
	for name in bash zsh dash ksh93 mksh busybox; do
		command -v "$name" >/dev/null || continue
		command_of "$name"
		for script in bin/activate "$PWD/bin/activate" ./bin/activate; do
			mistaken "${shell[@]}" "$script"
			assert_equal "$name: $status" "$name: 33"
			[[ $stderr == 'activate: you must source this script, and not run it'* ]]
		done
		# As scripts do, with a word of their own.
		echo '. "$1"; echo "$VIRTUAL_ENV"' >"$HOME/script"
		run --separate-stderr "${shell[@]}" "$HOME/script" "$PWD/bin/activate"
		says "$PWD"
		run --separate-stderr "${shell[@]}" -c '. bin/activate; echo "$VIRTUAL_ENV"'
		says "$PWD"
		run --separate-stderr "${shell[@]}" -c 'f() { . "$1"; }; f "$1"; echo "$VIRTUAL_ENV"' \
			x "$PWD/bin/activate"
		says "$PWD"
	done
	command_of bash
	run --separate-stderr bash -c '. "$0"; echo "$VIRTUAL_ENV"' bin/activate
	says "$PWD"
	if command -v tcsh >/dev/null; then
		command_of tcsh
		mistaken "${shell[@]}" bin/activate.csh
		assert_equal "$status" 33
		[[ $stderr == 'activate: you must source this script: source bin/activate.csh' ]]
	fi
}

@test "of a moved environment a script says so, and sets nothing" {
	make_scripts "$HOME/made" a
	make_scripts "$HOME/other" b
	mv made moved
	ln -s moved link
	for name in bash zsh dash ksh93 mksh busybox; do
		command -v "$name" >/dev/null || continue
		command_of "$name"
		cat >script <<-'END'
			before=$(set | grep -i virtual_env)
			. "$1" && echo activated
			[ "$before" = "$(set | grep -i virtual_env)" ] || set
			echo "${VIRTUAL_ENV-unset} $PATH"
			. ./other/bin/activate
			. "$1"
			echo "$? $VIRTUAL_ENV"
			deactivate
			echo "${VIRTUAL_ENV-unset} $PATH"
		END
		PATH=$BASE run --separate-stderr "$(PATH=$PATH:$SHELL_PATH command -v "${shell[0]}")" \
			"${shell[@]:1}" script "$HOME/link/bin/activate"
		assert_output "unset $BASE"$'\n'"1 $HOME/other"$'\n'"unset $BASE"
		[[ $stderr == 'activate: this environment was made at another place, and moved or copied here'* ]]
	done
	if command -v fish >/dev/null; then
		command_of fish
		echo 'source moved/bin/activate.fish; echo $status (set -q VIRTUAL_ENV; echo $status)' >script
		run --separate-stderr "${shell[@]}" script
		assert_output '1 1'
		[[ $stderr == 'activate: this environment was made at another place'* ]]
	fi
	if command -v tcsh >/dev/null; then
		command_of tcsh
		echo 'source moved/bin/activate.csh; echo $status $?VIRTUAL_ENV' >script
		run --separate-stderr "${shell[@]}" script
		assert_output '1 0'
		[[ $stderr == 'activate: this environment was made at another place'* ]]
	fi
	if command -v xonsh >/dev/null; then
		command_of xonsh
		echo 'source moved/bin/activate.xsh; echo @("VIRTUAL_ENV" in __xonsh__.env)' >script
		run --separate-stderr "${shell[@]}" script
		assert_output False
		[[ $stderr == *'activate: this environment was made at another place'* ]]
	fi
}

@test "of a copy it does so where the shell knows what it reads" {
	make_scripts "$HOME/made" a
	cp -R made copied
	ln -s "$HOME/made/bin/activate" act
	ln -s "$HOME/made" link
	for name in bash zsh; do
		command -v "$name" >/dev/null || continue
		command_of "$name"
		run --separate-stderr "${shell[@]}" -c '. copied/bin/activate; echo "$? ${VIRTUAL_ENV-unset}"'
		assert_output '1 unset'
		[[ $stderr == 'activate: this environment was made at another place'* ]]
		for script in made/bin/activate ./act link/bin/activate made/lib/../bin/activate; do
			run --separate-stderr "${shell[@]}" -c '. '"$script"'; echo "$? ${VIRTUAL_ENV-unset}"'
			says "0 $HOME/made"
		done
	done
	command -v fish >/dev/null || return 0
	command_of fish
	run --separate-stderr "${shell[@]}" -c 'source copied/bin/activate.fish; echo $status (set -q VIRTUAL_ENV; echo $status)'
	assert_output '1 1'
	ln -s "$HOME/made/bin/activate.fish" act.fish
	for script in made/bin/activate.fish ./act.fish link/bin/activate.fish; do
		run --separate-stderr "${shell[@]}" -c "source $script; echo \$VIRTUAL_ENV"
		says "$HOME/made"
	done
}
