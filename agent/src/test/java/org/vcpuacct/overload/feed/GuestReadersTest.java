package org.vcpuacct.overload.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vcpuacct.overload.feed.Asked.overload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.VmThreads;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.Vmm;

class GuestReadersTest {

  private static final long LOOPBACK = 1;
  private static final long HOST = 2;

  private final GuestReaders<Guest> readers = new GuestReaders<>(System::nanoTime);
  private long sequence;

  /** A connection whose other side is this test. */
  private static final class Guest implements ByteChannel {

    private final StringBuilder heard = new StringBuilder();
    private ByteBuffer toSay = ByteBuffer.allocate(0);
    private boolean open = true;
    private boolean taking = true;

    @Override
    public int read(ByteBuffer into) {
      int count = toSay.remaining();
      into.put(toSay);
      return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      if (!taking) {
        return 0;
      }
      int count = from.remaining();
      heard.append(UTF_8.decode(from));
      return count;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }

    String heard() {
      String all = heard.toString();
      heard.setLength(0);
      return all;
    }
  }

  private Guest connect(long cid) {
    Guest guest = new Guest();
    readers.admit(guest, cid);
    return guest;
  }

  private static VmAccount vm(int index, long cid) {
    Vm vm =
        new Vm(
            1_000 + index,
            5,
            12,
            Vmm.QEMU,
            "vm-" + index,
            true,
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.of(cid));
    return new VmAccount(
        index, vm, 1, Map.of(), List.of(), new VmThreads(List.of(), List.of()), Optional.empty());
  }

  private void tell(NeAccount... nes) {
    readers.tell(Asked.at(System.nanoTime(), nes));
  }

  private NeAccount ne(int index, String name, VmAccount... vms) {
    sequence++;
    return new NeAccount(index, name, 1, List.of(vms), Optional.of(overload(sequence)));
  }

  @Test
  void aGuestIsToldOfItsOwnOnlyAndAtOnce() {
    tell(ne(1, "mme", vm(1, 30), vm(2, 31)), ne(2, "sgw", vm(3, 40)));
    Guest first = connect(30);
    Guest second = connect(31);
    Guest third = connect(40);
    assertThat(first.heard()).contains("\"mme\"").doesNotContain("\"sgw\"");
    assertThat(second.heard()).contains("\"mme\"").doesNotContain("\"sgw\"");
    assertThat(third.heard()).contains("\"sgw\"").doesNotContain("\"mme\"");

    tell(ne(1, "mme", vm(1, 30), vm(2, 31)), ne(2, "sgw", vm(3, 40)));
    assertThat(first.heard()).contains("\"sequence\":3,").doesNotContain("\"sgw\"");
    assertThat(third.heard()).contains("\"sequence\":4,").doesNotContain("\"mme\"");
  }

  @Test
  void aGuestThatAsksForAnotherIsRefused() {
    tell(ne(1, "mme", vm(1, 30)), ne(2, "sgw", vm(3, 40)));
    Guest guest = connect(30);
    guest.heard();
    guest.toSay = UTF_8.encode("{\"ne\":\"sgw\"}\n");
    readers.receive(guest);

    assertThat(guest.heard())
        .isEqualTo("{\"error\":\"this guest may read its own network element only\"}\n");
    assertThat(guest.isOpen()).isFalse();
    assertThat(readers.connections()).isEmpty();
  }

  @Test
  void aGuestMayAskForItsOwn() {
    tell(ne(1, "mme", vm(1, 30)));
    Guest guest = connect(30);
    guest.heard();
    guest.toSay = UTF_8.encode("{\"ne\":\"mme\"}\n");
    readers.receive(guest);

    assertThat(guest.heard()).contains("\"mme\"");
    assertThat(guest.isOpen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {LOOPBACK, HOST, 31, 0xFFFF_FFFFL})
  void whoIsNoKnownGuestIsRefused(long cid) {
    tell(ne(1, "mme", vm(1, 30)));
    Guest guest = connect(cid);

    assertThat(guest.heard()).startsWith("{\"error\":").doesNotContain("mme");
    assertThat(guest.isOpen()).isFalse();
  }

  @Test
  void aCidThatTwoVmsClaimIsNobodys() {
    tell(ne(1, "mme", vm(1, 30)), ne(2, "sgw", vm(3, 30)));

    assertThat(connect(30).isOpen()).isFalse();
  }

  @Test
  void aConnectionEndsWithItsVm() {
    tell(ne(1, "mme", vm(1, 30)));
    Guest guest = connect(30);
    tell(ne(2, "sgw", vm(3, 30)));

    assertThat(guest.isOpen()).isFalse();
  }

  @Test
  void aGuestDoesNotTakeTheDescriptorsOfOthers() {
    tell(ne(1, "mme", vm(1, 30)), ne(2, "sgw", vm(3, 40)));
    for (int i = 0; i < 16; i++) {
      assertThat(connect(30).isOpen()).isTrue();
    }
    assertThat(connect(30).isOpen()).isFalse();
    assertThat(connect(40).isOpen()).isTrue();
  }

  @Test
  void aGuestThatDoesNotReadIsDropped() {
    tell(ne(1, "mme", vm(1, 30)), ne(2, "sgw", vm(3, 40)));
    Guest stopped = connect(30);
    Guest other = connect(40);
    stopped.taking = false;
    for (int i = 0; i < 20; i++) {
      tell(ne(1, "mme", vm(1, 30)), ne(2, "sgw", vm(3, 40)));
      assertThat(other.heard()).contains("\"sgw\"");
    }
    assertThat(stopped.isOpen()).isFalse();
  }
}
