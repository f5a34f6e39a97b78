/*
 * A call processor for real: a thread a vCPU, and calls that wait for them. Any thread may call the functions, once it
 * has been started.
 */
#ifndef CALLSIM_PROCESSOR_H
#define CALLSIM_PROCESSOR_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "fifo.h"
#include "message.h"
#include "rng.h"

struct processor {
	const struct settings *settings;
	int fd; /* to the callers */
	double steps_per_us;
	atomic_int reduction; /* hundredths of a percent */
	struct rng door;      /* decides who is turned away */
	pthread_mutex_t queue_lock, send_lock;
	pthread_cond_t come; /* an attempt, under queue_lock */
	struct fifo queue;
};

/* Finds out how fast this CPU works, which must be over before there are calls. */
void processor_init(struct processor *processor, const struct settings *settings);

/* Starts the threads. */
void processor_start(struct processor *processor, int fd);

/* Takes an attempt, to be answered when it is done; false if it is to be turned away. For one thread. */
bool processor_take(struct processor *processor, struct attempt attempt);

/* From now on so much is turned away, hundredths of a percent; the callers are told if that is new. */
void processor_reduce(struct processor *processor, int hundredths);

/* Sends so many messages at once: to send is an exit. */
void processor_send(struct processor *processor, const struct message *messages, size_t count);

#endif
