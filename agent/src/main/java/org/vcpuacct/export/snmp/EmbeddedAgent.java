package org.vcpuacct.export.snmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import org.snmp4j.agent.DefaultMOServer;
import org.snmp4j.agent.DuplicateRegistrationException;
import org.snmp4j.agent.mo.snmp.SNMPv2MIB;
import org.snmp4j.agent.mo.snmp.SnmpFrameworkMIB;
import org.snmp4j.mp.MPv1;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.util.ThreadPool;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.mib.VcpuAcctMib;

/**
 * An SNMP agent of the daemon's own, read-only, for hosts without snmpd.
 *
 * <p>SNMPv2c and SNMPv1 with one community. SNMPv1 has no Counter64: a GETNEXT passes over such
 * objects and a GET answers noSuchName (RFC 3584 section 4.2.2.1). SNMPv3 has no users yet.
 *
 * <p>A SET is answered noAccess, a wrong community and a malformed message are dropped and counted
 * in SNMPv2-MIB's snmp group.
 */
public final class EmbeddedAgent implements AutoCloseable {

  /** More than one, so that a long walk does not hold up the next manager. */
  private static final int WORKERS = 2;

  /** sysServices of an IP host with applications (RFC 3418). */
  private static final int HOST_WITH_APPLICATIONS = 72;

  private static final OctetString DEFAULT_CONTEXT = new OctetString();

  private final UdpTransport transport;
  private final ThreadPool workers;

  private EmbeddedAgent(UdpTransport transport) {
    this.transport = transport;
    this.workers = ThreadPool.create("snmp", WORKERS);
  }

  /**
   * Starts an agent. Its sysUpTime begins now.
   *
   * @param settings where it listens, and to whom
   * @param version the daemon's version
   * @param startedNs CLOCK_MONOTONIC at which the daemon started, ns
   * @param snapshots the newest snapshot, never null; called once a request
   * @throws ListenException if the address cannot be bound
   */
  public static EmbeddedAgent start(
      SnmpSettings settings, String version, long startedNs, Supplier<Snapshot> snapshots)
      throws ListenException {
    EmbeddedAgent agent = new EmbeddedAgent(UdpTransport.bind(settings.listen()));
    Uptime uptime = Uptime.beginsNow();
    MibTables tables = new MibTables(version, startedNs, uptime.beganNs());
    try {
      agent.serve(
          settings,
          new SnapshotViews(tables, snapshots)::defaultView,
          systemGroup(version, uptime));
      return agent;
    } catch (IOException e) {
      agent.close();
      throw new ListenException(settings.listen(), e);
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
      transport.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      workers.stop();
    }
  }

  private void serve(SnmpSettings settings, Supplier<MibView> view, SNMPv2MIB system)
      throws IOException {
    EngineState engine = EngineState.boot(settings.stateDir());
    RefusalLog refusals = new RefusalLog(System::nanoTime);
    USM usm = new USM(SecurityProtocols.getInstance(), engine.engineId(), engine.boots());
    GuardedDispatcher dispatcher = new GuardedDispatcher(refusals);
    dispatcher.addMessageProcessingModel(new MPv1());
    dispatcher.addMessageProcessingModel(new MPv2c());
    dispatcher.addMessageProcessingModel(new MPv3(usm));
    dispatcher.addTransportMapping(transport);
    dispatcher.addCounterListener(system);

    var framework = new SnmpFrameworkMIB(engine.engineId(), usm, dispatcher.getTransportMappings());
    var access = new ReadOnlyAccess(settings.community(), engine.engineId());
    var processor = new SnapshotCommandProcessor(engine.engineId(), view, refusals);
    processor.setWorkerPool(workers);
    processor.setVacm(access);
    processor.setCoexistenceProvider(access);
    processor.addMOServer(objects(system, framework, new SnapshotObject(view)));
    processor.addCounterListener(system);
    dispatcher.addCommandResponder(processor);
    transport.addTransportListener(dispatcher);
    transport.listen();
  }

  private static DefaultMOServer objects(
      SNMPv2MIB system, SnmpFrameworkMIB framework, SnapshotObject snapshots) {
    DefaultMOServer server = new DefaultMOServer();
    server.addContext(DEFAULT_CONTEXT);
    try {
      system.registerMOs(server, DEFAULT_CONTEXT);
      framework.registerMOs(server, DEFAULT_CONTEXT);
      server.register(snapshots, DEFAULT_CONTEXT);
    } catch (DuplicateRegistrationException e) {
      throw new IllegalStateException("two objects of the agent overlap", e);
    }
    return server;
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

  /** SNMPv2-MIB with the uptime that the time stamps of the other objects refer to. */
  private static final class SystemGroup extends SNMPv2MIB {
    SystemGroup(OctetString description, OID objectId, Uptime uptime) {
      super(description, objectId, new Integer32(HOST_WITH_APPLICATIONS), uptime::now);
    }
  }
}
