/*
 * callsim: callers and a call processor, to judge the load-shedding input by. Test code.
 *
 *   callsim simulate [NAME=VALUE...]           both, in simulated time
 *   callsim calibrate                          how much work this CPU does in 1 us, for steps-per-us=
 *   callsim process address=A [NAME=VALUE...]  the call processor for real, to be run in a guest
 *   callsim generate address=A [NAME=VALUE...] the callers for real, to be run on the host
 *
 * The settings and what they are at first: settings.h and settings.c. simulate and generate print each 100 ms what has
 * become of the calls:
 *
 *   tally SECONDS OFFERED DONE TURNED-AWAY RETRIED FAILED EMERGENCIES EMERGENCIES-DONE LOAD REDUCTION
 *
 * LOAD and REDUCTION in percent, - if not known. With admission=feed simulate, and with admission=guest-cpu both, also
 * print each interval how the vCPUs spent it, in percent, and wait for a line with the reduction on standard input:
 *
 *   sample NOW-NS USEFUL OVERHEAD CONTENTION
 */
#include <string.h>

#include "commands.h"
#include "fail.h"

static const struct command {
	const char *name;
	void (*run)(const struct settings *settings);
} COMMANDS[] = {{"simulate", simulate}, {"generate", generate}, {"calibrate", calibrate}, {"process", process}};

int main(int argc, char **argv)
{
	struct settings settings;

	for (size_t i = 0; argc > 1 && i < sizeof COMMANDS / sizeof COMMANDS[0]; i++) {
		if (strcmp(argv[1], COMMANDS[i].name) == 0) {
			settings_parse(&settings, argv + 2);
			COMMANDS[i].run(&settings);
			return 0;
		}
	}
	fail("want simulate, generate, calibrate or process, and settings NAME=VALUE; see callsim.c");
}
