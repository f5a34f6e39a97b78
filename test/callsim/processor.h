/*
 * A call processor for real: a thread a vCPU, and calls that wait for them. Any thread may call the functions, once it
 * has been started.
 */
#ifndef CALLSIM_PROCESSOR_H
#define CALLSIM_PROCESSOR_H

#include <pthread.h>
#include <stdatomic.h>

#include "fifo.h"
#include "message.h"

struct processor {
	const struct settings *settings;
	int fd; /* to the callers */
	double steps_per_us;
	atomic_int reduction; /* hundredths of a percent */
	pthread_mutex_t queue_lock, send_lock;
	pthread_cond_t come; /* an attempt, under queue_lock */
	struct fifo queue;
};

/* Starts the threads. */
void processor_start(struct processor *processor, const struct settings *settings, int fd);

void processor_put(struct processor *processor, struct attempt attempt);

/* From now on so much is turned away, hundredths of a percent; the callers are told if that is new. */
void processor_reduce(struct processor *processor, int hundredths);

void processor_send(struct processor *processor, struct message message);

#endif
