package org.vcpuacct.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vcpuacct.alarm.AlarmSettings;
import org.vcpuacct.alarm.log.LogLimits;
import org.vcpuacct.export.http.HttpSettings;
import org.vcpuacct.export.metrics.OtlpSettings;
import org.vcpuacct.export.notify.NotifyTarget;
import org.vcpuacct.export.snmp.SnmpUser;
import org.vcpuacct.guest.GuestSettings;
import org.vcpuacct.history.HistorySettings;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ne.VmSet;
import org.vcpuacct.overload.OverloadSettings;

/**
 * The whole configuration. Every value is valid.
 *
 * @param agent section {@code [agent]}
 * @param snmp section {@code [snmp]}
 * @param networkElements sections {@code [[ne]]}: network elements of more than one VM, or with a
 *     name of their own
 * @param agentx section {@code [agentx]}; empty if there is none
 * @param guest section {@code [guest]}
 * @param overload section {@code [overload]}
 * @param alarm section {@code [alarm]}
 * @param notificationLog section {@code [notification-log]}
 * @param notifyTargets sections {@code [[notify]]}: who is told of alarms
 * @param history section {@code [history]}: how much of the past is held
 * @param http section {@code [http]}; empty if nothing is served over HTTP
 * @param otlp section {@code [otlp]}; empty if there is none
 */
public record Config(
    Agent agent,
    Snmp snmp,
    List<VmSet> networkElements,
    Optional<Agentx> agentx,
    GuestSettings guest,
    OverloadSettings overload,
    AlarmSettings alarm,
    LogLimits notificationLog,
    List<NotifyTarget> notifyTargets,
    HistorySettings history,
    Optional<HttpSettings> http,
    Optional<OtlpSettings> otlp) {

  public Config {
    networkElements = List.copyOf(networkElements);
    notifyTargets = List.copyOf(notifyTargets);
  }

  /**
   * How the host is measured.
   *
   * @param interval time between two steps of the sampler
   * @param bestTier the best tier to use; a host that does not allow it gets the next one
   * @param stateDir folder of what must outlive the daemon: row indexes, SNMP engine boots
   */
  public record Agent(Duration interval, Tier bestTier, Path stateDir) {}

  /**
   * The embedded SNMP agent.
   *
   * @param enabled whether there is one
   * @param listen UDP address and port
   * @param communities the SNMPv2c communities that may read, and the context that each reads; ""
   *     is the default context
   * @param v2cAnywhere whether a community is answered on other addresses than loopback too
   * @param users the users of SNMPv3
   */
  public record Snmp(
      boolean enabled,
      InetSocketAddress listen,
      Map<String, String> communities,
      boolean v2cAnywhere,
      List<SnmpUser> users) {

    public Snmp {
      communities = Map.copyOf(communities);
      users = List.copyOf(users);
    }
  }

  /**
   * The AgentX subagent.
   *
   * @param master a {@link java.net.UnixDomainSocketAddress}, or a resolved {@link
   *     InetSocketAddress} for TCP
   * @param notified whether it is told of alarms
   */
  public record Agentx(SocketAddress master, boolean notified) {}

  /** What holds where no file says otherwise. */
  public static Config defaults() {
    return new Config(
        new Agent(Duration.ofSeconds(1), Tier.EXACT, Path.of("/var/lib/vcpuacct")),
        new Snmp(
            true,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1161),
            Map.of("public", ""),
            false,
            List.of()),
        List.of(),
        Optional.empty(),
        GuestSettings.defaults(),
        OverloadSettings.defaults(),
        AlarmSettings.defaults(),
        LogLimits.defaults(),
        List.of(),
        HistorySettings.defaults(),
        Optional.of(HttpSettings.defaults()),
        Optional.empty());
  }
}
