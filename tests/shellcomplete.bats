# What TAB, which is ^I, does in a shell.  The lines with ^= are looked at without
# Enter: see pty.c.
#
# shells: each

# shellcheck disable=SC2016 # text

load helper

setup() {
	sandbox
	need_shell
	before_hook <<<"$COMPLETION"
	make_env project/.venv
	make_env .virtualenvs/tools
}

# --- words

@test "commands, options and their arguments are completed" {
	mkdir src
	completes <<-'END'
		venv u^I
		venv use |
		venv l^I
		venv li|
		venv create --upgrade-^I
		venv create --upgrade-deps |
		venv create --link-mode cl^I
		venv create --link-mode clone |
		venv create s^I
		venv create src/|
		venv help sta^I
		venv help status |
		venv init b^I
		venv init bash |
		venv no^I
		venv no|
		venv use nothing^I
		venv use nothing|
		venv-which --ex^I
		venv-which --explain |
		venv-which -C sr^I
		venv-which -C src/|
	END
}

@test "environments are completed by name and by path" {
	mkdir src
	completes <<-'END'
		venv use to^I
		venv use tools |
		venv use ^I
		venv use |
		venv run -e t^I
		venv run -e tools |
		venv use p^I
		venv use project |
		venv use ./pr^I
		venv use ./project |
		venv use ./s^I
		venv use ./src/|
		venv remove tools pro^I
		venv remove tools project |
	END
}

@test "an option's argument is completed behind its =, too" {
	completes <<-'END'
		venv create --link-mode=h^I
		venv create --link-mode=hardlink |
		venv run --env=t^I
		venv run --env=tools |
	END
}

@test "a home that is written ~ stays as it was written" {
	mkdir -p src/deep
	completes <<-'END'
		venv use ~/pr^I
		venv use ~/project |
		venv use ~/s^I
		venv use ~/src/|
		venv run -e tools cat ~/src/de^I
		venv run -e tools cat ~/src/deep/|
	END
}

# fish hides what begins with a dot, unless it is a path.
@test "what stands alone elsewhere is no answer where the project has one" {
	local dir
	in_shell <<-'END'
		cd project
		^=venv remove ^I
		^=venv remove .v^I
	END
	shown < <(printf '%s\n' 'line=venv remove ' 'line=venv remove .venv ')
	rm -r .virtualenvs
	for dir in 'it$0 \1}{${a}' $'new\nline'; do
		make_env_bytes "$dir/.venv"
	done
	export IT="$HOME/it\$0 \\1}{\${a}" NEW=$HOME/$'new\nline'
	in_shell <<-'END'
		cd "$IT"
		venv use ^I
		show VIRTUAL_ENV
		cd "$NEW"
		^=venv use .^I
	END
	shown < <(printf '%s\n' "VIRTUAL_ENV=$IT/.venv" 'line=venv use .venv ')
}

@test "capitals do not count where the user has set it so" {
	mkdir Src
	make_bare_env .virtualenvs/a:B
	before_hook <<<"$CASELESS"
	completes <<-'END'
		venv US^I
		venv use |
		venv use TO^I
		venv use tools |
		venv use a:b^I
		venv use a:B |
		venv run --env=TO^I
		venv run --env=tools |
		venv use ./PR^I
		venv use ./project |
		venv use ~/sr^I
		venv use ~/Src/|
	END
}

@test "a home that is written with its variable is completed as ~ is" {
	mkdir src 'two words'
	put_program project/.venv/bin/inside ''
	completes <<-'END'
		venv use $HOME/pr^I
		venv use $HOME/project |
		venv use $HOME/s^I
		venv use $HOME/src/|
		venv run -e $HOME/project -- ins^I
		venv run -e $HOME/project -- inside |
	END
	[[ $SHELL_UNDER_TEST != @(fish|xonsh) ]] || return 0
	completes <<-'END'
		venv use ${HOME}/pr^I
		venv use ${HOME}/project |
		venv use $HOME/tw^I
		venv use $HOME/two\ words/|
		venv use '$HOME/pr^I
		venv use '$HOME/pr|
	END
	# zsh puts the directory's name for it itself.
	[[ $SHELL_UNDER_TEST != zsh ]] || return 0
	completes <<-'END'
		venv use "$HOME/pr^I
		venv use "$HOME/project" |
		venv use "$HOME/tw^I
		venv use "$HOME/two words/|
	END
}

@test "run has the programs of the environment, and then what the shell knows" {
	put_program .virtualenvs/tools/bin/only-there ''
	put_program project/.venv/bin/inside ''
	mkdir -p src/deep
	completes <<-'END'
		venv run -e tools -- on^I
		venv run -e tools -- only-there |
		venv run -e tools on^I
		venv run -e tools only-there |
		venv run -e tools python sr^I
		venv run -e tools python src/|
		venv run -e tools -- cat ./src/de^I
		venv run -e tools -- cat ./src/deep/|
		venv run -e ~/project -- ins^I
		venv run -e ~/project -- inside |
	END
}

@test "a name with : or = in it is one word" {
	make_env_bytes .virtualenvs/k=v
	make_bare_env .virtualenvs/a:b
	completes <<-'END'
		venv use k^I
		venv use k=v |
		venv use k=^I
		venv use k=v |
		venv use a:^I
		venv use a:b |
		venv run --env=k=^I
		venv run --env=k=v |
	END
}

@test "a quote that the user has opened is closed" {
	make_env '.virtualenvs/two words'
	completes <<-'END'
		venv use "tw^I
		venv use "two words" |
		venv use 'two w^I
		venv use 'two words' |
	END
}

@test "a blank is written as the user writes one, with a backslash" {
	make_env '.virtualenvs/two words'
	completes <<-'END'
		venv use tw^I
		venv use two\ words |
		venv use two\ w^I
		venv use two\ words |
	END
}

# --- hostile names

# make_all_names: by/two.N has two that differ at the end, by/one.N has one, for
# the Nth of the names; that is done once in a run.
make_all_names() {
	local made name i=0
	if ! shared all.names; then
		for name in "${ALL_NAMES[@]}"; do
			name=${name:0:250} i=$((i + 1))
			make_env_bytes "$made.new/two.$i/${name}1."
			make_env_bytes "$made.new/two.$i/${name}2."
			make_env_bytes "$made.new/one.$i/${name}x"
		done
		mv "$made.new" "$made"
	fi
	"$COPY" "$made" "$HOME/by" "$made.new"
}

# A TAB inserts the name, and a second one what is behind the 1.  And one between
# quotes.
@test "whatever a name holds, it is inserted as text, and names the environment" {
	local name i=0
	rm -r .virtualenvs project
	make_all_names
	for name in "${ALL_NAMES[@]}"; do
		name=${name:0:250} i=$((i + 1))
		! declare -F can_enter >/dev/null || can_enter "$name" || continue
		case $SHELL_UNDER_TEST,$name in
		# fish takes what is behind a tab for a description.
		fish,*$'\t'*) continue ;;
		# These would show it as it is.
		fish,rtl* | yash,rtl* | nu,rtl*) continue ;;
		esac
		printf '%s\n' "cd ~/by/two.$i^J" 'venv use -- ^I1^I^J' \
			"show VIRTUAL_ENV; cd ~/by/one.$i^J" >&3
		echo "VIRTUAL_ENV=$HOME/by/two.$i/${name}1." >>expected
		# zsh cannot write such a byte between quotes.
		[[ $SHELL_UNDER_TEST != zsh || $name != *$'\377'* ]] || continue
		printf '%s\n' 'venv use -- "^I^J' 'show VIRTUAL_ENV^J' >&3
		echo "VIRTUAL_ENV=$HOME/by/one.$i/${name}x" >>expected
		# elvish cannot write what is not printable between these.
		[[ $SHELL_UNDER_TEST != elvish ||
			$name != *[[:cntrl:]]* && $name != rtl* && $name != *$'\377'* ]] ||
			continue
		printf '%s\n' "venv use -- '^I^J" 'show VIRTUAL_ENV^J' >&3
		echo "VIRTUAL_ENV=$HOME/by/one.$i/${name}x" >>expected
	done 3>typed
	in_shell <typed
	shown <expected
	[[ -z $(find . -name PWNED) ]]
}

@test "a list shows nothing that turns or hides what stands behind it" {
	local name odd
	rm -r .virtualenvs project
	for name in $'rtl\342\200\256txt' $'rtl\342\200\213zero' \
		$'rtl\342\201\246iso' rtl-plain; do
		make_env_bytes ".virtualenvs/$name"
	done
	make_env_bytes $'rtl\342\200\256dir/sub/.venv'
	in_shell <<-'END'
		^<venv use rt^I^I
		^:plain
		^=
		^=venv use rtl-^I
		^=venv create ./rtl^I^I
	END
	for odd in $'\342\200\256' $'\342\200\213' $'\342\201\246'; do
		! LC_ALL=C grep -aqF -e "$odd" "$SCREEN" "$OUT" || fail "shown: $odd"
	done
	on_screen rtl-plain
	assert_equal "$(record 2)" 'line=venv use rtl-plain '
}

# --- manners

@test "a TAB changes no exit status, and says nothing" {
	in_shell <<-'END'
		false
		^=venv u^I
		show status
		false
		^=venv use nothing^I
		show status
	END
	shown < <(printf '%s\n' 'line=venv use ' status=1 'line=venv use nothing' status=1)
}

@test "a TAB leaves options, traps and aliases, and what is active, alone" {
	in_shell <<-'END'
		manners >"$HOME/before"
		^=venv use to^I
		^=venv use "to^I
		^=venv use nothing^I
		^=venv run -e tools cat ^I
		manners >"$HOME/after"
		show VIRTUAL_ENV PATH
	END
	assert_equal "$(grep -v ^line= "$OUT")" "$(untouched)"
	diff before after
}

@test "a helper that is broken, or gone, is silence" {
	local fake=${HOME%/*}/fake
	fake_helper 'exec false'
	rm "$fake/venv"
	put_program "$fake/venv" 'echo noise; echo noise >&2; exit 7'
	# Two lines: what it says is no candidate either, since it has no tab.
	sed -i.old 's/noise;/nothing >\&2;/' "$fake/venv"
	completes <<-'END'
		venv u^I
		venv u|
		venv use to^I
		venv use to|
	END
	off_screen noise
	rm "$fake/venv"
	completes <<-'END'
		venv u^I
		venv u|
		venv use to^I
		venv use to|
	END
	off_screen 'o such file'
	off_screen 'nknown command'
}

@test "a config file that is no config does no harm" {
	mkdir -p "$XDG_CONFIG_HOME/venv-which"
	printf '\0\377 = \n=\n' >"$XDG_CONFIG_HOME/venv-which/config"
	completes <<-'END'
		venv use to^I
		venv use tools |
	END
}

@test "loading the script twice completes once" {
	after_hook < <(printf "$LOAD\n" "'$STAGE/bin/venv'")
	completes <<-'END'
		venv use to^I
		venv use tools |
	END
}
