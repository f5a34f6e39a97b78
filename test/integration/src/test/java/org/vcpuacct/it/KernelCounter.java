package org.vcpuacct.it;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statistic of KVM's, read again and again by the host itself: how fast it grows. */
final class KernelCounter implements AutoCloseable {

  private static final Pattern READING = Pattern.compile("(?m)^(\\d+\\.\\d+) (\\d+)$");

  private final HostProgram reader;

  private KernelCounter(HostProgram reader) {
    this.reader = reader;
  }

  /** Reads one of a VM from now on, five times a second. */
  static KernelCounter read(Host host, String statistic, int pid) {
    String script =
        "while read -r uptime _ < /proc/uptime; do"
            + " echo \"$uptime $(cat /sys/kernel/debug/kvm/%d-*/%s)\"; sleep 0.2; done"
                .formatted(pid, statistic);
    return new KernelCounter(HostProgram.start(statistic, host, List.of("sh", "-c", script)));
  }

  /** A reading: seconds since the host's start, and the count. */
  private record Reading(double seconds, long count) {}

  /** The rates over every second or so that was seen until now, events a second. */
  List<Double> ratesPerSecond() {
    List<Reading> readings = new ArrayList<>();
    Matcher matcher = READING.matcher(reader.said());
    while (matcher.find()) {
      readings.add(
          new Reading(Double.parseDouble(matcher.group(1)), Long.parseLong(matcher.group(2))));
    }
    List<Double> rates = new ArrayList<>();
    int from = 0;
    for (Reading to : readings) {
      while (to.seconds() - readings.get(from).seconds() >= 1) {
        Reading begin = readings.get(from++);
        rates.add((to.count() - begin.count()) / (to.seconds() - begin.seconds()));
      }
    }
    return rates;
  }

  @Override
  public void close() {
    reader.close();
  }
}
