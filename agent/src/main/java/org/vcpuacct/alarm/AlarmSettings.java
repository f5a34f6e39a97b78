package org.vcpuacct.alarm;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vcpuacct.ne.NamePattern;

/**
 * When alarms are raised and cleared, and how many are told. Immutable.
 *
 * @param policies of every condition
 * @param own policies of network elements; the first that fits a name holds for what it has
 * @param maxPerMinute the most notifications in a minute of one alarm, at least 2
 * @param forgetAfter how long a VM that is gone is missed
 * @param history how many alarms that are over are remembered
 */
public record AlarmSettings(
    Map<Condition, AlarmPolicy> policies,
    List<Own> own,
    int maxPerMinute,
    Duration forgetAfter,
    int history) {

  /**
   * The policies of the network elements whose names these are.
   *
   * @param policies a condition that is missing has that of all network elements
   */
  public record Own(List<NamePattern> names, Map<Condition, AlarmPolicy> policies) {

    public Own {
      names = List.copyOf(names);
      policies = Map.copyOf(policies);
    }

    private boolean isOf(String name) {
      return names.stream().anyMatch(pattern -> pattern.matches(name));
    }
  }

  public AlarmSettings {
    policies = Map.copyOf(policies);
    own = List.copyOf(own);
  }

  /** The default of each condition for all network elements. */
  public static AlarmSettings defaults() {
    Map<Condition, AlarmPolicy> policies = new EnumMap<>(Condition.class);
    Arrays.stream(Condition.values())
        .forEach(condition -> policies.put(condition, AlarmPolicy.defaultOf(condition)));
    return new AlarmSettings(policies, List.of(), 6, Duration.ofHours(1), 1_000);
  }

  /** The policy that holds for a subject. */
  AlarmPolicy policyOf(Condition condition, Subject subject) {
    AlarmPolicy ofAll = policies.get(condition);
    return subject
        .ne()
        .flatMap(ne -> own.stream().filter(one -> one.isOf(ne.name())).findFirst())
        .map(one -> one.policies().getOrDefault(condition, ofAll))
        .orElse(ofAll);
  }

  /** The least figure for which an alarm is raised, whatever the subject. */
  long leastRaise(Condition condition) {
    return Stream.concat(Stream.of(policies), own.stream().map(Own::policies))
        .flatMap(some -> Stream.ofNullable(some.get(condition)))
        .filter(AlarmPolicy::enabled)
        .mapToLong(AlarmPolicy::raise)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
