package org.vcpuacct.export.snmp;

import org.snmp4j.agent.mo.snmp.CoexistenceInfo;
import org.snmp4j.agent.mo.snmp.CoexistenceInfoProvider;
import org.snmp4j.agent.security.VACM;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

/**
 * Who may do what (RFC 3415, RFC 3584 section 5): the community reads all that the agent serves,
 * and nobody writes anything.
 */
final class ReadOnlyAccess implements VACM, CoexistenceInfoProvider {

  private static final OctetString DEFAULT_CONTEXT = new OctetString();
  private static final OctetString EVERYTHING = new OctetString("everything");
  private static final OctetString NOTHING = new OctetString("nothing");

  private final OctetString community;
  private final OctetString engineId;

  ReadOnlyAccess(String community, OctetString engineId) {
    this.community = new OctetString(community);
    this.engineId = engineId;
  }

  @Override
  public CoexistenceInfo[] getCoexistenceInfo(OctetString name) {
    return name.equals(community)
        ? new CoexistenceInfo[] {new CoexistenceInfo(community, engineId, DEFAULT_CONTEXT)}
        : new CoexistenceInfo[0];
  }

  @Override
  public OctetString getCommunity(OctetString securityName, OctetString id, OctetString context) {
    return community;
  }

  @Override
  public boolean passesFilter(Address address, CoexistenceInfo coexistenceInfo) {
    return true;
  }

  @Override
  public boolean hasContext(OctetString contextName) {
    return contextName.equals(DEFAULT_CONTEXT);
  }

  @Override
  public OctetString getViewName(
      OctetString context,
      OctetString securityName,
      int securityModel,
      int securityLevel,
      int viewType) {
    boolean byCommunity =
        securityModel == SecurityModel.SECURITY_MODEL_SNMPv1
            || securityModel == SecurityModel.SECURITY_MODEL_SNMPv2c;
    return byCommunity && viewType == VIEW_READ ? EVERYTHING : NOTHING;
  }

  @Override
  public int isAccessAllowed(OctetString viewName, OID oid) {
    return viewName.equals(EVERYTHING) ? VACM_OK : VACM_NOT_IN_VIEW;
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
