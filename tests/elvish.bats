# What is special in elvish: what TAB completes there, prompts that are functions,
# names of its own, and how a directory can be changed.

# shellcheck disable=SC2016 # text, for elvish

load helper

setup() {
	SHELL_UNDER_TEST=elvish
	sandbox
	need_shell
	make_env app/.venv
	E=$HOME/app/.venv
	V=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
}

@test "every way to change the directory activates on the same line" {
	in_shell <<-'END'
		set pwd = app; show VIRTUAL_ENV
		set pwd = ..; show VIRTUAL_ENV
		{ tmp pwd = app; show VIRTUAL_ENV }; show VIRTUAL_ENV
		try { cd app; fail this } catch _ { show VIRTUAL_ENV }
		cd; show VIRTUAL_ENV
	END
	shown <<-END
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	VIRTUAL_ENV=$E
	VIRTUAL_ENV unset
	END
}

# Enter takes what is chosen in the list, and then there is the line.
@test "what TAB would write otherwise than it was typed is in its list, for Enter" {
	make_env .virtualenvs/k=v
	in_shell <<-'END'
		^<venv use ~/ap^I
		^M
		^M
		show VIRTUAL_ENV
		^<venv run --env=k^I
		^M
		^<sh -c 'echo $VIRTUAL_ENV >>$OUT'
		^M
		^=venv use ./ap^I
	END
	shown <<-END
	VIRTUAL_ENV=$E
	$HOME/.virtualenvs/k=v
	line=venv use ./app$(printf ' ')
	END
}

@test "a user's own completer for venv stays" {
	before_hook <<<'set edit:completion:arg-completer[venv] = {|@_| put mine }'
	completes <<-'END'
		venv m^I
		venv mine|
		venv-which --ex^I
		venv-which --explain |
	END
}

@test "a prompt that prints, one of values, and one of styled text have the name in front" {
	for text in "print 'PROMPT> '" "put PROMPT '> '" "styled 'PROMPT> ' inverse" \
		"put (styled 'PROMPT>' red)' '"; do
		after_hook <<<"set edit:prompt = { $text }"
		in_shell <<<$'cd app\n\ncd ..\n'
		on_screen '(app) PROMPT>' 2
		off_screen '(app)' 4
	done
}

@test "a prompt that is set later, or wrapped, has the name once" {
	in_shell <<-'END'
		cd app
		set edit:prompt = { put 'LATER> ' }

		var ours~ = $edit:prompt; set edit:prompt = { put '<'; ours; put '>' }


		set edit:prompt = {|&venv_prompt=''| put '['$venv_prompt']> ' }

	END
	on_screen '(app) LATER>' 3
	on_screen '<(app) LATER> >' 5
	off_screen '(app) <' 6
	on_screen "[(app $V) ]>" 8
	off_screen '(app) [' 8
}

@test "the builtins that are used are elvish's, whatever rc.elv calls so" {
	local name
	for name in all call count echo eq external has-env has-external has-key has-value keys \
		make-map nop not not-eq ns put repr resolve set-env slurp styled unset-env; do
		echo "fn $name {|@a &max=0| e:printf 'called $name\\n' >>\$E:OUT }"
	done | after_hook
	in_shell <<-'END'
		cd app
		e:env >/dev/null
		venv off
		venv on
		venv doctor -q
		cd ..
	END
	assert_equal "$(sort "$OUT" | uniq -c | grep -v 'called \(echo\|has-value\|put\)$')" ''
}

@test "a failed command of venv is an exception, which ends the line" {
	in_shell <<-'END'
		venv use nothing; show VIRTUAL_ENV
		try { venv status } catch error { echo $error[reason][exit-status] >>$E:OUT }
		cd app; try { venv off more } catch _ { show VIRTUAL_ENV }
	END
	shown <<-END
	1
	VIRTUAL_ENV=$E
	END
}
