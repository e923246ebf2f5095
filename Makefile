# venv-which.  GNU make, no configure: `make help` lists the targets.
# Set variables on the command line or in config.mk.
-include config.mk

VERSION = 0.1.0
# The shells with a hook.  Building, installing, linting and testing follow
# this list.
SHELLS = bash zsh fish

PREFIX ?= /usr/local
prefix ?= $(PREFIX)
exec_prefix ?= $(prefix)
bindir ?= $(exec_prefix)/bin
datarootdir ?= $(prefix)/share
datadir ?= $(datarootdir)
mandir ?= $(datarootdir)/man
man1dir ?= $(mandir)/man1
scriptdir = $(datadir)/venv-which
# Where each shell looks, at a TAB, for what completes a command.
bashcompdir ?= $(datadir)/bash-completion/completions
zshcompdir ?= $(datadir)/zsh/site-functions
fishcompdir ?= $(datadir)/fish/vendor_completions.d

INSTALL ?= install
INSTALL_PROGRAM ?= $(INSTALL) -m 755
INSTALL_DATA ?= $(INSTALL) -m 644

# Everything that is made goes here.
B ?= build
STAGE = $(abspath $B)/stage

CFLAGS ?= -O2 -g
# The helper's compiler: musl's where it is there, for a small static start.
WHICH_CC ?= $(or $(shell command -v musl-gcc 2>/dev/null),$(CC))
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
	-Wformat=2 -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wwrite-strings -Wvla -Wcast-qual \
	-Wpointer-arith -Wundef -Wimplicit-fallthrough \
	-Werror=implicit -Werror=int-conversion
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE $(WARN) $(HARDEN) $(CPPFLAGS) $(CFLAGS)

# What both programs share, and what each adds.
COMMON = cfg env file find git gitindex group out path place record redirect \
	report secure settings shadow text trust walk
WHICH = venv-which $(COMMON)
VENV = venv active aside base cache candidates choose colour columns \
	complete create decide demand dirs dispose erase facts fail fill finding \
	freeze guard home image interrupt launcher listing made menu named narrow \
	offer offerdirs offerprograms options pathlist pick pip plant progress \
	pyenv python pyvenv recent relink renew scripts spawn state tree usage \
	$(COMMON) \
	$(patsubst src/%.c,%,$(wildcard src/cmd-*.c src/doctor-*.c))
MAN = man/venv.1 man/venv-which.1
SCRIPTS = $(SHELLS:%=$B/venv.%)
# What completes is in the script, and by itself under these names.
bashcomp = venv venv-which
zshcomp = _venv
fishcomp = venv.fish venv-which.fish
RECIPES = $(patsubst shells/%,$B/%,$(wildcard shells/recipes/*))
# Files that are in the program, as lists of numbers that C includes.
TEXT = $(patsubst %,$B/text/%.inc,$(notdir $(wildcard shells/activate/* \
	src/*.py)))

all: $B/venv-which $B/venv $(SCRIPTS) $(SHELLS:%=$B/complete.%) $(RECIPES)	## build everything

help:	## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile

# What the compilers and linkers here can do is asked once, see packaging/probe.
# Not before `make deps` has brought a compiler.
$B/probed.mk: packaging/probe Makefile $(wildcard config.mk) \
		| $(filter deps,$(MAKECMDGOALS))
	@mkdir -p $B/which $B/venv.o $B/text $B/recipes
	@CC='$(CC)' WHICH_CC='$(WHICH_CC)' sh packaging/probe >$@.new
	@mv $@.new $@
ifeq ($(filter clean help,$(MAKECMDGOALS)),)
include $B/probed.mk
endif

# Changes when a flag or a directory does, so that `make install prefix=…`
# builds anew what has the old one in it.
FLAGS = $(CC) $(WHICH_CC) $(ALL_CFLAGS) $(LDFLAGS) $(WHICH_LDFLAGS) \
	$(VERSION) $(SHELLS) $(bindir) $(scriptdir) $(READLINE)
$B/flags: FORCE
	@echo '$(FLAGS)' | cmp -s - $@ || echo '$(FLAGS)' >$@
FORCE:

$B/which/%.o: src/%.c $B/flags
	$(WHICH_CC) $(ALL_CFLAGS) $(WHICH_CFLAGS) -DVERSION='"$(VERSION)"' \
		-MMD -MP -c -o $@ $<
$B/venv.o/%.o: src/%.c $B/flags | $(TEXT)
	$(CC) $(ALL_CFLAGS) -DVERSION='"$(VERSION)"' -DSHELLS='"$(SHELLS)"' \
		-DSCRIPT_DIR='"$(scriptdir)"' -DREADLINE='"$(READLINE)"' \
		-I$B/text -MMD -MP -c -o $@ $<
$B/venv-which: $(WHICH:%=$B/which/%.o)
	$(WHICH_CC) $(ALL_CFLAGS) $(LDFLAGS) $(WHICH_LDFLAGS) -o $@ $^
$B/venv: $(VENV:%=$B/venv.o/%.o)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBMD) $(LIBDL) $(LDLIBS)
NUMBERS = od -An -v -tu1 $< | sed 's/[0-9][0-9]*/&,/g' >$@
$B/text/%.inc: shells/activate/%
	$(NUMBERS)
$B/text/%.inc: src/%
	$(NUMBERS)
FILL_IN = sed 's|@bindir@|$(bindir)|; s|@scriptdir@|$(scriptdir)|; \
	s|@version@|$(VERSION)|'
$B/venv.%: shells/venv.% completions/venv.% hook/venv.% $B/flags
	$(FILL_IN) shells/venv.$* completions/venv.$* hook/venv.$* >$@
$B/complete.%: completions/venv.% $B/flags
	$(FILL_IN) $< >$@
$B/recipes/%: shells/recipes/% $B/flags
	$(FILL_IN) $< >$@
-include $(wildcard $B/which/*.d $B/venv.o/*.d)

install: all	## install below $(prefix); DESTDIR stages
	$(INSTALL) -d '$(DESTDIR)$(bindir)' '$(DESTDIR)$(scriptdir)/recipes' \
		'$(DESTDIR)$(man1dir)'
	$(INSTALL_PROGRAM) $B/venv-which $B/venv '$(DESTDIR)$(bindir)'
	$(INSTALL_DATA) $(SCRIPTS) '$(DESTDIR)$(scriptdir)'
	$(INSTALL_DATA) $(RECIPES) '$(DESTDIR)$(scriptdir)/recipes'
	$(INSTALL_DATA) $(MAN) '$(DESTDIR)$(man1dir)'
	$(INSTALL) -d $(foreach s,$(SHELLS),'$(DESTDIR)$($(s)compdir)')
	$(foreach s,$(SHELLS),$(foreach f,$($(s)comp),$(INSTALL_DATA) \
		$B/complete.$s '$(DESTDIR)$($(s)compdir)/$f' &&)) :

uninstall:	## take away what install installed
	rm -f '$(DESTDIR)$(bindir)/venv-which' '$(DESTDIR)$(bindir)/venv' \
		$(SHELLS:%='$(DESTDIR)$(scriptdir)/venv.%') \
		$(foreach s,$(SHELLS),$(foreach f,$($(s)comp),\
			'$(DESTDIR)$($(s)compdir)/$f')) \
		$(RECIPES:$B/%='$(DESTDIR)$(scriptdir)/%') \
		$(MAN:man/%='$(DESTDIR)$(man1dir)/%')
	-rmdir '$(DESTDIR)$(scriptdir)/recipes' '$(DESTDIR)$(scriptdir)' \
		2>/dev/null

# Tests, demonstration and benchmark use an installed product.
stage: FORCE
	@$(MAKE) --no-print-directory -s install B=$B/staged prefix=$(STAGE) \
		bindir=$(STAGE)/bin datarootdir=$(STAGE)/share DESTDIR= \
		$(foreach s,$(SHELLS),$(s)compdir=$(STAGE)/share/complete/$s)

$B/pty: tests/pty.c $B/flags
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ tests/pty.c

check: stage $B/pty	## run the tests
	STAGE=$(STAGE) PTY=$(abspath $B)/pty tests/run

SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all
sanitize:	## run the tests against ASan and UBSan builds
	$(MAKE) check B=$B/sanitize WHICH_CC='$(CC)' WHICH_LDFLAGS= \
		WHICH_CFLAGS= HARDEN= CFLAGS='-O1 -g $(SANITIZE)' SANITIZED=1

# FUZZ names targets, FUZZ_SECONDS how long each takes; see tests/fuzz/run.
fuzz:	## look for input that breaks what reads the files of strangers
	B=$B CC='$(CC)' COMMON='$(COMMON)' sh tests/fuzz/run $(FUZZ)

lint: $(TEXT)	## what compilers and linters say of all code and pages
	TEXT='$B/text' MAN='$(MAN)' SHELLS='$(SHELLS)' WARN='$(WARN)' sh tests/lint

bench: stage	## print the costs as ratios
	STAGE=$(STAGE) B=$B CC='$(CC)' WHICH_CC='$(WHICH_CC)' sh bench/run
	STAGE=$(STAGE) B=$B CC='$(CC)' sh bench/create

demo: stage $B/pty	## walk into a project in each shell, and out again
	@STAGE=$(STAGE) PTY=$(abspath $B)/pty sh bench/demo

deps:	## install what building and testing need
	sh packaging/deps

DIST = venv-which-$(VERSION)
dist:	## make $(DIST).tar.gz
	@mkdir -p $B
	git archive --prefix=$(DIST)/ HEAD | gzip -n >$B/$(DIST).tar.gz

clean:	## remove what was made
	rm -rf $B

.PHONY: all help install uninstall stage check sanitize fuzz lint bench demo \
	deps dist clean FORCE
