#define _GNU_SOURCE
#include "connection.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "clock.h"
#include "fail.h"

/* For a call processor that was only just started. */
#define PATIENCE_NS (10 * NS_PER_SECOND)
enum { AGAIN_US = 20000 };

void connection_open(struct connection *connection, const char *address)
{
	uint64_t last_ns = clock_ns(CLOCK_MONOTONIC) + PATIENCE_NS;

	*connection = (struct connection){.fd = -1};
	while ((connection->fd = address_connect(address)) < 0) {
		if (clock_ns(CLOCK_MONOTONIC) > last_ns)
			fail("cannot connect to the call processor at %s: %s", address, strerror(errno));
		usleep(AGAIN_US);
	}
}

void connection_put(struct connection *connection, struct message message)
{
	if (connection->out_bytes + sizeof message > CONNECTION_OUT_BYTES)
		return;
	memcpy(connection->out + connection->out_bytes, &message, sizeof message);
	connection->out_bytes += sizeof message;
}

static void send_some(struct connection *connection)
{
	ssize_t sent;

	if (connection->out_bytes == 0)
		return;
	sent = send(connection->fd, connection->out, connection->out_bytes, MSG_DONTWAIT | MSG_NOSIGNAL);
	if (sent < 0 && errno != EAGAIN)
		fail("the call processor has gone: %s", strerror(errno));
	if (sent > 0) {
		connection->out_bytes -= (size_t)sent;
		memmove(connection->out, connection->out + sent, connection->out_bytes);
	}
}

static void receive_some(struct connection *connection)
{
	ssize_t received;

	connection->in_bytes -= connection->in_taken;
	memmove(connection->in, connection->in + connection->in_taken, connection->in_bytes);
	connection->in_taken = 0;
	received = recv(connection->fd, connection->in + connection->in_bytes,
			CONNECTION_IN_BYTES - connection->in_bytes, MSG_DONTWAIT);
	if (received == 0 || (received < 0 && errno != EAGAIN))
		fail("the call processor has gone: %s", received < 0 ? strerror(errno) : "end of file");
	if (received > 0)
		connection->in_bytes += (size_t)received;
}

void connection_exchange(struct connection *connection, uint64_t wait_ns)
{
	struct timespec wait = {(time_t)(wait_ns / NS_PER_SECOND), (long)(wait_ns % NS_PER_SECOND)};
	struct pollfd ready = {.fd = connection->fd, .events = POLLIN};

	send_some(connection);
	if (connection->out_bytes > 0)
		ready.events |= POLLOUT;
	if (ppoll(&ready, 1, &wait, NULL) > 0 && (ready.revents & ~POLLOUT))
		receive_some(connection);
}

bool connection_take(struct connection *connection, struct message *message)
{
	if (connection->in_bytes - connection->in_taken < sizeof *message)
		return false;
	memcpy(message, connection->in + connection->in_taken, sizeof *message);
	connection->in_taken += sizeof *message;
	return true;
}
