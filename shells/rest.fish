# venv-which for fish 3.5 and later: what fish before it could not read.  Read at the
# first prompt.

# See hook/venv.fish.  (Without any `path` would read them.)
function _venv_is_stale
    builtin path is -- '' $_venv_watch; or builtin path is -v -- / $_venv_keep
end
