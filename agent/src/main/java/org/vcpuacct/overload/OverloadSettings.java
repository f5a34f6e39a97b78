package org.vcpuacct.overload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vcpuacct.ne.NamePattern;
import org.vcpuacct.overload.feed.FeedSettings;

/**
 * How overload is controlled. Immutable.
 *
 * @param validity for how long a reader may act on what it was told
 * @param policy of a network element that has none of its own
 * @param own policies of network elements; the first that fits a name holds
 * @param feed where call processing reads it on this host; empty if only by SNMP
 */
public record OverloadSettings(
    Duration validity, OverloadPolicy policy, List<Own> own, Optional<FeedSettings> feed) {

  /** The policy of the network elements whose names these are. */
  public record Own(List<NamePattern> names, OverloadPolicy policy) {

    public Own {
      names = List.copyOf(names);
    }
  }

  public OverloadSettings {
    own = List.copyOf(own);
  }

  /** What suits a step of the sampler every second. */
  public static OverloadSettings defaults() {
    return new OverloadSettings(
        Duration.ofSeconds(3), OverloadPolicy.DEFAULT, List.of(), Optional.empty());
  }

  /** The same without the feed, which the control does not depend on. */
  public OverloadSettings withoutFeed() {
    return new OverloadSettings(validity, policy, own, Optional.empty());
  }

  /** The policy that holds for a network element of this name. */
  OverloadPolicy policyOf(String name) {
    return own.stream()
        .filter(one -> one.names().stream().anyMatch(pattern -> pattern.matches(name)))
        .findFirst()
        .map(Own::policy)
        .orElse(policy);
  }
}
