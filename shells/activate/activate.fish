# Source this file from fish to activate the environment; the command
# `deactivate` undoes it.
#
# What users may have functions for is called as `builtin NAME`.

# Where the environment was moved or copied its programs are another one's, or
# nobody's.
set -l file (status filename)
set -l bin (string replace -r '[^/]*$' '' -- "$file")
set -l wrong
if not test -e __VENV_DIR__/pyvenv.cfg
    set wrong moved
else if test -n "$bin"; and test -e "$bin"../pyvenv.cfg
    if test (builtin realpath -- "$bin" | string collect) != (builtin realpath -- __VENV_DIR__/bin | string collect)
        set wrong copied
    end
end
if set -q wrong[1]
    builtin echo 'activate: this environment was made at another place, and moved or copied here
  to make it anew: venv recreate' >&2
    test yes = no
else
    # What another script made active is undone by its own function.
    if set -q _OLD_VIRTUAL_PATH; and builtin functions --query deactivate
        deactivate nondestructive
    end

    # Takes out what was added; what the user changed meanwhile stays.
    function deactivate --description 'Deactivate the environment'
        if set -q _OLD_VIRTUAL_PATH; and set -q _virtual_env_bin
            if set -l at (builtin contains --index -- $_virtual_env_bin $PATH)
                set -e PATH[$at]
                set -q PATH[1]; or set -e PATH
            end
            if set -q _OLD_VIRTUAL_PYTHONHOME; and not set -q PYTHONHOME
                set -gx PYTHONHOME $_OLD_VIRTUAL_PYTHONHOME
            end
        end
        # Unless another has taken its place.
        if builtin functions --query fish_mode_prompt
            set -l details (builtin functions --details --verbose fish_mode_prompt)
            if string match -q 'activate.fish:*' -- $details[5]
                builtin functions --erase fish_mode_prompt
                if builtin functions --query _virtual_env_mode_prompt
                    builtin functions --copy _virtual_env_mode_prompt fish_mode_prompt
                end
            end
        end
        builtin functions --erase _virtual_env_mode_prompt _virtual_env_status
        set -e VIRTUAL_ENV
        set -e VIRTUAL_ENV_PROMPT
        set -e _OLD_VIRTUAL_PATH
        set -e _OLD_VIRTUAL_PYTHONHOME
        set -e _virtual_env_bin
        if test "$argv[1]" != nondestructive
            builtin functions --erase deactivate
        end
        return 0
    end

    deactivate nondestructive

    set -gx VIRTUAL_ENV __VENV_DIR__
    set -gx VIRTUAL_ENV_PROMPT __VENV_PROMPT__

    # Not exported: a fish in this one has no `deactivate` to undo it with.
    set -gu _OLD_VIRTUAL_PATH $PATH
    set -gu _virtual_env_bin $VIRTUAL_ENV/bin
    set -gx PATH $_virtual_env_bin $PATH

    if set -q PYTHONHOME
        set -gu _OLD_VIRTUAL_PYTHONHOME $PYTHONHOME
        set -e PYTHONHOME
    end

    # fish draws fish_mode_prompt before fish_prompt, and keeps $status and
    # $pipestatus for the latter, which is left alone.
    if test -z "$VIRTUAL_ENV_DISABLE_PROMPT"
        if builtin functions --query fish_mode_prompt
            builtin functions --copy fish_mode_prompt _virtual_env_mode_prompt
        end
        # The user's own sees $status, too.
        function _virtual_env_status
            return $argv[1]
        end
        function fish_mode_prompt --description 'activate.fish: the environment, then the mode'
            set -l keep $status
            # Another script may have taken over, and has a prompt of its own.
            if test "$_virtual_env_bin" = "$VIRTUAL_ENV/bin"
                builtin printf '(%s) ' "$VIRTUAL_ENV_PROMPT"
            end
            if builtin functions --query _virtual_env_mode_prompt
                _virtual_env_status $keep
                _virtual_env_mode_prompt
            end
        end
    end
end
