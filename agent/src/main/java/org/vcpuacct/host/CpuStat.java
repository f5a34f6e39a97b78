package org.vcpuacct.host;

/**
 * CPU time of the whole host by mode, from the {@code cpu} line of /proc/stat (proc(5)). Immutable.
 *
 * <p>All times are in clock ticks of USER_HZ, 100 a second. {@code user} includes {@code guest},
 * and {@code nice} includes {@code guestNice} (kernel/sched/cputime.c account_guest_time, Linux
 * 6.1).
 *
 * @param contextSwitches context switches of all CPUs since boot ({@code ctxt})
 * @param interrupts interrupts serviced since boot ({@code intr}, first figure)
 * @param cpus CPUs online
 */
public record CpuStat(
    long user,
    long nice,
    long system,
    long idle,
    long iowait,
    long irq,
    long softirq,
    long steal,
    long guest,
    long guestNice,
    long contextSwitches,
    long interrupts,
    int cpus) {}
