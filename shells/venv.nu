# venv-which for nu 0.115 and later: does as told.  `venv init` prints the next line:
#: use (if $nu.is-interactive { "@scriptdir@/venv.nu" }) *
# nobody sees what is not exported.  A builtin is `%NAME`, for users have such names.

# -- State --------------------------------------------------------------------

# Where the programs were installed, for an environment could have put its own into
# PATH; and what this script is, for `venv doctor`.
const _VENV_BIN = '@bindir@'; const _VENV_RELEASE = '@version@'
use '@scriptdir@/doctor.nu' *
export use '@scriptdir@/complete.nu' *
# What is shown; and what each answer has anew: paths, and what is to be called.
const _VENV_SHOWN = { state: none, name: '', version: '', prompt: '', label: '', mark: '' }
const _VENV_LISTS = { keep: [], watch: [], same: [], call: [], ask: [], did: [] }

# -- The answer ---------------------------------------------------------------

# Do what the lines say, but for what is to be called.
def --env _venv_take [lines: list<string>] {
    mut told = ($env._venv | %merge $_VENV_LISTS)
    for line in $lines {
        let words = ($line | %split row -n 2 ' ')
        let text = ($words.1? | %default '')
        match $words.0 {
            set => { let it = ($text | %split row -n 2 ' '); %load-env { $it.0: $it.1 } }
            # An overlay below this one may have another; null is not exported.
            unset => { %hide-env -i $text; if $text in $env { %load-env { $text: null } } }
            state => { $told = ($told | %merge $_VENV_SHOWN | %upsert state $text) }
            name | version | prompt | label | mark | memory => { $told = ($told | %upsert $words.0 $text) }
            keep | watch | same | call | ask | did => { $told = ($told | %upsert $words.0 { $in ++ [$text] }) }
            say => { %print -e $text }
        }
    }
    if $env.PATH? != null { $env.PATH = ($env.PATH | %split row ':') }
    $env._venv = $told
    $env.VENV_WHICH = ($told | %select state name version)
}

# -- Prompt -------------------------------------------------------------------

# It is wrapped once, and shows what is in $env when it is drawn.  Who wraps it later
# draws ours, too; that is seen when it is another one.
def --env _venv_show [] {
    let prompt = $env.PROMPT_COMMAND?
    let code = ([$prompt $env.PROMPT_COMMAND_RIGHT?] | %each { _venv_code } | %str join)
    if $prompt != null and $code !~ 'VENV_WHICH|venv_prompt' and $env._venv.prompt not-in (_venv_draw $prompt) {
        $env.PROMPT_COMMAND = {|| $'($env._venv.prompt)(_venv_draw $prompt)' }
    }
    $env._venv.drawn = $env.PROMPT_COMMAND?
}
def _venv_draw [prompt] { if ($prompt | %describe) == closure { do $prompt } else { $prompt } | %into string }

# For a prompt of the user's own.  The blank is no part of what is coloured.
export def venv_prompt [] {
    let plain = (($env.NO_COLOR? | %is-not-empty) or ($env.TERM? | %default dumb) == dumb)
    [[$env._venv.label cyan] [$env._venv.mark yellow]] | where $it.0 != '' | %each {|it|
        if $plain { $"\(($it.0)\) " } else { $"(%ansi $it.1)\(($it.0)\)(%ansi reset) " }
    } | %str join
}

# -- Commands -----------------------------------------------------------------

# nu cannot take a command away again.  `venv` is where its words are completed.
export def --env deactivate [] {
    if $env.VIRTUAL_ENV? == null { %print -e 'deactivate: no environment is active' } else { _venv_verb off }
}
