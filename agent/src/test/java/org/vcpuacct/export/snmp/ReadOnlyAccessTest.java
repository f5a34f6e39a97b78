package org.vcpuacct.export.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;

class ReadOnlyAccessTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false, true",
    "127.1.2.3, false, true",
    "::1, false, true",
    "::ffff:127.0.0.1, false, true",
    "192.0.2.7, false, false",
    "2001:db8::7, false, false",
    "::ffff:192.0.2.7, false, false",
    "192.0.2.7, true, true",
    "2001:db8::7, true, true",
  })
  void aCommunityIsAnsweredOnLoopbackAddressesOrAnywhere(
      String peer, boolean anywhere, boolean answered) {
    ReadOnlyAccess access =
        new ReadOnlyAccess(
            new SnmpSettings(
                new InetSocketAddress(0),
                Map.of("public", ""),
                anywhere,
                List.of(),
                new EngineState(new OctetString("engine"), 1, System.nanoTime())),
            new OctetString("engine"));

    assertThat(access.answersCommunities(new UdpAddress(peer + "/40000"))).isEqualTo(answered);
    assertThat(access.passesFilter(new UdpAddress(peer + "/40000"), null)).isEqualTo(answered);
  }
}
