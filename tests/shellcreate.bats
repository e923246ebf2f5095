# shells: each
# venv create, recreate and link in a running shell: the hook answers at once,
# on the same command line, and what is made works as any environment does.

# shellcheck disable=SC2016,SC2034,SC2154 # text; the profile's; bats sets them

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	need_shell
	share_cache
	mkdir app
	E=$HOME/app/.venv
}

@test "what is created is active on the same command line" {
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV
		venv create -q --without-pip && show VIRTUAL_ENV PATH
		cd .. && show VIRTUAL_ENV PATH
	END
	shown <<-END
		VIRTUAL_ENV unset
		$(active)
		$(untouched)
	END
}

@test "it is used where nothing is that was not allowed" {
	export VENV_WHICH_TRUST=allow
	in_shell <<-'END'
		cd app
		venv create -q --without-pip && show VIRTUAL_ENV
	END
	shown <<<"VIRTUAL_ENV=$E"
	off_screen blocked
}

@test "one that is made elsewhere changes nothing here" {
	in_shell <<-'END'
		venv create -q --without-pip app/.venv && show VIRTUAL_ENV
		cd app && show VIRTUAL_ENV
	END
	shown <<-END
		VIRTUAL_ENV unset
		VIRTUAL_ENV=$E
	END
}

@test "a failed creation is a failed command, and changes nothing" {
	in_shell <<-'END'
		cd app
		venv create -q a:b
		show status VIRTUAL_ENV
		venv create --nothing
		show status
	END
	shown <<-'END'
		status=1
		VIRTUAL_ENV unset
		status=2
	END
}

@test "a named one that the project is linked to is active at once" {
	in_shell <<-'END'
		cd app
		venv create -q --without-pip -n data --link && show VIRTUAL_ENV
		cd ..
		show VIRTUAL_ENV
	END
	shown <<-END
		VIRTUAL_ENV=$HOME/.virtualenvs/data
		VIRTUAL_ENV unset
	END
}

@test "what is active when it is made anew stays active" {
	make_env app/.venv
	in_shell <<-'END'
		cd app
		venv recreate -q && show VIRTUAL_ENV PATH
		cd .. && show VIRTUAL_ENV PATH
	END
	shown <<-END
		$(active)
		$(untouched)
	END
}

@test "a moved one that is made anew is active at once" {
	make_env old/.venv
	mv old/.venv app/.venv
	in_shell <<-'END'
		cd app
		show VIRTUAL_ENV
		venv recreate -q --no-packages && show VIRTUAL_ENV
	END
	shown <<-END
		VIRTUAL_ENV unset
		VIRTUAL_ENV=$E
	END
	on_screen 'make it anew: venv recreate'
}

@test "pip installs into it, untold" {
	make_wheel wheels alpha 1.0
	export PIP_NO_INDEX=1 PIP_FIND_LINKS=$HOME/wheels
	in_shell <<-'END'
		cd app
		venv create -q
		pip install -q --disable-pip-version-check alpha
		show status
		capture alpha
		capture "python -c 'import alpha; print(alpha.__file__)'"
	END
	shown <<-END
		status=0
		captured=1.0
		captured=$(cd app/.venv && pwd -P)/$(cd app/.venv && echo lib/python*/site-packages)/alpha.py
	END
}
