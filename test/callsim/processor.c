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

	take(processor, &attempt);
	work_do(work, call_work_us(rng, processor->settings, ANSWER_DONE), (int)processor->settings->timers);
	processor_send(processor, &(struct message){.kind = MESSAGE_DONE, .id = attempt.id}, 1);
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

void processor_init(struct processor *processor, const struct settings *settings)
{
	processor->settings = settings;
	processor->steps_per_us = settings->steps_per_us > 0 ? settings->steps_per_us : work_calibrate();
	processor->door = (struct rng){~(uint64_t)settings->seed};
	pthread_mutex_init(&processor->queue_lock, NULL);
	pthread_mutex_init(&processor->send_lock, NULL);
	pthread_cond_init(&processor->come, NULL);
	fifo_init(&processor->queue, (unsigned)settings->queue);
}

void processor_start(struct processor *processor, int fd)
{
	processor->fd = fd;
	for (int i = 0; i < (int)processor->settings->vcpus; i++) {
		pthread_t thread;
		int error = pthread_create(&thread, NULL, run_vcpu, processor);

		if (error != 0)
			fail("no thread for vCPU %d: %s", i, strerror(error));
		pthread_detach(thread);
	}
}

static void put(struct processor *processor, struct attempt attempt)
{
	pthread_mutex_lock(&processor->queue_lock);
	fifo_put(&processor->queue, attempt);
	pthread_cond_signal(&processor->come);
	pthread_mutex_unlock(&processor->queue_lock);
}

bool processor_take(struct processor *processor, struct attempt attempt)
{
	double reduction = atomic_load(&processor->reduction) / 100.0;
	bool taken = call_answer(&processor->door, &attempt, reduction) == ANSWER_DONE;

	if (taken)
		put(processor, attempt);
	return taken;
}

void processor_reduce(struct processor *processor, int hundredths)
{
	struct message told = {.kind = MESSAGE_REDUCTION, .hundredths = (uint16_t)hundredths};

	if (atomic_exchange(&processor->reduction, hundredths) != hundredths)
		processor_send(processor, &told, 1);
}

/* All of the messages or, when the callers have gone, none: then the program is about to end. */
void processor_send(struct processor *processor, const struct message *messages, size_t count)
{
	if (count == 0)
		return;
	pthread_mutex_lock(&processor->send_lock);
	if (send(processor->fd, messages, count * sizeof *messages, MSG_NOSIGNAL) < 0 && errno != EPIPE &&
	    errno != ECONNRESET)
		fail("cannot answer: %s", strerror(errno));
	pthread_mutex_unlock(&processor->send_lock);
}
