/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The ledger of one vCPU: a state machine that posts every nanosecond of wall time to exactly one line.
 *
 * Each function is one event on the vCPU's thread. The time since the event before goes to the line that
 * was open, then the event says which line is open next: nothing can be left over, whatever the order of
 * events, lost ones included. No function here knows where an event came from or what the time is.
 *
 * org.vcpuacct.kernel.AccountLayout reads struct account and must agree with it; so must the numbers of
 * lines and exit classes with org.vcpuacct.ledger.Line and ExitClass. Tests compare both with it.
 */
#ifndef VCPUACCT_LEDGER_H
#define VCPUACCT_LEDGER_H

#define LOG2_BUCKETS 32
#define EXIT_CLASSES 22 /* numbered from 1 */
#define EXIT_CLASS_HLT 7
#define EXIT_CLASS_WFX 17

/* What the time since the last event is posted to. Permanent numbers, those of VCPU-ACCT-MIB. */
enum line {
  LINE_GUEST = 1,
  LINE_EXIT = 2,
  LINE_VMM = 3,
  LINE_POLL = 4,
  LINE_HALTED = 5,
  LINE_WAIT_PREEMPTED = 6,
  LINE_WAIT_WOKEN = 7,
  LINE_THROTTLED = 8,
  LINE_BLOCKED_HOST = 9,
  LINE_BLOCKED_VMM = 10,
  LINE_UNKNOWN = 11,
  LINES = 12,
};

/* What the thread executes, or would if it were on a pCPU. */
enum place { PLACE_UNKNOWN, PLACE_VMM, PLACE_GUEST, PLACE_EXIT };

enum run_state { RUN_UNKNOWN, RUN_ON_CPU, RUN_PREEMPTED, RUN_WOKEN, RUN_BLOCKED, RUN_ENDED };

/* What is known of a sleep when it begins. */
enum sleep { SLEEP_UNKNOWN, SLEEP_HALTED, SLEEP_BLOCKED, SLEEP_STOPPED };

/* Where the guest was when it exited. */
enum guest_mode { MODE_UNKNOWN, MODE_USER, MODE_KERNEL, GUEST_MODES };

struct exits_of_class {
  __u64 count;
  __u64 ns; /* on CPU only: no sleep, no wait, no user space, no polling */
};

/*
 * All times in ns of CLOCK_MONOTONIC. Only words of 64 bits, so that the layout is the same everywhere.
 * Begins a page, so that most events need the translation of one address only.
 */
#define ACCOUNT_ALIGNMENT 4096
struct account {
  __u64 sequence; /* odd while an event is being posted */
  __u64 opened_ns;
  __u64 last_ns; /* lines sum to last_ns - opened_ns */

  __u64 open_line; /* takes the time since last_ns */
  __u64 exit_class; /* of the exit being handled, or handled last */
  __u64 place;
  __u64 run_state;
  __u64 user_halted; /* the VMM was entered because the guest halts */

  __u64 lines[LINES];

  __u64 entries;
  __u64 exits_total;
  __u64 user_exits; /* returns from KVM_RUN */
  __u64 exits_by_mode[GUEST_MODES];
  __u64 last_other_code; /* raw code of the last exit of class OTHER */

  __u64 cpu; /* where the thread runs or ran last */
  __u64 node;
  __u64 switches; /* times the thread got onto a pCPU */
  __u64 cpu_migrations;
  __u64 node_migrations;
  __u64 missed_wakeups; /* times it got there out of a sleep that no event had ended */
  __u64 latency_max_ns; /* woken to running, without what a quota held back */

  __u64 episode_ns; /* on CPU since the thread came to this place: an exit's duration, at its end */
  __u64 throttled_mark_ns; /* the kernel's throttled clock when the wait began */

  /* The kernel's own figures, for comparison. */
  __u64 kernel_known; /* the bases below have been read */
  __u64 kernel_exits_base; /* kvm_vcpu_stat.exits at the first entry, less those counted before it */
  __u64 missed_exits; /* exits that the kernel counted and no event told of */
  __u64 kernel_poll_base_ns; /* halt_poll_success_ns + halt_poll_fail_ns, when first read */
  __u64 kernel_poll_ns; /* the same when last read */
  __u64 poll_off_cpu_ns; /* polling that the kernel counted while the thread was off its pCPU */
  __u64 run_delay_known;
  __u64 kernel_run_delay_base_ns; /* sched_info.run_delay when the thread first left a pCPU */
  __u64 kernel_run_delay_ns; /* the same when it last did */
  __u64 run_delay_base_ns; /* what the lines of waiting held at those times */
  __u64 run_delay_ns;

  struct exits_of_class exits[EXIT_CLASSES];

  __u64 latency_log2[LOG2_BUCKETS]; /* bucket b: from 2^b up to 2^(b+1) ns; the last takes what is longer */
  __u64 exit_log2[EXIT_CLASSES][LOG2_BUCKETS];
} __attribute__((aligned(ACCOUNT_ALIGNMENT)));

static __always_inline __u64 log2_bucket(__u64 ns) {
  __u64 bucket = 0;
  if (ns >> 32) return LOG2_BUCKETS - 1;
  if (ns >> 16) { bucket += 16; ns >>= 16; }
  if (ns >> 8) { bucket += 8; ns >>= 8; }
  if (ns >> 4) { bucket += 4; ns >>= 4; }
  if (ns >> 2) { bucket += 2; ns >>= 2; }
  if (ns >> 1) bucket += 1;
  return bucket;
}

/* Keeps an index within its array; the verifier must see that it is. */
#define BELOW(limit, index) ((index) < (limit) ? (index) : 0)

/*
 * A place and a run state name a line, but for a sleep, whose line is found when it begins, and for a
 * wait, whose line also depends on a quota.
 */
static __always_inline __u64 line_of_place(__u64 place) {
  switch (place) {
    case PLACE_GUEST: return LINE_GUEST;
    case PLACE_EXIT: return LINE_EXIT;
    case PLACE_VMM: return LINE_VMM;
    default: return LINE_UNKNOWN;
  }
}

/* The clock may step back by a few ns between CPUs: then no time has passed. */
static __always_inline __u64 pass_time(struct account *a, __u64 now) {
  __u64 passed = now > a->last_ns ? now - a->last_ns : 0;
  a->last_ns += passed;
  return passed;
}

static __always_inline void post(struct account *a, __u64 now) {
  __u64 passed = pass_time(a, now);
  a->lines[BELOW(LINES, a->open_line)] += passed;
  if (a->open_line == LINE_EXIT) a->exits[BELOW(EXIT_CLASSES, a->exit_class)].ns += passed;
  if (a->run_state == RUN_ON_CPU) a->episode_ns += passed;
}

/* The exit being handled, if any, ends here; its duration is known. */
static __always_inline void go_to(struct account *a, __u64 place) {
  if (a->place == PLACE_EXIT) {
    __u64 class = BELOW(EXIT_CLASSES, a->exit_class);
    a->exit_log2[class][BELOW(LOG2_BUCKETS, log2_bucket(a->episode_ns))]++;
  }
  a->place = place;
  a->run_state = RUN_ON_CPU;
  a->open_line = line_of_place(place);
  a->episode_ns = 0;
}

/* kvm_entry */
static __always_inline void ledger_enter(struct account *a, __u64 now) {
  post(a, now);
  go_to(a, PLACE_GUEST);
  a->entries++;
}

/* kvm_exit */
static __always_inline void ledger_exit(struct account *a, __u64 now, __u64 class, __u64 mode) {
  post(a, now);
  go_to(a, PLACE_EXIT);
  a->exit_class = class;
  a->exits[BELOW(EXIT_CLASSES, class)].count++;
  a->exits_total++;
  a->exits_by_mode[BELOW(GUEST_MODES, mode)]++;
}

/* kvm_userspace_exit: KVM_RUN returns to the VMM */
static __always_inline void ledger_leave(struct account *a, __u64 now, __u64 halted) {
  post(a, now);
  go_to(a, PLACE_VMM);
  a->user_halted = halted;
  a->user_exits++;
}

static __always_inline __u64 line_of_sleep(const struct account *a, __u64 sleep) {
  bool halts = a->exit_class == EXIT_CLASS_HLT || a->exit_class == EXIT_CLASS_WFX;
  if (sleep == SLEEP_HALTED) return LINE_HALTED;
  if (a->place == PLACE_EXIT) return sleep == SLEEP_UNKNOWN && halts ? LINE_HALTED : LINE_BLOCKED_HOST;
  if (a->place == PLACE_VMM) return a->user_halted && sleep != SLEEP_STOPPED ? LINE_HALTED : LINE_BLOCKED_VMM;
  return LINE_UNKNOWN;
}

static __always_inline __u64 waited_ns(const struct account *a) {
  return a->lines[LINE_WAIT_PREEMPTED] + a->lines[LINE_WAIT_WOKEN] + a->lines[LINE_THROTTLED];
}

/* sched_switch, away from the thread, which would go on if it could */
static __always_inline void ledger_preempt(struct account *a, __u64 now, __u64 throttled,
                                           __u64 throttled_clock_ns) {
  post(a, now);
  a->run_state = RUN_PREEMPTED;
  a->open_line = throttled ? LINE_THROTTLED : LINE_WAIT_PREEMPTED;
  a->throttled_mark_ns = throttled_clock_ns;
}

/* sched_switch, away from the thread, which sleeps */
static __always_inline void ledger_block(struct account *a, __u64 now, __u64 sleep) {
  post(a, now);
  a->run_state = RUN_BLOCKED;
  a->open_line = line_of_sleep(a, sleep);
}

/* sched_wakeup also fires for a thread that does not sleep: it is not to be told to its account. */
static __always_inline int ledger_sleeps(const struct account *a) {
  return a->run_state == RUN_BLOCKED;
}

/* sched_wakeup, of a thread that sleeps */
static __always_inline void ledger_wake(struct account *a, __u64 now, __u64 throttled,
                                        __u64 throttled_clock_ns) {
  post(a, now);
  a->run_state = RUN_WOKEN;
  a->open_line = throttled ? LINE_THROTTLED : LINE_WAIT_WOKEN;
  a->throttled_mark_ns = throttled_clock_ns;
}

/*
 * The end of a wait: what the kernel's throttled clock went on by meanwhile was the quota's, the rest was
 * waiting for a pCPU.
 */
static __always_inline void post_wait(struct account *a, __u64 now, __u64 throttled_clock_ns) {
  __u64 passed = pass_time(a, now);
  __u64 throttled = 0;
  if (throttled_clock_ns > a->throttled_mark_ns) throttled = throttled_clock_ns - a->throttled_mark_ns;
  if (throttled > passed) throttled = passed;
  passed -= throttled;
  a->lines[LINE_THROTTLED] += throttled;
  if (a->run_state == RUN_PREEMPTED) {
    a->lines[LINE_WAIT_PREEMPTED] += passed;
    return;
  }
  a->lines[LINE_WAIT_WOKEN] += passed;
  a->latency_log2[BELOW(LOG2_BUCKETS, log2_bucket(passed))]++;
  if (passed > a->latency_max_ns) a->latency_max_ns = passed;
}

static __always_inline void note_cpu(struct account *a, __u64 cpu, __u64 node) {
  if (a->switches > 0 && cpu != a->cpu) a->cpu_migrations++;
  if (a->switches > 0 && node != a->node) a->node_migrations++;
  a->cpu = cpu;
  a->node = node;
  a->switches++;
}

/* sched_switch, to the thread */
static __always_inline void ledger_run(struct account *a, __u64 now, __u64 cpu, __u64 node,
                                       __u64 throttled_clock_ns) {
  if (a->run_state == RUN_BLOCKED) a->missed_wakeups++;
  if (a->run_state == RUN_PREEMPTED || a->run_state == RUN_WOKEN)
    post_wait(a, now, throttled_clock_ns);
  else
    post(a, now);
  note_cpu(a, cpu, node);
  a->run_state = RUN_ON_CPU;
  a->open_line = line_of_place(a->place);
}

/*
 * kvm_vcpu_wakeup: a halt is over, and the kernel has counted how long it polled. That time was on CPU, in
 * the exit or the call of KVM_RUN that is still going on, and stands there until now. A poll that was
 * preempted lasts longer by the clock than the thread was on CPU: that part is waiting and stays there.
 * (If it polled little and worked on CPU before, it may take some of that work with it, up to the time
 * that it was preempted: the kernel does not tell when in the halt it polled.)
 */
static __always_inline void ledger_poll(struct account *a, __u64 now, __u64 kernel_poll_ns) {
  __u64 polled, class = BELOW(EXIT_CLASSES, a->exit_class);
  __u64 line = line_of_place(a->place);
  post(a, now);
  polled = kernel_poll_ns - a->kernel_poll_ns;
  a->kernel_poll_ns = kernel_poll_ns;
  if ((__s64)polled < 0) { /* somebody has cleared the kernel's counters */
    a->kernel_poll_base_ns += polled;
    return;
  }
  if (polled > a->episode_ns) {
    a->poll_off_cpu_ns += polled - a->episode_ns;
    polled = a->episode_ns;
  }
  a->episode_ns -= polled;
  a->lines[line] -= polled;
  if (line == LINE_EXIT) a->exits[class].ns -= polled;
  a->lines[LINE_POLL] += polled;
}

/* At the first kvm_entry: what the kernel has counted of the vCPU before there was an account of it. */
static __always_inline void ledger_learn_kernel(struct account *a, __u64 kernel_exits,
                                                __u64 kernel_poll_ns) {
  a->kernel_known = 1;
  a->kernel_exits_base = kernel_exits - a->exits_total;
  a->kernel_poll_base_ns = kernel_poll_ns;
  a->kernel_poll_ns = kernel_poll_ns;
}

/* At kvm_entry: the kernel has counted all exits so far. */
static __always_inline void ledger_compare_exits(struct account *a, __u64 kernel_exits) {
  a->missed_exits = kernel_exits - a->kernel_exits_base - a->exits_total;
}

/* When the thread leaves its pCPU: the kernel has counted all waits up to when it got there. */
static __always_inline void ledger_compare_run_delay(struct account *a, __u64 kernel_run_delay_ns) {
  a->run_delay_ns = waited_ns(a);
  a->kernel_run_delay_ns = kernel_run_delay_ns;
  if (!a->run_delay_known) {
    a->run_delay_known = 1;
    a->run_delay_base_ns = a->run_delay_ns;
    a->kernel_run_delay_base_ns = kernel_run_delay_ns;
  }
}

/* sched_process_exit */
static __always_inline void ledger_end(struct account *a, __u64 now) {
  post(a, now);
  a->run_state = RUN_ENDED;
}

#endif
