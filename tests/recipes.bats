# The recipes for other programs' prompts and status lines: those whose program
# is here are run in it, of the others what can be told without it is.  A name
# that a stranger chose is text in all of them.

# weight: 4
# shellcheck disable=SC2016,SC2034 # text, for other programs; for helper.bash

load helper
bats_require_minimum_version 1.5.0

setup() {
	SHELL_UNDER_TEST=bash
	sandbox
	need_shell
	make_env app/.venv
	V=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
	R=$STAGE/share/venv-which/recipes
}

# --- words of these tests

# Directories, and so names, that would be code, or a format, to one of these
# programs or to the shell that it calls.
NAMES=('$(touch PWNED)' '`touch PWNED`' '#(touch PWNED)' '#{pane_id}x' '#[fg=red]x'
	'##' 'a#,b' '%H%n%%' "%{system('touch PWNED')}" '%#Error#x' "it's" 'say "x"'
	'a;touch PWNED' 'a|touch PWNED' 'two words' '*' '-dash' 'back\slash' '!!' '%98v%F{red}')

# hostile_dirs [NAME...]: a project in each of them; $P1, $P2 and so on name them.
hostile_dirs() {
	local name n=0
	[[ $# -gt 0 ]] || set -- "${NAMES[@]}"
	for name; do
		n=$((n + 1))
		export "P$n=$HOME/in/$name"
		mkdir -p "in/$name"
		make_bare_env "in/$name/.venv"
		make_place "in/$name/.venv"
	done
}

nothing_ran() {
	assert_equal "$(find "$HOME" "${HOME%/*}" -type f -name '*PWNED*')" ''
}

# --- tmux

# in_tmux [OPTION...] <LINES: types them into a shell in tmux, with the recipe.
# To the driver tmux is a program that asks, and is there with its own screen.
in_tmux() {
	need_tool tmux
	export TMUX_TMPDIR=$HOME
	cat >tmux.conf <<-END
		set -g status-interval 1
		set -g status-right-length 300
		set -g status-right "<"
		source-file $R/tmux.conf
		set -ga status-right " >"
	END
	{
		printf '%s^J\n' "tmux -f '$HOME/tmux.conf' new-session${1+$(printf ' %q' "$@")} bash"
		printf '%s\n' $'^:\033[?1049h' '^:PROMPT>'
		cat
		printf '%s\n' '^>exit'
	} | in_shell
}

@test "tmux: the status line shows the environment of the pane's directory" {
	in_tmux <<-END
		^>cd app
		^:< app $V >
		^>cd ..
		^:<  >
	END
}

@test "tmux: a hostile directory is a directory, and its name is text" {
	local n=0 name
	hostile_dirs
	for name in "${NAMES[@]}"; do
		n=$((n + 1))
		# Drawn at once; by itself it would be once a second.
		printf '^>cd "$P%s"; tmux refresh-client -S\n^:< %s 3.11 >\n' \
			"$n" "${name//#/?}"
	done >lines
	in_tmux <lines
	nothing_ran
}

# What the pane is called with is in the first status line.  Newer releases of
# tmux do not tell a path with a newline in it, and then nothing is shown.
@test "tmux: blanks and line ends in a directory's name are no shell's" {
	local name
	for name in $'tab\ttouch PWNED' $'a\ntouch\tPWNED_N\nb' $'a\r\vtouch\fPWNED' '{a,b}'; do
		hostile_dirs "$name"
		in_tmux -c "$P1" <<-END
			^>cd "\$HOME/app"
			^:< app $V >
		END
		nothing_ran
	done
}

# --- vim and neovim

# vim_line VIM: the vimrc for it, with the recipe.
vim_line() {
	need_tool "$1"
	cat >vimrc <<-END
		set nocompatible nomodeline laststatus=2
		source $R/statusline.vim
		set statusline=<%{VenvWhich()}>
	END
}

# shows VIM: the status line has what belongs to each file.
shows() {
	vim_line "$1"
	in_shell <<-END
		$1 -u vimrc -i NONE -n app/x.py^J
		^:<app $V>
		^>:qa!
		^:PROMPT>
		$1 -u vimrc -i NONE -n y.py^J
		^:<>
		^>:qa!
		^:PROMPT>
	END
}

# is_silent VIM: of a directory that does not exist nothing is said.
is_silent() {
	vim_line "$1"
	in_shell <<-END
		$1 -u vimrc -i NONE -n nowhere/x.py^J
		^:<>
		^>:qa!
		^:PROMPT>
	END
	off_screen '<venv-which'
}

# is_text VIM: a hostile directory is a directory, and its name is text.
is_text() {
	local n=0 name
	vim_line "$1"
	hostile_dirs "${NAMES[@]}" $'a\ntouch\tPWNED_N\nb'
	for name in "${NAMES[@]}"; do
		n=$((n + 1))
		printf '%s -u vimrc -i NONE -n "$P%s/x.py"^J\n^:<%s 3.11>\n^>:qa!\n^:PROMPT>\n' \
			"$1" "$n" "$name"
	done >lines
	# A path with a newline in it is never used.
	printf '%s -u vimrc -i NONE -n "$P%s/x.py"^J\n^:<>\n^>:qa!\n^:PROMPT>\n' \
		"$1" "$((n + 1))" >>lines
	in_shell <lines
	nothing_ran
}

@test "vim: the status line shows the environment of the file's directory" {
	shows vim
}

@test "vim: of a directory that does not exist nothing is shown" {
	is_silent vim
}

@test "vim: a hostile directory is a directory, and its name is text" {
	is_text vim
}

@test "neovim: the status line shows the environment of the file's directory" {
	shows nvim
}

@test "neovim: of a directory that does not exist nothing is shown" {
	is_silent nvim
}

@test "neovim: a hostile directory is a directory, and its name is text" {
	is_text nvim
}

@test "neovim: a language server gets the interpreter that may be used, or none" {
	need_tool nvim
	make_env blocked/.venv
	chmod o+w blocked/.venv/bin
	hostile_dirs
	cat >ask.lua <<-END
		local python = dofile('$R/interpreter.lua')
		local out = io.open('answers', 'w')
		for _, name in ipairs({ 'HOME', 'APP', 'BLOCKED', 'P1', 'NOTHING' }) do
			out:write(tostring(python(os.getenv(name))) .. '\n')
		end
		out:close()
	END
	cd app
	# The last is no directory: that of the editor, then.
	APP=$HOME/app BLOCKED=$HOME/blocked \
		nvim -u NONE -i NONE -n --headless -c 'luafile ../ask.lua' -c 'qa!'
	run cat answers
	assert_output "nil
$HOME/app/.venv/bin/python
nil
$P1/.venv/bin/python
$HOME/app/.venv/bin/python"
	nothing_ran
}

# --- starship

# with_starship SHELL: that shell has it for its prompt, with the recipe alone.
with_starship() {
	[[ ! -d $TOOLS/bin/starship ]] || with_tool starship
	command -v starship >/dev/null || skip 'no starship on this machine'
	SHELL_UNDER_TEST=$1
	profile "$1"
	need_shell
	mkdir -p "$XDG_CONFIG_HOME"
	{
		echo 'add_newline = false'
		echo "format = '<\${custom.venv_which}\${env_var.VIRTUAL_ENV_PROMPT}> '"
		cat "$R/starship.toml"
	} >"$XDG_CONFIG_HOME/starship.toml"
	case $1 in
	fish) after_hook <<<'starship init fish | source' ;;
	*) after_hook <<<"eval \"\$(starship init $1)\"" ;;
	esac
}

# starship_shows SHELL: what is active, and what belongs to the directory.
starship_shows() {
	with_starship "$1"
	in_shell <<-'END'
		cd app
		venv off
		cd ..
	END
	on_screen "<(app $V active) (app) >" 1
	on_screen "<(app $V off) >" 2
	on_screen '<>' 3
}

@test "starship in bash: what is active, and what belongs to the directory" {
	starship_shows bash
}

@test "starship in zsh: what is active, and what belongs to the directory" {
	starship_shows zsh
}

@test "starship in fish: what is active, and what belongs to the directory" {
	starship_shows fish
}

# starship_is_text SHELL: a hostile directory is a directory, its name is text.
starship_is_text() {
	local n
	with_starship "$1"
	hostile_dirs
	for ((n = 1; n <= ${#NAMES[@]}; n++)); do
		echo "cd \"\$P$n\""
	done >lines
	in_shell <lines
	nothing_ran
	on_screen '<(two words 3.11 active) (two words) >'
}

@test "starship in bash: a hostile directory is a directory, and its name is text" {
	starship_is_text bash
}

@test "starship in zsh: a hostile directory is a directory, and its name is text" {
	starship_is_text zsh
}

@test "starship in fish: a hostile directory is a directory, and its name is text" {
	starship_is_text fish
}

# --- those that are not here

@test "powerlevel10k: what the segment says, looked up when the prompt is drawn" {
	SHELL_UNDER_TEST=zsh
	sandbox
	need_shell
	printf 'home = /usr/bin\nversion = 3.11.2\nprompt = %%F{red}$(touch PWNED)\n' \
		>app/.venv/pyvenv.cfg
	after_hook <<-END
		p10k() {
			[[ \$1 == segment && \$6 == -c && \$8 == -t ]] || echo "called with: \$*"
			[[ -z \${(e)7} ]] || print -r -- "\$3 \${(%)9}"
		} >>\$OUT
		source '$R/p10k.zsh'
		prompt_venv_which
	END
	in_shell <<-'END'
		prompt_venv_which
		cd app
		prompt_venv_which
		venv off
		prompt_venv_which
	END
	# Nothing while the rc file is read, nor outside.
	shown <<-'END'
	ACTIVE (%F{red}$(touch PWNED) 3.11)
	FOUND (%F{red}$(touch PWNED): off)
	END
	nothing_ran
}

@test "tide: what the item prints" {
	need_tool fish
	local n=1
	hostile_dirs
	ask() {
		fish -c 'function _tide_print_item; string join "|" -- $argv; end
			source $argv[1]; cd $argv[2]; _tide_item_venv_which' "$R/tide.fish" "$1"
	}
	run ask "$HOME"
	assert_output ''
	run ask "$HOME/app"
	assert_output "venv_which|app $V: inactive"
	VIRTUAL_ENV=$HOME/app/.venv run ask "$HOME/app"
	assert_output "venv_which|app $V"
	for name in "${NAMES[@]}"; do
		run ask "$HOME/in/$name"
		assert_output "venv_which|$name 3.11: inactive"
	done
	nothing_ran
}

@test "starship and oh-my-posh: the files are TOML, and the command works" {
	"$PYTHON" -c 'import tomllib' 2>/dev/null || skip 'this Python reads no TOML'
	value() {
		"$PYTHON" -c 'import sys, tomllib
value = tomllib.load(open(sys.argv[1], "rb"))
for key in sys.argv[2:]:
    value = value[int(key) if key.isdigit() else key]
print(value)' "$@"
	}
	cd app
	run sh -c "$(value "$R/starship.toml" custom venv_which command)"
	assert_output "app $V inactive"
	run value "$R/starship.toml" env_var VIRTUAL_ENV_PROMPT format
	assert_output '[\($env_value\)]($style) '
	run value "$R/oh-my-posh.toml" blocks 0 segments 0 type
	assert_output text
}

@test "each recipe is named in venv(1), and says what it is for" {
	local file
	for file in "$ROOT"/shells/recipes/*; do
		grep -qF "${file##*/}" "$ROOT/man/venv.1" || fail "not named: $file"
		head -n 1 "$file" | grep -qE '^(#|--|") [a-z0-9-]+( and neovim)?: ' ||
			fail "says nothing: $file"
	done
	! grep -rE '@(bindir|scriptdir)@' "$R" || fail 'not filled in'
}
