package org.vcpuacct.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vcpuacct.alarm.AlarmPolicy;
import org.vcpuacct.alarm.AlarmSettings;
import org.vcpuacct.alarm.Condition;
import org.vcpuacct.alarm.Severity;
import org.vcpuacct.alarm.Unit;
import org.vcpuacct.ne.NamePattern;

/** Reads section {@code [alarm]}: when alarms are raised and cleared. */
final class AlarmSection {

  private static final long MAX_HOLD_MS = 3_600_000;
  private static final long MIN_FORGET_MS = 1_000;
  private static final long MAX_FORGET_MS = 31L * 86_400_000;

  /** A clear needs a raise before it. */
  private static final int MIN_PER_MINUTE = 2;

  private static final int MAX_PER_MINUTE = 600;
  private static final int MAX_HISTORY = 10_000;

  private AlarmSection() {}

  /** What the section says; a key that it does not set keeps its default. */
  static AlarmSettings read(Section section, AlarmSettings defaults) throws ConfigException {
    Map<Condition, AlarmPolicy> policies =
        policies(section, List.of(Condition.values()), defaults.policies());
    List<AlarmSettings.Own> own = new ArrayList<>();
    for (Section ne : section.sections("ne")) {
      own.add(own(ne, policies));
    }
    AlarmSettings settings =
        new AlarmSettings(
            policies,
            own,
            section
                .number("max-per-minute", MIN_PER_MINUTE, MAX_PER_MINUTE)
                .orElse(defaults.maxPerMinute()),
            section
                .milliseconds("forget-after-ms", MIN_FORGET_MS, MAX_FORGET_MS)
                .orElse(defaults.forgetAfter()),
            section.number("history", 0, MAX_HISTORY).orElse(defaults.history()));
    section.finish();
    return settings;
  }

  private static AlarmSettings.Own own(Section section, Map<Condition, AlarmPolicy> defaults)
      throws ConfigException {
    List<String> names = section.strings("names");
    if (names.isEmpty()) {
      throw section.missing("names", "write names = [\"NAME\", \"PATTERN-*\"]");
    }
    List<Condition> ofElements =
        Arrays.stream(Condition.values())
            .filter(condition -> condition.scope() != Condition.Scope.HOST)
            .toList();
    Map<Condition, AlarmPolicy> policies = policies(section, ofElements, defaults);
    section.finish();
    return new AlarmSettings.Own(names.stream().map(NamePattern::new).toList(), policies);
  }

  private static Map<Condition, AlarmPolicy> policies(
      Section section, List<Condition> conditions, Map<Condition, AlarmPolicy> defaults)
      throws ConfigException {
    Map<Condition, AlarmPolicy> policies = new EnumMap<>(Condition.class);
    for (Condition condition : conditions) {
      AlarmPolicy policy = defaults.get(condition);
      Optional<Section> own = section.section(condition.label());
      policies.put(
          condition, own.isPresent() ? policy(own.get(), condition.unit(), policy) : policy);
    }
    return policies;
  }

  private static AlarmPolicy policy(Section section, Unit unit, AlarmPolicy defaults)
      throws ConfigException {
    AlarmPolicy policy =
        new AlarmPolicy(
            section.bool("enabled").orElse(defaults.enabled()),
            section
                .choice("severity", List.of(Severity.values()), Severity::label)
                .orElse(defaults.severity()),
            threshold(section, "raise", unit).orElse(defaults.raise()),
            threshold(section, "clear", unit).orElse(defaults.clear()),
            hold(section, "raise-hold-ms").orElse(defaults.raiseHold()),
            hold(section, "clear-hold-ms").orElse(defaults.clearHold()));
    if (policy.clear() > policy.raise()) {
      throw section.here(
          "%s must not be more than %s".formatted(key("clear", unit), key("raise", unit)));
    }
    section.finish();
    return policy;
  }

  private static Optional<Duration> hold(Section section, String key) throws ConfigException {
    return section.milliseconds(key, 0, MAX_HOLD_MS);
  }

  /** A threshold in the unit of the condition; a state has none. */
  private static Optional<Long> threshold(Section section, String which, Unit unit)
      throws ConfigException {
    if (unit == Unit.STATE) {
      return Optional.empty();
    }
    int perUnitOfKey = unit == Unit.HUNDREDTHS_OF_PERCENT ? 100 : 1;
    int max = unit == Unit.HUNDREDTHS_OF_PERCENT ? 100 : Integer.MAX_VALUE;
    return section.number(key(which, unit), 1, max).map(value -> (long) value * perUnitOfKey);
  }

  private static String key(String which, Unit unit) {
    return which
        + switch (unit) {
          case HUNDREDTHS_OF_PERCENT -> "-percent";
          case EXITS_PER_SECOND -> "-exits-per-second";
          case MICROSECONDS -> "-us";
          case MILLISECONDS -> "-ms";
          case SECONDS -> "-seconds";
          case STATE -> "";
        };
  }
}
