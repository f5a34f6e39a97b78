package org.vcpuacct.ne;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.vm.VmIndexes;

class NetworkElementsTest {

  private static VmSet set(String name, String... patterns) {
    return new VmSet(name, Arrays.stream(patterns).map(NamePattern::new).toList());
  }

  private static List<VmAccount> vms(String... names) {
    Snapshots snapshots = new Snapshots();
    for (int i = 0; i < names.length; i++) {
      snapshots.vm(i + 1, names[i], Tier.EXACT, 1);
    }
    return snapshots.build().vms();
  }

  private static List<String> grouped(List<VmSet> sets, List<VmAccount> vms) {
    return new NetworkElements(sets, VmIndexes.inMemory())
        .of(vms, 5).stream().map(NetworkElementsTest::text).toList();
  }

  private static String text(NeAccount ne) {
    return ne.name() + "=" + ne.vms().stream().map(VmAccount::index).toList();
  }

  @Test
  void aVmIsANetworkElementByItselfWithItsOwnIndex() {
    List<NeAccount> elements =
        new NetworkElements(List.of(), VmIndexes.inMemory()).of(vms("mme", "sgw"), 5);

    assertThat(elements).extracting(NeAccount::index).containsExactly(1, 2);
    assertThat(elements).map(NetworkElementsTest::text).containsExactly("mme=[1]", "sgw=[2]");
  }

  @Test
  void aVmIsOfTheFirstSetThatHasIt() {
    assertThat(
            grouped(
                List.of(set("mme", "mme-?"), set("epc", "sgw", "mme*")),
                vms("sgw", "mme-1", "mme-10", "hss", "mme-2")))
        .containsExactly("mme=[2, 5]", "epc=[1, 3]", "hss=[4]");
  }

  @Test
  void patternsTakeAllElseAsItIsWritten() {
    assertThat(grouped(List.of(set("a", "x.y[1]", "*\\d")), vms("x.y[1]", "xzy1", "7", "q\\d")))
        .containsExactly("a=[1, 4]", "xzy1=[2]", "7=[3]");
  }

  @Test
  void aSetIsThereWhileNoneOfItsVmsRuns() {
    assertThat(grouped(List.of(set("ims", "ims-*")), vms("mme")))
        .containsExactly("ims=[]", "mme=[1]");
  }

  @Test
  void everyNameIsUnique() {
    assertThat(grouped(List.of(set("sgw", "none")), vms("mme", "mme#3", "mme", "sgw", "mme")))
        .containsExactly("sgw=[]", "mme=[1]", "mme#3=[2]", "mme#3#3=[3]", "sgw#4=[4]", "mme#5=[5]");
  }

  @Test
  void otherSetsLeaveWhatStaysTheSameAsItIs() {
    NetworkElements elements =
        new NetworkElements(List.of(set("mme", "mme-*"), set("hss", "hss")), VmIndexes.inMemory());
    List<NeAccount> before = elements.of(vms("mme-1", "sgw", "hss"), 5);

    elements.use(List.of(set("ims", "none"), set("mme", "mme-*"), set("epc", "sgw")));
    List<NeAccount> after = elements.of(vms("mme-1", "sgw", "hss"), 6);

    assertThat(after)
        .map(NetworkElementsTest::text)
        .containsExactly("ims=[]", "mme=[1]", "epc=[2]", "hss=[3]");
    assertThat(since(after)).containsExactly(6L, 5L, 6L, 6L);
    assertThat(after.get(1).index()).isEqualTo(before.get(0).index());
    elements.use(List.of(set("hss", "hss")));
    assertThat(elements.of(vms("hss"), 7).get(0).index()).isEqualTo(before.get(1).index());
  }

  @Test
  void itIsKnownSinceWhenANetworkElementHasItsVms() {
    NetworkElements elements =
        new NetworkElements(List.of(set("mme", "mme-*")), VmIndexes.inMemory());
    assertThat(since(elements.of(vms("mme-1", "sgw"), 5))).containsExactly(5L, 5L);
    assertThat(since(elements.of(vms("mme-1", "sgw"), 6))).containsExactly(5L, 5L);
    assertThat(since(elements.of(vms("mme-1", "sgw", "mme-2"), 7))).containsExactly(7L, 5L);
    assertThat(since(elements.of(vms("mme-1"), 8))).containsExactly(8L);
    assertThat(since(elements.of(vms("mme-1", "sgw"), 9))).containsExactly(8L, 9L);
  }

  private static List<Long> since(List<NeAccount> elements) {
    return elements.stream().map(NeAccount::sinceNs).toList();
  }
}
