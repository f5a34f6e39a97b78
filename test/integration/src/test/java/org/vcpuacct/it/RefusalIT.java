package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What must be refused is, and the daemon goes on. */
class RefusalIT {

  private static final String STEPS = "VCPU-ACCT-MIB::vaAgentSteps.0";
  private static final long SEED = 42;
  private static final int RANDOM_PACKETS = 500;
  private static final int MAX_UDP_PAYLOAD = 65_507;

  /** SNMPv2c, community public, GET of sysDescr.0. */
  private static final byte[] GOOD_REQUEST = {
    0x30,
    0x26,
    0x02,
    0x01,
    0x01,
    0x04,
    0x06,
    'p',
    'u',
    'b',
    'l',
    'i',
    'c',
    (byte) 0xa0,
    0x19,
    0x02,
    0x01,
    0x01,
    0x02,
    0x01,
    0x00,
    0x02,
    0x01,
    0x00,
    0x30,
    0x0e,
    0x30,
    0x0c,
    0x06,
    0x08,
    0x2b,
    0x06,
    0x01,
    0x02,
    0x01,
    0x01,
    0x01,
    0x00,
    0x05,
    0x00
  };

  private static final ThisMachine host = new ThisMachine();
  private static Daemon daemon;

  @BeforeAll
  static void startDaemon() {
    daemon = Daemon.on(host).start();
  }

  @AfterAll
  static void endDaemon() {
    daemon.close();
    host.close();
  }

  @Test
  void aSetIsRefused() {
    for (String[] set :
        new String[][] {
          {".1.3.6.1.2.1.1.5.0", "s", "other"},
          {"VCPU-ACCT-MIB::vaAgentErrorFlag.0", "i", "1"},
          {"VCPU-ACCT-MIB::vaAgentVersion.0", "s", "other"},
          {".1.3.6.1.2.1.99.0", "i", "1"}
        }) {
      Program.Result result = daemon.snmp().trySet(set[0], set[1], set[2]);
      Figures.show("set %s: %s", set[0], result.err().lines().toList());
      assertThat(result.status()).isNotZero();
      assertThat(result.err()).containsAnyOf("noAccess", "notWritable", "read-only");
    }
    assertAnswers();
  }

  @Test
  void aWrongCommunityGetsNoAnswer() {
    Program.Result result = daemon.snmp().withCommunity("private").tryGet(STEPS);
    assertThat(result.status()).isNotZero();
    assertThat(result.err()).contains("Timeout: No Response");
    assertAnswers();
  }

  @Test
  void malformedPacketsAreDroppedAndTheDaemonGoesOn() throws IOException {
    Random random = new Random(SEED);
    for (int length = 0; length < GOOD_REQUEST.length; length++) {
      send(Arrays.copyOf(GOOD_REQUEST, length));
    }
    for (int i = 0; i < RANDOM_PACKETS; i++) {
      byte[] mutant = GOOD_REQUEST.clone();
      mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      send(mutant);
      byte[] noise = new byte[random.nextInt(1500)];
      random.nextBytes(noise);
      send(noise);
    }
    send(new byte[MAX_UDP_PAYLOAD]);
    assertAnswers();
    assertThat(daemon.log()).contains("malformed").doesNotContain("\tat ");
  }

  private static void send(byte[] packet) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port()));
    }
  }

  private static int port() {
    return Integer.parseInt(daemon.address().substring(daemon.address().indexOf(':') + 1));
  }

  private static void assertAnswers() {
    assertThat(daemon.snmp().get(STEPS).asLong()).isPositive();
  }
}
