package org.vcpuacct.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.OverloadLevel;
import org.vcpuacct.overload.ConsumerFields.DiameterOverload;
import org.vcpuacct.overload.ConsumerFields.GtpLoadControl;
import org.vcpuacct.overload.ConsumerFields.GtpOverloadControl;

class ConsumerFieldsTest {

  private static final long SEQUENCE = 17_640_000_001L;

  private static Overload overload(int load, int reduction, int validityMs) {
    return new Overload(SEQUENCE, validityMs, load, reduction, OverloadLevel.MINOR, Cause.DEMAND);
  }

  private static Stream<Overload> everyOne() {
    return IntStream.rangeClosed(0, 100)
        .boxed()
        .flatMap(
            load ->
                IntStream.rangeClosed(0, 100)
                    .mapToObj(reduction -> overload(load, reduction, 3_000)));
  }

  @Test
  void everyValueFitsItsField() {
    assertThat(everyOne())
        .allSatisfy(
            overload -> {
              assertThat(ConsumerFields.trafficLoadReduction(overload).orElse(1)).isBetween(1, 99);
              assertThat(ConsumerFields.diameterLoadValue(overload)).isBetween(0, 65_535);
              assertThat(GtpOverloadControl.of(overload).reductionMetric()).isBetween(0, 100);
              assertThat(GtpLoadControl.of(overload).loadMetric()).isBetween(0, 100);
              // RFC 7339, 9: oc-seq is up to 12 digits, a point, and up to 5 digits.
              assertThat(ConsumerFields.sipParameters(overload))
                  .matches(
                      "oc=\\d{1,3};oc-algo=\"loss\";oc-validity=\\d+;oc-seq=\\d{1,12}\\.\\d{1,5}");
            });
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "50, 50", "99, 99", "100, 99"})
  void s1apIsTold1To99(int reduction, int indication) {
    assertThat(ConsumerFields.trafficLoadReduction(overload(90, reduction, 3_000)))
        .hasValue(indication);
  }

  @Test
  void s1apIsToldToStopAtNothing() {
    assertThat(ConsumerFields.trafficLoadReduction(overload(90, 0, 3_000)))
        .isEqualTo(OptionalInt.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "300, 0x01",
    "2000, 0x01",
    "3000, 0x02",
    "62000, 0x1F",
    "63000, 0x22",
    "3600000, 0x46",
    "86400000, 0x78"
  })
  void gtpGetsAnEpcTimerThatIsNotShorter(int validityMs, String timer) {
    assertThat(GtpOverloadControl.of(overload(90, 20, validityMs)))
        .isEqualTo(new GtpOverloadControl(SEQUENCE - (4L << 32), 20, Integer.decode(timer)));
  }

  @ParameterizedTest
  @CsvSource({"20, 3000, 3", "20, 300, 1", "20, 86400000, 86400", "0, 3000, 0"})
  void diameterGetsSecondsAndAnEnd(int reduction, int validityMs, int seconds) {
    assertThat(DiameterOverload.of(overload(90, reduction, validityMs)))
        .isEqualTo(new DiameterOverload(SEQUENCE, reduction, seconds));
  }

  @ParameterizedTest
  @CsvSource({"0, 65535", "100, 0", "50, 32768", "1, 64880"})
  void diameterLoadIsTheOtherWayRound(int load, int value) {
    assertThat(ConsumerFields.diameterLoadValue(overload(load, 0, 3_000))).isEqualTo(value);
  }

  @Test
  void sipGetsMilliseconds() {
    assertThat(ConsumerFields.sipParameters(overload(90, 20, 3_000)))
        .isEqualTo("oc=20;oc-algo=\"loss\";oc-validity=3000;oc-seq=17640000001.0");
  }
}
