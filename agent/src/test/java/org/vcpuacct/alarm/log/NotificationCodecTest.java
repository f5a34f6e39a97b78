package org.vcpuacct.alarm.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vcpuacct.alarm.Notification;

class NotificationCodecTest {

  private static final int CONDITION_OFFSET = 1 + 8 + 1 + 8;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Random random = new Random(1);
    for (long sequence = 1; sequence <= 2_000; sequence++) {
      Notification written = Notifications.random(sequence, random);
      byte[] octets = NotificationCodec.encode(written);
      assertThat(NotificationCodec.decode(sequence, octets)).isEqualTo(written);
    }
  }

  @Test
  void octetsThatEndEarlyAreRefusedAtEveryLength() throws IOException {
    byte[] octets = NotificationCodec.encode(Notifications.number(1));
    for (int length = 0; length < octets.length; length++) {
      byte[] cut = Arrays.copyOf(octets, length);
      assertThatThrownBy(() -> NotificationCodec.decode(1, cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatOnlyALaterVersionKnowsIsNamed() throws IOException {
    byte[] octets = NotificationCodec.encode(Notifications.number(1));
    octets[CONDITION_OFFSET + 1] = 99;
    assertThatThrownBy(() -> NotificationCodec.decode(1, octets))
        .hasMessage("no Condition has the number 99");
    octets[0] = 2;
    assertThatThrownBy(() -> NotificationCodec.decode(1, octets))
        .hasMessage("its version is 2 and not 1");
  }
}
