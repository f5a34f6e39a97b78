package org.vcpuacct.export.snmp;

import java.util.List;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv3;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.SecurityProtocols.SecurityProtocolSet;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmTimeEntry;
import org.snmp4j.security.UsmTimeTable;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.vcpuacct.snmp.AuthProtocol;
import org.vcpuacct.snmp.PrivacyProtocol;

/** SNMPv3 of one engine and its users (RFC 3412, RFC 3414). */
final class UserSecurity {

  private final EngineState engine;
  private final SecurityProtocols protocols = strongProtocols();
  private final CounterSupport counters = new CounterSupport();
  private final USM usm;
  private List<SnmpUser> users = List.of();

  UserSecurity(EngineState engine, List<SnmpUser> wanted) {
    this.engine = engine;
    this.usm = new ReportingUsm(protocols, engine, counters, time());
    // Else a forged engine ID, which needs no password, costs the making of a key and its memory.
    usm.setEngineDiscoveryEnabled(false);
    use(wanted);
  }

  /** Knows these users from now on, and no others. One that stays the same is served meanwhile. */
  final void use(List<SnmpUser> wanted) {
    users.stream().filter(user -> !wanted.contains(user)).forEach(this::remove);
    wanted.stream().filter(user -> !users.contains(user)).forEach(this::add);
    users = List.copyOf(wanted);
  }

  USM usm() {
    return usm;
  }

  /** Where refused messages are counted. */
  CounterSupport counters() {
    return counters;
  }

  MPv3 messageProcessing() {
    return new MPv3(
        engine.engineId().getValue(),
        null,
        protocols,
        SecurityModels.getCollection(new SecurityModel[] {usm}),
        counters);
  }

  /** Only this engine is known, without having been discovered. */
  private UsmTimeTable time() {
    UsmTimeTable table = new UsmTimeTable(engine.engineId(), engine.boots());
    table.setLocalTime(
        new UsmTimeEntry(engine.engineId(), engine.boots(), engine.secondsSinceBoot()));
    table.addEntry(new UsmTimeEntry(engine.engineId(), engine.boots(), 0));
    return table;
  }

  /** Keeps the user's keys, which are of no use to another engine, and not its passwords. */
  private void add(SnmpUser user) {
    OID privacy = user.privacy().map(p -> p.protocol().implementation().getID()).orElse(null);
    OctetString privacyPassword = user.privacy().map(p -> p.password().octets()).orElse(null);
    usm.addUser(
        new UsmUser(
            Utf8.octets(user.name()),
            user.auth().protocol().implementation().getID(),
            user.auth().password().octets(),
            privacy,
            privacyPassword),
        engine.engineId());
  }

  private void remove(SnmpUser user) {
    usm.removeAllUsers(Utf8.octets(user.name()), engine.engineId());
  }

  private static SecurityProtocols strongProtocols() {
    SecurityProtocols protocols = new SecurityProtocols(SecurityProtocolSet.none);
    for (AuthProtocol protocol : AuthProtocol.values()) {
      protocols.addAuthenticationProtocol(protocol.implementation());
    }
    for (PrivacyProtocol protocol : PrivacyProtocol.values()) {
      protocols.addPrivacyProtocol(protocol.implementation());
    }
    return protocols;
  }
}
