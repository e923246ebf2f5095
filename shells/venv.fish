# venv-which for fish 3.1 and later: does as told.
#: builtin source '@scriptdir@/venv.fish'
# `venv init` prints that.  In ~/.config/fish/config.fish:
#	command venv init fish | source
# The second half of the script, hook/venv.fish, decides when to ask; what is to
# be done about the answer is decided in C.
#
# Builtins that fish lets a function replace are called as `builtin NAME`.

# Interactive shells only: nobody else may notice.
if status is-interactive

    # -- State ----------------------------------------------------------------

    # Where the programs were installed, for an environment could have put its own
    # into PATH; and what this script is, for `venv doctor`.
    set -g _venv_bin '@bindir@'
    set -g _venv_release '@version@'

    # _venv_memory   what the last answer gave to be handed back
    # _venv_keep     paths that are there, and _venv_watch, that are not
    # _venv_same     where what is active by a link is in fact
    # _venv_word     what lines begin with; _venv_rest, what they go on with
    # _venv_prompt   what the prompt shows in front
    # _venv_deactivate  the function `deactivate` is ours
    # _venv_label    what the user's own prompt shows; _venv_mark, what is not active
    # _venv_drawn    empty while it is asked whether fish_mode_prompt is ours; none:
    #                it has never been

    # What the environment says of these is somebody else's, unless this script
    # was loaded here before.
    if not builtin functions --query _venv_take
        for name in _venv_{memory,prompt,deactivate,label,mark,same,pwd,seen,warned} \
            _venv_{ready,loads,called,call,again,drawn} VENV_WHICH_{NAME,VERSION,STATE}
            set -e $name
        end
    end

    # -- The answer -----------------------------------------------------------

    # Do what the lines of the text say, but for what is to be called, which is left
    # in _venv_call, _venv_again and _venv_did.  What is to be shown begins with
    # `state`; without it all of it stays.  False: they have no end, and were not
    # meant for us; nothing is watched then.
    function _venv_take --argument-names text
        set -g _venv_same
        _venv_watched $text
        _venv_split $text
        if test "$_venv_word[-1] $_venv_rest[-1]" != 'end 2'
            _venv_watched ''
            return 1
        end
        set -g _venv_call
        set -g _venv_again
        set -g _venv_did
        set -l rests $_venv_rest
        for word in $_venv_word
            set -l rest $rests[1]
            set -e rests[1]
            switch $word
                case same
                    set -a _venv_same $rest
                case set
                    _venv_split $rest
                    # PATH is a list here.  An empty entry is the working directory in
                    # it, but the one behind ours says that the list was empty.
                    test $_venv_word = PATH; and string match -q -r -- '(^|:)$' $_venv_rest
                    and set _venv_rest (string replace -r ':$' '' -- $_venv_rest | string match -r '.+')
                    set -gx $_venv_word $_venv_rest
                case unset
                    set -e -g $rest
                case deactivate
                    _venv_own $rest
                case state
                    set -g VENV_WHICH_STATE $rest
                    for name in _venv_{prompt,label,mark} VENV_WHICH_{NAME,VERSION}
                        set -g $name ''
                    end
                case name
                    set -g VENV_WHICH_NAME $rest
                case version
                    set -g VENV_WHICH_VERSION $rest
                case prompt label mark memory call
                    set -g _venv_$word $rest
                case ask
                    set -a _venv_again $rest
                case say
                    builtin printf '%s\n' $rest >&2
                case did
                    set -a _venv_did $rest
            end
        end
    end

    # Split lines at the first blank, into _venv_word and _venv_rest; but what is
    # watched, which is most of them, goes to _venv_keep and _venv_watch.  All at
    # once, for a command takes more time than a line.  A command substitution is a
    # pipe and a thread; fish before 3.2 has nothing else.
    set -g _venv_word
    set -g _venv_rest
    set -g _venv_keep
    set -g _venv_watch
    function _venv_split --argument-names text
        string match -a -q -r -- '(?m)^(?!keep |watch )(?<_venv_word>\S*) ?(?<_venv_rest>.*)' $text
    end
    function _venv_watched --argument-names text
        string match -a -q -r -- '(?m)^keep (?<_venv_keep>.*)' $text
        string match -a -q -r -- '(?m)^watch (?<_venv_watch>.*)' $text
    end
    switch $version
        case '3.1.*'
            function _venv_split --argument-names text
                set -l lines (string split -- \n $text | string match -v -r '^(keep|watch) ')
                set _venv_word (string replace -r ' .*' '' -- $lines)
                set _venv_rest (string replace -r '^\S* ?' '' -- $lines)
            end
            function _venv_watched --argument-names text
                set _venv_keep (string split -- \n $text | string replace -f -r '^keep ' '')
                set _venv_watch (string split -- \n $text | string replace -f -r '^watch ' '')
            end
    end

    # Whose `deactivate` there is to be.
    function _venv_own
        test $argv[1] = none; and set -q _venv_deactivate
        and builtin functions --erase deactivate
        set -e _venv_deactivate
        test $argv[1] = ours; or return 0
        set -g _venv_deactivate 1
        function deactivate --description 'Deactivate the environment'
            not builtin functions --query _venv_verb; or _venv_verb off
        end
    end

    # -- Prompt ---------------------------------------------------------------

    # fish draws fish_mode_prompt before fish_prompt, and keeps $status and
    # $pipestatus for the latter, which we therefore leave alone.  It stays once
    # it is there; what comes and goes is what it prints.  A theme that is
    # loaded later may put its own in the place of ours.
    function _venv_show
        if set -q _venv_drawn; and builtin functions --query fish_mode_prompt
            # Ours says that it is there, and no more; so it does where somebody
            # has wrapped it, and calls it.
            set -g _venv_drawn
            fish_mode_prompt >/dev/null
            set -q _venv_drawn[1]; and return 0
            set -g _venv_drawn 1
        end
        # Or the user's own prompt shows it.
        for name in fish_prompt fish_right_prompt
            builtin functions --query $name
            and builtin functions $name | string match -q '*venv_prompt*'
            and return 0
        end
        set -g _venv_drawn 1
        builtin functions --erase _venv_mode_prompt
        builtin functions --query fish_mode_prompt
        and builtin functions --copy fish_mode_prompt _venv_mode_prompt
        function fish_mode_prompt --description 'venv-which: the environment, then the mode'
            set -l keep $status
            if not set -q _venv_drawn[1]
                set -g _venv_drawn 1
                return
            end
            builtin printf %s "$_venv_prompt"
            builtin functions --query _venv_mode_prompt; or return
            _venv_status $keep
            _venv_mode_prompt
        end
    end

    # The user's own is to see what fish_prompt will: a terminal's marks there
    # what has failed.
    function _venv_status
        return $argv[1]
    end

    # For fish_prompt and fish_right_prompt.  The user may have one of his own.
    # The blank is no part of what is coloured.
    if not builtin functions --query venv_prompt
        function venv_prompt --description 'Print the environment, for a prompt'
            set -l keep $status
            set -l colours
            test -n "$NO_COLOR" -o -z "$TERM" -o "$TERM" = dumb
            or set colours (builtin set_color cyan) (builtin set_color yellow) (builtin set_color normal)
            test -z "$_venv_label"
            or builtin printf '%s(%s)%s ' "$colours[1]" $_venv_label "$colours[3]"
            test -z "$_venv_mark"
            or builtin printf '%s(%s)%s ' "$colours[2]" $_venv_mark "$colours[3]"
            return $keep
        end
    end

    # -- Commands -------------------------------------------------------------

    # The first ones act on the shell, which tells the last one what only it
    # knows.  Every other one may change the answer about this directory.
    function venv --description 'Manage virtual environments'
        if not builtin functions --query _venv_verb
            command venv $argv
            return
        end
        switch "$argv[1]"
            case use pick off on
                _venv_verb $argv
            case doctor
                builtin source '@scriptdir@/doctor.fish'
                _venv_doctor $argv
            case '*'
                $_venv_bin/venv --hook "memory=$_venv_memory" $argv
                set -l keep $status
                set -q _venv_ready; and not status is-command-substitution; and _venv_again
                return $keep
        end
    end

end
