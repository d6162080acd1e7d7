#!/bin/sh
# SPDX-License-Identifier: ISC
# Pings what ?target= names. The hole is meant: the target reaches a shell as it came, as in the
# os.popen('ping -c 2 ' + target) of the web application that this one stands for.

target=${QUERY_STRING#target=}
[ "$target" = "$QUERY_STRING" ] && target=
target=$(httpd -d "$(echo "$target" | tr + ' ')")
answer='usage: /?target=HOST'
from=${REMOTE_ADDR#"[::ffff:"}
colour=37

if [ -n "$QUERY_STRING" ]; then
	printf '\033[32mINFO\033[0m pinging "%s"\n' "$target" >&2
	answer=$(sh -c "ping -c 2 $target")		# its complaints go to the log, as popen's do
	[ -n "$answer" ] || colour=33
fi

# One line a request, coloured as web frameworks colour theirs, to the log of the container.
printf '%s - - [%s] "\033[%smGET %s HTTP/1.1\033[0m" 200 -\n' \
	"${from%]}" "$(date '+%d/%b/%Y %H:%M:%S')" "$colour" "$REQUEST_URI" >&2

printf 'Content-Type: text/html\r\n\r\n'
printf '<html><head><link rel="stylesheet" href="/static/style.css"></head><body><h1>ping %s</h1>\n<pre>\n%s\n</pre></body></html>\n' \
	"$VERSION" "$answer"
