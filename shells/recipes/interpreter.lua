-- neovim: the interpreter that belongs to a directory, for a language server.
-- From init.lua:
--
--	local python = dofile('@scriptdir@/recipes/interpreter.lua')
--	vim.lsp.config('pyright', {
--		before_init = function(_, config)
--			config.settings.python.pythonPath = python(config.root_dir)
--		end,
--	})
--
-- It is nil where no environment may be used; what the server takes then is no
-- program of a project's.  For another editor, have `venv-which -p` print it.
return function(directory)
	-- A file by itself has no root.
	directory = directory or vim.fn.getcwd()
	local path = vim.fn.system({ '@bindir@/venv-which', '-C', directory, '-p' })
	if vim.v.shell_error ~= 0 then
		return nil
	end
	return (path:gsub('\n$', ''))
end
