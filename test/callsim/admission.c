#define _GNU_SOURCE
#include "admission.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "clock.h"
#include "vcpuacct_overload.h"

enum { LOOK_US = 10000, AGAIN_US = 1000000, LINE_BYTES = 4096, HUNDREDTHS = 100 };

/* The daemon's file in memory, from which a process of the host reads it. */
static void *follow_file(void *argument)
{
	struct processor *processor = argument;
	struct vcpuacct_overload_reader reader;
	struct vcpuacct_overload overload;

	vcpuacct_overload_init(&reader, processor->settings->feed + strlen("file:"), processor->settings->ne);
	for (;; usleep(LOOK_US)) {
		int error = vcpuacct_overload_read(&reader, &overload);

		processor_reduce(processor, error == 0 ? overload.reduction * HUNDREDTHS : 0);
	}
	return NULL;
}

/* A number of a JSON object in one line, as the daemon writes it. Returns -1 if it is not there. */
static int number_in(const char *line, const char *key)
{
	const char *at = strstr(line, key);

	return at ? atoi(at + strlen(key)) : -1;
}

/* Acts on a line. Returns for how long that holds, ms; -1 if it says nothing that could be acted on. */
static int obey(struct processor *processor, const char *line)
{
	int reduction = number_in(line, "\"reduction\":");
	int validity_ms = number_in(line, "\"validity-ms\":");

	if (reduction < 0 || reduction > 100 || validity_ms < 0) {
		fprintf(stderr, "callsim: the feed says: %s\n", line);
		return -1;
	}
	processor_reduce(processor, reduction * HUNDREDTHS);
	return validity_ms;
}

static void ask_for_ne(const struct processor *processor, int fd)
{
	if (processor->settings->ne)
		dprintf(fd, "{\"ne\":\"%s\"}\n", processor->settings->ne);
}

/* Reads lines until there are no more. What was said holds for its validity, and then nothing is turned away. */
static void read_lines(struct processor *processor, int fd)
{
	char line[LINE_BYTES];
	size_t bytes = 0;
	int validity_ms = -1;

	for (;;) {
		struct pollfd ready = {.fd = fd, .events = POLLIN};

		if (poll(&ready, 1, validity_ms) == 0) {
			processor_reduce(processor, 0);
			validity_ms = -1;
			continue;
		}
		if (bytes == sizeof line - 1 || read(fd, &line[bytes], 1) != 1)
			return;
		if (line[bytes++] != '\n')
			continue;
		line[bytes - 1] = '\0';
		validity_ms = obey(processor, line);
		bytes = 0;
	}
}

/* The daemon's stream, over a Unix socket or from within a guest over vsock. */
static void *follow_stream(void *argument)
{
	struct processor *processor = argument;

	for (;; usleep(AGAIN_US)) {
		int fd = address_connect(processor->settings->feed);

		if (fd >= 0) {
			ask_for_ne(processor, fd);
			read_lines(processor, fd);
			close(fd);
		}
		processor_reduce(processor, 0);
	}
	return NULL;
}

struct cpu_times {
	double busy, all;
};

static struct cpu_times read_proc_stat(void)
{
	double user, nice, system, idle, iowait, irq, softirq, steal;
	FILE *file = fopen("/proc/stat", "re");

	if (!file || fscanf(file, "cpu %lf %lf %lf %lf %lf %lf %lf %lf", &user, &nice, &system, &idle, &iowait, &irq,
			    &softirq, &steal) != 8)
		fail("cannot read the line cpu of /proc/stat");
	fclose(file);
	user += nice + system + irq + softirq;
	return (struct cpu_times){.busy = user, .all = user + idle + iowait + steal};
}

/* What the guest knows of its CPU; the controller is at the callers' end. */
static void *tell_guest_cpu(void *argument)
{
	struct processor *processor = argument;
	struct message load = {.kind = MESSAGE_LOAD};
	struct cpu_times before = read_proc_stat();

	for (;;) {
		struct cpu_times now;
		double busy;

		usleep((useconds_t)(processor->settings->interval_ms * 1000));
		now = read_proc_stat();
		busy = now.all > before.all ? (now.busy - before.busy) / (now.all - before.all) : 0;
		before = now;
		load.hundredths = (uint16_t)(busy * 100 * HUNDREDTHS);
		processor_send(processor, &load, 1);
	}
	return NULL;
}

static void start(struct processor *processor, void *(*run)(void *))
{
	pthread_t thread;
	int error = pthread_create(&thread, NULL, run, processor);

	if (error != 0)
		fail("no thread for the admission of calls: %s", strerror(error));
	pthread_detach(thread);
}

void admission_start(struct processor *processor)
{
	const struct settings *settings = processor->settings;

	if (settings->admission == ADMISSION_GUEST_CPU)
		start(processor, tell_guest_cpu);
	if (settings->admission != ADMISSION_FEED)
		return;
	if (!settings->feed)
		fail("admission=feed: want feed=unix:PATH, vsock:CID:PORT or file:PATH");
	if (strncmp(settings->feed, "file:", 5) != 0) {
		start(processor, follow_stream);
	} else if (settings->ne) {
		start(processor, follow_file);
	} else {
		fail("feed=%s: want ne=NAME, the network element to look for", settings->feed);
	}
}
