package org.vcpuacct.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.host.CommandLine;

/** Command lines as QEMU documents them, and as libvirt and Proxmox write them. */
class QemuGuestAgentTest {

  private static final String DEVICE =
      "virtserialport,bus=virtio-serial0.0,nr=1,chardev=ch0,id=p0,name=org.qemu.guest_agent.0";
  private static final String JSON_DEVICE =
      "{\"driver\":\"virtserialport\",\"bus\":\"virtio-serial0.0\",\"nr\":1,\"chardev\":\"ch0\","
          + "\"id\":\"p0\",\"name\":\"org.qemu.guest_agent.0\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socket,id=ch0,path=/run/qga.sock,server=on,wait=off",
        "socket,path=/run/qga.sock,server,nowait,id=ch0",
        "backend=socket,id=ch0,server=yes,path=/run//./qga.sock",
        "{\"id\":\"ch0\",\"backend\":{\"type\":\"socket\",\"data\":{\"addr\":{\"type\":\"unix\","
            + "\"data\":{\"path\":\"/run/qga.sock\"}},\"wait\":false,\"server\":true}}}",
        "{\"backend\":\"socket\",\"id\":\"ch0\",\"path\":\"/run/qga.sock\",\"server\":true}",
      })
  void findsASocketThatListens(String chardev) {
    GuestAgentPort expected = new GuestAgentPort(Optional.of(Path.of("/run/qga.sock")), false);

    assertThat(find("-chardev", chardev, "-device", DEVICE)).contains(expected);
    assertThat(find("--device", JSON_DEVICE, "--chardev", chardev)).contains(expected);
  }

  @Test
  void keepsACommaOfThePathAndAPathWithoutRoot() {
    assertThat(socket("socket,id=ch0,path=/run/a,,b,server=on")).contains(Path.of("/run/a,b"));
    assertThat(socket("socket,id=ch0,path=qga.sock,server=on")).contains(Path.of("qga.sock"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socket,id=ch0,fd=35,server=on,wait=off",
        "socket,id=ch0,path=/run/qga.sock",
        "socket,id=ch0,path=/run/qga.sock,server=off",
        "socket,id=ch0,path=qga,abstract=on,server=on",
        "socket,id=ch0,host=127.0.0.1,port=4444,server=on",
        "socket,id=ch0,path=,server=on",
        "pty,id=ch0",
        "{\"id\":\"ch0\",\"backend\":{\"type\":\"socket\",\"data\":{\"addr\":{\"type\":\"fd\","
            + "\"data\":{\"str\":\"35\"}},\"server\":true}}}",
        "{\"id\":\"ch0\",\"backend\":\"socket\",\"path\":\"/a\\u0000b\",\"server\":true}",
      })
  void knowsAPortThatItCannotReach(String chardev) {
    assertThat(find("-chardev", chardev, "-device", DEVICE))
        .contains(new GuestAgentPort(Optional.empty(), false));
  }

  /** As of 9.0, and of 4.0, which still had QEMU open the path. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "socket,id=ch0,fd=24,server=on,wait=off",
        "socket,id=ch0,path=/var/lib/libvirt/qemu/channel/target/domain-1-a/org.qemu.guest_agent.0,"
            + "server,nowait",
      })
  void knowsAPortThatLibvirtHolds(String chardev) {
    String monitor = "socket,id=charmonitor,fd=28,server=on,wait=off";

    assertThat(find("-chardev", monitor, "-chardev", chardev, "-device", DEVICE))
        .map(GuestAgentPort::heldByLibvirt)
        .contains(true);
  }

  @Test
  void takesNoOtherPortForTheAgents() {
    String chardev = "socket,id=ch0,path=/run/qga.sock,server=on";

    assertThat(find("-chardev", chardev)).isEmpty();
    assertThat(find("-device", DEVICE)).isEmpty();
    assertThat(find("-chardev", chardev, "-device", DEVICE.replace("org.qemu", "com.redhat")))
        .isEmpty();
    assertThat(find("-chardev", chardev, "-device", DEVICE.replace("ch0", "ch1"))).isEmpty();
    assertThat(find("-chardev", chardev, "-device", "{\"driver\":")).isEmpty();
    assertThat(find("-chardev", chardev, "-device")).isEmpty();
  }

  @Test
  void isPartOfWhatIsKnownOfAVm() {
    VmIdentity vm =
        VmIdentity.of(
            "qemu-system-x86_64",
            "qemu",
            7,
            commandLine("-chardev", "socket,id=ch0,path=/q,server=on", "-device", DEVICE));

    assertThat(vm.guestAgent()).contains(new GuestAgentPort(Optional.of(Path.of("/q")), false));
  }

  private static Optional<Path> socket(String chardev) {
    return find("-chardev", chardev, "-device", DEVICE).flatMap(GuestAgentPort::socket);
  }

  private static Optional<GuestAgentPort> find(String... options) {
    return QemuGuestAgent.find(commandLine(options));
  }

  private static CommandLine commandLine(String... options) {
    List<String> arguments = new ArrayList<>(List.of("qemu-system-x86_64"));
    arguments.addAll(List.of(options));
    return new CommandLine(arguments);
  }
}
