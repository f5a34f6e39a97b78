package org.vcpuacct.export.agentx;

import java.util.List;
import java.util.Optional;
import org.snmp4j.smi.VariableBinding;

/** What the master is to be notified of, in its order. */
public interface NotifyQueue {

  /** Nothing, ever. */
  NotifyQueue NONE =
      new NotifyQueue() {
        @Override
        public Optional<List<VariableBinding>> peek() {
          return Optional.empty();
        }

        @Override
        public void sent() {
          throw new IllegalStateException("nothing was to be sent");
        }

        @Override
        public void onArrival(Runnable wake) {}
      };

  /**
   * The variables of the first notification that the master has not taken, snmpTrapOID.0 first;
   * empty if there is none. Does not block.
   */
  Optional<List<VariableBinding>> peek();

  /** The master has taken what {@link #peek} gave. */
  void sent();

  /** From now on this is run when there may be something to send, until the queue is closed. */
  void onArrival(Runnable wake);
}
