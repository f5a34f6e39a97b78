/* Callers in real time. They are on the host, so that what they cost is not the guest's. */
#include <unistd.h>

#include "callers.h"
#include "clock.h"
#include "commands.h"
#include "connection.h"
#include "controller.h"

#define REPORT_NS (100 * NS_PER_MS)

struct generator {
	struct callers callers;
	struct connection connection;
	double reduction; /* percent, that the call processor turns away; below 0 until it says so */
};

static void send_due(struct generator *generator, uint64_t now_ns)
{
	struct attempt attempt;

	while (callers_take(&generator->callers, now_ns, &attempt))
		connection_put(&generator->connection, (struct message){.kind = MESSAGE_CALL,
									.id = attempt.id,
									.emergency = attempt.emergency});
}

/* The guest knows what it knows; nobody tells it of overhead or contention. */
static void ask_controller(struct generator *generator, double busy_percent, uint64_t now_ns)
{
	struct load load = {.useful = busy_percent};
	double reduction = controller_ask(now_ns - generator->callers.start_ns, &load);

	connection_put(&generator->connection,
		       (struct message){.kind = MESSAGE_REDUCTION, .hundredths = (uint16_t)(reduction * 100)});
}

/* The same part all the time, whatever the call processor was going to do. */
static void fix_reduction(struct generator *generator, const struct settings *settings)
{
	if (settings->admission == ADMISSION_FIXED)
		connection_put(&generator->connection,
			       (struct message){.kind = MESSAGE_REDUCTION, .hundredths = (uint16_t)(settings->reduction * 100)});
}

static void receive(struct generator *generator, const struct message *message, uint64_t now_ns)
{
	switch ((enum message_kind)message->kind) {
	case MESSAGE_DONE:
		callers_answer(&generator->callers, message->id, ANSWER_DONE, now_ns);
		break;
	case MESSAGE_TURNED_AWAY:
		callers_answer(&generator->callers, message->id, ANSWER_TURNED_AWAY, now_ns);
		break;
	case MESSAGE_LOAD:
		ask_controller(generator, message->hundredths / 100.0, now_ns);
		break;
	case MESSAGE_REDUCTION:
		generator->reduction = message->hundredths / 100.0;
		break;
	default:
		fail("the call processor sends a message of kind %d", message->kind);
	}
}

static void run(struct generator *generator, uint64_t end_ns)
{
	uint64_t report_ns = generator->callers.start_ns + REPORT_NS;
	uint64_t now_ns = generator->callers.start_ns;
	uint64_t bundle_ns = now_ns;
	struct message message;

	while (report_ns <= end_ns) {
		uint64_t next_ns;

		if (now_ns >= bundle_ns) {
			send_due(generator, now_ns);
			bundle_ns = now_ns + (uint64_t)(generator->callers.settings->bundle_ms * NS_PER_MS);
		}
		next_ns = min_ns(max_ns(callers_due_ns(&generator->callers), bundle_ns), report_ns);
		connection_exchange(&generator->connection, next_ns > now_ns ? next_ns - now_ns : 0);
		now_ns = clock_ns(CLOCK_MONOTONIC);
		while (connection_take(&generator->connection, &message))
			receive(generator, &message, now_ns);
		if (now_ns >= report_ns) {
			callers_report(&generator->callers, now_ns, -1, generator->reduction);
			report_ns += REPORT_NS;
		}
	}
}

void generate(const struct settings *settings)
{
	static struct generator generator;
	uint64_t start_ns;

	generator.reduction = -1;
	connection_open(&generator.connection, settings->address);
	fix_reduction(&generator, settings);
	start_ns = clock_ns(CLOCK_MONOTONIC);
	callers_init(&generator.callers, settings, start_ns);
	run(&generator, start_ns + settings_end_ns(settings));
	close(generator.connection.fd);
	callers_free(&generator.callers);
}
