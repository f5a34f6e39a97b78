package org.vcpuacct.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vcpuacct.history.track.MalformedTrackException;
import org.vcpuacct.history.track.OctetReader;
import org.vcpuacct.history.track.OctetWriter;
import org.vcpuacct.ledger.Catalogue;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.OverloadLevel;
import org.vcpuacct.ledger.VmAccount;

/**
 * What does not change in a network element. Its row is what call processing was asked to do:
 * whether there was anything, and the components of {@link Overload} in their order, constants as
 * their numbers.
 *
 * @param vms the indexes of its VMs
 */
record NeKey(int index, String name, long sinceNs, List<Integer> vms) {

  private static final int MAX_VMS = 1 << 20;
  private static final int COLUMNS = 7;

  static NeKey of(NeAccount ne) {
    List<Integer> vms = ne.vms().stream().map(VmAccount::index).toList();
    return new NeKey(ne.index(), ne.name(), ne.sinceNs(), vms);
  }

  static NeKey read(OctetReader key) throws IOException {
    int index = key.count(Integer.MAX_VALUE);
    String name = key.text();
    long sinceNs = key.signed();
    int count = key.count(MAX_VMS);
    List<Integer> vms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      vms.add(key.count(Integer.MAX_VALUE));
    }
    return new NeKey(index, name, sinceNs, List.copyOf(vms));
  }

  byte[] octets() {
    OctetWriter key = KeyKind.NE.key().varint(index).text(name).signed(sinceNs).varint(vms.size());
    vms.forEach(key::varint);
    return key.toArray();
  }

  static long[] row(Optional<Overload> overload) {
    long[] row = new long[COLUMNS];
    if (overload.isPresent()) {
      Overload asked = overload.get();
      Cursor out = new Cursor(row);
      out.put(1);
      out.put(asked.sequence());
      out.put(asked.validityMs());
      out.put(asked.load());
      out.put(asked.reduction());
      out.put(asked.level().number());
      out.put(asked.cause().number());
    }
    return row;
  }

  static Optional<Overload> overload(long[] row) throws IOException {
    Cursor in = new Cursor(row);
    if (in.take() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Overload(
            in.take(),
            (int) in.take(),
            (int) in.take(),
            (int) in.take(),
            level((int) in.take()),
            cause((int) in.take())));
  }

  private static OverloadLevel level(int number) throws MalformedTrackException {
    return Catalogue.find(OverloadLevel.values(), OverloadLevel::number, number)
        .orElseThrow(() -> new MalformedTrackException("no overload level has number " + number));
  }

  private static Cause cause(int number) throws MalformedTrackException {
    return Catalogue.find(Cause.values(), Cause::number, number)
        .orElseThrow(() -> new MalformedTrackException("no cause has the number " + number));
  }
}
