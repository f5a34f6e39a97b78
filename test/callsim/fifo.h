/* The attempts that wait in a call processor: first in, first out, and no more than there is room for. */
#ifndef CALLSIM_FIFO_H
#define CALLSIM_FIFO_H

#include <stdlib.h>

#include "callers.h"
#include "fail.h"

struct fifo {
	struct attempt *attempts;
	unsigned room, first, waiting;
};

static inline void fifo_init(struct fifo *fifo, unsigned room)
{
	*fifo = (struct fifo){.attempts = calloc(room, sizeof *fifo->attempts), .room = room};
	if (!fifo->attempts)
		fail("no memory for a queue of %u calls", room);
}

/* One that finds no room is lost, as with a socket. */
static inline void fifo_put(struct fifo *fifo, struct attempt attempt)
{
	if (fifo->waiting < fifo->room)
		fifo->attempts[(fifo->first + fifo->waiting++) % fifo->room] = attempt;
}

static inline bool fifo_take(struct fifo *fifo, struct attempt *attempt)
{
	if (fifo->waiting == 0)
		return false;
	*attempt = fifo->attempts[fifo->first];
	fifo->first = (fifo->first + 1) % fifo->room;
	fifo->waiting--;
	return true;
}

#endif
