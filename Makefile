# venv-which.  GNU make, no configure: `make help` lists the targets.
# Set variables on the command line or in config.mk.
-include config.mk

VERSION = 0.1.0
# The shells with a hook.  Building, installing, linting and testing follow
# this list.
SHELLS = bash zsh fish elvish dash ksh93 mksh yash xonsh tcsh nu pwsh murex
# Of POSIX's kind: these share what stands in venv.sh.
POSIX = dash ksh93 mksh yash

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

# Both stand in each script, within its language's quotes, and sed puts them there.
ODD := $(strip $(foreach c,' " \ | & ` $$,$(findstring $c,$(bindir)$(scriptdir))))
ifneq ($(if $(filter clean help version,$(MAKECMDGOALS)),,$(ODD)),)
$(error no script can name a place with $(firstword $(ODD)) in it: choose another prefix)
endif

# How it gets onto the machine, and how a newer one does: `venv doctor` says it.
MANNER ?= by make install
THERE = $(if $(filter-out /usr/local,$(prefix)), prefix=$(prefix))
UPDATE ?= git pull && $(if $(filter $(HOME)/%,$(prefix)),,make$(THERE) && sudo \
	)make install$(THERE), in its clone

INSTALL ?= install
INSTALL_PROGRAM ?= $(INSTALL) -m 755
INSTALL_DATA ?= $(INSTALL) -m 644

# Everything that is made goes here; what is the same below any prefix, into O.
B ?= build
O = $B
STAGE = $(abspath $B)/stage
# What people make environments with, for the tests: see packaging/tools.
TOOLS ?= $(abspath $B)/tools

CFLAGS ?= -O2 -g
# The helper's compiler: musl's where it is there, for a small static start.
WHICH_CC ?= $(or $(shell command -v musl-gcc 2>/dev/null),$(CC))
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
	-Wformat=2 -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wwrite-strings -Wvla -Wcast-qual \
	-Wpointer-arith -Wundef -Wimplicit-fallthrough \
	-Werror=implicit -Werror=int-conversion
# No path of this directory gets into a program: two builds are the same one.
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -iquote src $(WARN) $(HARDEN) \
	$(MAP:%=%=$(CURDIR)=.) $(CPPFLAGS) $(CFLAGS)

# The rooms under src/: which/ is in both programs, make/ and venv/ in `venv`.
# A room's files are whatever stands in it.
room = $(sort $(patsubst src/%.c,%,$(wildcard src/$1/*.c)))
WHICH = $(call room,which)
COMMON = $(filter-out which/venv-which,$(WHICH))
VENV = $(call room,venv) $(call room,make) $(COMMON)
MAN = man/venv.1 man/venv-which.1
SCRIPTS = $(SHELLS:%=$B/venv.%)
# The parts of a shell's script; and which shells complete words by a program.
parts = $(if $(filter $1,$(POSIX)),shells/venv.sh hook/venv.sh,shells/venv.$1) \
	hook/venv.$1
COMPLETING = $(filter $(SHELLS),$(patsubst completions/venv.%,%,\
	$(wildcard completions/venv.*)))
# Those of them that look for it themselves.
FINDING = $(foreach s,$(COMPLETING),$(if $($(s)comp),$s))
# What is read when it is first needed: what only the shell knows, for `venv
# doctor`, at a TAB what completes, by the script or under these names, and of some
# shells what few answers, or new versions alone, ask for.
LATER = $(COMPLETING:%=$B/complete.%) $(patsubst src/venv/facts.%,$B/doctor.%,\
	$(filter $(SHELLS:%=src/venv/facts.%) $(if $(POSIX),%.sh),$(wildcard \
	src/venv/facts.*))) $(patsubst shells/%,$B/%,$(filter \
	$(SHELLS:%=shells/rest.%),$(wildcard shells/rest.*)))
bashcomp = venv venv-which
zshcomp = _venv
fishcomp = venv.fish venv-which.fish
RECIPES = $(patsubst shells/%,$B/%,$(wildcard shells/recipes/*))
# The same for a clone that a plugin manager loads, with the programs in it.
PLUGINS = $(SHELLS:%=$B/plugin/venv.%)
# Files that are in the program, as lists of numbers that C includes.
TEXT = $(patsubst %,$O/text/%.inc,$(notdir $(wildcard shells/activate/* \
	src/make/*.py)))

# zsh takes its script as it has compiled it, if that is not older; of another
# version's nothing is read.  `make ZSH=` goes without.
ZSH ?= $(if $(filter zsh,$(SHELLS)),$(shell command -v zsh 2>/dev/null))
COMPILED = $(if $(ZSH),$B/venv.zsh.zwc)

MADE = $O/venv-which $B/venv $(SCRIPTS) $(PLUGINS) $(LATER) $(RECIPES) $(COMPILED)
all: $(MADE)	## build everything

help:	## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile

# What the compilers and linkers here can do is asked once, see packaging/probe.
# Not before `make deps` has brought a compiler.
$O/probed.mk: packaging/probe Makefile $(wildcard config.mk) \
		| $(filter deps%,$(MAKECMDGOALS))
	@mkdir -p $O/venv-which.o/which $O/venv.o/which $O/venv.o/make \
		$O/venv.o/venv $O/text
	@CC='$(CC)' WHICH_CC='$(WHICH_CC)' CPPFLAGS='$(CPPFLAGS)' \
		LDFLAGS='$(LDFLAGS)' LIBMD='$(LIBMD)' sh packaging/probe >$@.new
	@mv $@.new $@
ifeq ($(filter clean help version,$(MAKECMDGOALS)),)
include $O/probed.mk
endif
# What is lacking is said before anything is compiled.  It may be here the next
# time, which is asked then.
ifdef LACKS
ifndef MAKE_RESTARTS
$O/probed.mk: FORCE
else ifeq ($(MAKELEVEL),0)
$(info make: $(LACKS))
endif
endif

# Each changes when what is in it does, so that `make install prefix=…` builds
# anew what has the old one in it, and nothing else.
$O/flags: SAID = $(CC) $(WHICH_CC) $(ALL_CFLAGS) $(WHICH_CFLAGS) $(LDFLAGS) \
	$(WHICH_LDFLAGS) $(VERSION)
$O/library: SAID = $(READLINE)
$B/names: SAID = $(MANNER) $(UPDATE) $(VERSION) $(SHELLS) $(bindir) \
	$(scriptdir)
$O/flags $O/library $B/names: FORCE
	@mkdir -p $(@D)/recipes $(@D)/plugin
	@echo '$(SAID)' | cmp -s - $@ || echo '$(SAID)' >$@
FORCE:

$O/venv-which.o/%.o: src/%.c $O/flags
	$(WHICH_CC) $(ALL_CFLAGS) $(WHICH_CFLAGS) -DVERSION='"$(VERSION)"' \
		-MMD -MP -c -o $@ $<
$O/venv.o/%.o $B/named.o/%.o: DEFINES = -DVERSION='"$(VERSION)"' \
	-DREADLINE='"$(READLINE)"'
$O/venv.o/%.o: src/%.c $O/flags | $(TEXT)
	$(CC) $(ALL_CFLAGS) $(DEFINES) -I$O/text -MMD -MP -c -o $@ $<
$(patsubst %,$O/venv.o/%.o,$(patsubst src/%.c,%,$(shell \
	grep -lw READLINE $(VENV:%=src/%.c)))): $O/library
# Only these files know where they are, what is there, or who brought it.
NAMING := $(patsubst src/%.c,%,$(shell \
	grep -lwE 'MANNER|UPDATE|SHELLS|SCRIPT_DIR' $(VENV:%=src/%.c)))
$B/named.o/%.o: src/%.c $O/flags $B/names | $(TEXT)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(DEFINES) -DSCRIPT_DIR='"$(scriptdir)"' \
		-DSHELLS='"$(SHELLS)"' -DMANNER='"$(MANNER)"' \
		-DUPDATE='"$(UPDATE)"' -I$O/text -MMD -MP -c -o $@ $<
$O/venv-which: $(WHICH:%=$O/venv-which.o/%.o)
	$(WHICH_CC) $(ALL_CFLAGS) $(LDFLAGS) $(WHICH_LDFLAGS) -o $@ $^
ifdef LACKS
$B/venv: | $(filter-out $B/venv,$(MADE))
	@echo 'make: venv was not built: $(LACKS)' >&2; false
else
$B/venv: $(patsubst %,$O/venv.o/%.o,$(filter-out $(NAMING),$(VENV))) \
		$(NAMING:%=$B/named.o/%.o)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBMD) $(LIBDL) $(LDLIBS)
endif
NUMBERS = od -An -v -tu1 $< | sed 's/[0-9][0-9]*/&,/g' >$@
$O/text/%.inc: shells/activate/%
	$(NUMBERS)
$O/text/%.inc: src/make/%
	$(NUMBERS)
# $1 and $2: where the programs and the scripts are, if not installed.
FILL_IN = sed 's|@scriptdir@|$(or $2,$(scriptdir))|; s|@version@|$(VERSION)|; \
	s|@bindir@|$(or $1,$(bindir))|; s|@shell@|$*|'
# A shell that starts reads each line: comments stay in the head alone.
BRIEFLY = | sed -e '1,/^$$/b' -e '/^[[:blank:]]*\#/d' -e '/^$$/d'
.SECONDEXPANSION:
$(SCRIPTS): $B/venv.%: $$(call parts,$$*) $B/names
	$(FILL_IN) $(call parts,$*) $(BRIEFLY) >$@
$(PLUGINS): $B/plugin/venv.%: $$(call parts,$$*) $B/names
	$(call FILL_IN,$(abspath $B),$(abspath $B)) $(call parts,$*) \
		$(BRIEFLY) >$@
$B/venv.zsh.zwc: $B/venv.zsh
	cd $B && $(ZSH) -fc 'zcompile -U venv.zsh'
$B/complete.%: completions/venv.% $B/names
	$(FILL_IN) $< >$@
$B/doctor.%: src/venv/facts.% $B/names
	$(FILL_IN) $< >$@
$B/rest.%: shells/rest.% $B/names
	$(FILL_IN) $< >$@
$B/recipes/%: shells/recipes/% $B/names
	$(FILL_IN) $< >$@
-include $(wildcard $O/venv-which.o/*/*.d $O/venv.o/*/*.d $B/named.o/*/*.d)

install: all	## install below $(prefix); DESTDIR stages
	$(INSTALL) -d '$(DESTDIR)$(bindir)' '$(DESTDIR)$(scriptdir)/recipes' \
		'$(DESTDIR)$(man1dir)'
	$(INSTALL_PROGRAM) $O/venv-which $B/venv '$(DESTDIR)$(bindir)'
	$(INSTALL_DATA) $(SCRIPTS) $(LATER) '$(DESTDIR)$(scriptdir)'
	$(if $(COMPILED),$(INSTALL_DATA) $(COMPILED) '$(DESTDIR)$(scriptdir)')
	$(INSTALL_DATA) $(RECIPES) '$(DESTDIR)$(scriptdir)/recipes'
	$(INSTALL_DATA) $(MAN) '$(DESTDIR)$(man1dir)'
	$(INSTALL) -d $(foreach s,$(FINDING),'$(DESTDIR)$($(s)compdir)')
	$(foreach s,$(COMPLETING),$(foreach f,$($(s)comp),$(INSTALL_DATA) \
		$B/complete.$s '$(DESTDIR)$($(s)compdir)/$f' &&)) :

uninstall:	## take away what install installed
	rm -f '$(DESTDIR)$(bindir)/venv-which' '$(DESTDIR)$(bindir)/venv' \
		$(SHELLS:%='$(DESTDIR)$(scriptdir)/venv.%') \
		'$(DESTDIR)$(scriptdir)/venv.zsh.zwc' \
		$(LATER:$B/%='$(DESTDIR)$(scriptdir)/%') \
		$(foreach s,$(COMPLETING),$(foreach f,$($(s)comp),\
			'$(DESTDIR)$($(s)compdir)/$f')) \
		$(RECIPES:$B/%='$(DESTDIR)$(scriptdir)/%') \
		$(MAN:man/%='$(DESTDIR)$(man1dir)/%')
	-rmdir '$(DESTDIR)$(scriptdir)/recipes' '$(DESTDIR)$(scriptdir)' \
		2>/dev/null

# Tests, demonstration and benchmark use an installed product.  It is built by
# all processors, where nobody has said by how many.
JOBS = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(or $(shell \
	getconf _NPROCESSORS_ONLN 2>/dev/null),2))
stage: $O/flags | $(filter all install,$(MAKECMDGOALS))
	@$(MAKE) --no-print-directory -s $(JOBS) install B=$B/staged O=$O \
		prefix=$(STAGE) bindir=$(STAGE)/bin datarootdir=$(STAGE)/share DESTDIR= \
		$(foreach s,$(COMPLETING),$(s)compdir=$(STAGE)/share/complete/$s)

# What types for the tests; and beside it what copies, kills and sets a limit.
BESIDE = $B/copy $B/kill_at $B/within
$B/pty: tests/pty.c tests/terminal.c tests/terminal.h $(BESIDE) $O/flags
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ tests/pty.c tests/terminal.c
$(BESIDE): $B/%: tests/%.c $O/flags
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $<

check: stage $B/pty	## run the tests; SLOWEST=20 lists those that take longest
	STAGE=$(STAGE) PTY=$(abspath $B)/pty TOOLS='$(TOOLS)' tests/run

check-versions: stage $B/pty	## the shared cases in shells built from the archives in SOURCES
	B='$B' STAGE=$(STAGE) PTY=$(abspath $B)/pty TOOLS='$(TOOLS)' \
		tests/versions '$(SOURCES)' $(NAMES)

SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all
sanitize:	## run the tests against ASan and UBSan builds
	$(MAKE) check B=$B/sanitize WHICH_CC='$(CC)' WHICH_LDFLAGS= \
		WHICH_CFLAGS= HARDEN= CFLAGS='-O1 -g $(SANITIZE)' SANITIZED=1 \
		TOOLS='$(TOOLS)'

# FUZZ names targets, FUZZ_SECONDS how long each takes; see tests/fuzz/run.
fuzz:	## look for input that breaks what reads the files of strangers
	B=$B CC='$(CC)' sh tests/fuzz/run $(FUZZ)

lint: $(TEXT)	## what compilers and linters say of all code and pages
	TEXT='$B/text' MAN='$(MAN)' SHELLS='$(SHELLS)' WARN='$(WARN)' \
		TOOLS='$(TOOLS)' sh tests/lint

bench: stage $B/pty	## print the costs as ratios
	STAGE=$(STAGE) PTY=$(abspath $B)/pty B=$B TOOLS='$(TOOLS)' CC='$(CC)' \
		WHICH_CC='$(WHICH_CC)' sh bench/run
	STAGE=$(STAGE) B=$B TOOLS='$(TOOLS)' CC='$(CC)' sh bench/create

demo: stage $B/pty	## walk into a project in each shell, and out again
	@STAGE=$(STAGE) PTY=$(abspath $B)/pty sh bench/demo

picture: stage	## record the session of README.md, as man/session.svg
	STAGE=$(STAGE) TOOLS='$(TOOLS)' sh bench/picture man/session.svg

deps:	## install what building and the demo need
	sh packaging/deps build

deps-check: | $(filter deps-extra,$(MAKECMDGOALS))	## the same, and what the tests need
	sh packaging/deps build check
	sh packaging/tools '$(TOOLS)'

deps-extra:	## the same, and for packages, lint, fuzz and bench
	sh packaging/deps build check extra
	sh packaging/tools '$(TOOLS)' extra

version:	## print the version
	@echo $(VERSION)

# The archive is the commit's, and so the same each time.
DIST = venv-which-$(VERSION)
TREE ?= HEAD
dist:	## make the archive of a release, build/venv-which-VERSION.tar.gz
	@mkdir -p $B
	git archive --prefix=$(DIST)/ $(TREE) | gzip -n >$B/$(DIST).tar.gz

# Where the packages fetch the archive from, and who answers for them.
URL ?= file://$(abspath $B)/$(DIST).tar.gz
MAINTAINER ?= venv-which authors <authors@venv-which.invalid>
FILL = VERSION='$(VERSION)' URL='$(URL)' MAINTAINER='$(MAINTAINER)' \
	ARCHIVE='$B/$(DIST).tar.gz' DATE="$$(git log -1 --format=%cD)" \
	sh packaging/fill
PACKAGES = arch/PKGBUILD homebrew/venv-which.rb nix/venv-which.nix \
	rpm/venv-which.spec

packages: dist	## fill in what Arch, Homebrew, Nix and RPM build from
	@mkdir -p $B/packages
	for file in $(PACKAGES); do \
		$(FILL) packaging/$$file $B/packages/$${file#*/} || exit; \
	done

deb: dist	## build the packages of Debian in build/deb
	rm -rf $B/deb
	mkdir -p $B/deb
	cp $B/$(DIST).tar.gz $B/deb/venv-which_$(VERSION).orig.tar.gz
	tar -xzf $B/$(DIST).tar.gz -C $B/deb
	cp -R packaging/debian $B/deb/$(DIST)
	for file in changelog control; do \
		$(FILL) packaging/debian/$$file $B/deb/$(DIST)/debian/$$file || \
		exit; done
	cd $B/deb/$(DIST) && env -i PATH="$$PATH" dpkg-buildpackage -us -uc

clean:	## remove what was made
	rm -rf $B

.PHONY: all help install uninstall stage check sanitize fuzz lint bench demo \
	picture deps deps-check deps-extra version dist packages deb clean FORCE
