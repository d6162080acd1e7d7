/* SPDX-License-Identifier: ISC */
/* What can be told of one path in one layer. In the layers of a base image all of it is for information: there it is what
 * the image is. Techniques: MITRE ATT&CK for Linux and Containers. */

#include "base/glob.h"
#include "base/text.h"
#include "base/time.h"
#include "finding/finding.h"
#include "record/change.h"
#include "record/layer.h"

static bool
matches(const struct change *c, const char *const *globs)
{
	for (; *globs != NULL; globs++)
		if (glob_match(span_of(*globs), c->path))
			return true;
	return false;
}

static bool
differs(const struct change *c, const char *what)
{
	for (size_t i = 0; i < c->differs.n; i++)
		if (span_is(list_span(&c->differs, i), what))
			return true;
	return false;
}

/* What the layer brought, and not the engine: new, or with another content. */
static bool
brought(const struct change *c)
{
	return c->noise.ptr == NULL && c->kind != LAYER_INIT && (c->change == CHANGE_ADDED ||
	    (c->change == CHANGE_MODIFIED && (differs(c, "content") || differs(c, "type"))));
}

/* The same, or with other permissions or attributes. */
static bool
touched(const struct change *c)
{
	return c->noise.ptr == NULL && c->kind != LAYER_INIT && (brought(c) || (c->change == CHANGE_MODIFIED &&
	    (differs(c, "mode") || differs(c, "owner") || differs(c, "xattr") || differs(c, "link"))));
}

static bool
has_bit(const struct change *c, const char *places, const char *letters)
{
	for (; *places != '\0'; places++)
		for (const char *l = letters; *l != '\0'; l++)
			if (c->mode.len == 10 && c->mode.ptr[*places - '0'] == *l)
				return true;
	return false;
}

static bool
is_executable(const struct change *c)
{
	return (c->type == CONTENT_FILE || c->type == CONTENT_HARDLINK) && has_bit(c, "369", "xst") &&
	    (c->magic.ptr == NULL || span_is(c->magic, "elf") || span_starts(c->magic, "script:"));
}

static bool
is_program(const struct change *c)
{
	return is_executable(c) || ((c->type == CONTENT_FILE || c->type == CONTENT_HARDLINK) && span_is(c->magic, "elf"));
}

static struct span
kind_of(const struct change *c)
{
	return c->magic.len > 0 ? c->magic : SPAN("file with a right to execute");
}

static void
new_executable(const void *row, struct facts *f)
{
	static const char *const odd[] = { "/tmp/*", "/var/tmp/*", "/dev/shm/*", "/run/*", "/var/run/*", "*/.*", NULL };
	const struct change *c = row;

	if (c->change == CHANGE_ADDED && brought(c) && is_program(c))
		fact(f, c->path, c->evidence_path, SPAN("program that nothing beneath has: "), kind_of(c),
		    matches(c, odd) ? SPAN(", in a place for what is thrown away or hidden") : SPAN(""));
}

static void
replaced_executable(const void *row, struct facts *f)
{
	const struct change *c = row;

	if (c->change == CHANGE_MODIFIED && brought(c) && is_program(c))
		fact(f, c->path, c->evidence_path, SPAN("program with another content than beneath: "), kind_of(c));
}

static void
miner(const void *row, struct facts *f)
{
	static const char *const names[] = { "*xmrig*", "*minerd*", "*kinsing*", "*kdevtmpfsi*", "*cpuminer*", "*cryptonight*",
		"*ccminer*", "*nbminer*", "*masscan*", "*zgrab*", "*pnscan*", "chisel*", "ngrok", "frpc", "gost", "linpeas*",
		"deepce*", "cdk", "peirates*", "botb*", NULL };
	const struct change *c = row;
	struct change base = *c;

	base.path = span_base(c->path);
	if (brought(c) && matches(&base, names))
		fact(f, c->path, c->evidence_path, SPAN("name of a tool that attackers bring: a miner, a scanner, a tunnel or an escape kit"));
}

static void
setuid(const void *row, struct facts *f)
{
	const struct change *c = row;

	if (touched(c) && c->type == CONTENT_FILE && has_bit(c, "36", "sS"))
		fact(f, c->path, c->evidence_path, SPAN("runs as its owner or group whoever starts it: "), c->mode);
}

static void
file_capabilities(const void *row, struct facts *f)
{
	const struct change *c = row;

	if (touched(c) && c->capabilities.n > 0)
		fact(f, c->path, c->evidence_path, SPAN("gives whoever starts it "), list_span(&c->capabilities, 0),
		    c->capabilities.n > 1 ? SPAN(" and more") : SPAN(""));
}

static void
web_script(const void *row, struct facts *f)
{
	static const char *const roots[] = { "/var/www/*", "/srv/*", "/usr/share/nginx/*", "/usr/local/apache2/*", "*/htdocs/*",
		"*/webapps/*", "*/wwwroot/*", "/app/public/*", "*/public_html/*", "*/cgi-bin/*", NULL };
	static const char *const endings[] = { "*.php", "*.php[3-8]", "*.phtml", "*.phar", "*.jsp", "*.jspx", "*.asp", "*.aspx",
		"*.ashx", "*.cgi", "*.cfm", "*.war", NULL };
	const struct change *c = row;
	bool script = span_is(c->magic, "php") || span_is(c->magic, "jsp");

	if (brought(c) && c->type == CONTENT_FILE && (script || (matches(c, roots) && matches(c, endings))))
		fact(f, c->path, c->evidence_path, SPAN("script that a web server runs when it is asked for"),
		    script ? SPAN(", by its content: ") : SPAN(""), script ? c->magic : SPAN(""));
}

static void
persistence(const void *row, struct facts *f)
{
	static const char *const places[] = { "/etc/cron*", "/var/spool/cron/*", "/etc/at.*", "/var/spool/at*/*",
		"/etc/systemd/system/*", "/usr/lib/systemd/system/*", "/lib/systemd/system/*", "/etc/init.d/*", "/etc/rc*",
		"/etc/inittab", "/etc/profile*", "/etc/bash.bashrc", "/etc/zsh/*", "*/.bashrc", "*/.profile", "*/.bash_profile",
		"*/.zshrc", "/etc/apt/apt.conf.d/*", "/etc/yum/*", "/etc/dnf/*", "/etc/update-motd.d/*", "/etc/udev/rules.d/*",
		"*/sitecustomize.py", "*/usercustomize.py", "*.pth", "/etc/xdg/autostart/*", "/docker-entrypoint*",
		"/usr/local/bin/docker-entrypoint*", "/entrypoint*", NULL };
	const struct change *c = row;

	if (brought(c) && c->type != CONTENT_DIR && matches(c, places))
		fact(f, c->path, c->evidence_path, SPAN("runs by itself: at a time, at a start, or when somebody logs in"));
}

static void
preload(const void *row, struct facts *f)
{
	static const char *const places[] = { "/etc/ld.so.preload", "/etc/ld.so.conf", "/etc/ld.so.conf.d/*", NULL };
	const struct change *c = row;

	if (brought(c) && c->type != CONTENT_DIR && matches(c, places))
		fact(f, c->path, c->evidence_path, SPAN("says which library every program loads first"));
}

static void
access(const void *row, struct facts *f)
{
	static const char *const places[] = { "*/.ssh/authorized_keys*", "/etc/ssh/*", "/etc/passwd", "/etc/shadow", "/etc/group",
		"/etc/sudoers", "/etc/sudoers.d/*", "/etc/pam.d/*", "/lib/security/*", "/lib/*/security/pam_*", "/etc/nsswitch.conf",
		"/etc/security/*", NULL };
	const struct change *c = row;

	if (brought(c) && c->type != CONTENT_DIR && matches(c, places))
		fact(f, c->path, c->evidence_path, SPAN("decides who may log in, and as whom"));
}

/* Bidi marks, controls, what is no UTF-8: what an escape would be made of. */
static bool
is_escaped(struct span name)
{
	struct out o = out_memory();
	bool changed;

	text_escape(&o, name);
	changed = !span_eq(out_span(&o), name) && !span_has(name, "\\");
	out_close(&o);
	return changed;
}

static void
hidden_name(const void *row, struct facts *f)
{
	static const char *const usual[] = { "/root/.*", "/home/*", "*/.git*", "*/.docker*", "*/.npm*", "*/.cache*", "*/.config*",
		"*/.keep", "*/.htaccess", "*/.env", "*/.wh.*", "*/node_modules/*", "*/.ssh*", "*/.local*", "/etc/skel/*",
		"/etc/.pwd.lock", "*/.placeholder", "*/.build-id*", "/.dockerenv", NULL };
	const struct change *c = row;
	struct span name = span_base(c->path);

	if (!brought(c) || name.len == 0)
		return;
	if (is_escaped(name))
		fact(f, c->path, c->evidence_path, SPAN("name with bytes that do not show, or reorder what is shown"));
	else if (*name.ptr == ' ' || name.ptr[name.len - 1] == ' ' || (name.len > 2 && span_begins(SPAN("..........."), name)))
		fact(f, c->path, c->evidence_path, SPAN("name that looks like another, or like nothing"));
	else if (*name.ptr == '.' && !matches(c, usual))
		fact(f, c->path, c->evidence_path, SPAN("name that lists leave out, where such names are rare"));
}

static void
device_node(const void *row, struct facts *f)
{
	/* null, zero, full, random, urandom, tty, ptmx: every container has them */
	static const char *const usual[] = { "1:3", "1:5", "1:7", "1:8", "1:9", "5:0", "5:2", NULL };
	const struct change *c = row;

	for (const char *const *u = usual; *u != NULL; u++)
		if (c->type == CONTENT_CHAR && span_is(c->device, *u))
			return;
	if (c->change != CHANGE_DELETED && c->noise.ptr == NULL && c->kind != LAYER_INIT &&
	    (c->type == CONTENT_BLOCK || c->type == CONTENT_CHAR))
		fact(f, c->path, c->evidence_path, SPAN("device made as a file: "),
		    c->type == CONTENT_BLOCK ? SPAN("block ") : SPAN("character "), c->device);
}

static void
timestomp(const void *row, struct facts *f)
{
	const struct change *c = row;
	struct timestamp day_later = c->mtime;

	if (c->noise.ptr != NULL || c->type != CONTENT_FILE)
		return;
	day_later.s += 86400;
	if (c->change == CHANGE_MODIFIED && differs(c, "content") && !differs(c, "mtime"))
		fact(f, c->path, c->evidence_path, SPAN("content differs from what is beneath, and the time of change does not"));
	else if (c->change == CHANGE_ADDED && c->birth.known && c->mtime.known && c->kind == LAYER_RW && is_program(c) &&
	    time_cmp(day_later, c->birth) < 0)
		fact(f, c->path, c->evidence_path, SPAN("claims to be a day or more older than its inode, which was made here"));
}

static void
future_time(const void *row, struct facts *f)
{
	const struct change *c = row;
	struct timestamp limit = c->layer_created;

	limit.s += 86400;
	if (c->change != CHANGE_DELETED && c->type != CONTENT_DIR && c->mtime.known && limit.known && time_cmp(c->mtime, limit) > 0)
		fact(f, c->path, c->evidence_path, SPAN("time of change is a day or more after its layer was made"));
}

static void
traces_deleted(const void *row, struct facts *f)
{
	static const char *const places[] = { "/var/log/*", "*/.bash_history", "*/.ash_history", "*/.zsh_history", "*/.history",
		"*/.python_history", "*/.mysql_history", "*/.viminfo", "*/.wget-hsts", "/run/utmp", "/var/run/utmp", NULL };
	const struct change *c = row;

	if (c->change == CHANGE_DELETED && matches(c, places))
		fact(f, c->path, c->evidence_path, SPAN("log or history that was there beneath is deleted"));
}

static void
secret_hidden(const void *row, struct facts *f)
{
	static const char *const names[] = { "*/id_rsa", "*/id_dsa", "*/id_ecdsa", "*/id_ed25519", "*/.env", "*/.env.*",
		"*/.aws/*", "*/.npmrc", "*/.pypirc", "*/.netrc", "*/.git-credentials", "*/.kube/config", "*/.docker/config.json",
		"*.pem", "*.key", "*.p12", "*.pfx", "*.jks", "*.kdbx", "*/credentials", "*/secrets", "*/secrets.*", "*/.pgpass",
		"*/.vault-token", "*/.terraform*/*.tfstate", "*.tfstate", NULL };
	const struct change *c = row;

	if (c->change == CHANGE_DELETED && c->type != CONTENT_DIR && matches(c, names))
		fact(f, c->path, c->evidence_path, SPAN("name of a secret that this layer hides: the layer beneath still holds it"));
}

static void
same_content(const void *row, struct facts *f)
{
	const struct change *c = row;

	if (c->same_as.n > 0 && brought(c) && (is_program(c) || span_is(c->magic, "php") || span_is(c->magic, "jsp")))
		fact(f, c->path, c->evidence_path, SPAN("the same content is here under another name: "), list_span(&c->same_as, 0),
		    c->same_as.n > 1 ? SPAN(" and more") : SPAN(""));
}

#define LAYERS_OF "ctr-layers @ --show changes -j"

const struct rule change_rules[] = {
	{ "library-preload", CRITICAL, "T1574.006", "What is named there is loaded into every program: how a rootkit of user space hides.",
	    LAYERS_OF, preload },
	{ "attack-tool", CRITICAL, "T1496", "Such a tool has no business in an application's container.", LAYERS_OF, miner },
	{ "device-node", CRITICAL, "T1611", "With the right to open it, a disk of the host can be read and written from within.",
	    LAYERS_OF, device_node },
	{ "web-script", WARNING, "T1505.003", "A script beneath a web root is how a shell is kept on a web server.", LAYERS_OF, web_script },
	{ "replaced-executable", WARNING, "T1554", "What users and other programs call now does something else.", LAYERS_OF,
	    replaced_executable },
	{ "new-executable", WARNING, "T1105", "Containers seldom bring programs of their own: what runs comes with the image.", LAYERS_OF,
	    new_executable },
	{ "setuid-file", WARNING, "T1548.001", "Whoever can start it has its owner's rights.", LAYERS_OF, setuid },
	{ "file-capabilities", WARNING, "T1548.001", "Whoever can start it has these rights without being root.", LAYERS_OF,
	    file_capabilities },
	{ "runs-by-itself", WARNING, "T1053.003", "It comes back after the attacker has gone.", LAYERS_OF, persistence },
	{ "access-changed", WARNING, "T1098.004", "It lets somebody in again.", LAYERS_OF, access },
	{ "timestomp", WARNING, "T1070.006", "Times are set back so that what is new looks old.", LAYERS_OF, timestomp },
	{ "traces-deleted", WARNING, "T1070.002", "What they said may still be had: ctr-whiteouts --recover.",
	    "ctr-whiteouts @", traces_deleted },
	{ "secret-hidden", WARNING, "T1552.001", "A layer that deletes does not take away: who has the image has the secret.",
	    "ctr-whiteouts @", secret_hidden },
	{ "hidden-name", NOTICE, "T1564.001", "A name is chosen so that it is not seen.", LAYERS_OF, hidden_name },
	{ "future-time", NOTICE, "T1070.006", "The time was set, or the layer's claim is wrong.", LAYERS_OF, future_time },
	{ "same-content", NOTICE, "T1036", "One program under many names is kept in case that one is found.",
	    "ctr-layers @ --show changes --hash -j", same_content },
	{ 0 },
};

static void
altered(const void *row, struct facts *f)
{
	const struct layer_row *l = row;
	const struct difference_row *d = l->differences.v;

	for (size_t i = 0; i < l->differences.n; i++)
		fact(f, d[i].path, l->evidence_path, d[i].path, SPAN(": "), d[i].what);
	if (l->differences.n == 0 && (l->verify == VERDICT_MISMATCH || l->verify == VERDICT_MISSING))
		fact(f, (struct span){ 0 }, l->evidence_path, l->verify_why);
}

const struct rule layer_rules[] = {
	{ "layer-altered", CRITICAL, "T1525", "Layers of images never change: somebody wrote to it, and every container of the image sees that.",
	    "ctr-layers @ --verify", altered },
	{ 0 },
};
