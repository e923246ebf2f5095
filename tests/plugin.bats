# Plugin managers: a clone that was only built is loaded by each one's own rule.

# weight: 4
# shellcheck disable=SC2016,SC2030,SC2031 # text; each test is a process

load helper

clone() { CLONE=$BATS_FILE_TMPDIR/plugins/venv-which; }
setup() { clone; }

# A clone: what is in the repository, where `make` was run once.
setup_file() {
	local name
	clone
	mkdir -p "$CLONE"
	cd "$ROOT" || return
	for name in *; do
		[[ $name == build ]] || cp -Rp "$name" "$CLONE"
	done
	rm -f "$CLONE/config.mk"
	quick_build "$CLONE/build"
	# It is another place.
	rm "$CLONE/build/names"
	make -s -C "$CLONE" "${QUICK[@]}" prefix=/usr/local >&2
}

# loaded_by SHELL <LINES: the rc file of SHELL has the lines instead of ours.
loaded_by() {
	SHELL_UNDER_TEST=$1
	sandbox
	need_shell "$1"
	# The programs are in the clone alone.
	PATH=${PATH#"$STAGE/bin:"}
	hook_line "$(cat)"
	make_env app/.venv
	E=$HOME/app/.venv
}

# Walk in and out, and press TAB.
activates() {
	in_shell <<-'END'
		cd app && show VIRTUAL_ENV
		venv off; show VIRTUAL_ENV status
		cd; show VIRTUAL_ENV PATH
	END
	shown <<-END
		VIRTUAL_ENV=$E
		VIRTUAL_ENV unset
		status=0
		VIRTUAL_ENV unset
		PATH=$PATH
	END
	off_screen venv-which:
	make_env .virtualenvs/tools
	completes_both
}

# What the doctor says of how it is installed.
installed() {
	in_shell <<<'venv doctor'
	on_screen "ok  installed: $1"
}

# --- zsh

@test "oh-my-zsh: compinit has run; the file called after the plugin is sourced" {
	loaded_by zsh <<-END
		plugins=(venv-which)
		fpath=('$CLONE' \$fpath)
		autoload -U compinit && compinit -u -d ~/.zcompdump
		for plugin (\$plugins); do
			source "$BATS_FILE_TMPDIR/plugins/\$plugin/\$plugin.plugin.zsh"
		done
		unset plugin
	END
	activates
	installed "in the clone $CLONE; to update it: git pull && make, there"
}

@test "zinit: sourced in a function, with ZERO set and compdef replaced" {
	loaded_by zsh <<-END
		load_plugin() {
			builtin setopt localoptions extendedglob warncreateglobal noshwordsplit
			local ZERO="\$1/venv-which.plugin.zsh"
			functions[compdef]='replay+=("\$*")'
			fpath+=("\$1")
			builtin source "\$ZERO"
			unfunction compdef
		}
		load_plugin '$CLONE'
		autoload -Uz compinit && compinit -u -d ~/.zcompdump
	END
	activates
}

@test "zinit's turbo mode: sourced behind the first prompt" {
	loaded_by zsh <<-END
		autoload -Uz compinit && compinit -u -d ~/.zcompdump
		load_plugin() { source '$CLONE/venv-which.plugin.zsh'; loaded=1; }
		precmd_functions+=(load_plugin_late)
		load_plugin_late() {
			precmd_functions=(\${precmd_functions:#load_plugin_late})
			load_plugin
		}
	END
	activates
}

@test "antidote, znap and sheldon: the file is sourced by its path" {
	loaded_by zsh <<-END
		fpath+=( '$CLONE' )
		source '$CLONE/venv-which.plugin.zsh'
		autoload -Uz compinit && compinit -u -d ~/.zcompdump
	END
	activates
}

@test "a clone that was not built says so in one line, in each shell" {
	local shell file
	for shell in $SHELLS; do
		case $shell in
		bash | zsh | fish) command -v "$shell" >/dev/null || continue ;;
		# Nobody has a manager for them.
		*) continue ;;
		esac
		case $shell in
		fish) file=init.fish ;;
		*) file=venv-which.plugin.$shell ;;
		esac
		mkdir -p "$BATS_TEST_TMPDIR/bare $shell"
		cp "$CLONE/$file" "$BATS_TEST_TMPDIR/bare $shell"
		loaded_by "$shell" <<<"source '$BATS_TEST_TMPDIR/bare $shell/$file'"
		in_shell <<<'cd app && show status VIRTUAL_ENV'
		shown <<<$'status=0\nVIRTUAL_ENV unset'
		times_on_screen 1 venv-which:
		on_screen "bare $shell is not built; run make in it"
		rm -rf "$HOME/app"
	done
}

# --- bash

@test "oh-my-bash: the file called after the plugin is sourced" {
	loaded_by bash <<<"source '$CLONE/venv-which.plugin.bash'"
	activates
}

@test "bash-it: a link to the file is sourced" {
	loaded_by bash <<-'END'
		for file in ~/.bash_it/custom/*.bash; do source "$file"; done
	END
	mkdir -p .bash_it/custom
	ln -s "$CLONE/venv-which.plugin.bash" .bash_it/custom/venv-which.bash
	activates
}

# --- fish

@test "oh-my-fish: init.fish of the clone is sourced" {
	loaded_by fish <<<"source '$CLONE/init.fish'"
	activates
}

@test "fisher: conf.d and completions are copied; the installed program is used" {
	loaded_by fish <<<''
	PATH=$STAGE/bin:$PATH
	mkdir -p .config/fish/conf.d
	cp "$CLONE"/conf.d/*.fish .config/fish/conf.d
	activates
}

@test "fisher: where no program is installed one line says what to do" {
	loaded_by fish <<<''
	mkdir -p .config/fish/conf.d
	cp "$CLONE"/conf.d/*.fish .config/fish/conf.d
	in_shell <<<'cd app && show VIRTUAL_ENV'
	shown <<<'VIRTUAL_ENV unset'
	times_on_screen 1 'there is no venv in PATH; run make install in its clone'
}
