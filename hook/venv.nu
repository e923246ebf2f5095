
# When to ask, in nu: at `cd`, so that `cd app; pytest` finds the right pytest, and at
# a prompt where something is not as we left it.  Otherwise no process is run.

# -- State --------------------------------------------------------------------

# seen: what we left when we asked; drawn, the prompt then.  loads: how often, until ready.
const _VENV_ASKED = { memory: '', seen: null, drawn: null, ready: false, loads: 0, warned: '' }

# -- Asking -------------------------------------------------------------------

# Ask the helper; with words, the program, about `venv WORD...`.
def --env _venv_ask [--called, ...words] {
    # What only this shell knows; a script is ours, or virtualenv's.
    let script = ($env._virtual_env? != null or $env.VIRTUAL_PREFIX? != null)
    let facts = ([$'memory=($env._venv.memory)' (if $called { 'called' }) (if $script { 'script' })
        (if $script { 'function' }) (if $env._venv.seen == null { 'fresh' })] | %compact)
    let text = if $words != [] { ^$'($_VENV_BIN)/venv' --hook ...$facts ...$words } else {
        try { ^$'($_VENV_BIN)/venv-which' --hook ...$facts | %complete | %get stdout } catch { '' }
    }
    let lines = ($text | %str trim -r -c "\n" | %split row "\n")
    if ($lines | %last) != 'end 2' { return (_venv_unread $lines ($words != [])) }
    _venv_take $lines
    if $env._venv.call != [] { _venv_undo; _venv_ask --called ...$env._venv.ask; return }
    # The user's own closures, venv_activated and venv_deactivated.
    for it in ($env._venv.did | %each { %split row -n 2 ' ' }) {
        let own = ($env | %get -o $'venv_($it.0)')
        if $own != null { try { do --env $own $it.1 } catch {|e| %print -e $e.rendered; $env.LAST_EXIT_CODE = 0 } }
    }
    $env._venv.seen = (_venv_now)
    return  # an assignment has a value, which `o>` cannot write
}

# Is all as we left it, and no path there that was absent, or absent that was there?
def _venv_is_idle [] {
    let it = $env._venv
    ('.' | %path exists) and (_venv_now) == $it.seen and not (
        true in ($it.watch | %path exists) or false in ($it.keep | %path exists)
        or ($it.same != [] and $it.same.0 != ($env.VIRTUAL_ENV? | %default '' | %path expand)))
}
def _venv_now [] { [$env.PWD $env.VIRTUAL_ENV? $env.VENV_WHICH_AUTO? $env.PATH?] }

# -- Trigger ------------------------------------------------------------------

# At the prompt, with the status kept for what else is called there.  At the first
# one the startup files are done; who came after us in them is to come before us.
def --env _venv_prompt [] {
    let status = $env.LAST_EXIT_CODE?
    if not $env._venv.ready { $env._venv.ready = true; _venv_register }
    if not (_venv_is_idle) { _venv_changed }
    if $env._venv.prompt != '' { _venv_show }
    $env.LAST_EXIT_CODE = $status
}

# After a change of directory, or of what belongs to it, while the shell is at work.
def --env _venv_changed [] { if $env._venv.ready and ($env.VENV_WHICH_DISABLE? | %is-empty) { _venv_ask } }

# nu's own, or the user's, by another name.  Loaded twice, the first one asks.
alias _venv_cd = cd
export def --env cd [path?: directory, --physical (-P)] {
    let seen = $env._venv.seen
    if $physical { %cd --physical $path } else { _venv_cd $path }
    if $seen == $env._venv.seen { _venv_changed }
}

# -- Registration -------------------------------------------------------------

# Come last.  To call what sets something is slow, so that we look first.  In a directory
# that is gone nu can do nothing, and says so.
def --env _venv_register [] {
    let others = ([] | %append $env.config.hooks.pre_prompt? | where ($it | %describe) !~ '^record<_venv:')
    $env.config.hooks.pre_prompt = [...$others { _venv: true, code: {||
        let drawn = ($env._venv.prompt == '' or $env.PROMPT_COMMAND? == $env._venv.drawn)
        if (try { not ($drawn and (_venv_is_idle)) } catch { false }) { _venv_prompt }
    } }]
}

# A record reaches no other program, and comes from none.
export-env {
    let before = (if ($env._venv? | %describe) starts-with record { $env._venv } else { {} })
    $env._venv = ($_VENV_ASKED | %merge $_VENV_SHOWN | %merge $_VENV_LISTS | %merge $before | %merge { seen: null })
    if not $env._venv.ready { $env._venv.loads += 1 }
    _venv_register
}
