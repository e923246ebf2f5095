# venv-which for nu 0.115 and later: does as told.  Loaded by what `venv init nu`
#: source (if $nu.is-interactive { "@scriptdir@/venv.nu" })
# prints, in config.nu.  A builtin is `%NAME`, for users have commands of that name.

# -- State --------------------------------------------------------------------

# Where the programs were installed, for an environment could have put its own
# into PATH; and what this script is, for `venv doctor`.
const _VENV_BIN = '@bindir@'
const _VENV_RELEASE = '@version@'
source '@scriptdir@/complete.nu'
source '@scriptdir@/doctor.nu'

# memory: to be handed back.  keep, watch, same: paths of the last answer.  prompt:
# what the prompt shows in front; shown, the prompt that does so.  label, mark: for
# the user's own.  A record reaches no other program, and comes from none.
$env._venv = ({
    memory: '', keep: [], watch: [], same: [], prompt: '', shown: null, label: '', mark: ''
    pwd: '', loads: 0, ready: false, warned: '', called: false, asked: 0
} | %merge (if ($env._venv? | %describe) starts-with record { $env._venv } else { {} }))

# -- The answer ---------------------------------------------------------------

# Do what the lines say, but for what is to be called, which is given back.  Null:
# they have no end, and were not meant for us.
def --env _venv_take [lines: list<string>] {
    if ($lines | %last) != 'end 2' { return null }
    mut calls = { call: [], ask: [], did: [] }
    $env._venv = ($env._venv | %merge { keep: [], watch: [], same: [] })
    for line in $lines {
        let words = ($line | %split row -n 2 ' ')
        let value = ($words.1? | %default '')
        match $words.0 {
            set => { let it = ($value | %split row -n 2 ' '); %load-env { $it.0: (if $it.0 == PATH { $it.1 | %split row ':' } else { $it.1 }) } }
            # An overlay below this one may have another; null is not exported.
            unset => { %hide-env -i $value; if $value in $env { %load-env { $value: null } } }
            state => { $env.VENV_WHICH = { state: $value, name: '', version: '' }; $env._venv = ($env._venv | %merge { prompt: '', label: '', mark: '' }) }
            name | version => { $env.VENV_WHICH = ($env.VENV_WHICH | %upsert $words.0 $value) }
            prompt | label | mark | memory => { $env._venv = ($env._venv | %upsert $words.0 $value) }
            keep | watch | same => { $env._venv = ($env._venv | %upsert $words.0 { $in ++ [$value] }) }
            call | ask | did => { $calls = ($calls | %upsert $words.0 { $in ++ [$value] }) }
            say => { %print -e $value }
        }
    }
    $calls
}

# -- Prompt -------------------------------------------------------------------

# It is wrapped once, and shows what is in $env when it is drawn.  Who wraps it
# later draws ours, too; that is seen when it is another one.
def --env _venv_show [] {
    let prompt = $env.PROMPT_COMMAND?
    let own = ([$prompt $env.PROMPT_COMMAND_RIGHT?] | %any { ($in | %describe) == closure and (%view source $in) =~ 'VENV_WHICH|venv_prompt' })
    if $prompt != null and not $own and not (_venv_draw $prompt | %str contains $env._venv.prompt) {
        $env.PROMPT_COMMAND = {|| $'($env._venv?.prompt?)(_venv_draw $prompt)' }
    }
    $env._venv.shown = $env.PROMPT_COMMAND?
}
def _venv_draw [prompt] { if ($prompt | %describe) == closure { do $prompt } else { $prompt } | %into string }

# For a prompt of the user's own.  The blank is no part of what is coloured.
def venv_prompt [] {
    let plain = (($env.NO_COLOR? | %is-not-empty) or ($env.TERM? | %default dumb) == dumb)
    [[label (%ansi cyan)] [mark (%ansi yellow)]] | %each {|it|
        let text = $'(char lp)($env._venv? | %get -o $it.0)(char rp)'
        if $text == '()' { '' } else if $plain { $'($text) ' } else { $'($it.1)($text)(%ansi reset) ' }
    } | %str join
}

# -- Commands -----------------------------------------------------------------

# nu cannot take a command away again.
def --env deactivate [] { if $env.VIRTUAL_ENV? == null { %print -e 'deactivate: no environment is active' } else { _venv_verb off } }

# The first ones act on the shell; others may change the answer about this directory.
# What is to be had by a pipe has to come last.
@complete _venv_complete
def --env --wrapped venv [...args] {
    match ($args.0? | %default '') {
        use | pick | off | on => { _venv_verb ...$args }
        doctor => { _venv_doctor ...($args | %skip 1) }
        create | recreate | remove | link | allow | deny if '--list' not-in $args => {
            ^$'($_VENV_BIN)/venv' --hook $'memory=($env._venv.memory)' ...$args
            _venv_changed
        }
        _ => { ^$'($_VENV_BIN)/venv' --hook $'memory=($env._venv.memory)' ...$args }
    }
}
