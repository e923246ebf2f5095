# Source this file from xonsh to activate the environment; the command
# `deactivate` undoes it.


def _virtual_env_activate(env, aliases, directory, prompt):
    """Activate it, and define how only what was added goes again."""
    entry = directory + "/bin"
    had_path = "PATH" in env
    had_home = "PYTHONHOME" in env
    home = env.get("PYTHONHOME")
    fields = env["PROMPT_FIELDS"]
    old_name = fields.get("env_name")

    # Instead of xonsh's own, which has no parentheses around this variable.
    def name():
        if env.get("VIRTUAL_ENV_DISABLE_PROMPT"):
            return ""
        return "(" + env.get("VIRTUAL_ENV_PROMPT", "") + ") "

    def deactivate(args=None):
        path = env["PATH"] if "PATH" in env else []
        if entry in path:
            path.remove(entry)
            if not had_path and not len(path):
                del env["PATH"]
        if had_home and "PYTHONHOME" not in env:
            env["PYTHONHOME"] = home
        if fields.get("env_name") is name:
            fields.pop("env_name")
            if old_name is not None:
                fields["env_name"] = old_name
        for variable in ("VIRTUAL_ENV", "VIRTUAL_ENV_PROMPT"):
            if variable in env:
                del env[variable]
        __xonsh__.ctx.pop("_virtual_env_deactivate", None)
        if "deactivate" in aliases:
            del aliases["deactivate"]

    env["VIRTUAL_ENV"] = directory
    env["VIRTUAL_ENV_PROMPT"] = prompt
    if had_path:
        env["PATH"].insert(0, entry)
    else:
        env["PATH"] = [entry]
    # As xonsh reads it, which expands variables in it.
    entry = env["PATH"][0]
    if had_home:
        del env["PYTHONHOME"]
    fields["env_name"] = name
    aliases["deactivate"] = deactivate
    return deactivate


if __import__("os").path.exists(__VENV_DIR__ + "/pyvenv.cfg"):
    if "_virtual_env_deactivate" in __xonsh__.ctx:
        __xonsh__.ctx["_virtual_env_deactivate"]()
    _virtual_env_deactivate = _virtual_env_activate(
        __xonsh__.env, aliases, __VENV_DIR__, __VENV_PROMPT__
    )
else:
    # Where it was moved its programs are nobody's.
    print(
        "activate: this environment was made at another place, and moved here\n"
        "  to make it anew: venv recreate",
        file=__import__("sys").stderr,
    )
del _virtual_env_activate
