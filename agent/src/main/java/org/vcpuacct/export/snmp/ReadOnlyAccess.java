package org.vcpuacct.export.snmp;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import org.snmp4j.agent.mo.snmp.CoexistenceInfo;
import org.snmp4j.agent.mo.snmp.CoexistenceInfoProvider;
import org.snmp4j.agent.security.VACM;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;

/**
 * Who may do what (RFC 3415, RFC 3584 section 5): a community reads the one context that it stands
 * for, a user the contexts that it is given, and nobody writes anything.
 */
final class ReadOnlyAccess implements VACM, CoexistenceInfoProvider {

  private static final OctetString EVERYTHING = new OctetString("everything");
  private static final OctetString NOTHING = new OctetString("nothing");

  private final OctetString engineId;
  private volatile Readers readers;

  /**
   * Who may read what.
   *
   * @param contexts by community
   * @param users by name
   */
  private record Readers(
      Map<OctetString, OctetString> contexts,
      Map<OctetString, SnmpUser> users,
      boolean communitiesAnywhere) {

    static Readers of(SnmpSettings settings) {
      return new Readers(
          settings.communities().entrySet().stream()
              .collect(
                  toUnmodifiableMap(
                      entry -> Utf8.octets(entry.getKey()),
                      entry -> Utf8.octets(entry.getValue()))),
          settings.users().stream()
              .collect(toUnmodifiableMap(user -> Utf8.octets(user.name()), identity())),
          settings.v2cAnywhere());
    }
  }

  ReadOnlyAccess(SnmpSettings settings, OctetString engineId) {
    this.readers = Readers.of(settings);
    this.engineId = engineId;
  }

  /** Lets others in from the next request on. Safe for use by any thread. */
  void use(SnmpSettings settings) {
    readers = Readers.of(settings);
  }

  @Override
  public CoexistenceInfo[] getCoexistenceInfo(OctetString community) {
    OctetString context = readers.contexts().get(community);
    return context == null
        ? new CoexistenceInfo[0]
        : new CoexistenceInfo[] {new CoexistenceInfo(community, engineId, context)};
  }

  /** The security name of a community is the community itself. */
  @Override
  public OctetString getCommunity(OctetString securityName, OctetString id, OctetString context) {
    return securityName;
  }

  @Override
  public boolean passesFilter(Address peer, CoexistenceInfo coexistenceInfo) {
    return answersCommunities(peer);
  }

  /** Whether a peer may use a community, which anyone on the way to it can read. */
  boolean answersCommunities(Address peer) {
    return readers.communitiesAnywhere()
        || (peer instanceof UdpAddress udp && udp.getInetAddress().isLoopbackAddress());
  }

  /** Which contexts there are is found out with the view of a request. */
  @Override
  public boolean hasContext(OctetString contextName) {
    return true;
  }

  /**
   * The view of a subject that may read a context, or null.
   *
   * @param securityName a community, or a user that has been authenticated at the security level
   */
  @Override
  public OctetString getViewName(
      OctetString context,
      OctetString securityName,
      int securityModel,
      int securityLevel,
      int viewType) {
    boolean reader =
        switch (securityModel) {
          case SecurityModel.SECURITY_MODEL_SNMPv1, SecurityModel.SECURITY_MODEL_SNMPv2c ->
              context.equals(readers.contexts().get(securityName));
          case SecurityModel.SECURITY_MODEL_USM ->
              userMayRead(context, securityName, securityLevel);
          default -> false;
        };
    if (!reader) {
      return null;
    }
    return viewType == VIEW_READ ? EVERYTHING : NOTHING;
  }

  private boolean userMayRead(OctetString context, OctetString userName, int securityLevel) {
    SnmpUser user = readers.users().get(userName);
    return user != null
        && Utf8.text(context).filter(name -> user.mayRead(name, securityLevel)).isPresent();
  }

  @Override
  public int isAccessAllowed(OctetString viewName, OID oid) {
    return EVERYTHING.equals(viewName) ? VACM_OK : VACM_NOT_IN_VIEW;
  }

  @Override
  public int isAccessAllowed(
      OctetString context,
      OctetString securityName,
      int securityModel,
      int securityLevel,
      int viewType,
      OID oid) {
    return isAccessAllowed(
        getViewName(context, securityName, securityModel, securityLevel, viewType), oid);
  }
}
