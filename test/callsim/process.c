/* The end of the call processor that receives. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "admission.h"
#include "commands.h"

static void receive(struct processor *processor, const struct message *message)
{
	if (message->kind == MESSAGE_CALL)
		processor_put(processor, (struct attempt){.id = message->id, .emergency = message->emergency});
	else if (message->kind == MESSAGE_REDUCTION)
		processor_reduce(processor, message->hundredths);
	else
		fail("the callers send a message of kind %d", message->kind);
}

void process(const struct settings *settings)
{
	static struct processor processor;
	struct message message;
	ssize_t received;

	processor_start(&processor, settings, address_accept(settings->address));
	admission_start(&processor);
	while ((received = recv(processor.fd, &message, sizeof message, MSG_WAITALL)) == sizeof message)
		receive(&processor, &message);
	if (received < 0 && errno != ECONNRESET)
		fail("cannot receive: %s", strerror(errno));
}
