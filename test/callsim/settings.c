#include "settings.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "fail.h"

struct number {
	const char *name;
	size_t at; /* in struct settings */
	double initial, least, most;
};

#define NUMBER(name, field, ...) {name, offsetof(struct settings, field), __VA_ARGS__}

static const struct number NUMBERS[] = {
	NUMBER("seconds", seconds, 60, 1, 1e6),
	NUMBER("vcpus", vcpus, 2, 1, 64),
	NUMBER("capacity", capacity, 0, 0, 1e7),
	NUMBER("call-us", call_us, 500, 1, 1e6),
	NUMBER("turn-away-us", turn_away_us, 2, 0, 1e6),
	NUMBER("guest-share", guest_share, 0.4, 0, 1),
	NUMBER("queue", queue, 4000, 1, 1e6),
	NUMBER("deadline-ms", deadline_ms, 100, 1, 1e5),
	NUMBER("retries", retries, 3, 0, 100),
	NUMBER("emergency-percent", emergency_percent, 1, 0, 100),
	NUMBER("interval-ms", interval_ms, 1000, 10, 1e5),
	NUMBER("noise", noise, 1, 0, 50),
	NUMBER("bundle-ms", bundle_ms, 5, 0, 1000),
	NUMBER("steps-per-us", steps_per_us, 0, 0, 1e6),
	NUMBER("timers", timers, 1, 0, 1000),
	NUMBER("reduction", reduction, 0, 0, 100),
	NUMBER("seed", seed, 1, 0, 1e9),
};

static const char *const ADMISSIONS[] = {
	[ADMISSION_NONE] = "none",
	[ADMISSION_FIXED] = "fixed",
	[ADMISSION_FEED] = "feed",
	[ADMISSION_GUEST_CPU] = "guest-cpu",
};

enum { NUMBER_COUNT = sizeof NUMBERS / sizeof NUMBERS[0], ADMISSION_COUNT = sizeof ADMISSIONS / sizeof ADMISSIONS[0] };

static double *number_of(struct settings *settings, const struct number *number)
{
	return (double *)((char *)settings + number->at);
}

static void parse_profile(struct profile *profile, const char *name, const char *value)
{
	if (profile_parse(profile, value) < 0)
		fail("%s=%s: want VALUE[,VALUE@SECOND]..., in the order of time, as in 0.5,10@20,0.5@50", name, value);
}

static enum admission parse_admission(const char *value)
{
	for (int i = 0; i < ADMISSION_COUNT; i++)
		if (strcmp(value, ADMISSIONS[i]) == 0)
			return (enum admission)i;
	fail("admission=%s: want none, fixed, feed or guest-cpu", value);
}

static void parse_number(struct settings *settings, const char *name, const char *value)
{
	for (const struct number *number = NUMBERS; number < NUMBERS + NUMBER_COUNT; number++) {
		char *end;
		double parsed;

		if (strcmp(name, number->name) != 0)
			continue;
		parsed = strtod(value, &end);
		if (end == value || *end || !(parsed >= number->least && parsed <= number->most))
			fail("%s=%s: want a number from %g to %g", name, value, number->least, number->most);
		*number_of(settings, number) = parsed;
		return;
	}
	fail("%s: there is no such setting; settings.h has them", name);
}

static void parse(struct settings *settings, const char *name, const char *value)
{
	if (strcmp(name, "offered") == 0)
		parse_profile(&settings->offered, name, value);
	else if (strcmp(name, "neighbour") == 0)
		parse_profile(&settings->neighbour, name, value);
	else if (strcmp(name, "admission") == 0)
		settings->admission = parse_admission(value);
	else if (strcmp(name, "address") == 0)
		settings->address = value;
	else if (strcmp(name, "feed") == 0)
		settings->feed = value;
	else if (strcmp(name, "ne") == 0)
		settings->ne = value;
	else
		parse_number(settings, name, value);
}

static void check(const struct settings *settings)
{
	for (int i = 0; i < settings->neighbour.steps; i++)
		if (settings->neighbour.value[i] > 0.99)
			fail("neighbour: %g: want at most 0.99 of the time", settings->neighbour.value[i]);
}

void settings_parse(struct settings *settings, char **arguments)
{
	*settings = (struct settings){.offered = {.steps = 1, .value = {1}}, .neighbour = {.steps = 1}};
	for (const struct number *number = NUMBERS; number < NUMBERS + NUMBER_COUNT; number++)
		*number_of(settings, number) = number->initial;
	for (; *arguments; arguments++) {
		char *equals = strchr(*arguments, '=');

		if (!equals)
			fail("%s: want NAME=VALUE", *arguments);
		*equals = '\0';
		parse(settings, *arguments, equals + 1);
	}
	check(settings);
}

double settings_capacity(const struct settings *settings)
{
	return settings->capacity > 0 ? settings->capacity : settings->vcpus * 1e6 / settings->call_us;
}

uint64_t settings_end_ns(const struct settings *settings)
{
	return (uint64_t)(settings->seconds * NS_PER_SECOND);
}
