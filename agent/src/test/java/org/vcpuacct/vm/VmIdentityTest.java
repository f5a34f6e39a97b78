package org.vcpuacct.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.host.CommandLine;

/** Command lines as the VMMs document them; they are built here, not recorded. */
class VmIdentityTest {

  private static final String UUID_TEXT = "6b2a0f4e-5c3d-4e1f-9a8b-7c6d5e4f3a2b";
  private static final UUID SAME_UUID = UUID.fromString(UUID_TEXT);

  @Test
  void readsALibvirtGuest() {
    VmIdentity vm =
        identity(
            "qemu-system-x86_64",
            "/usr/bin/qemu-system-x86_64",
            "-name",
            "guest=epc-mme,debug-threads=on",
            "-S",
            "-smp",
            "2,sockets=2",
            "-uuid",
            UUID_TEXT);

    assertThat(vm).isEqualTo(named(Vmm.QEMU, "epc-mme", true, Optional.of(SAME_UUID)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mme | mme",
        "mme,process=qemu-mme | mme",
        "debug-threads=on,guest=mme | mme",
        "a,,b | a,b",
        "guest=a,,b,,,debug-threads=on | 'a,b,'",
        "guest=a=b | a=b",
        "guest=name with space | name with space",
      })
  void readsEveryFormOfQemusName(String argument, String name) {
    assertThat(identity("qemu-kvm", "qemu-kvm", "-name", argument).name()).isEqualTo(name);
    assertThat(identity("qemu-kvm", "qemu-kvm", "--name", argument).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "qemu-kvm | -device | vhost-vsock-pci,id=v0,guest-cid=3,vhostfd=31 | 3",
        "qemu-kvm | -device | vhost-vsock-pci-non-transitional,guest-cid=0x20 | 32",
        "qemu-kvm | --device | {\"driver\":\"vhost-vsock-ccw\",\"guest-cid\":4294967294} | 4294967294",
        "qemu-kvm | -device | virtio-net-pci,guest-cid=3 |",
        "qemu-kvm | -device | vhost-vsock-pci,guest-cid=2 |",
        "qemu-kvm | -device | vhost-vsock-pci,guest-cid=4294967295 |",
        "qemu-kvm | -device | vhost-vsock-pci,guest-cid=three |",
        "crosvm | --vsock | cid=7,device=/dev/vhost-vsock | 7",
        "crosvm | --vsock | 7 | 7",
        "crosvm | --cid | 7 | 7",
        "lkvm | --vsock | 7 | 7",
        "firecracker | --vsock | 7 |",
        "cloud-hypervisor | --vsock | cid=3,socket=/tmp/ch.vsock |",
      })
  void readsTheCidThatTheKernelKnows(String program, String option, String argument, Long cid) {
    assertThat(identity(program, program, option, argument).vsockCid())
        .isEqualTo(Optional.ofNullable(cid));
  }

  @Test
  void readsAProxmoxGuest() {
    VmIdentity vm =
        identity(
            "qemu-system-x86_64",
            "/usr/bin/kvm",
            "-id",
            "100",
            "-name",
            "vepc,debug-threads=on",
            "-smbios",
            "type=1,uuid=" + UUID_TEXT);

    assertThat(vm).isEqualTo(named(Vmm.QEMU, "vepc", true, Optional.of(SAME_UUID)));
  }

  @Test
  void readsAJailedFirecracker() {
    VmIdentity vm =
        identity(
            "firecracker", "firecracker", "--id=vm-7", "--start-time-us", "1", "--api-sock", "/s");

    assertThat(vm).isEqualTo(named(Vmm.FIRECRACKER, "vm-7", true, Optional.empty()));
    assertThat(identity("firecracker", "firecracker", "--id", "vm-7").name()).isEqualTo("vm-7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/run/upf.sock | upf",
        "path=/run/upf.socket | upf",
        "/run/libvirt/ch/upf-socket | upf",
        "upf | upf",
        "/run/vc/vm/1f2e3d/clh-api.sock | 1f2e3d",
      })
  void namesACloudHypervisorByItsSocket(String socket, String name) {
    VmIdentity vm =
        identity(
            "cloud-hypervisor",
            "cloud-hypervisor",
            "--api-socket",
            socket,
            "--platform",
            "num_pci_segments=2,uuid=" + UUID_TEXT);

    assertThat(vm).isEqualTo(named(Vmm.CLOUD_HYPERVISOR, name, true, Optional.of(SAME_UUID)));
  }

  @Test
  void readsCrosvmAndKvmtoolAndOthers() {
    assertThat(identity("crosvm", "crosvm", "run", "--name", "termina", "vmlinux"))
        .isEqualTo(named(Vmm.CROSVM, "termina", true, Optional.empty()));
    assertThat(identity("lkvm-static", "lkvm", "run", "--name", "guest1"))
        .isEqualTo(named(Vmm.KVMTOOL, "guest1", true, Optional.empty()));
    assertThat(identity("my-vmm", "./my-vmm", "--uuid=" + UUID_TEXT, "--name=x"))
        .isEqualTo(named(Vmm.OTHER, "x", true, Optional.of(SAME_UUID)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qemu-system-aarch64",
        "qemu-kvm",
        "kvm",
        ".qemu-system-x86_64-wrapped",
        "qemu-system-x86" // a process name, cut after 15 characters
      })
  void knowsQemuByEveryName(String program) {
    assertThat(Vmm.ofProgram(program)).isEqualTo(Vmm.QEMU);
  }

  @ParameterizedTest
  @ValueSource(strings = {"qemu-ga", "qemu-img", "kvm-irqfd-clean", "kvmtop", "libvirtd", ""})
  void takesNothingElseForAVmm(String program) {
    assertThat(Vmm.ofProgram(program)).isEqualTo(Vmm.OTHER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "QEMU | CPU 11/KVM | 11",
        "FIRECRACKER | fc_vcpu 3 | 3",
        "CLOUD_HYPERVISOR | vcpu12 | 12",
        "CROSVM | crosvm_vcpu123 | 123",
        "KVMTOOL | kvm-vcpu-0 | 0",
        "OTHER | vcpu-4 | 4",
        "OTHER | CPU 5/KVM | 5",
        "OTHER | fc_vcpu 6 | 6",
        "QEMU | CPU 99999999999/KVM | ",
        "QEMU | CPU 1/TCG | ",
        "OTHER | vcpu | ",
        "OTHER | cpuhp/0 | ",
      })
  void readsTheNumberInAThreadsName(Vmm vmm, String name, Integer vcpu) {
    assertThat(vmm.vcpuOfThread(name).stream().boxed().findFirst())
        .isEqualTo(Optional.ofNullable(vcpu));
  }

  @Test
  void namesAVmWithoutANameByItsProcess() {
    assertThat(identity("qemu-kvm", "qemu-kvm", "-m", "64"))
        .isEqualTo(named(Vmm.QEMU, "comm-42", false, Optional.empty()));
    assertThat(identity("qemu-kvm").name()).isEqualTo("comm-42");
    assertThat(identity("qemu-kvm", "qemu-kvm", "-name").named()).isFalse();
    assertThat(identity("qemu-kvm", "qemu-kvm", "-name", " ").named()).isFalse();
    assertThat(identity("qemu-kvm", "qemu-kvm", "-name", "guest=").named()).isFalse();
  }

  @Test
  void makesANameFitForATerminal() {
    String name = "a\u001b[2Jb\nc\u202ed\u0085e";

    assertThat(identity("my-vmm", "my-vmm", "--name", name).name()).isEqualTo("a?[2Jb?c?d?e");
    assertThat(identity("my-vmm", "my-vmm", "--name", "é".repeat(9000)).name())
        .isEqualTo("é".repeat(255));
  }

  @Test
  void survivesANameThatIsNotUtf8() {
    byte[] text = "my-vmm\0--name\0x?y\0".getBytes(StandardCharsets.ISO_8859_1);
    text[15] = (byte) 0xfe;

    assertThat(VmIdentity.of("my-vmm", "comm", 42, CommandLine.parse(text)).name())
        .isEqualTo("x\ufffdy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-2-3-4-5",
        "00000000-0000-0000-0000-000000000000",
        "6b2a0f4e-5c3d-4e1f-9a8b-7c6d5e4f3a2bx",
        "zzzzzzzz-5c3d-4e1f-9a8b-7c6d5e4f3a2b"
      })
  void ignoresWhatIsNoUuid(String uuid) {
    assertThat(identity("qemu-kvm", "qemu-kvm", "-uuid", uuid).uuid()).isEmpty();
  }

  private static VmIdentity identity(String program, String... arguments) {
    return VmIdentity.of(program, "comm", 42, new CommandLine(List.of(arguments)));
  }

  /** An identity without a guest agent. */
  private static VmIdentity named(Vmm vmm, String name, boolean named, Optional<UUID> uuid) {
    return new VmIdentity(vmm, name, named, uuid, Optional.empty(), Optional.empty());
  }
}
