/* Discrete events: calls come, vCPUs get done with them, and from time to time somebody looks at it all. */
#include <stdlib.h>

#include "call.h"
#include "clock.h"
#include "commands.h"
#include "controller.h"
#include "fifo.h"

enum { MAX_VCPUS = 64 };

#define REPORT_NS (100 * NS_PER_MS)

struct vcpu {
	uint64_t from_ns, until_ns; /* of what it is at; until NEVER_NS if it idles */
	double withheld;            /* share of that in which it waits for its pCPU */
	struct attempt attempt;
	enum answer answer;
};

/* Of all vCPUs, since the start: ns. */
struct spent {
	double busy, withheld;
};

struct simulation {
	const struct settings *settings;
	struct callers callers;
	struct fifo queue;
	struct vcpu vcpus[MAX_VCPUS];
	int vcpu_count;
	struct rng rng;
	double reduction;
	struct spent spent; /* by what is over */
	struct spent at_sample, at_report;
};

static struct vcpu *first_done(struct simulation *simulation)
{
	struct vcpu *first = &simulation->vcpus[0];

	for (int i = 1; i < simulation->vcpu_count; i++)
		if (simulation->vcpus[i].until_ns < first->until_ns)
			first = &simulation->vcpus[i];
	return first;
}

static void add_spent(struct spent *spent, const struct vcpu *vcpu, uint64_t until_ns)
{
	double busy = (double)(until_ns - vcpu->from_ns);

	spent->busy += busy;
	spent->withheld += busy * vcpu->withheld;
}

static struct spent spent_until(const struct simulation *simulation, uint64_t now_ns)
{
	struct spent spent = simulation->spent;

	for (int i = 0; i < simulation->vcpu_count; i++)
		if (simulation->vcpus[i].until_ns != NEVER_NS)
			add_spent(&spent, &simulation->vcpus[i], now_ns);
	return spent;
}

static void finish(struct simulation *simulation, struct vcpu *vcpu)
{
	add_spent(&simulation->spent, vcpu, vcpu->until_ns);
	callers_answer(&simulation->callers, vcpu->attempt.id, vcpu->answer, vcpu->until_ns);
	vcpu->until_ns = NEVER_NS;
}

static void start(struct simulation *simulation, struct vcpu *vcpu, uint64_t now_ns)
{
	double work_us;

	vcpu->answer = call_answer(&simulation->rng, &vcpu->attempt, simulation->reduction);
	work_us = call_work_us(&simulation->rng, simulation->settings, vcpu->answer);
	vcpu->withheld = profile_at(&simulation->settings->neighbour, now_ns);
	vcpu->from_ns = now_ns;
	vcpu->until_ns = now_ns + (uint64_t)(work_us * NS_PER_US / (1 - vcpu->withheld));
}

static void start_idle(struct simulation *simulation, uint64_t now_ns)
{
	for (int i = 0; i < simulation->vcpu_count; i++) {
		struct vcpu *vcpu = &simulation->vcpus[i];

		if (vcpu->until_ns == NEVER_NS && fifo_take(&simulation->queue, &vcpu->attempt))
			start(simulation, vcpu, now_ns);
	}
}

static void arrive(struct simulation *simulation, uint64_t now_ns)
{
	struct attempt attempt;

	while (callers_take(&simulation->callers, now_ns, &attempt))
		fifo_put(&simulation->queue, attempt);
}

static double percent(const struct simulation *simulation, double ns, double of_ns)
{
	return 100 * ns / (of_ns * simulation->vcpu_count);
}

/* As the host accounts for it, with the guest's other work, which comes and goes and takes what is left. */
static struct load host_load(struct simulation *simulation, const struct spent *now, double interval_ns)
{
	const struct settings *settings = simulation->settings;
	double withheld = percent(simulation, now->withheld - simulation->at_sample.withheld, interval_ns);
	double given = percent(simulation, now->busy - simulation->at_sample.busy, interval_ns) - withheld;

	given = fmin(100 - withheld, given + settings->noise * rng_exponential(&simulation->rng));
	return (struct load){
		.useful = given * settings->guest_share,
		.overhead = given * (1 - settings->guest_share),
		.contention = withheld,
	};
}

static void sample(struct simulation *simulation, uint64_t now_ns, double interval_ns)
{
	struct spent now = spent_until(simulation, now_ns);
	struct load load = host_load(simulation, &now, interval_ns);

	if (simulation->settings->admission == ADMISSION_GUEST_CPU)
		load = (struct load){.useful = load.useful};
	simulation->at_sample = now;
	simulation->reduction = controller_ask(now_ns, &load);
}

static void report(struct simulation *simulation, uint64_t now_ns)
{
	struct spent now = spent_until(simulation, now_ns);
	double load = percent(simulation, now.busy - simulation->at_report.busy, REPORT_NS);

	simulation->at_report = now;
	callers_report(&simulation->callers, now_ns, load, simulation->reduction);
}

static void run(struct simulation *simulation)
{
	const struct settings *settings = simulation->settings;
	bool controlled = settings->admission == ADMISSION_FEED || settings->admission == ADMISSION_GUEST_CPU;
	uint64_t interval_ns = (uint64_t)(settings->interval_ms * NS_PER_MS);
	uint64_t sample_ns = controlled ? interval_ns : NEVER_NS;
	uint64_t report_ns = REPORT_NS;

	while (report_ns <= settings_end_ns(settings)) {
		struct vcpu *done = first_done(simulation);
		uint64_t looks_ns = min_ns(sample_ns, report_ns);
		uint64_t now_ns = min_ns(callers_due_ns(&simulation->callers), min_ns(done->until_ns, looks_ns));

		if (done->until_ns == now_ns)
			finish(simulation, done);
		arrive(simulation, now_ns);
		start_idle(simulation, now_ns);
		if (report_ns == now_ns) {
			report(simulation, now_ns);
			report_ns += REPORT_NS;
		}
		if (sample_ns == now_ns) {
			sample(simulation, now_ns, (double)interval_ns);
			sample_ns += interval_ns;
		}
	}
}

void simulate(const struct settings *settings)
{
	struct simulation simulation = {
		.settings = settings,
		.vcpu_count = (int)settings->vcpus,
		.rng = {~(uint64_t)settings->seed},
		.reduction = settings->admission == ADMISSION_FIXED ? settings->reduction : 0,
	};

	for (int i = 0; i < simulation.vcpu_count; i++)
		simulation.vcpus[i].until_ns = NEVER_NS;
	callers_init(&simulation.callers, settings, 0);
	fifo_init(&simulation.queue, (unsigned)settings->queue);
	run(&simulation);
	free(simulation.queue.attempts);
	callers_free(&simulation.callers);
}
