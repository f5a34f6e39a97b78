package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KvmStatsFdTest {

  private static final int VMM_FD = 7;

  private static KvmStatsFd open(ScriptedKernel kernel) throws IOException {
    return KvmStatsFd.open(kernel, PidFd.open(kernel, 1).duplicate(VMM_FD));
  }

  @Test
  void recordedStatisticsAreReadByName() throws IOException {
    assumeTrue(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the recording is little-endian");
    ScriptedKernel kernel =
        new ScriptedKernel()
            .withFile(KvmStatsParserTest.recorded(KvmStatsParserTest.RECORDED_VCPU));
    try (KvmStatsFd fd = open(kernel)) {
      KvmStatsSample sample = fd.read();

      // See kvm-stats/PROVENANCE: five port writes and a HLT, by eight emulated instructions.
      assertThat(sample.scalar("exits")).hasValue(6);
      assertThat(sample.scalar("io_exits")).hasValue(0);
      assertThat(sample.scalar("insn_emulation")).hasValue(8);
      assertThat(sample.scalar("halt_exits")).hasValue(1);
      assertThat(sample.histogram("halt_wait_hist"))
          .hasValueSatisfying(buckets -> assertThat(buckets).hasSize(32).containsOnly(0));
    }
  }

  @Test
  void aReadTakesOneSystemCallAndShowsTheDataAsItIsThen() throws IOException {
    KvmStatsBytes file = new KvmStatsBytes().counter("exits", 8).value(8, 41);
    ScriptedKernel kernel = new ScriptedKernel().withFile(file.bytes());
    try (KvmStatsFd fd = open(kernel)) {
      KvmStatsSample before = fd.read();
      int calls = kernel.callsMade("pread");
      kernel.withFile(file.value(8, -1).bytes());
      KvmStatsSample after = fd.read();

      assertThat(kernel.callsMade("pread")).isEqualTo(calls + 1);
      assertThat(before.scalar("exits")).hasValue(41);
      assertThat(after.scalar("exits")).hasValue(-1); // 2^64 - 1: the bits are the kernel's
    }
  }

  @Test
  void whatTheKernelDoesNotHaveIsAbsent() throws IOException {
    KvmStatsBytes file =
        new KvmStatsBytes()
            .counter("exits", 0)
            .descriptor("hist", 0x4, 0, 1, 8, 0)
            .descriptor("pair", 0x1, 0, 2, 16, 0);
    try (KvmStatsFd fd = open(new ScriptedKernel().withFile(file.bytes()))) {
      KvmStatsSample sample = fd.read();

      assertThat(sample.scalar("hypercalls")).isEmpty();
      assertThat(sample.scalar("hist")).isEmpty();
      assertThat(sample.scalar("pair")).isEmpty();
      assertThat(sample.histogram("exits")).isEmpty();
      assertThat(sample.histogram("hypercalls")).isEmpty();
      assertThat(sample.histogram("hist")).hasValue(new long[] {0});
    }
  }

  @Test
  void aFailedReadIsAnErrorOfTheCall() throws IOException {
    ScriptedKernel kernel =
        new ScriptedKernel().withFile(new KvmStatsBytes().counter("exits", 0).bytes());
    try (KvmStatsFd fd = open(kernel)) {
      kernel.failing("pread", kernel.callsMade("pread") + 1, Errno.EPERM);

      assertThatThrownBy(fd::read)
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM));
    }
  }

  @Test
  void aDataBlockThatShrinksIsRejected() throws IOException {
    ScriptedKernel kernel =
        new ScriptedKernel().withFile(new KvmStatsBytes().counter("exits", 0).bytes());
    try (KvmStatsFd fd = open(kernel)) {
      kernel.withFile(new byte[KvmStatsBytes.DATA_OFFSET + 3]);

      assertThatThrownBy(fd::read)
          .isInstanceOf(KvmStatsFormatException.class)
          .hasMessageEndingWith("the data block of kvm-1/vcpu-0 ends after 3 of 8 bytes");
    }
  }

  @Test
  void aFileWithoutAnEndIsRejected() {
    ScriptedKernel kernel = new ScriptedKernel().withFile(new byte[2 * 1024 * 1024]);

    assertThatThrownBy(() -> open(kernel))
        .isInstanceOf(KvmStatsFormatException.class)
        .hasMessageContaining("larger than 1048576 bytes");
  }

  @Test
  void theStatisticsOfALiveVcpuAreReadThroughADuplicate() throws IOException {
    try (KvmVm vm = KvmVm.create();
        PidFd owner = PidFd.open(TestLibC.currentPid());
        KvmStatsFd fd = KvmStatsFd.duplicate(owner, vm.vcpuStatsFd())) {
      assertThat(fd.layout().id()).isEqualTo("kvm-" + TestLibC.currentTid() + "/vcpu-0");
      assertThat(fd.read().scalar("exits")).hasValue(0);
    }
  }

  @Test
  void theStatisticsOfALiveVmAreReadThroughADuplicate() throws IOException {
    try (KvmVm vm = KvmVm.create();
        PidFd owner = PidFd.open(TestLibC.currentPid());
        KvmStatsFd fd = KvmStatsFd.duplicate(owner, vm.vmStatsFd())) {
      assertThat(fd.layout().stats()).isNotEmpty();
      assertThat(fd.read().scalar(fd.layout().stats().iterator().next().name())).isPresent();
    }
  }

  @Test
  void anotherFileInTheDescriptorsPlaceIsLeftAlone() throws IOException {
    try (PidFd owner = PidFd.open(TestLibC.currentPid());
        OwnedFd other = TestLibC.openFile("/dev/null", TestLibC.O_RDONLY)) {
      int number = other.number();
      List<Integer> before = TestLibC.openFdsOf(Path.of("/dev/null"));

      assertThatThrownBy(() -> KvmStatsFd.duplicate(owner, number))
          .isInstanceOf(KvmStatsFormatException.class)
          .hasMessageEndingWith("process %d is /dev/null", owner.pid());
      assertThat(TestLibC.openFdsOf(Path.of("/dev/null"))).isEqualTo(before);
    }
  }
}
