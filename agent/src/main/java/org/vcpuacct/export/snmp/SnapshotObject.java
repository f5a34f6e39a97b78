package org.vcpuacct.export.snmp;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snmp4j.PDU;
import org.snmp4j.agent.DefaultMOScope;
import org.snmp4j.agent.MOQuery;
import org.snmp4j.agent.MOQueryWithSource;
import org.snmp4j.agent.MOScope;
import org.snmp4j.agent.mo.GenericManagedObject;
import org.snmp4j.agent.request.SubRequest;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * A whole subtree as one managed object of SNMP4J-Agent, read from the view of the request,
 * whichever its context.
 */
final class SnapshotObject implements GenericManagedObject {

  /** UCD-SNMP-MIB. */
  static final OID SUBTREE = new OID("1.3.6.1.4.1.2021");

  private final OID subtree;
  private final Supplier<MibView> defaultView;

  /**
   * The object.
   *
   * @param subtree what it answers for
   * @param defaultView what is read where no request is known
   */
  SnapshotObject(OID subtree, Supplier<MibView> defaultView) {
    this.subtree = subtree;
    this.defaultView = defaultView;
  }

  @Override
  public MOScope getScope() {
    return new DefaultMOScope(subtree, true, subtree.nextPeer(), false);
  }

  @Override
  public OID find(MOScope range) {
    return first(defaultView.get(), range, oid -> true).map(VariableBinding::getOid).orElse(null);
  }

  @Override
  public OID find(MOQuery query, Function<OID, Boolean> filter) {
    Object source = query instanceof MOQueryWithSource known ? known.getSource() : null;
    return first(viewOf(source), query.getScope(), filter)
        .map(VariableBinding::getOid)
        .orElse(null);
  }

  @Override
  public void get(SubRequest<?> request) {
    VariableBinding binding = request.getVariableBinding();
    Optional<Variable> variable = viewOf(request.getRequest()).get(binding.getOid());
    binding.setVariable(variable.orElse(Null.noSuchInstance));
    request.completed();
  }

  @Override
  @SuppressWarnings("deprecation") // still abstract in the interface
  public boolean next(SubRequest<?> request) {
    return next(request, oid -> true);
  }

  @Override
  public boolean next(SubRequest<?> request, Function<OID, Boolean> filter) {
    Optional<VariableBinding> next =
        first(viewOf(request.getRequest()), request.getScope(), filter);
    next.ifPresent(
        binding -> {
          request.getVariableBinding().setOid(binding.getOid());
          request.getVariableBinding().setVariable(binding.getVariable());
          request.completed();
        });
    return next.isPresent();
  }

  /** A SET is refused before it reaches an object; were it to, nothing can be written. */
  @Override
  public void prepare(SubRequest<?> request) {
    request.getStatus().setErrorStatus(PDU.notWritable);
  }

  @Override
  public void commit(SubRequest<?> request) {
    request.getStatus().setErrorStatus(PDU.commitFailed);
  }

  @Override
  public void undo(SubRequest<?> request) {
    request.completed();
  }

  @Override
  public void cleanup(SubRequest<?> request) {
    request.completed();
  }

  private MibView viewOf(Object source) {
    return source instanceof SnapshotRequest request ? request.view() : defaultView.get();
  }

  private static Optional<VariableBinding> first(
      MibView view, MOScope range, Function<OID, Boolean> filter) {
    Optional<VariableBinding> found = view.from(range.getLowerBound(), range.isLowerIncluded());
    while (found.isPresent() && !filter.apply(found.get().getOid())) {
      found = view.next(found.get().getOid());
    }
    return found.filter(binding -> range.covers(binding.getOid()));
  }
}
