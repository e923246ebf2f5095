# What only a shell knows of itself, for `venv doctor`, in fish: arguments
# `WORD VALUE`; see facts.h.  The program judges.  Read when it is asked for.

function _venv_doctor
    set -l handlers (builtin functions --handlers)
    set -l facts 'shell fish' "release $version" "version $_venv_release" \
        "bin $_venv_bin" 'loads '(count $_venv_loads) "memory $_venv_memory" \
        'prompt-in the handlers of fish_prompt' 'chdir-in the handlers of PWD' \
        'prompt '(string replace -f -r -- '^fish_prompt ' '' $handlers) \
        'chdir '(string replace -f -r -- '^PWD ' '' $handlers) \
        'user-path '$fish_user_paths
    set -q _OLD_VIRTUAL_PATH; and set -a facts sourced
    for name in VIRTUAL_ENV{,_PROMPT,_DISABLE_PROMPT} VENV_WHICH_AUTO
        set -qU $name; and set -a facts "universal $name"
    end
    builtin contains -- --time $argv
    and set -a facts 'laps 200 50 '(string join ' ' (_venv_laps 2>/dev/null))
    $_venv_bin/venv --hook doctor $facts end $argv[2..-1]
end

# The time before and after nothing, prompts, a program that does nothing,
# and what `cd` asks.
function _venv_laps
    set -l ten 0 1 2 3 4 5 6 7 8 9
    _venv_lap true
    _venv_lap true
    _venv_lap _venv_prompt $ten[1..2]$ten$ten
    _venv_lap _venv_program $ten[1..5]$ten
    _venv_lap _venv_again $ten[1..5]$ten
end

function _venv_program
    set -l text ($_venv_bin/venv-which -V)
end

function _venv_lap
    for i in $argv[2..-1]
        $argv[1]
    end
    $_venv_bin/venv --hook doctor clock
end
