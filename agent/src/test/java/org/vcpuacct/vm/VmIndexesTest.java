package org.vcpuacct.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.host.Limit;

class VmIndexesTest {

  private static final UUID UUID_A = new UUID(1, 1);

  @TempDir private Path folder;
  private int nextPid = 100;

  @Test
  void keepsTheIndexOfANamedVmOverRestartsOfBoth() {
    VmIndexes indexes = new VmIndexes(file());
    Vm mme = named("mme");
    Vm sgw = named("sgw");
    assertThat(indexes.assign(List.of(mme, sgw))).containsEntry(mme, 1).containsEntry(sgw, 2);

    assertThat(indexes.assign(List.of(sgw))).containsOnlyKeys(sgw);
    Vm mmeAgain = named("mme");
    assertThat(indexes.assign(List.of(sgw, mmeAgain))).containsEntry(mmeAgain, 1);

    Vm pgw = named("pgw");
    Vm sgwAgain = named("sgw");
    assertThat(new VmIndexes(file()).assign(List.of(pgw, sgwAgain)))
        .containsEntry(sgwAgain, 2)
        .containsEntry(pgw, 3);
  }

  @Test
  void knowsAVmByItsUuidUnderAnotherName() {
    Vm before = vm("old", true, Optional.of(UUID_A));
    Vm after = vm("new", true, Optional.of(UUID_A));

    assertThat(new VmIndexes(file()).assign(List.of(before))).containsEntry(before, 1);
    assertThat(new VmIndexes(file()).assign(List.of(after))).containsEntry(after, 1);
  }

  @Test
  void givesVmsOfTheSameIdentityRowsOfTheirOwn() {
    VmIndexes indexes = new VmIndexes(file());
    Vm first = named("mme");
    Vm second = named("mme");
    // Not in the order of their start.
    assertThat(indexes.assign(List.of(second, first)))
        .containsEntry(first, 1)
        .containsEntry(second, 2);

    assertThat(new VmIndexes(file()).assign(List.of(second, first)))
        .containsEntry(first, 1)
        .containsEntry(second, 2);

    assertThat(indexes.assign(List.of(second))).containsEntry(second, 2);
    Vm third = named("mme");
    assertThat(indexes.assign(List.of(second, third))).containsEntry(third, 1);
  }

  @Test
  void doesNotConfuseANameWithANumberedOne() {
    Vm first = named("mme");
    Vm second = named("mme");
    Vm other = named("mme#2");
    Vm uuidAsName = named(UUID_A.toString());
    Vm withUuid = vm("x", true, Optional.of(UUID_A));

    assertThat(
            new VmIndexes(file())
                .assign(List.of(first, second, other, uuidAsName, withUuid))
                .values())
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5);
  }

  @Test
  void keepsTheIndexWhileVcpusComeAndGo() {
    VmIndexes indexes = new VmIndexes(file());
    Vm before = unnamed();
    Vm after = withVcpus(before, List.of(0, 1));

    int index = indexes.assign(List.of(before)).get(before);
    assertThat(indexes.assign(List.of(after))).containsEntry(after, index);
  }

  @Test
  void doesNotKeepTheIndexOfAnUnnamedVm() {
    VmIndexes indexes = new VmIndexes(file());
    Vm first = unnamed();
    Vm second = unnamed();

    assertThat(indexes.assign(List.of(first))).containsEntry(first, VmIndexes.FIRST_UNNAMED);
    assertThat(indexes.assign(List.of(second))).containsEntry(second, VmIndexes.FIRST_UNNAMED + 1);
    assertThat(file()).doesNotExist();
  }

  @Test
  void writesOnlyWhenThereIsANewVm() throws Exception {
    VmIndexes indexes = new VmIndexes(file());
    Vm mme = named("mme");
    indexes.assign(List.of(mme));
    FileTime longAgo = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file(), longAgo);

    indexes.assign(List.of(mme, unnamed()));
    indexes.assign(List.of());
    indexes.assign(List.of(named("mme")));
    assertThat(Files.getLastModifiedTime(file())).isEqualTo(longAgo);

    indexes.assign(List.of(named("sgw")));
    assertThat(Files.getLastModifiedTime(file())).isNotEqualTo(longAgo);
  }

  @Test
  void writesTextThatAPersonCanRead() {
    new VmIndexes(file()).assign(List.of(named("mme"), named("mme"), vm("x", true, uuidA())));

    assertThat(file())
        .hasContent(
            """
            # vcpuacct VM indexes, version 1
            # index, number among VMs of the same identity, identity; the longest unseen first
            next 4
            1\t1\tname mme
            2\t2\tname mme
            3\t1\tuuid 00000000-0000-0001-0000-000000000001
            # end
            """);
    assertThat(folder).isDirectoryContaining(path -> path.equals(file()));
    assertThat(folder.toFile().list()).containsExactly("indexes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rubbish\n",
        "# vcpuacct VM indexes, version 2\nnext 1\n# end\n",
        "# vcpuacct VM indexes, version 1\nnext 2\n1\t1\tname mme\n",
        "# vcpuacct VM indexes, version 1\n1\t1\tname mme\n# end\n",
        "# vcpuacct VM indexes, version 1\nnext 1\n1\t1\tname mme\n# end\n",
        "# vcpuacct VM indexes, version 1\nnext 9\n1\t1\tname a\n1\t1\tname b\n# end\n",
        "# vcpuacct VM indexes, version 1\nnext 9\n1\t1\tname a\n2\t1\tname a\n# end\n",
        "# vcpuacct VM indexes, version 1\nnext 9\n0\t1\tname a\n# end\n",
        "# vcpuacct VM indexes, version 1\nnext 9\n99999999999\t1\tname a\n# end\n",
        "# vcpuacct VM indexes, version 1\nnext 9\n1 1 name a\n# end\n",
        "\u0000\u0001\u0002"
      })
  void putsAFileThatIsNoneAsideAndGoesOn(String content) throws Exception {
    Files.writeString(file(), content);
    VmIndexes indexes = new VmIndexes(file());

    assertThat(indexes.limits())
        .singleElement()
        .satisfies(
            limit -> {
              assertThat(limit.what()).startsWith(file() + ": ");
              assertThat(limit.mend()).contains(file() + ".bad");
            });
    assertThat(Path.of(file() + ".bad")).hasContent(content);
    Vm mme = named("mme");
    assertThat(indexes.assign(List.of(mme))).containsEntry(mme, 1);
    assertThat(new VmIndexes(file()).limits()).isEmpty();
  }

  @Test
  void aSetHasAnIndexOfItsOwnForGood() throws Exception {
    Vm mme = named("mme");
    VmIndexes indexes = new VmIndexes(file());
    assertThat(indexes.ofSet("mme")).isEqualTo(1);
    assertThat(indexes.assign(List.of(mme))).containsEntry(mme, 2);

    VmIndexes again = new VmIndexes(file());
    assertThat(again.assign(List.of(named("sgw")))).containsValue(3);
    assertThat(again.ofSet("mme")).isEqualTo(1);
    assertThat(again.ofSet("ims")).isEqualTo(4);
    assertThat(again.ofSet("mme")).isEqualTo(1);
  }

  @Test
  void worksInMemoryWhereItCannotWrite() throws Exception {
    // A file where the folder should be: fails for root too.
    Path file = folder.resolve("file/indexes");
    Files.writeString(folder.resolve("file"), "");
    VmIndexes indexes = new VmIndexes(file);
    Vm mme = named("mme");

    assertThat(indexes.assign(List.of(mme))).containsEntry(mme, 1);
    assertThat(indexes.assign(List.of(mme))).containsEntry(mme, 1);
    assertThat(indexes.limits())
        .singleElement()
        .extracting(Limit::what)
        .asString()
        .startsWith(file + " cannot be written: ");

    Files.delete(folder.resolve("file"));
    indexes.assign(List.of(mme));
    assertThat(indexes.limits()).isEmpty();
    assertThat(file).exists();
  }

  @Test
  void keepsTheOldFileWhenTheNewOneCannotBeWritten() throws Exception {
    VmIndexes indexes = new VmIndexes(file());
    Vm mme = named("mme");
    indexes.assign(List.of(mme));
    String before = Files.readString(file());
    // A folder in place of the temporary file: writing it fails, as on a full disk.
    Files.createDirectories(folder.resolve("indexes.new/x"));

    indexes.assign(List.of(mme, named("sgw")));

    assertThat(indexes.limits()).hasSize(1);
    assertThat(file()).hasContent(before);
  }

  @Test
  void forgetsTheLongestUnseenOfVeryManyButNeverReusesAnIndex() {
    VmIndexes indexes = new VmIndexes(file());
    Vm running = named("running");
    int remembered = VmIndexes.MAX_REMEMBERED;
    List<Vm> batch = new ArrayList<>(List.of(running));
    for (int i = 0; i < remembered + 10; i++) {
      batch.add(named("microvm-" + i));
    }
    indexes.assign(batch);
    indexes.assign(List.of(running, named("one")));

    Vm runningAgain = named("running");
    Vm forgotten = named("microvm-0");
    assertThat(new VmIndexes(file()).assign(List.of(runningAgain, forgotten)))
        .containsEntry(runningAgain, 1)
        .containsEntry(forgotten, remembered + 13);
  }

  private Path file() {
    return folder.resolve("indexes");
  }

  private static Optional<UUID> uuidA() {
    return Optional.of(UUID_A);
  }

  private Vm named(String name) {
    return vm(name, true, Optional.empty());
  }

  private Vm unnamed() {
    return vm("vmm-" + nextPid, false, Optional.empty());
  }

  private Vm vm(String name, boolean named, Optional<UUID> uuid) {
    int pid = nextPid++;
    return new Vm(
        pid,
        1000L + pid,
        4,
        Vmm.OTHER,
        name,
        named,
        uuid,
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static Vm withVcpus(Vm vm, List<Integer> vcpus) {
    return new Vm(
        vm.pid(),
        vm.processStartTicks(),
        vm.vmFd(),
        vm.vmm(),
        vm.name(),
        vm.named(),
        vm.uuid(),
        vm.vcpus(),
        vcpus,
        vm.debugFsFolder(),
        vm.vcpuStatsFds(),
        vm.guestAgent(),
        vm.vsockCid());
  }
}
