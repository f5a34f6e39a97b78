package org.vcpuacct.guest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses files of the guest's own /proc. The guest is a Linux of any version. */
final class GuestProcFiles {

  static final String STAT = "/proc/stat";
  static final String LOADAVG = "/proc/loadavg";

  /** Numbers of at most so many digits as fit the Java types. */
  private static final Pattern CPU_LINE = Pattern.compile("cpu(\\d{1,9})((?: +\\d{1,18})+) *");

  private static final Pattern LOADAVG_LINE =
      Pattern.compile(
          "(\\d{1,9}\\.\\d{1,9}) (\\d{1,9}\\.\\d{1,9}) (\\d{1,9}\\.\\d{1,9}) .*", Pattern.DOTALL);

  private GuestProcFiles() {}

  /**
   * The {@code cpuN} lines of /proc/stat (proc_stat(5)). Fields that the guest's kernel does not
   * have are not there.
   */
  static List<GuestCpu> cpus(byte[] stat) throws GuestRefusedException {
    List<GuestCpu> cpus = new ArrayList<>();
    for (String line : text(stat).lines().toList()) {
      if (line.startsWith("cpu") && !line.startsWith("cpu ")) {
        cpus.add(cpu(line));
      }
    }
    return cpus;
  }

  private static GuestCpu cpu(String line) throws GuestRefusedException {
    Matcher matcher = CPU_LINE.matcher(line);
    if (!matcher.matches()) {
      throw malformed(STAT, line);
    }
    String[] fields = matcher.group(2).strip().split(" +", -1);
    Map<GuestTime, Long> timesNs = new EnumMap<>(GuestTime.class);
    for (GuestTime time : GuestTime.values()) {
      if (time.ordinal() < fields.length) {
        timesNs.put(time, GuestTimes.ticksToNs(Long.parseLong(fields[time.ordinal()])));
      }
    }
    return new GuestCpu(OptionalInt.of(Integer.parseInt(matcher.group(1))), timesNs);
  }

  /** /proc/loadavg (proc_loadavg(5)). */
  static LoadAverages loadAverages(byte[] loadavg) throws GuestRefusedException {
    String text = text(loadavg);
    Matcher matcher = LOADAVG_LINE.matcher(text);
    if (!matcher.matches()) {
      throw malformed(LOADAVG, text);
    }
    return new LoadAverages(
        Double.parseDouble(matcher.group(1)),
        Double.parseDouble(matcher.group(2)),
        Double.parseDouble(matcher.group(3)));
  }

  private static GuestRefusedException malformed(String file, String text) {
    return new GuestRefusedException("the guest's " + file + " cannot be understood: " + text);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
