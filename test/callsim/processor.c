#define _GNU_SOURCE
#include "processor.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "call.h"
#include "work.h"

static void take(struct processor *processor, struct attempt *attempt)
{
	pthread_mutex_lock(&processor->queue_lock);
	while (!fifo_take(&processor->queue, attempt))
		pthread_cond_wait(&processor->come, &processor->queue_lock);
	pthread_mutex_unlock(&processor->queue_lock);
}

static void process_one(struct processor *processor, struct work *work, struct rng *rng)
{
	struct attempt attempt;
	enum answer answer;
	bool done;

	take(processor, &attempt);
	answer = call_answer(rng, &attempt, atomic_load(&processor->reduction) / 100.0);
	done = answer == ANSWER_DONE;
	work_do(work, call_work_us(rng, processor->settings, answer), done ? (int)processor->settings->timers : 0);
	processor_send(processor,
		       (struct message){.kind = done ? MESSAGE_DONE : MESSAGE_TURNED_AWAY, .id = attempt.id});
}

static void *run_vcpu(void *argument)
{
	struct processor *processor = argument;
	struct rng rng = {(uint64_t)processor->settings->seed ^ (uint64_t)gettid()};
	struct work work;

	work_init(&work, processor->steps_per_us);
	for (;;)
		process_one(processor, &work, &rng);
	return NULL;
}

void processor_start(struct processor *processor, const struct settings *settings, int fd)
{
	processor->settings = settings;
	processor->fd = fd;
	processor->steps_per_us = work_calibrate();
	processor->reduction = settings->admission == ADMISSION_FIXED ? (int)(settings->reduction * 100) : 0;
	pthread_mutex_init(&processor->queue_lock, NULL);
	pthread_mutex_init(&processor->send_lock, NULL);
	pthread_cond_init(&processor->come, NULL);
	fifo_init(&processor->queue, (unsigned)settings->queue);
	for (int i = 0; i < (int)settings->vcpus; i++) {
		pthread_t thread;
		int error = pthread_create(&thread, NULL, run_vcpu, processor);

		if (error != 0)
			fail("no thread for vCPU %d: %s", i, strerror(error));
		pthread_detach(thread);
	}
}

void processor_put(struct processor *processor, struct attempt attempt)
{
	pthread_mutex_lock(&processor->queue_lock);
	fifo_put(&processor->queue, attempt);
	pthread_cond_signal(&processor->come);
	pthread_mutex_unlock(&processor->queue_lock);
}

void processor_reduce(struct processor *processor, int hundredths)
{
	if (atomic_exchange(&processor->reduction, hundredths) != hundredths)
		processor_send(processor,
			       (struct message){.kind = MESSAGE_REDUCTION, .hundredths = (uint16_t)hundredths});
}

/* All of a message or, when the callers have gone, none: then the program is about to end. */
void processor_send(struct processor *processor, struct message message)
{
	pthread_mutex_lock(&processor->send_lock);
	if (send(processor->fd, &message, sizeof message, MSG_NOSIGNAL) < 0 && errno != EPIPE && errno != ECONNRESET)
		fail("cannot answer: %s", strerror(errno));
	pthread_mutex_unlock(&processor->send_lock);
}
