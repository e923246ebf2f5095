# What only a shell knows of itself, for `venv doctor`, in nu: arguments
# `WORD VALUE`; see facts.h.  The program judges.  nu reads it with the script.  And
# what else no prompt needs: when the program is another one, or gone.

export def --env _venv_doctor [...args] {
    let hooks = $env.config.hooks
    let codes = ([...($hooks.pre_prompt? | %default []) ...($hooks.env_change?.PWD? | %default [])] | %each { _venv_code })
    let facts = [
        'shell nu' $'release (%version | %get version)' $'version ($_VENV_RELEASE)' $'bin ($_VENV_BIN)'
        $'loads ($env._venv.loads)' $'memory ($env._venv.memory)' 'prompt-in $env.config.hooks.pre_prompt'
        ...($codes | %each { $'prompt ($in)' }) $'wrap cd (try { %view source cd } catch { '' })'
        ...(if $env._virtual_env? != null or $env.VIRTUAL_PREFIX? != null { [sourced] } else { [] })
        ...(if '--time' in $args { [$'laps 200 50 (_venv_laps | %str join " ")'] } else { [] })
    ]
    ^$'($_VENV_BIN)/venv' --hook doctor ...$facts end ...$args
}

# A hook is a closure, text, or a record that has one of them.
export def _venv_code [] {
    let code = (if ($in | %describe) starts-with record { $in.code? } else { $in })
    if ($code | %describe) == closure { %view source $code } else { $code | %default '' }
}

# The time before and after nothing, prompts, a program that does nothing, and
# what `cd` asks.  What they change is forgotten.
def _venv_laps [] {
    let before = [(_venv_clock) (_venv_clock)]
    for _ in 1..200 { if not (_venv_is_idle) { _venv_prompt } }
    let prompts = (_venv_clock)
    for _ in 1..50 { ^$'($_VENV_BIN)/venv-which' -V | %complete }
    let programs = (_venv_clock)
    for _ in 1..50 { _venv_changed }
    [...$before $prompts $programs (_venv_clock)]
}

def _venv_clock [] { ^$'($_VENV_BIN)/venv' --hook doctor clock | %str trim }

export def --env _venv_warn_once [text: string] {
    if $text != $env._venv.warned { %print -e $'venv-which: ($text)' }
    $env._venv.warned = $text
}

# What has no end, or another one, changes nothing: an update may have brought
# another protocol to a shell that runs.  Who was asked for help has given it.
export def --env _venv_unread [lines: list<string>, asked: bool] {
    $env._venv.seen = (_venv_now)
    $env.LAST_EXIT_CODE = 0
    if ($lines | %last) =~ '^end \d' {
        _venv_warn_once 'another version of it was installed, which this shell cannot read; start a new shell'
        if $asked { ^$nu.current-exe -n -c 'exit 1' }  # nothing else fails without a word
    } else if $asked { $lines | %str join "\n"
    } else { _venv_warn_once $'no answer from ($_VENV_BIN)/venv-which; install it again, or take its line out of config.nu' }
}

# What a script's own function undoes.
export def --env _venv_undo [] {
    if $env._virtual_env?.undo? != null { do --env $env._virtual_env.undo }
}

# use, pick, off, on.  Without the program one can still get out.
export def --env _venv_verb [...words] {
    if $words.0 != off or ($'($_VENV_BIN)/venv' | %path exists) { return (_venv_ask ...$words) }
    let at = ($env.PATH? | %default [] | %enumerate | where $env.VIRTUAL_ENV? != null and item == $'($env.VIRTUAL_ENV)/bin')
    if $at != [] { $env.PATH = ($env.PATH | %drop nth $at.0.index) }
    _venv_take ['state none' 'unset VIRTUAL_ENV' 'unset VIRTUAL_ENV_PROMPT' 'unset VENV_WHICH_AUTO']
    return
}
