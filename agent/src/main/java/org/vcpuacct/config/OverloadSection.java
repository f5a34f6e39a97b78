package org.vcpuacct.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vcpuacct.ne.NamePattern;
import org.vcpuacct.overload.OverloadPolicy;
import org.vcpuacct.overload.OverloadSettings;

/** Reads section {@code [overload]}: when and how much of its traffic is to be turned away. */
final class OverloadSection {

  /** A reader is told again three times while what it knows is valid. */
  private static final int INTERVALS_OF_VALIDITY = 3;

  private static final long MAX_VALIDITY_MS = 86_400_000;
  private static final int PERCENT = 100;
  private static final int MAX_SAMPLES = 100;
  private static final long MAX_HOLD_MS = 3_600_000;

  private OverloadSection() {}

  /**
   * What the section says; a key that it does not set keeps its default.
   *
   * @param interval time between two steps of the sampler
   */
  static OverloadSettings read(Section section, OverloadSettings defaults, Duration interval)
      throws ConfigException {
    Duration validity =
        section
            .milliseconds("validity-ms", leastValidity(interval).toMillis(), MAX_VALIDITY_MS)
            .orElse(validity(defaults, interval));
    OverloadPolicy policy = policy(section, defaults.policy());
    List<OverloadSettings.Own> own = new ArrayList<>();
    for (Section ne : section.sections("ne")) {
      own.add(own(ne, policy));
    }
    Optional<Section> feed = section.section("feed");
    section.finish();
    return new OverloadSettings(
        validity,
        policy,
        own,
        feed.isPresent() ? Optional.of(FeedSection.read(feed.get())) : Optional.empty());
  }

  /** The settings without a section. */
  static OverloadSettings defaults(OverloadSettings defaults, Duration interval) {
    return new OverloadSettings(
        validity(defaults, interval), defaults.policy(), defaults.own(), defaults.feed());
  }

  private static Duration leastValidity(Duration interval) {
    return interval.multipliedBy(INTERVALS_OF_VALIDITY);
  }

  private static Duration validity(OverloadSettings defaults, Duration interval) {
    Duration least = leastValidity(interval);
    return least.compareTo(defaults.validity()) > 0 ? least : defaults.validity();
  }

  private static OverloadSettings.Own own(Section section, OverloadPolicy defaults)
      throws ConfigException {
    List<String> names = section.strings("names");
    if (names.isEmpty()) {
      throw section.missing("names", "write names = [\"NAME\", \"PATTERN-*\"]");
    }
    OverloadPolicy policy = policy(section, defaults);
    section.finish();
    return new OverloadSettings.Own(names.stream().map(NamePattern::new).toList(), policy);
  }

  private static OverloadPolicy policy(Section section, OverloadPolicy defaults)
      throws ConfigException {
    OverloadPolicy policy =
        new OverloadPolicy(
            section.number("on-percent", 1, PERCENT).orElse(defaults.on()),
            section.number("off-percent", 0, PERCENT).orElse(defaults.off()),
            section.number("target-percent", 1, PERCENT).orElse(defaults.target()),
            section.number("tolerance-percent", 0, PERCENT).orElse(defaults.tolerance()),
            section.number("samples-on", 1, MAX_SAMPLES).orElse(defaults.samplesOn()),
            section
                .milliseconds("off-hold-ms", 0, MAX_HOLD_MS)
                .map(Duration::toNanos)
                .orElse(defaults.offHoldNs()),
            section.number("step-up-percent", 1, PERCENT).orElse(defaults.stepUp()),
            section
                .number("release-percent-per-second", 1, PERCENT)
                .orElse(defaults.releasePerSecond()),
            section
                .number("contention-limit-percent", 0, PERCENT)
                .orElse(defaults.contentionLimit()));
    if (policy.off() >= policy.on()) {
      throw section.here("off-percent must be less than on-percent, or shedding would flap");
    }
    if (policy.target() < policy.off()) {
      throw section.here("target-percent must not be less than off-percent");
    }
    return policy;
  }
}
