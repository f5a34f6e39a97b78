package org.vcpuacct.overload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.NeChange;

/** A controller for each network element. Not safe for use by two threads. */
public final class OverloadControls {

  private static final int MS_PER_SEQUENCE_NUMBER = 100;

  private volatile OverloadSettings settings;
  private OverloadSettings inUse;
  private final Map<Integer, OverloadController> controllers = new HashMap<>();

  /** Controllers at rest. */
  public OverloadControls(OverloadSettings settings) {
    this.settings = settings;
    this.inUse = settings;
  }

  /** Goes on by other settings when next asked. Safe for use by any thread. */
  public void use(OverloadSettings other) {
    settings = other;
  }

  /**
   * Says of each network element what call processing is to do; nothing of one whose last interval
   * is not known for all its vCPUs. To be asked once a step.
   *
   * @param nowNs CLOCK_MONOTONIC, ns
   * @param epochMillis the same instant, ms since 1970
   */
  public List<NeAccount> of(List<NeAccount> elements, long nowNs, long epochMillis) {
    controllers.keySet().retainAll(elements.stream().map(NeAccount::index).toList());
    OverloadSettings newest = settings;
    if (!newest.equals(inUse)) {
      inUse = newest;
      elements.forEach(this::goOnByOthers);
    }
    return elements.stream().map(ne -> with(ne, nowNs, epochMillis)).toList();
  }

  private void goOnByOthers(NeAccount ne) {
    OverloadController controller = controllers.get(ne.index());
    if (controller != null) {
      controller.use(inUse.policyOf(ne.name()), validityMs());
    }
  }

  private int validityMs() {
    return (int) inUse.validity().toMillis();
  }

  private NeAccount with(NeAccount ne, long nowNs, long epochMillis) {
    OverloadController controller =
        controllers.computeIfAbsent(
            ne.index(),
            index ->
                new OverloadController(
                    inUse.policyOf(ne.name()), validityMs(), firstSequence(epochMillis), nowNs));
    Optional<Overload> said =
        NeChange.of(ne, Window.LAST_INTERVAL)
            .map(change -> controller.step(LoadSample.of(change), nowNs))
            .or(controller::miss);
    return said.map(ne::with).orElse(ne);
  }

  /**
   * Numbers go on upwards when the daemon starts again: a controller says something new at most
   * once an interval, which takes longer than a number stands for.
   */
  private static long firstSequence(long epochMillis) {
    return epochMillis / MS_PER_SEQUENCE_NUMBER;
  }
}
