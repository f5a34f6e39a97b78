package org.vcpuacct.export.notify;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.log.NotificationLog;
import org.vcpuacct.alarm.log.Outbox;
import org.vcpuacct.export.agentx.NotifyQueue;
import org.vcpuacct.export.snmp.NotificationVariables;

/** What the host's snmpd has not taken of the log. It sends it on by its own configuration. */
public final class AgentxOutbox implements NotifyQueue, Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(AgentxOutbox.class);

  /** No target of the configuration can have this name. */
  private static final String NAME = "@agentx";

  private final NotificationLog log;
  private final Outbox outbox;
  private Runnable wake = () -> {};
  private boolean failed;

  /** What is to be sent of a log; the caller closes that, after this. */
  public AgentxOutbox(NotificationLog log) {
    this.log = log;
    this.outbox = log.outbox(NAME);
  }

  @Override
  public Optional<List<VariableBinding>> peek() {
    try {
      Optional<Notification> next = outbox.peek();
      failed = false;
      return next.map(AgentxOutbox::variables);
    } catch (IOException e) {
      if (!failed) {
        LOG.warn("notifications wait for the AgentX master: {}", e.toString());
        failed = true;
      }
      return Optional.empty();
    }
  }

  @Override
  public void sent() {
    try {
      outbox.sent();
    } catch (IOException e) {
      LOG.warn("what the AgentX master was sent may be sent again: {}", e.toString());
    }
  }

  @Override
  public void onArrival(Runnable run) {
    wake = run;
    log.onAppend(run);
  }

  @Override
  public void close() throws IOException {
    log.forget(wake);
    outbox.close();
  }

  private static List<VariableBinding> variables(Notification notification) {
    List<VariableBinding> variables = new ArrayList<>();
    variables.add(
        new VariableBinding(
            SnmpConstants.snmpTrapOID, NotificationVariables.identity(notification)));
    variables.addAll(NotificationVariables.objects(notification));
    return variables;
  }
}
