package org.vcpuacct.export.snmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.agent.DefaultMOServer;
import org.snmp4j.agent.DuplicateRegistrationException;
import org.snmp4j.agent.MOGroup;
import org.snmp4j.agent.MOServer;
import org.snmp4j.agent.mo.snmp.SNMPv2MIB;
import org.snmp4j.agent.mo.snmp.SnmpFrameworkMIB;
import org.snmp4j.mp.MPv1;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.util.ThreadPool;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.log.NotificationLog;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.mib.VcpuAcctMib;

/**
 * An SNMP agent of the daemon's own, read-only, for hosts without snmpd.
 *
 * <p>SNMPv3 with users, each of whom reads the contexts that it is given. SNMPv2c and SNMPv1 with
 * communities, each of which reads one context, on loopback addresses unless the settings allow
 * others. SNMPv1 has no Counter64: a GETNEXT passes over such objects and a GET answers noSuchName
 * (RFC 3584 section 4.2.2.1).
 *
 * <p>A SET is answered noAccess. A wrong community and a malformed message are dropped and counted
 * in SNMPv2-MIB's snmp group; a message of SNMPv3 that is refused is reported and counted as RFC
 * 3412 to 3414 have it.
 */
public final class EmbeddedAgent implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedAgent.class);

  /** More than one, so that a long walk does not hold up the next manager. */
  private static final int WORKERS = 2;

  /** sysServices of an IP host with applications (RFC 3418). */
  private static final int HOST_WITH_APPLICATIONS = 72;

  /** What is registered in it is found in every context. */
  private static final OctetString ANY_CONTEXT = new OctetString();

  private final ThreadPool workers;
  private final GuardedDispatcher dispatcher = new GuardedDispatcher();
  private final UserSecurity security;
  private final ReadOnlyAccess access;
  private volatile UdpTransport transport;
  private InetSocketAddress listen;

  private EmbeddedAgent(SnmpSettings settings) throws ListenException {
    this.transport = UdpTransport.bind(settings.listen());
    this.listen = settings.listen();
    this.workers = ThreadPool.create("snmp", WORKERS);
    this.security = new UserSecurity(settings.engine(), settings.users());
    this.access = new ReadOnlyAccess(settings, settings.engine().engineId());
  }

  /**
   * Starts an agent. Its sysUpTime begins now.
   *
   * @param settings where it listens, and to whom
   * @param version the daemon's version
   * @param startedNs CLOCK_MONOTONIC at which the daemon started, ns
   * @param snapshots the newest snapshot, never null; called once a request
   * @param alarms the newest list of alarms, never null
   * @param recent the last notifications that are in the log, oldest first
   * @throws ListenException if the address cannot be bound
   */
  public static EmbeddedAgent start(
      SnmpSettings settings,
      String version,
      long startedNs,
      Supplier<Snapshot> snapshots,
      Supplier<AlarmList> alarms,
      Supplier<List<Notification>> recent)
      throws ListenException {
    EmbeddedAgent agent = new EmbeddedAgent(settings);
    Uptime uptime = Uptime.beginsNow();
    MibTables tables =
        new MibTables(version, startedNs, uptime.beganNs(), alarms)
            .with(new NotificationLogTables(recent, NotificationLog.RECENT, uptime));
    try {
      agent.serve(
          settings.engine().engineId(),
          new SnapshotViews(tables, snapshots),
          systemGroup(version, uptime));
      warnOfOpenCommunities(settings);
      return agent;
    } catch (ListenException e) {
      agent.close();
      throw e;
    }
  }

  /**
   * Serves by other settings from now on. Its uptime and its counters go on; its engine stays.
   *
   * @throws ListenException if the other address cannot be bound; then nothing has changed
   */
  public synchronized void use(SnmpSettings settings) throws ListenException {
    if (!settings.listen().equals(listen)) {
      moveTo(settings.listen());
      listen = settings.listen();
    }
    security.use(settings.users());
    access.use(settings);
    warnOfOpenCommunities(settings);
  }

  /** The old address first: the new one can be the same port of more addresses. */
  private void moveTo(InetSocketAddress address) throws ListenException {
    InetSocketAddress before = address();
    stopListening();
    try {
      listenTo(UdpTransport.bind(address));
    } catch (ListenException e) {
      listenTo(UdpTransport.bind(before));
      throw e;
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return transport.boundTo();
  }

  /** Ends the threads and frees the port. */
  @Override
  public void close() {
    try {
      stopListening();
    } finally {
      workers.stop();
    }
  }

  private void listenTo(UdpTransport bound) throws ListenException {
    transport = bound;
    dispatcher.addTransportMapping(bound);
    bound.addTransportListener(dispatcher);
    try {
      bound.listen();
    } catch (IOException e) {
      throw new ListenException(bound.boundTo(), e);
    }
  }

  private void stopListening() {
    dispatcher.removeTransportMapping(transport);
    try {
      transport.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(OctetString engineId, ContextViews views, SNMPv2MIB system)
      throws ListenException {
    EngineCounters counters = new EngineCounters();
    security.counters().addCounterListener(system);
    security.counters().addCounterListener(counters);

    dispatcher.addMessageProcessingModel(new MPv1());
    dispatcher.addMessageProcessingModel(new MPv2c());
    dispatcher.addMessageProcessingModel(security.messageProcessing());
    dispatcher.addCounterListener(system);
    dispatcher.addCounterListener(counters);

    var framework = new SnmpFrameworkMIB(engineId, security.usm(), List.of(transport));
    var processor = new SnapshotCommandProcessor(engineId, views, access);
    processor.setWorkerPool(workers);
    processor.addMOServer(
        objects(
            List.of(system, framework, counters),
            List.of(
                new SnapshotObject(SnapshotObject.SUBTREE, views::defaultView),
                new SnapshotObject(NotificationLogTables.SUBTREE, views::defaultView))));
    processor.addCounterListener(system);
    processor.addCounterListener(counters);
    dispatcher.addCommandResponder(processor);
    listenTo(transport);
  }

  private static MOServer objects(List<MOGroup> groups, List<SnapshotObject> snapshots) {
    MOServer server = new EveryContext();
    try {
      for (MOGroup group : groups) {
        group.registerMOs(server, ANY_CONTEXT);
      }
      for (SnapshotObject object : snapshots) {
        server.register(object, ANY_CONTEXT);
      }
    } catch (DuplicateRegistrationException e) {
      throw new IllegalStateException("two objects of the agent overlap", e);
    }
    return server;
  }

  private static void warnOfOpenCommunities(SnmpSettings settings) {
    boolean loopback = settings.listen().getAddress().isLoopbackAddress();
    if (loopback || settings.v2cAnywhere()) {
      return;
    }
    LOG.warn(
        "SNMPv1 and SNMPv2c are answered on loopback addresses only, as anyone on the way can read"
            + " a community; other hosts read with SNMPv3, [[snmp.user]], of which there are {},"
            + " or if snmp.v2c-anywhere is true",
        settings.users().size());
  }

  private static SNMPv2MIB systemGroup(String version, Uptime uptime) {
    OID module = new OID(VcpuAcctMib.VCPU_ACCT_MIB);
    String description =
        "vcpuacct %s on %s %s %s"
            .formatted(
                version,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"));
    SNMPv2MIB system = new SystemGroup(new OctetString(description), module, uptime);
    system.setName(new OctetString(hostName()));
    system.addSysOREntry(module, new OctetString(VcpuAcctMib.MODULE));
    return system;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  /**
   * The engine's own objects are the same in every context, so none is registered when a context
   * comes. Whether there is a context is known when a request for it comes.
   */
  private static final class EveryContext extends DefaultMOServer {
    @Override
    public boolean isContextSupported(OctetString context) {
      return true;
    }
  }

  /** SNMPv2-MIB with the uptime that the time stamps of the other objects refer to. */
  private static final class SystemGroup extends SNMPv2MIB {
    SystemGroup(OctetString description, OID objectId, Uptime uptime) {
      super(description, objectId, new Integer32(HOST_WITH_APPLICATIONS), uptime::now);
    }
  }
}
