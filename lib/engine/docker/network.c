/* SPDX-License-Identifier: ISC */
/* Networks and ports of a container. While it is up the record has both filled; after a clean stop the ports
 * are what was asked for (PortBindings) and what the image exposes. */

#include "base/num.h"
#include "engine/docker/docker.h"

static struct span
filled(struct span s)
{
	return s.len == 0 ? (struct span){ 0 } : s;
}

static struct port *
add_port(struct arena *a, struct list *ports, struct span name)
{
	struct port *p = list_add(a, ports, sizeof(*p));
	struct span rest = name, number = { 0 };

	span_cut(&rest, '/', &number);
	p->port.known = num_parse(number, &p->port.n);
	p->proto = rest.ptr == NULL ? SPAN("tcp") : rest;
	return p;
}

static void
published(struct arena *a, struct list *ports, const struct list *from)
{
	const struct docker_port *p = from->v;

	for (size_t i = 0; i < from->n; i++) {
		const struct docker_binding *b = p[i].bindings.v;

		for (size_t k = 0; k < p[i].bindings.n; k++) {
			struct port *port = add_port(a, ports, p[i].port);

			port->host_ip = filled(b[k].host_ip);
			port->host_port.known = num_parse(b[k].host_port, &port->host_port.n);
		}
	}
}

static bool
has_bindings(const struct list *ports)
{
	const struct docker_port *p = ports->v;

	for (size_t i = 0; i < ports->n; i++)
		if (p[i].bindings.n > 0)
			return true;
	return false;
}

/* Exposed, and not published: a record may hold very many of both. */
static void
exposed(struct arena *a, struct list *ports, const struct list *names, const struct list *from)
{
	const struct docker_port *p = from->v;
	struct index published_at = { 0 };

	for (size_t i = 0; i < from->n; i++)
		if (p[i].bindings.n > 0 && index_get(&published_at, p[i].port) == SIZE_MAX)
			index_put(&published_at, a, p[i].port, i);
	for (size_t i = 0; i < names->n; i++)
		if (index_get(&published_at, list_pair(names, i)->key) == SIZE_MAX)
			add_port(a, ports, list_pair(names, i)->key);
}

void
docker_network(const struct docker_record *d, const struct docker_host *h, struct arena *a, struct container *c)
{
	const struct list *from = has_bindings(&d->settings.ports) ? &d->settings.ports : &h->port_bindings;
	struct network *n;

	c->networks = d->settings.networks.v == NULL && c->name.ptr != NULL ? list_none() : d->settings.networks;
	n = c->networks.v;
	for (size_t i = 0; i < c->networks.n; i++) {
		n[i].id = filled(n[i].id);
		n[i].ip = filled(n[i].ip);
		n[i].ip6 = filled(n[i].ip6);
		n[i].gateway = filled(n[i].gateway);
		n[i].mac = filled(n[i].mac);
		if (n[i].aliases.v == NULL)
			n[i].aliases = list_none();
	}
	c->ports = list_none();
	published(a, &c->ports, from);
	exposed(a, &c->ports, &d->config.exposed_ports, from);
}
