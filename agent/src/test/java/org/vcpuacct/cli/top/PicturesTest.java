package org.vcpuacct.cli.top;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vcpuacct.cli.DaemonException;

class PicturesTest {

  private final List<Daemon.Detail> asked = new ArrayList<>();

  @Test
  void theFirstIsOfTheDaemonsLastIntervalTheNextOfTheTimeBetween() throws Exception {
    Pictures pictures =
        pictures(Recorded.first(), Recorded.secondInBrief(), Recorded.secondInBrief());

    assertThat(pictures.next().spanNs()).isEmpty();
    Picture second = pictures.next();
    assertThat(second.spanNs()).hasValue(2_000_000_000L);
    assertThat(pictures.next()).as("the daemon has not measured anew").isSameAs(second);
    assertThat(asked).containsExactly(Daemon.Detail.FULL, Daemon.Detail.BRIEF, Daemon.Detail.BRIEF);
  }

  @Test
  void aDaemonThatWasAwayStartsAnew() throws Exception {
    Pictures pictures = pictures(Recorded.first(), null, Recorded.second());
    pictures.next();

    assertThatThrownBy(pictures::next).isInstanceOf(IOException.class).hasMessage("down");
    Picture anew = pictures.next();
    assertThat(anew.spanNs()).isEmpty();
    assertThat(anew.all()).isPresent();
  }

  @Test
  void aHostThatWasBootedMeanwhileStartsAnew() throws Exception {
    Pictures pictures = pictures(Recorded.second(), Recorded.first(), Recorded.first());
    pictures.next();

    Picture anew = pictures.next();
    assertThat(anew.spanNs()).isEmpty();
    assertThat(anew.all()).isPresent();
    assertThat(asked).endsWith(Daemon.Detail.BRIEF, Daemon.Detail.FULL);
  }

  @Test
  void anAnswerThatIsNoDocumentIsSaidSo() {
    assertThatThrownBy(pictures("{".getBytes(UTF_8))::next)
        .isInstanceOf(DaemonException.class)
        .hasMessage("the daemon's answer cannot be used: not JSON");
    assertThatThrownBy(pictures("{}".getBytes(UTF_8))::next)
        .hasMessageContaining("does not say when it was taken");
  }

  @Test
  void aVcpuOfAnotherVmOfTheSameNameIsNotTakenForIt() throws Exception {
    String vm =
        """
        {"index":%d,"name":"a","vcpus":[{"number":0,"sinceNs":1,"lines":[
          {"label":"guest","rollUp":"useful","ns":%d}]}]}""";
    String before = String.format(vm, 1, 100) + "," + String.format(vm, 2, 5_000);
    String now = String.format(vm, 2, 6_000) + "," + String.format(vm, 3, 9_000);
    String document = "{\"takenNs\":%d,\"networkElements\":[{\"name\":\"x\",\"vms\":[%s]}]}";
    Pictures pictures =
        pictures(
            String.format(document, 1, before).getBytes(UTF_8),
            String.format(document, 2, now).getBytes(UTF_8));
    pictures.next();

    Picture.Ne ne = pictures.next().nes().get(0);

    assertThat(ne.vcpus().get(0).usage().orElseThrow().vcpuSeconds()).isEqualTo(1e-6);
    assertThat(ne.vcpus().get(1).usage()).isEmpty();
    assertThat(ne.usage()).as("a part would pass for the whole").isEmpty();
  }

  /** Of a daemon that answers with these in turn; null for no answer. */
  private Pictures pictures(byte[]... answers) {
    Deque<List<byte[]>> left = new ArrayDeque<>();
    for (byte[] answer : answers) {
      left.add(answer == null ? List.of() : List.of(answer));
    }
    return new Pictures(
        detail -> {
          asked.add(detail);
          List<byte[]> answer = left.remove();
          if (answer.isEmpty()) {
            throw new IOException("down");
          }
          return answer.get(0);
        });
  }
}
