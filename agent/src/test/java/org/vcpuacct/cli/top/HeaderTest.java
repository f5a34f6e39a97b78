package org.vcpuacct.cli.top;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class HeaderTest {

  private static final String ALARMS =
      """
      {"takenNs": 1, "alarms": [
        {"severity": "minor", "text": "came first"},
        {"severity": "critical", "text": "came later"},
        {"severity": "unheard-of", "text": "came last"}]}
      """;

  @Test
  void theWorstAlarmIsToldWhicheverCameFirst() {
    assertThat(lines(80)).contains("(1 of 3, see 5) critical: came later");
  }

  @Test
  void anAlarmThatDoesNotFitIsSeenToBeCutOff() {
    assertThat(lines(30)).contains("(1 of 3, see 5) critical: cam+");
  }

  private static List<String> lines(int width) {
    Picture picture = Recorded.ofLastInterval(ALARMS.getBytes(UTF_8));
    return Header.of(picture, TopState.START, "", width, Palette.PLAIN).stream()
        .map(AttributedString::toString)
        .toList();
  }
}
