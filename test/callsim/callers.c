#include "callers.h"

#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "fail.h"

/* Attempts that may be under way: a power of two. */
enum { MAX_SENT = 1 << 18 };

/* After so long without a call the rate is looked at anew; to forget how long one has waited changes nothing. */
#define RATE_HOLDS_NS (10 * NS_PER_MS)

struct sent_attempt {
	uint64_t sent_ns;
	unsigned char tries;
	bool emergency;
	bool answered;
};

static struct sent_attempt *slot_of(struct callers *callers, uint32_t id)
{
	return &callers->sent[id % MAX_SENT];
}

static void draw_fresh(struct callers *callers)
{
	double capacity = settings_capacity(callers->settings);
	uint64_t end_ns = callers->start_ns + settings_end_ns(callers->settings);

	while (callers->fresh_ns < end_ns) {
		double offered = profile_at(&callers->settings->offered, callers->fresh_ns - callers->start_ns);
		double gap_ns = NS_PER_SECOND * rng_exponential(&callers->rng) / (offered * capacity);

		if (gap_ns < RATE_HOLDS_NS) {
			callers->fresh_ns += (uint64_t)gap_ns;
			return;
		}
		callers->fresh_ns += RATE_HOLDS_NS;
	}
	callers->fresh_ns = NEVER_NS;
}

void callers_init(struct callers *callers, const struct settings *settings, uint64_t start_ns)
{
	*callers = (struct callers){
		.settings = settings,
		.rng = {(uint64_t)settings->seed},
		.deadline_ns = (uint64_t)(settings->deadline_ms * NS_PER_MS),
		.start_ns = start_ns,
		.fresh_ns = start_ns,
		.sent = calloc(MAX_SENT, sizeof *callers->sent),
	};
	if (!callers->sent)
		fail("no memory for %d calls", MAX_SENT);
	draw_fresh(callers);
}

void callers_free(struct callers *callers)
{
	free(callers->sent);
}

uint64_t callers_due_ns(struct callers *callers)
{
	while (callers->oldest != callers->next && slot_of(callers, callers->oldest)->answered)
		callers->oldest++;
	if (callers->oldest == callers->next)
		return callers->fresh_ns;
	return min_ns(callers->fresh_ns, slot_of(callers, callers->oldest)->sent_ns + callers->deadline_ns);
}

static void send_attempt(struct callers *callers, uint64_t now_ns, unsigned char tries, struct attempt *attempt)
{
	if (callers->next - callers->oldest == MAX_SENT)
		fail("more than %d calls are under way: offer less, or shorten the deadline", MAX_SENT);
	attempt->id = callers->next++;
	*slot_of(callers, attempt->id) =
		(struct sent_attempt){.sent_ns = now_ns, .tries = tries, .emergency = attempt->emergency};
}

static bool take_retry(struct callers *callers, uint64_t now_ns, struct attempt *attempt)
{
	while (callers->oldest != callers->next) {
		struct sent_attempt late = *slot_of(callers, callers->oldest);

		if (!late.answered && late.sent_ns + callers->deadline_ns > now_ns)
			return false;
		callers->oldest++;
		if (late.answered)
			continue;
		if (late.tries > callers->settings->retries) {
			callers->tally.failed++;
			continue;
		}
		callers->tally.retried++;
		attempt->emergency = late.emergency;
		send_attempt(callers, now_ns, late.tries + 1, attempt);
		return true;
	}
	return false;
}

bool callers_take(struct callers *callers, uint64_t now_ns, struct attempt *attempt)
{
	if (take_retry(callers, now_ns, attempt))
		return true;
	if (callers->fresh_ns > now_ns)
		return false;
	attempt->emergency = rng_uniform(&callers->rng) * 100 < callers->settings->emergency_percent;
	callers->tally.offered++;
	callers->tally.emergencies += attempt->emergency;
	send_attempt(callers, now_ns, 1, attempt);
	draw_fresh(callers);
	return true;
}

void callers_answer(struct callers *callers, uint32_t id, enum answer answer, uint64_t now_ns)
{
	struct sent_attempt *sent = slot_of(callers, id);

	if (id - callers->oldest >= callers->next - callers->oldest || sent->answered ||
	    now_ns > sent->sent_ns + callers->deadline_ns)
		return;
	sent->answered = true;
	if (answer == ANSWER_TURNED_AWAY) {
		callers->tally.turned_away++;
	} else {
		callers->tally.done++;
		callers->tally.emergencies_done += sent->emergency;
	}
}

static void print_percent(double percent)
{
	if (percent < 0)
		printf(" -");
	else
		printf(" %.1f", percent);
}

void callers_report(struct callers *callers, uint64_t now_ns, double load, double reduction)
{
	const struct tally *tally = &callers->tally;

	printf("tally %.3f %u %u %u %u %u %u %u", (double)(now_ns - callers->start_ns) / NS_PER_SECOND, tally->offered,
	       tally->done, tally->turned_away, tally->retried, tally->failed, tally->emergencies,
	       tally->emergencies_done);
	print_percent(load);
	print_percent(reduction);
	putchar('\n');
	fflush(stdout);
	callers->tally = (struct tally){0};
}
