/* A stream of messages that never makes the one who sends wait. */
#ifndef CALLSIM_CONNECTION_H
#define CALLSIM_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message.h"

/* What waits to leave is little, so that what leaves is not old. */
enum { CONNECTION_OUT_BYTES = 1 << 13, CONNECTION_IN_BYTES = 1 << 16 };

struct connection {
	int fd;
	size_t out_bytes, in_bytes, in_taken;
	char out[CONNECTION_OUT_BYTES], in[CONNECTION_IN_BYTES];
};

/* Connects to an address; tries for 10 s, and ends the program if it still cannot. */
void connection_open(struct connection *connection, const char *address);

/* Puts a message behind those that wait; if there is no room it is lost. */
void connection_put(struct connection *connection, struct message message);

/* Sends what waits and receives what is there, waiting for either at most so long. */
void connection_exchange(struct connection *connection, uint64_t wait_ns);

/* Takes a message that has been received; false if there is none. */
bool connection_take(struct connection *connection, struct message *message);

#endif
