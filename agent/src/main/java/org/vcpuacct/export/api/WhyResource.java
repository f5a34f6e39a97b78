package org.vcpuacct.export.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.vcpuacct.diagnosis.Diagnosis;
import org.vcpuacct.export.http.Answer;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.export.http.Resource;
import org.vcpuacct.history.History;
import org.vcpuacct.history.Period;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.vm.Vm;

/**
 * {@code /api/v1/why?ne=NAME[&at=TIME]}: why a network element was loaded in the minute that ends
 * at a time, ms since 1970, beside the five minutes before, as text. Without a time: the last
 * minute.
 */
public final class WhyResource implements Resource {

  private static final long MINUTE_MS = TimeUnit.MINUTES.toMillis(1);
  private static final long BEFORE_MS = TimeUnit.MINUTES.toMillis(5);

  private final History history;
  private final Supplier<Snapshot> newest;
  private final HostRoot host;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * The resource.
   *
   * @param newest which VMs are running
   * @param zone for the times that are named
   */
  public WhyResource(
      History history, Supplier<Snapshot> newest, HostRoot host, InstantSource clock, ZoneId zone) {
    this.history = history;
    this.newest = newest;
    this.host = host;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public String path() {
    return "/api/v1/why";
  }

  @Override
  public Set<String> parameters() {
    return Set.of("ne", "at");
  }

  @Override
  public Answer answer(Query query) {
    PastParameters asked = new PastParameters(query, history, zone);
    try {
      String ne = asked.ne();
      long untilMillis = asked.time("at").orElse(clock.millis());
      return Answer.of("text/plain; charset=utf-8", explain(ne, untilMillis, asked));
    } catch (BadQueryException e) {
      return e.answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] explain(String name, long untilMillis, PastParameters asked)
      throws IOException, BadQueryException {
    Optional<Period> minute = history.period(untilMillis - MINUTE_MS, untilMillis);
    if (minute.isEmpty()) {
      throw asked.nothingHeld(untilMillis);
    }
    Period period = minute.get();
    NeAccount ne = period.ne(name).orElseThrow(() -> PastParameters.unknownNe(name, period));
    Optional<Period> before =
        history.period(period.fromEpochMillis() - BEFORE_MS, period.fromEpochMillis());
    List<String> lines = Diagnosis.of(period, before, ne, running(name), host, zone);
    return (String.join("\n", lines) + "\n").getBytes(UTF_8);
  }

  private List<Vm> running(String name) {
    return newest.get().nes().stream()
        .filter(ne -> ne.name().equals(name))
        .flatMap(ne -> ne.vms().stream())
        .map(VmAccount::vm)
        .toList();
  }
}
