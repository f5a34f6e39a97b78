/* The end of the call processor that receives. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "admission.h"
#include "commands.h"
#include "work.h"

enum { MESSAGES = 4096 };

/* Whom to turn away is decided as they arrive, so that they cost no wake-up. Returns how many answers there are. */
static size_t receive(struct processor *processor, const struct message *message, struct message *answer)
{
	if (message->kind == MESSAGE_REDUCTION) {
		processor_reduce(processor, message->hundredths);
		return 0;
	}
	if (message->kind != MESSAGE_CALL)
		fail("the callers send a message of kind %d", message->kind);
	if (processor_take(processor, (struct attempt){.id = message->id, .emergency = message->emergency}))
		return 0;
	*answer = (struct message){.kind = MESSAGE_TURNED_AWAY, .id = message->id};
	return 1;
}

/* Takes many at a time, and answers them together: to receive costs the guest more than most messages do. */
static void receive_all(struct processor *processor)
{
	static struct message messages[MESSAGES], answers[MESSAGES];
	size_t bytes = 0;
	ssize_t received;

	while ((received = recv(processor->fd, (char *)messages + bytes, sizeof messages - bytes, 0)) > 0) {
		size_t whole = (bytes + (size_t)received) / sizeof messages[0];
		size_t answered = 0;

		bytes = (bytes + (size_t)received) % sizeof messages[0];
		for (size_t i = 0; i < whole; i++)
			answered += receive(processor, &messages[i], &answers[answered]);
		processor_send(processor, answers, answered);
		memmove(messages, &messages[whole], bytes);
	}
	if (received < 0 && errno != ECONNRESET)
		fail("cannot receive: %s", strerror(errno));
}

void calibrate(const struct settings *settings)
{
	(void)settings;
	printf("%.0f\n", work_calibrate());
}

void process(const struct settings *settings)
{
	static struct processor processor;

	processor_init(&processor, settings);
	processor_start(&processor, address_accept(settings->address));
	admission_start(&processor);
	receive_all(&processor);
}
