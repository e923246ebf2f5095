# What only a shell knows of itself, for `venv doctor`, in nu: arguments
# `WORD VALUE`; see facts.h.  The program judges.  nu reads it with the script.

def --env _venv_doctor [...args] {
    let hooks = $env.config.hooks
    let codes = ([...($hooks.pre_prompt? | %default []) ...($hooks.env_change?.PWD? | %default [])] | %each { _venv_code })
    let facts = [
        'shell nu' $'release (%version | %get version)' $'version ($_VENV_RELEASE)' $'bin ($_VENV_BIN)'
        $'loads ($env._venv.loads)' $'memory ($env._venv.memory)' 'prompt-in $env.config.hooks.pre_prompt'
        ...($codes | %each { $'prompt ($in)' }) $'wrap cd (%view source cd)'
        ...(if $env._virtual_env? != null or $env.VIRTUAL_PREFIX? != null { [sourced] } else { [] })
        ...(if '--time' in $args { [$'laps 1000 50 (_venv_laps | %str join " ")'] } else { [] })
    ]
    ^$'($_VENV_BIN)/venv' --hook doctor ...$facts end ...$args
}

# A hook is a closure, text, or a record that has one of them.
def _venv_code [] {
    let code = (if ($in | %describe) starts-with record { $in.code? } else { $in })
    if ($code | %describe) == closure { %view source $code } else { $code }
}

# The time before and after nothing, prompts, a program that does nothing, and
# what `cd` asks.  What they change is forgotten.
def _venv_laps [] {
    let before = [(_venv_clock) (_venv_clock)]
    for _ in 1..1000 { if not (_venv_is_idle) { _venv_prompt } }
    let prompts = (_venv_clock)
    for _ in 1..50 { ^$'($_VENV_BIN)/venv-which' -V | %complete }
    let programs = (_venv_clock)
    for _ in 1..50 { _venv_changed }
    [...$before $prompts $programs (_venv_clock)]
}

def _venv_clock [] { ^$'($_VENV_BIN)/venv' --hook doctor clock | %str trim }
