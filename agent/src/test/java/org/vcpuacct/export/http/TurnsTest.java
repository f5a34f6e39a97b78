package org.vcpuacct.export.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {

  private static final int REQUESTS = 8;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger mostInside = new AtomicInteger();

  /** Answers when the gate is open. */
  private final class Slow implements Resource {

    private final String path;

    Slow(String path) {
      this.path = path;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public Set<String> parameters() {
      return Set.of("a");
    }

    @Override
    public Answer answer(Query query) {
      mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      inside.decrementAndGet();
      return Answer.of("text/plain", path.getBytes(UTF_8));
    }
  }

  @Test
  void oneAtATimeIsAskedAFewWaitAndTheOthersAreRefused() throws Exception {
    Turns turns = new Turns();
    List<Resource> resources = List.of(turns.of(new Slow("/a")), turns.of(new Slow("/b")));
    ExecutorService clients = Executors.newFixedThreadPool(REQUESTS);
    try {
      List<Future<Answer>> asked = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        Resource resource = resources.get(i % 2);
        asked.add(clients.submit(() -> resource.answer(Query.PLAIN)));
        Thread.sleep(50);
      }
      gate.countDown();
      List<Integer> states = new ArrayList<>();
      for (Future<Answer> answer : asked) {
        states.add(answer.get().status());
      }
      assertThat(states).containsExactly(200, 200, 200, 503, 503, 503, 503, 503);
      assertThat(mostInside).hasValue(1);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void oneThatFailsDoesNotKeepItsTurn() {
    Turns turns = new Turns();
    Resource broken =
        turns.of(
            new Resource() {
              @Override
              public String path() {
                return "/broken";
              }

              @Override
              public Answer answer(Query query) {
                throw new IllegalStateException("made up by a test");
              }
            });
    for (int i = 0; i < REQUESTS; i++) {
      assertThatThrownBy(() -> broken.answer(Query.PLAIN))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void theResourceIsTheSameOtherwise() {
    Resource resource = new Turns().of(new Slow("/a"));
    assertThat(resource.path()).isEqualTo("/a");
    assertThat(resource.parameters()).containsExactly("a");
  }
}
