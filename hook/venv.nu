
# When to ask, in nu: at `cd`, so that `cd app; pytest` finds the right pytest, and
# at a prompt where something is not as we left it.  Otherwise no process is run.

# -- State --------------------------------------------------------------------

# pwd: the directory that was last asked about; asked, how often.  seen: PWD and
# variables as we left them.  ready: the first prompt has been.  loads: how often
# this was loaded before it.  called: a script was just undone.
$env._venv.seen = null
if not $env._venv.ready { $env._venv.loads += 1 }

def --env _venv_warn_once [text: string] {
    if $text != $env._venv.warned { %print -e $'venv-which: ($text)' }
    $env._venv.warned = $text
}

# -- Asking -------------------------------------------------------------------

# Ask the helper; with words, the program, about `venv WORD...`.
def --env _venv_ask [...words] {
    # What only this shell knows; a script is ours, or virtualenv's.
    let facts = [
        ...(if $env._venv.memory == '' { [] } else { [$'memory=($env._venv.memory)'] })
        ...(if $env._venv.called { [called] } else { [] }) ...(if $env._venv.seen == null { [fresh] } else { [] })
        ...(if ($env.VIRTUAL_ENV_DISABLE_PROMPT? | %is-empty) { [] } else { [plain] })
        ...(if $env._virtual_env? == null and $env.VIRTUAL_PREFIX? == null { [] } else { [script function] })
    ]
    let text = if $words != [] { ^$'($_VENV_BIN)/venv' --hook ...$facts ...$words } else if ($'($_VENV_BIN)/venv-which' | %path exists) {
        try { do { ^$'($_VENV_BIN)/venv-which' --hook ...$facts } | %complete | %get stdout } catch { '' }
    }
    $env._venv = ($env._venv | %merge { pwd: $env.PWD, asked: ($env._venv.asked + 1), keep: [], watch: [], same: [] })
    let lines = ($text | %default '' | %str trim -r -c "\n" | %split row "\n")
    let calls = (_venv_take $lines)
    if $calls == null { return (_venv_unread $lines ($words != [])) }
    # A script's own function undoes what it did; then the same is asked again.
    if $calls.call != [] {
        $env._venv.called = true
        if $env._virtual_env?.undo? != null { do --env $env._virtual_env.undo }
        _venv_ask ...$calls.ask
        $env._venv.called = false
    }
    # The user's own closures, venv_activated and venv_deactivated.
    for words in ($calls.did | %each { %split row -n 2 ' ' }) {
        let own = ($env | %get -o $'venv_($words.0)')
        if $own != null { do --env $own $words.1 }
    }
}

# What has no end, or another one, changes nothing: an update may have brought
# another protocol to a shell that runs.  Who was asked for help has given it.
def --env _venv_unread [lines: list<string>, asked: bool] {
    if ($lines | %last) =~ '^end \d' {
        _venv_warn_once 'another version of it was installed, which this shell cannot read; start a new shell'
        if $asked { ^$nu.current-exe -n -c 'exit 1' }  # nothing else fails without a word
    } else if $asked { %print ($lines | %str join "\n")
    } else { _venv_warn_once $'no answer from ($_VENV_BIN)/venv-which; install it again, or take its line out of config.nu' }
}

# use, pick, off, on.  Without the program one can still get out.
def --env _venv_verb [...words] {
    if $words.0 == off and not ($'($_VENV_BIN)/venv' | %path exists) {
        let at = ($env.PATH? | %default [] | %enumerate | where $env.VIRTUAL_ENV? != null and item == $'($env.VIRTUAL_ENV)/bin')
        if $at != [] { $env.PATH = ($env.PATH | %drop nth $at.0.index) }
        _venv_take ['state none' 'unset VIRTUAL_ENV' 'unset VIRTUAL_ENV_PROMPT' 'unset VENV_WHICH_AUTO' 'end 2'] | %ignore
    } else { _venv_ask ...$words; $env._venv.seen = (_venv_now) }
    return  # an assignment has a value, which `o>` cannot write
}

# Is all as we left it, and no path there that was absent, or absent that was there?
# To call what sets something costs as much again, so that a prompt calls this first.
def _venv_is_idle [] {
    let it = $env._venv
    ('.' | %path exists) and (_venv_now) == $it.seen and $it.seen.0 == $it.pwd and not (
        '*' in $it.watch or true in ($it.watch | %path exists) or false in ($it.keep | %path exists)
        or ($it.same != [] and $it.same.0 != ($env.VIRTUAL_ENV? | %default '' | %path expand)))
}
def _venv_now [] { [$env.PWD $env.VIRTUAL_ENV? $env.VENV_WHICH_AUTO? $env.PATH?] }

def --env _venv_hook [] {
    if ($env.VENV_WHICH_DISABLE? | %is-empty) and not (_venv_is_idle) { _venv_ask; $env._venv.seen = (_venv_now) }
    return
}

# -- Trigger ------------------------------------------------------------------

# At the prompt, with the status kept for what else is called there.  At the first
# one the startup files are done; who came after us in them is to come before us.
def --env _venv_prompt [] {
    let status = $env.LAST_EXIT_CODE?
    if not $env._venv.ready { $env._venv.ready = true; _venv_register }
    _venv_hook
    if $env._venv.prompt != '' { _venv_show }
    $env.LAST_EXIT_CODE = $status
}

# After a change of directory, or of what belongs to it, while the shell is at work.
def --env _venv_changed [] { if $env._venv.ready { $env._venv.pwd = ''; _venv_hook } }

# nu's own, or the user's, by another name.  Loaded twice, the first one asks.
alias _venv_cd = cd
def --env cd [path?: directory, --physical (-P)] {
    let asked = $env._venv.asked
    if $path == null { _venv_cd } else if $physical { _venv_cd --physical $path } else { _venv_cd $path }
    if $asked == $env._venv.asked { _venv_changed }
}

# -- Registration -------------------------------------------------------------

# Come last.  In a directory that is gone nu can do nothing, and says so.
def --env _venv_register [] {
    let others = ([] | %append $env.config.hooks.pre_prompt? | where not (($it | %describe) starts-with record and $it._venv? == true))
    $env.config.hooks.pre_prompt = [...$others { _venv: true, code: {||
        if (try { not (_venv_is_idle) or $env._venv.prompt != '' and $env.PROMPT_COMMAND? != $env._venv.shown } catch { false }) { _venv_prompt }
    } }]
}
_venv_register
