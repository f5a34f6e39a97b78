package org.vcpuacct.it;

import java.time.Duration;

/**
 * A step of the daemon.
 *
 * @param number how many steps the daemon had taken with it
 * @param at when it looked at the VMs, by the daemon's own clock, to 10 ms
 * @param lateness how much later than due it began
 * @param wall wall time that a vCPU's account has closed with it
 */
record StepFigures(long number, Duration at, Duration lateness, Duration wall) {}
