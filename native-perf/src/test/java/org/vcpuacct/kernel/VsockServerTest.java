package org.vcpuacct.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VsockServerTest {

  private static final int PORT = 1161;
  private static final long CID = 0xFFFF_FFF0L;

  private final ScriptedKernel kernel = new ScriptedKernel();
  private final ScriptedSockets sockets = new ScriptedSockets(kernel);

  private VsockServer listen() throws KernelException {
    return VsockServer.listen(kernel, sockets, PORT);
  }

  @Test
  void listensOnAPortOfEveryCidOfThisHost() throws KernelException {
    listen();

    assertThat(sockets.boundPort()).isEqualTo(PORT);
    assertThat(sockets.boundCid()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socket", "bind", "listen", "eventfd"})
  void whatFailsIsNamedAndNothingStaysOpen(String call) {
    sockets.failing(call, 98);

    assertThatThrownBy(this::listen)
        .isInstanceOf(KernelException.class)
        .hasMessageStartingWith(call)
        .hasMessageContaining("EADDRINUSE");
    assertThat(kernel.openFds()).isEmpty();
  }

  @Test
  void aGuestIsToldByItsCid() throws KernelException {
    VsockServer server = listen();
    assertThat(server.accept()).isEmpty();
    sockets.connect(CID);

    assertThat(server.accept().orElseThrow().peerCid()).isEqualTo(CID);
    assertThat(server.accept()).isEmpty();
  }

  @Test
  void nothingWaits() throws KernelException {
    VsockServer server = listen();
    sockets.connect(CID);
    VsockConnection guest = server.accept().orElseThrow();
    ByteBuffer into = ByteBuffer.allocate(100);
    assertThat(guest.read(into)).isZero();
    sockets.say("hello");
    assertThat(guest.read(into)).isEqualTo(5);
    sockets.end();
    assertThat(guest.read(into)).isEqualTo(-1);

    ByteBuffer from = ByteBuffer.wrap("a line".getBytes(UTF_8));
    sockets.takes(4);
    assertThat(guest.write(from)).isEqualTo(4);
    assertThat(guest.write(from)).isZero();
    sockets.takes(100);
    assertThat(guest.write(from)).isEqualTo(2);
    assertThat(sockets.taken()).isEqualTo("a line");
  }

  @Test
  void aBrokenConnectionIsNamed() throws KernelException {
    VsockServer server = listen();
    sockets.connect(CID);
    VsockConnection guest = server.accept().orElseThrow();
    sockets.failing("send", 32);

    assertThatThrownBy(() -> guest.write(ByteBuffer.wrap(new byte[3])))
        .hasMessage("send(vsock, CID " + CID + "): EPIPE (the other side has closed)");
  }

  @Test
  void closesWhatItOpened() throws KernelException {
    VsockServer server = listen();
    sockets.connect(CID);
    VsockConnection guest = server.accept().orElseThrow();
    server.await(List.of(guest), true);
    assertThat(guest.isReady()).isFalse();
    guest.close();
    server.close();

    assertThat(guest.isOpen()).isFalse();
    assertThat(kernel.openFds()).isEmpty();
  }
}
