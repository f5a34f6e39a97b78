package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.kernel.KvmStat.Base;
import org.vcpuacct.kernel.KvmStat.Kind;
import org.vcpuacct.kernel.KvmStat.Unit;

class KvmStatsParserTest {

  static final String RECORDED_VCPU = "/kvm-stats/kvm-vcpu-stats.bin";
  private static final String RECORDED_VM = "/kvm-stats/kvm-vm-stats.bin";

  static byte[] recorded(String resource) throws IOException {
    try (InputStream stream = KvmStatsParserTest.class.getResourceAsStream(resource)) {
      return stream.readAllBytes();
    }
  }

  // The recordings are from x86_64.
  private static KvmStatsLayout parseRecorded(String resource) throws IOException {
    return KvmStatsParser.parse(ByteBuffer.wrap(recorded(resource)).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static void assertRejected(KvmStatsBytes file, String message) {
    assertThatThrownBy(() -> KvmStatsParser.parse(file.buffer()))
        .isInstanceOf(KvmStatsFormatException.class)
        .hasMessage("KVM binary statistics: " + message);
  }

  @Test
  void aRecordedVcpuHasTheStatisticsOfItsKernel() throws IOException {
    KvmStatsLayout layout = parseRecorded(RECORDED_VCPU);

    assertThat(layout.id()).matches("kvm-\\d+/vcpu-0");
    assertThat(layout.stats()).hasSize(45);
    assertThat(layout.find("exits"))
        .hasValueSatisfying(
            exits -> {
              assertThat(exits.kind()).isEqualTo(Kind.CUMULATIVE);
              assertThat(exits.unit()).isEqualTo(Unit.NONE);
              assertThat(exits.scalar()).isTrue();
            });
    assertThat(layout.find("halt_wait_ns"))
        .hasValueSatisfying(
            wait -> {
              assertThat(wait.unit()).isEqualTo(Unit.SECONDS);
              assertThat(wait.base()).isEqualTo(Base.POWER_OF_10);
              assertThat(wait.exponent()).isEqualTo(-9);
            });
    assertThat(layout.find("halt_wait_hist"))
        .hasValueSatisfying(
            histogram -> {
              assertThat(histogram.kind()).isEqualTo(Kind.LOGARITHMIC_HISTOGRAM);
              assertThat(histogram.size()).isEqualTo(32);
              assertThat(histogram.scalar()).isFalse();
            });
  }

  @Test
  void aRecordedVmHasStatisticsOfItsOwn() throws IOException {
    KvmStatsLayout layout = parseRecorded(RECORDED_VM);

    assertThat(layout.id()).matches("kvm-\\d+");
    assertThat(layout.find("remote_tlb_flush")).isPresent();
    assertThat(layout.find("exits")).isEmpty();
  }

  @Test
  void partsAreFoundWhereTheHeaderPutsThem() throws IOException {
    KvmStatsLayout layout =
        KvmStatsParser.parse(
            new KvmStatsBytes()
                .counter("later", 48)
                .descriptor("first", 0x3, 0, 2, 0, 10)
                .buffer());

    assertThat(layout.id()).isEqualTo("kvm-1/vcpu-0");
    assertThat(layout.dataOffset()).isEqualTo(KvmStatsBytes.DATA_OFFSET);
    assertThat(layout.dataSize()).isEqualTo(56);
    assertThat(layout.stats())
        .containsExactly(
            new KvmStat("later", Kind.CUMULATIVE, Unit.NONE, Base.POWER_OF_10, 0, 1, 48, 0),
            new KvmStat("first", Kind.LINEAR_HISTOGRAM, Unit.NONE, Base.POWER_OF_10, 0, 2, 0, 10));
  }

  @Test
  void flagsAreThreeFieldsOfFourBits() throws IOException {
    KvmStatsLayout layout =
        KvmStatsParser.parse(
            new KvmStatsBytes()
                .descriptor("kib", 0x111, 10, 1, 0, 0)
                .descriptor("peak_cycles", 0x32, -3, 1, 8, 0)
                .descriptor("later", 0xfff, 0, 1, 16, 0)
                .buffer());

    assertThat(layout.stats())
        .containsExactly(
            new KvmStat("kib", Kind.INSTANT, Unit.BYTES, Base.POWER_OF_2, 10, 1, 0, 0),
            new KvmStat("peak_cycles", Kind.PEAK, Unit.CYCLES, Base.POWER_OF_10, -3, 1, 8, 0),
            new KvmStat("later", Kind.UNKNOWN, Unit.UNKNOWN, Base.UNKNOWN, 0, 1, 16, 0));
  }

  @Test
  void aFileWithoutStatisticsIsWellFormed() throws IOException {
    KvmStatsLayout layout = KvmStatsParser.parse(new KvmStatsBytes().buffer());

    assertThat(layout.stats()).isEmpty();
    assertThat(layout.dataSize()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23})
  void aTruncatedHeaderIsRejected(int size) {
    assertThatThrownBy(() -> KvmStatsParser.parse(ByteBuffer.allocate(size)))
        .isInstanceOf(KvmStatsFormatException.class)
        .hasMessageEndingWith(
            "the header (24 bytes at byte 0) reaches beyond the end of the file at byte " + size);
  }

  @Test
  void everyTruncationOfARecordingIsOneClearError() throws IOException {
    byte[] whole = recorded(RECORDED_VCPU);
    for (int size = 0; size < whole.length; size++) {
      ByteBuffer truncated = ByteBuffer.wrap(whole, 0, size).order(ByteOrder.LITTLE_ENDIAN);

      assertThatThrownBy(() -> KvmStatsParser.parse(truncated))
          .isInstanceOf(KvmStatsFormatException.class)
          .hasMessageContaining("beyond the end of the file");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"id_offset", "desc_offset", "data_offset"})
  void anOffsetBeyondTheFileIsRejected(String field) {
    // As a signed number this is -1.
    KvmStatsBytes file = new KvmStatsBytes().counter("exits", 0).header(field, 0xffff_ffff);

    assertThatThrownBy(() -> KvmStatsParser.parse(file.buffer()))
        .isInstanceOf(KvmStatsFormatException.class)
        .hasMessageContaining("at byte 4294967295) reaches beyond the end of the file");
  }

  @Test
  void moreDescriptorsThanFitAreRejected() {
    assertRejected(
        new KvmStatsBytes().header("num_desc", 0xffff_ffff),
        "4294967295 descriptors cannot be in a file of 256 bytes");
    assertRejected(
        new KvmStatsBytes().header("num_desc", 5),
        "the array of 5 descriptors (160 bytes at byte 104) reaches beyond the end of the file at"
            + " byte 256");
  }

  @Test
  void aNameSizeBeyondTheFileIsRejected() {
    assertRejected(
        new KvmStatsBytes().header("name_size", 0x8000_0000),
        "the id (2147483648 bytes at byte 240) reaches beyond the end of the file at byte 256");
  }

  @Test
  void dataBeyondTheFileIsRejected() {
    assertRejected(
        new KvmStatsBytes().counter("exits", 0xffff_fff8),
        "the data of exits (4294967296 bytes at byte 32) reaches beyond the end of the file at"
            + " byte 256");
    assertRejected(
        new KvmStatsBytes().descriptor("hist", 0x4, 0, 0xffff, 0, 0),
        "the data of hist (524280 bytes at byte 32) reaches beyond the end of the file at byte"
            + " 256");
  }

  @Test
  void aNameWithoutAnEndIsRejected() {
    assertRejected(
        new KvmStatsBytes().counter("x".repeat(KvmStatsBytes.NAME_SIZE), 0),
        "the name of the descriptor at byte 104 has no NUL byte at its end");
    assertRejected(
        new KvmStatsBytes().id("x".repeat(KvmStatsBytes.NAME_SIZE)),
        "the id has no NUL byte at its end");
  }

  @Test
  void anEmptyNameIsRejected() {
    assertRejected(
        new KvmStatsBytes().counter("", 0), "the name of the descriptor at byte 104 is empty");
    assertRejected(new KvmStatsBytes().header("name_size", 0), "the id is empty");
  }

  @Test
  void oneNameForTwoStatisticsIsRejected() {
    assertRejected(
        new KvmStatsBytes().counter("exits", 0).counter("exits", 8),
        "two statistics are called exits");
  }
}
