# SPDX-License-Identifier: ISC
# Builds ctr-tools. Nothing is written outside build/out. make help lists the targets.

MAKEFLAGS += --no-builtin-rules --no-builtin-variables
.SUFFIXES:
.DELETE_ON_ERROR:

VERSION := $(shell cat VERSION)
PREFIX = /usr/local
DESTDIR =

# For another machine: make ARCH=aarch64. X is the prefix of its compiler's name.
HERE := $(shell uname -m)
ARCH := $(HERE)
X = $(if $(filter-out $(HERE),$(ARCH)),$(ARCH)-linux-gnu-)
O = build/out$(if $(X),/$(ARCH))
D = build/out/deps/$(ARCH)

# The tools: static-pie, by the compiler that build/deps makes. The second build, for tests: the
# sanitizers, which need the system's compiler and libraries.
CC = $(D)/bin/cc
AR = $(X)ar
STRIP = $(X)strip
SAN_CC = gcc

WARN = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wpointer-arith -Wcast-qual -Wwrite-strings -Wformat=2 -Wundef \
	-Wvla -Walloca -Wlogical-op -Wduplicated-cond -Wredundant-decls -Wdate-time
BASE = -std=c11 -D_GNU_SOURCE -Ilib -g -ffile-prefix-map=$(CURDIR)=. $(WARN)
CFLAGS = $(BASE) -Werror -O2 -fstack-protector-strong -fstack-clash-protection \
	-ffunction-sections -fdata-sections
LDFLAGS = -Wl,--gc-sections
SAN_CFLAGS = $(BASE) -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
LIBS = $(SAN_LIBS)
SAN_LIBS = -larchive -lcjson -lisal -lzstd -llzma -lbz2 -lz

LIB_C := $(sort $(shell find lib -name '*.c' 2>/dev/null))
CMD_C := $(wildcard cmd/*.c)
UNIT_C := $(wildcard tests/unit/*.c)
TWIN_C := $(wildcard tests/twin/*.c)
FUZZ_C := $(filter-out tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c))
GEN_C := $(wildcard man/*.c)
BENCH_C := $(wildcard tests/bench/*.c)
TOOLS := $(CMD_C:cmd/%.c=%)
PAGES := $(if $(X),,$(wildcard man/*.1 man/*.7) $(GEN_C:.c=.7))

LIB_O := $(LIB_C:%.c=$(O)/obj/%.o)
CMD_O := $(CMD_C:%.c=$(O)/obj/%.o)
GEN_O := $(GEN_C:%.c=$(O)/obj/%.o)
SAN_LIB_O := $(LIB_C:%.c=$(O)/san/obj/%.o)
SAN_CMD_O := $(CMD_C:%.c=$(O)/san/obj/%.o)
UNIT_O := $(UNIT_C:%.c=$(O)/san/obj/%.o)
OBJ := $(LIB_O) $(CMD_O) $(GEN_O) $(SAN_LIB_O) $(SAN_CMD_O) $(UNIT_O) \
	$(TWIN_C:%.c=$(O)/obj/%.o) $(BENCH_C:%.c=$(O)/obj/%.o) $(O)/san/obj/tests/fuzz/replay.o $(FUZZ_C:%.c=$(O)/san/obj/%.o) $(FUZZ_C:%.c=$(O)/fuzz/obj/%.o) $(LIB_C:%.c=$(O)/fuzz/obj/%.o)

BIN := $(TOOLS:%=$(O)/bin/%)
MAN := $(PAGES:%=$(O)/%)
COMPLETION := $(if $(X),,$(foreach t,$(TOOLS),$(O)/completion/bash/$t $(O)/completion/zsh/_$t))
SAN_BIN := $(TOOLS:%=$(O)/san/bin/%)
UNIT := $(UNIT_C:tests/unit/%.c=$(O)/san/unit/%)
TWIN := $(TWIN_C:tests/twin/%.c=$(O)/twin/%)
FUZZ := $(FUZZ_C:tests/fuzz/%.c=%)
REPLAY := $(FUZZ:%=$(O)/san/fuzz/%)
LONG := $(patsubst tests/long/%.c,$(O)/long/%,$(wildcard tests/long/*.c))

# The fuzzers: make fuzz FUZZ_SECONDS=300 TARGET=json; what they find goes to build/out/fuzz.
FUZZ_CC = clang
FUZZ_CFLAGS = $(BASE) -Wno-unknown-warning-option -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
FUZZ_SECONDS = 60
TARGET = $(FUZZ)
FUZZ_O := $(LIB_C:%.c=$(O)/fuzz/obj/%.o)

# make V=1 shows whole commands.
Q = $(if $(V),,@)
say = @$(if $(V),:,echo '$(1)')

.PHONY: all demo check check-long lint san fuzz evidence bench install clean distclean help FORCE
.SECONDARY: $(OBJ) $(TOOLS:%=$(O)/bin-debug/%) $(GEN_C:man/%.c=$(O)/gen/%)

all: $(O)/libctr.a $(BIN) $(MAN) $(COMPLETION)

help:
	@echo 'make             the tools, in build/out/bin, their man pages and completions, beside it'
	@echo 'make demo        the main job, step by step, on the evidence in the repository'
	@echo 'make check       all tests; the last line is their sum'
	@echo 'make check-long  the same on Linux 3.10, on poor systems, on aarch64, under sanitizers; bit by bit'
	@echo 'make lint        the rules of the house: includes, licence lines, scripts, C, man pages'
	@echo 'make san         what the tests run: the tools with sanitizers, in build/out/san/bin, unit tests, twins'
	@echo 'make fuzz        each fuzz target for FUZZ_SECONDS=$(FUZZ_SECONDS), or those of TARGET='
	@echo 'make bench       times the tools beside their peers; the table is build/out/bench.md'
	@echo 'make evidence    makes the evidence of the tests anew, with a real engine'
	@echo 'make ARCH=aarch64  the tools for that machine, in build/out/aarch64/bin'
	@echo 'make install     PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)'
	@echo 'make clean       removes what is ours; distclean the dependencies and their sources too'
	@echo 'V=1 shows whole commands. What is missing on this machine is said, and installed.'

# What building needs is looked for before the first compiler runs; NEED says for what.
NEED = build
demo: NEED = build demo
check: NEED = build check
check-long: NEED = build check check-long
lint: NEED = build lint
san: NEED = build check
fuzz: NEED = build check fuzz
evidence: NEED = build evidence
bench: NEED = build bench

# A machine may have the dependencies (a cache brought them) and no compiler.
DEPS = $(D)/.done
$(DEPS): $(wildcard build/deps/*) $(if $(shell command -v $(X)gcc),,FORCE)
	@build/need $(NEED) $(if $(X),$(filter aarch64,$(ARCH)))
	$(Q)build/deps/build $(ARCH) $(X)
	@touch $@

SAN_NEED = $(O)/san/.need
$(SAN_NEED): build/need | $(DEPS)
	@build/need build check
	@mkdir -p $(@D) && touch $@

# The library, the tools. Only one file knows the version.
$(O)/obj/%.o: %.c Makefile $(DEPS)
	$(call say,CC $<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

$(O)/san/obj/%.o: %.c Makefile | $(SAN_NEED)
	$(call say,CC $< (san))
	@mkdir -p $(@D)
	$(Q)$(SAN_CC) $(SAN_CFLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

VERSION_O = $(O)/obj/lib/tool/version.o $(O)/san/obj/lib/tool/version.o $(O)/fuzz/obj/lib/tool/version.o
$(VERSION_O): CPPFLAGS = -DCTR_VERSION='"$(VERSION)"'
$(VERSION_O): VERSION

# The scripts that the assembler takes in, which no compiler tells of.
SCRIPTS = $(wildcard lib/tool/complete.*sh)
$(O)/obj/lib/tool/complete.o $(O)/san/obj/lib/tool/complete.o $(O)/fuzz/obj/lib/tool/complete.o: $(SCRIPTS)

# Made anew as a whole: no member of a file that is gone stays.
$(O)/libctr.a: $(LIB_O)
	$(call say,AR $@)
	@mkdir -p $(@D) && rm -f $@
	$(Q)$(AR) rcsD $@ $^

$(O)/san/libctr.a: $(SAN_LIB_O)
	$(call say,AR $@)
	@mkdir -p $(@D) && rm -f $@
	$(Q)$(AR) rcsD $@ $^

$(O)/bin-debug/%: $(O)/obj/cmd/%.o $(O)/libctr.a
	$(call say,LD $@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(O)/bin/%: $(O)/bin-debug/%
	@mkdir -p $(@D)
	$(Q)$(STRIP) -o $@ $<

# Another reader of what we read, by a library as the tools would have it, to be held against ours.
$(O)/twin/%: $(O)/obj/tests/twin/%.o $(O)/libctr.a
	$(call say,LD $@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(O)/san/bin/%: $(O)/san/obj/cmd/%.o $(O)/san/libctr.a
	$(call say,LD $@)
	@mkdir -p $(@D)
	$(Q)$(SAN_CC) $(SAN_CFLAGS) -o $@ $^ $(SAN_LIBS)

$(O)/san/unit/%: $(O)/san/obj/tests/unit/%.o $(O)/san/libctr.a
	$(call say,LD $@)
	@mkdir -p $(@D)
	$(Q)$(SAN_CC) $(SAN_CFLAGS) -o $@ $^ $(SAN_LIBS)

$(O)/san/fuzz/%: $(O)/san/obj/tests/fuzz/%.o $(O)/san/obj/tests/fuzz/replay.o $(O)/san/libctr.a
	$(call say,LD $@)
	@mkdir -p $(@D)
	$(Q)$(SAN_CC) $(SAN_CFLAGS) -o $@ $^ $(SAN_LIBS)

$(O)/fuzz/obj/%.o: %.c Makefile | $(SAN_NEED)
	$(call say,CC $< (fuzz))
	@mkdir -p $(@D)
	$(Q)$(FUZZ_CC) $(FUZZ_CFLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

$(O)/fuzz/bin/%: $(O)/fuzz/obj/tests/fuzz/%.o $(FUZZ_O)
	$(call say,LD $@)
	@mkdir -p $(@D)
	$(Q)$(FUZZ_CC) $(FUZZ_CFLAGS) -fsanitize=fuzzer -o $@ $^ $(SAN_LIBS)

fuzz: $(TARGET:%=$(O)/fuzz/bin/%)
	@build/fuzz $(O)/fuzz $(FUZZ_SECONDS) $(TARGET)

# Man pages. A tool prints its own list of options; a page may be printed by a program.
$(O)/man/%.1: man/%.1 $(O)/bin/%
	$(call say,MAN $@)
	@mkdir -p $(@D)
	$(Q)$(O)/bin/$* --help-mdoc >$@.options
	$(Q)sed -e '/^@OPTIONS@$$/{r $@.options' -e 'd;}' $< >$@
	@rm $@.options

$(O)/man/%.7: man/%.7
	$(call say,MAN $@)
	@mkdir -p $(@D)
	$(Q)cp $< $@

$(O)/gen/%: $(O)/obj/man/%.o $(O)/libctr.a
	$(call say,LD $@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(GEN_C:%.c=$(O)/%.7): $(O)/man/%.7: $(O)/gen/%
	$(call say,MAN $@)
	@mkdir -p $(@D)
	$(Q)$< >$@

# Completion: a tool prints its own.
$(O)/completion/bash/%: $(O)/bin/%
	$(call say,COMPLETION $@)
	@mkdir -p $(@D)
	$(Q)$< --help-bash >$@

$(O)/completion/zsh/_%: $(O)/bin/%
	$(call say,COMPLETION $@)
	@mkdir -p $(@D)
	$(Q)$< --help-zsh >$@

san: $(SAN_BIN) $(UNIT) $(REPLAY) $(TWIN)

demo: all
	@build/need build demo
	@build/demo

check: all san
	@build/need build check
	@build/check $(O)

# What the long tests run tools by.
$(O)/long/%: tests/long/%.c Makefile $(DEPS)
	$(call say,LD $@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -o $@ $<

# The tools of the other machine are made by a make of their own: a variable is set for all of it.
check-long: all san $(LONG)
	@build/need build check check-long
	$(if $(filter aarch64,$(HERE)),,@$(MAKE) -s --no-print-directory ARCH=aarch64 all)
	@build/check $(O) tests/long/*.bats tests/long/table

lint: all
	@build/need build lint
	@build/lint $(O)

# What the benchmarks read is made once: 2.5 GB in build/out/bench.
$(O)/bench/%: $(O)/obj/tests/bench/%.o
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $<

bench: all $(BENCH_C:tests/%.c=$(O)/%)
	@build/need build bench
	@tests/bench/data $(O)/bench
	@tests/bench/run $(O)/bin $(O)/bench $(O)/bench.md

evidence: all
	@build/need evidence
	tests/evidence/make
	tests/evidence/make-layouts
	tests/evidence/make-images
	tests/evidence/make-hard

install: all
	$(if $(BIN),install -D -m 755 -t $(DESTDIR)$(PREFIX)/bin $(BIN))
	$(foreach s,1 7,$(if $(filter %.$s,$(MAN)),install -D -m 644 -t \
		$(DESTDIR)$(PREFIX)/share/man/man$s $(filter %.$s,$(MAN));))
	$(if $(COMPLETION),install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
		$(filter $(O)/completion/bash/%,$(COMPLETION)))
	$(if $(COMPLETION),install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
		$(filter $(O)/completion/zsh/%,$(COMPLETION)))

clean:
	rm -rf $(addprefix $(O)/,obj bin bin-debug san twin fuzz gen long man completion check libctr.a)

distclean:
	rm -rf build/out

-include $(OBJ:.o=.d)
