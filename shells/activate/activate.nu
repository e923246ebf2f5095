# Activates the environment in nushell:  overlay use bin/activate.nu
# The command `deactivate` undoes it.

# Takes out what was added; what the user changed meanwhile stays.
export def --env deactivate [] {
    let old = $env._virtual_env?
    if $old == null {
        return
    }
    let at = ($env.PATH? | default [] | enumerate | where item == $old.bin | get index)
    if ($at | is-not-empty) {
        let rest = ($env.PATH | drop nth ($at | first))
        if $old.had_path or ($rest | is-not-empty) {
            $env.PATH = $rest
        } else {
            hide-env PATH
        }
    }
    if $old.home != null and $env.PYTHONHOME? == null {
        $env.PYTHONHOME = $old.home
    }
    if $old.prompt != null {
        $env.PROMPT_COMMAND = $old.prompt
    }
    # What an overlay below this one has would be seen again.
    for name in [VIRTUAL_ENV VIRTUAL_ENV_PROMPT _virtual_env] {
        hide-env --ignore-errors $name
        if $name in $env {
            load-env { $name: null }
        }
    }
}

export-env {
    if not (__VENV_DIR__ | path join pyvenv.cfg | path exists) {
        error make {
            msg: "this environment was made at another place, and moved here; to make it anew: venv recreate"
        }
    }
    deactivate

    # A record is not exported to other programs.
    $env._virtual_env = {
        bin: (__VENV_DIR__ | path join bin)
        had_path: ($env.PATH? != null)
        home: $env.PYTHONHOME?
        prompt: null
        undo: {|| deactivate }
    }
    $env.VIRTUAL_ENV = __VENV_DIR__
    $env.VIRTUAL_ENV_PROMPT = __VENV_PROMPT__
    $env.PATH = ($env.PATH? | default [] | prepend $env._virtual_env.bin)
    # hide-env has no effect here.  Null is not exported.
    if $env.PYTHONHOME? != null {
        $env.PYTHONHOME = null
    }

    let prompt = $env.PROMPT_COMMAND?
    if $prompt != null and ($env.VIRTUAL_ENV_DISABLE_PROMPT? | is-empty) {
        $env._virtual_env.prompt = $prompt
        $env.PROMPT_COMMAND = {||
            let rest = (if ($prompt | describe) == closure { do $prompt } else { $prompt })
            $"\(($env.VIRTUAL_ENV_PROMPT?)\) ($rest)"
        }
    }
}
