package org.vcpuacct.overload.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vcpuacct.overload.feed.Asked.VALIDITY_NS;
import static org.vcpuacct.overload.feed.Asked.ne;
import static org.vcpuacct.overload.feed.Asked.ofUnknownLoad;
import static org.vcpuacct.overload.feed.Asked.overload;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverloadNewsTest {

  private long nowNs = 1_000_000_000_000L;
  private final OverloadNews news = new OverloadNews(() -> nowNs);

  private String due() {
    return UTF_8.decode(news.due()).toString();
  }

  @Test
  void aLineSaysEverything() {
    nowNs += 500_000_000;
    news.update(Asked.at(nowNs - 500_000_000, ne(7, "mme \"1\"\n", overload(99))));

    assertThat(due())
        .isEqualTo(
            "{\"ne\":\"mme \\\"1\\\"\\n\",\"sequence\":99,\"validity-ms\":2500,\"load\":99,"
                + "\"reduction\":87,\"level\":\"critical\",\"cause\":\"none\","
                + "\"algorithm\":\"loss\"}\n");
  }

  @Test
  void aChangeIsDueAtOnceAndWhatStaysLater() {
    news.update(Asked.at(nowNs, ne(1, "a", overload(1)), ne(2, "b", overload(1))));
    assertThat(due()).contains("\"a\"", "\"b\"");
    nowNs += VALIDITY_NS / 10;
    news.update(Asked.at(nowNs, ne(1, "a", overload(2)), ne(2, "b", overload(1))));
    assertThat(due()).contains("\"a\"").doesNotContain("\"b\"");
    assertThat(news.due("a")).isPresent();
    assertThat(news.due("b")).isEmpty();
  }

  /** Snapshots come from three in a validity on to as many as one likes. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 10, 12, 13, 30})
  void whatStaysIsToldWithinAThirdOfItsValidity(int snapshotsInAValidity) {
    long intervalNs = VALIDITY_NS / snapshotsInAValidity;
    long lastNs = nowNs;
    for (int step = 0; step < 100; step++) {
      news.update(Asked.at(nowNs, ne(1, "a", overload(1))));
      if (news.due("a").isPresent()) {
        assertThat(nowNs - lastNs).isLessThanOrEqualTo(VALIDITY_NS / 3);
        lastNs = nowNs;
      }
      nowNs += intervalNs;
    }
    assertThat(nowNs - lastNs).isLessThanOrEqualTo(VALIDITY_NS / 3 + intervalNs);
  }

  @Test
  void nothingIsSaidOfAnUnknownLoadOrAfterExpiry() {
    news.update(Asked.at(nowNs, ofUnknownLoad(1, "a")));
    assertThat(due()).isEmpty();
    assertThat(news.knows("a")).isTrue();

    news.update(Asked.at(nowNs, ne(1, "a", overload(1))));
    assertThat(news.current("a")).isPresent();
    nowNs += VALIDITY_NS;
    assertThat(news.current("a")).isEmpty();
    assertThat(news.current().hasRemaining()).isFalse();
  }

  @Test
  void oneThatLeftAndCameBackIsToldAtOnce() {
    news.update(Asked.at(nowNs, ne(1, "a", overload(1))));
    news.update(Asked.at(nowNs));
    assertThat(due()).isEmpty();
    assertThat(news.knows("a")).isFalse();
    news.update(Asked.at(nowNs, ne(1, "a", overload(1))));
    assertThat(due()).contains("\"a\"");
  }
}
