package org.vcpuacct.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader with a virsh that does what the real one cannot be made to do. */
@Timeout(120)
class LibvirtReaderTest {

  private static final String URI = "qemu:///system";
  private static final UUID DOMAIN = UUID.fromString("4dea22b3-1d52-d8f3-2516-782e98ab3fa0");
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(500);

  @TempDir Path folder;
  private ScriptedVirsh virsh;
  private VirshPool pool;

  @BeforeEach
  void makeVirsh() throws IOException {
    virsh = new ScriptedVirsh(folder);
    pool = newPool(virsh.program());
  }

  @AfterEach
  void endVirsh() throws InterruptedException {
    pool.close();
    awaitNoChildren();
  }

  @Test
  void readsWhatTheAgentTellsLibvirt() throws Exception {
    GuestLoad load = reader(TIMEOUT).read();

    assertThat(load.source()).isEqualTo(GuestSource.LIBVIRT);
    assertThat(load.cpus()).hasSize(1);
    assertThat(load.cpus().get(0).timesNs())
        .containsEntry(GuestTime.USER, 7_000_000L)
        .containsEntry(GuestTime.SYSTEM, 6_000_000L)
        .containsEntry(GuestTime.IDLE, 5_000_000L);
    assertThat(load.loadAverages()).isEmpty();
  }

  @Test
  void oneVirshServesOneConversationAfterTheOther() throws Exception {
    reader(TIMEOUT).read();
    reader(TIMEOUT).read();

    assertThat(virsh.starts()).containsExactly("--connect " + URI);
  }

  @Test
  void aVirshThatHasEndedIsReplaced() throws Exception {
    reader(TIMEOUT).read();
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    awaitNoChildren();
    reader(TIMEOUT).read();

    assertThat(virsh.starts()).hasSize(2);
  }

  @Test
  void tellsLibvirtsSilenceFromTheGuests() throws Exception {
    virsh.domid(ScriptedVirsh.HANG);
    assertThatThrownBy(reader(SHORT)::read)
        .isInstanceOf(GuestNotAnsweringException.class)
        .hasMessage("libvirt (qemu:///system) did not answer within 500 ms");

    virsh.domid("echo 3").cpuStats(ScriptedVirsh.HANG);
    assertThatThrownBy(reader(SHORT)::read)
        .isInstanceOf(GuestNotAnsweringException.class)
        .hasMessage("the guest agent did not answer libvirt within 500 ms");
    awaitNoChildren();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "failed to get domain 4dea22b3",
        "Guest agent is not responding: QEMU guest agent is not connected",
        "Failed to reconnect to the hypervisor",
      })
  void saysWhyNobodyAnswers(String error) throws Exception {
    virsh.domid(ScriptedVirsh.error(error));

    assertThatThrownBy(reader(TIMEOUT)::read)
        .isInstanceOf(GuestNotAnsweringException.class)
        .hasMessage("libvirt (qemu:///system): " + error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Failed to connect socket to /run/libvirt/libvirt-sock: Permission denied",
        "operation forbidden: read only access prevents virDomainQemuAgentCommand",
        "authentication unavailable: no polkit agent available",
      })
  void saysWhoRefuses(String error) throws Exception {
    virsh.cpuStats(ScriptedVirsh.error(error));

    assertThatThrownBy(reader(TIMEOUT)::read)
        .isInstanceOf(GuestRefusedException.class)
        .hasMessage("libvirt (qemu:///system): " + error);
  }

  @Test
  void saysWhatTheAgentRefuses() throws Exception {
    virsh.cpuStats(ScriptedVirsh.agentError("guest-get-cpustats", "frozen"));

    assertThatThrownBy(reader(TIMEOUT)::read)
        .isInstanceOf(AgentErrorException.class)
        .hasMessage("the guest agent refused guest-get-cpustats: frozen");
  }

  /** virsh ends by itself if it cannot connect, and cannot keep its history where we run it. */
  @Test
  void saysWhatVirshSaidLastBeforeItEnded() throws Exception {
    virsh.domid(
        ScriptedVirsh.error("Failed to connect socket: No such file or directory")
            + "; "
            + ScriptedVirsh.error("Failed to create '\"'\"'/dev/null/libvirt'\"'\"'")
            + "; exit 1");

    assertThatThrownBy(reader(TIMEOUT)::read)
        .isInstanceOf(GuestNotAnsweringException.class)
        .hasMessageEndingWith("Failed to connect socket: No such file or directory");
  }

  @Test
  void saysThatVirshIsNotInstalled() {
    LibvirtReader reader = new LibvirtReader(newPool("no-such-virsh"), DOMAIN, TIMEOUT);

    assertThatThrownBy(reader::read)
        .isInstanceOf(GuestNotAnsweringException.class)
        .hasMessageContaining("install it", "no-such-virsh");
  }

  @Test
  void refusesAnAnswerThatIsTooLongAndGarbage() throws Exception {
    virsh.cpuStats("head -c 100000000 /dev/zero");
    assertThatThrownBy(reader(TIMEOUT)::read)
        .isInstanceOf(GuestRefusedException.class)
        .hasMessageContaining("answer too long");

    virsh.cpuStats(ScriptedVirsh.answer("{garbage"));
    assertThatThrownBy(reader(TIMEOUT)::read)
        .isInstanceOf(GuestRefusedException.class)
        .hasMessageContaining("cannot be understood");
  }

  /** What a guest says may look like the end of its answer, and like another guest's. */
  @Test
  void aGuestCannotSpeakForAnother() throws Exception {
    UUID forger = UUID.fromString("aaaaaaaa-1d52-d8f3-2516-782e98ab3fa0");
    virsh.cpuStats(
        "case $line in *%s*) %s; %s; echo %s ;; *) %s ;; esac"
            .formatted(
                forger,
                ScriptedVirsh.agentError("guest-get-cpustats", "a"),
                ScriptedVirsh.CPU_STATS.replace("\"user\":7", "\"user\":666"),
                UUID.randomUUID(),
                ScriptedVirsh.CPU_STATS));
    new LibvirtReader(pool, forger, TIMEOUT).read();

    assertThat(reader(TIMEOUT).read().cpus().get(0).timesNs())
        .containsEntry(GuestTime.USER, 7_000_000L);
    assertThat(virsh.starts()).hasSize(1);
  }

  @Test
  void silentGuestsWaitForEachOtherAndNotForThoseThatAnswer() throws Exception {
    Deadline deadline = Deadline.in(TIMEOUT);
    try (VirshPool.Loan one = pool.lend(true, deadline);
        VirshPool.Loan two = pool.lend(true, deadline)) {
      assertThat(one.virsh()).isNotSameAs(two.virsh());
      assertThatThrownBy(() -> pool.lend(true, Deadline.in(SHORT)))
          .isInstanceOf(GuestNotAnsweringException.class)
          .hasMessageContaining("no turn");
      pool.lend(false, deadline).close();
    }
    pool.lend(true, deadline).close();
  }

  @Test
  void nothingIsLeftOfAThousandAnswersThatHang() throws Exception {
    virsh.cpuStats(ScriptedVirsh.HANG);
    long descriptors = openDescriptors();
    List<VirshPool> pools = new ArrayList<>();
    List<CompletableFuture<Integer>> silences = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      VirshPool one = newPool(virsh.program());
      pools.add(one);
      silences.add(CompletableFuture.supplyAsync(() -> silences(one, 100)));
      silences.add(CompletableFuture.supplyAsync(() -> silences(one, 100)));
    }

    assertThat(silences.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(1000);
    awaitNoChildren();
    assertThat(openDescriptors() - descriptors).isLessThan(5);
    pools.forEach(VirshPool::close);
  }

  private static int silences(VirshPool pool, int count) {
    LibvirtReader reader = new LibvirtReader(pool, DOMAIN, Duration.ofMillis(30));
    return (int) IntStream.range(0, count).filter(i -> isSilent(reader)).count();
  }

  private static boolean isSilent(LibvirtReader reader) {
    try {
      reader.read();
      return false;
    } catch (GuestNotAnsweringException e) {
      return true;
    } catch (GuestLoadException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private LibvirtReader reader(Duration timeout) {
    return new LibvirtReader(pool, DOMAIN, timeout);
  }

  private static VirshPool newPool(String program) {
    return new VirshPool(program, URI, new AnswerMemory());
  }

  private static long openDescriptors() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }

  private static void awaitNoChildren() throws InterruptedException {
    while (ProcessHandle.current().children().findAny().isPresent()) {
      Thread.sleep(10);
    }
  }
}
