package org.vcpuacct.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowsTest {

  private static final String SGW = "sgw-with-a-very-long-name-indeed";

  @Test
  void vcpusStandBelowTheirNetworkElement() {
    assertThat(names("n")).startsWith("hss", "hss\u001b[31m/0", "mme", "mme-1/0", "mme-1/1");
    assertThat(nes("n")).containsExactly("hss", "mme", "pcrf", SGW);
    assertThat(nes("nr")).containsExactly(SGW, "pcrf", "mme", "hss");
  }

  @Test
  void whatHasNoFigureStandsAtTheEnd() {
    assertThat(nes("x")).containsExactly(SGW, "mme", "hss", "pcrf");
    assertThat(nes("d")).startsWith("mme", "hss");
    assertThat(names("x")).startsWith(SGW, SGW + "/10", SGW + "/11");
    assertThat(names("xr")).endsWith(SGW, SGW + "/11", SGW + "/10");
  }

  @Test
  void theSharesOfLinesAreInOrder() {
    assertThat(nes("c")).startsWith(SGW, "mme", "pcrf");
    assertThat(nes("o")).startsWith("mme", SGW, "pcrf");
    assertThat(nes("l")).endsWith("mme", "hss");
  }

  @Test
  void aFilterFindsNetworkElementsAndVms() {
    assertThat(names("/MME-2")).containsExactly("mme", "mme-2/0");
    assertThat(names("/MME")).containsExactly("mme", "mme-1/0", "mme-1/1", "mme-2/0");
    assertThat(names("/nobody")).isEmpty();
  }

  @Test
  void foldedNetworkElementsAreOneRow() {
    assertThat(names("a")).containsExactly("hss", "mme", "pcrf", SGW);
  }

  private static List<String> nes(String keys) {
    return rows(keys).stream()
        .filter(row -> row.subject() instanceof Picture.Ne)
        .map(row -> row.subject().name())
        .toList();
  }

  private static List<String> names(String keys) {
    return rows(keys).stream().map(row -> row.subject().name()).toList();
  }

  private static List<Rows.Row> rows(String keys) {
    TopState state = TopState.START;
    for (int i = 0; i < keys.length(); i++) {
      Key key = Key.of(keys.charAt(i));
      state = state.after(key, new TopState.Shown(10, 10, Optional.empty()));
    }
    return Rows.of(Recorded.ofTwoSeconds(), state);
  }
}
