package org.vcpuacct.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vcpuacct.alarm.AlarmPolicy;
import org.vcpuacct.alarm.AlarmSettings;
import org.vcpuacct.alarm.Condition;
import org.vcpuacct.alarm.Severity;
import org.vcpuacct.guest.GuestSettings;
import org.vcpuacct.guest.SnmpGuest;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ne.NamePattern;
import org.vcpuacct.ne.VmSet;
import org.vcpuacct.snmp.AuthProtocol;
import org.vcpuacct.snmp.Password;
import org.vcpuacct.snmp.PrivacyProtocol;
import org.vcpuacct.snmp.SnmpCredentials;

class ConfigFileTest {

  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = dir.resolve("vcpuacct.conf");
  }

  @Test
  void anEmptyFileGivesTheDefaults() throws Exception {
    assertThat(read("")).isEqualTo(Config.defaults());
  }

  @Test
  void aSectionKeepsTheDefaultsOfTheKeysItDoesNotSet() throws Exception {
    Config config = read("[snmp]\ncommunity = \"o-and-m\"\n");

    assertThat(config.snmp().communities()).isEqualTo(Map.of("o-and-m", ""));
    assertThat(config.snmp().listen()).isEqualTo(Config.defaults().snmp().listen());
    assertThat(config.agent()).isEqualTo(Config.defaults().agent());
  }

  @Test
  void networkElementsAreReadInTheirOrder() throws Exception {
    Config config =
        read(
            """
            [[ne]]
            name = "epc"
            vms = ["mme-*", "sgw"]

            [[ne]]
            name = "ims"
            vms = ["ims-??"]
            """);

    assertThat(config.networkElements())
        .containsExactly(
            new VmSet("epc", List.of(new NamePattern("mme-*"), new NamePattern("sgw"))),
            new VmSet("ims", List.of(new NamePattern("ims-??"))));
  }

  @Test
  void whatANetworkElementDoesNotSayOfItsAlarmsIsAsOfAll() throws Exception {
    AlarmSettings alarm =
        read("""
                [alarm]
                max-per-minute = 10

                [alarm.effective-load]
                raise-percent = 95
                severity = "critical"

                [alarm.exit-storm]
                raise-exits-per-second = 200000

                [[alarm.ne]]
                names = ["test-*"]

                [alarm.ne.effective-load]
                enabled = false
                clear-hold-ms = 0
                """)
            .alarm();

    AlarmPolicy load =
        new AlarmPolicy(
            true, Severity.CRITICAL, 9_500, 8_000, Duration.ofSeconds(10), Duration.ofSeconds(30));
    assertThat(alarm.maxPerMinute()).isEqualTo(10);
    assertThat(alarm.policies()).containsEntry(Condition.EFFECTIVE_LOAD, load);
    assertThat(alarm.policies().get(Condition.EXIT_STORM).raise()).isEqualTo(200_000);
    assertThat(alarm.policies().get(Condition.OVERHEAD))
        .isEqualTo(AlarmPolicy.defaultOf(Condition.OVERHEAD));
    assertThat(alarm.own()).hasSize(1);
    assertThat(alarm.own().get(0).policies())
        .containsEntry(
            Condition.EFFECTIVE_LOAD,
            new AlarmPolicy(
                false, Severity.CRITICAL, 9_500, 8_000, Duration.ofSeconds(10), Duration.ZERO))
        .containsEntry(Condition.EXIT_STORM, alarm.policies().get(Condition.EXIT_STORM));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[ne]]\\nvms = [\"a\"] | :2: ne.name is missing",
        "[[ne]]\\nname = \"a\" | :2: ne.name: \"a\" has no VMs",
        "[[ne]]\\nname = \"a\"\\nvms = \"b\" | :3: ne.vms: must be strings in quotes, in brackets",
        "[[ne]]\\nname = \"a\"\\nvms = [1] | :3: ne.vms: must be strings in quotes, in brackets",
        "[[ne]]\\nname = \" \"\\nvms = [\"b\"] | :2: ne.name: \" \" cannot be used: write 1 to",
        "[[ne]]\\nname = \"a\"\\nvms = [\"b\"]\\n[[ne]]\\nname = \"a\"\\nvms = [\"c\"] | :5: ne.name: \"a\" is",
        "[[ne]]\\nname = \"a\"\\nvm = [\"b\"] | :3: ne.vm: unknown key; known here: name, vms",
        "[ne]\\nname = \"a\" | :1: ne: must be sections, each [[ne]]",
      })
  void networkElementsThatCannotBeUsedAreNamed(String text, String problem) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file + problem);
  }

  @Test
  void everyKeyIsRead() throws Exception {
    Config config =
        read(
            """
            [agent]
            interval-ms = 500
            best-tier = "sampled"
            state-dir = "/srv/state"

            [snmp]
            enabled = false
            listen = "[::1]:1610"
            community = "o-and-m"
            v2c-anywhere = true

            [snmp.communities]
            "mme.1-ro" = "mme 1"

            [agentx]
            master = "/run/agentx"
            """);

    assertThat(config.agent())
        .isEqualTo(new Config.Agent(Duration.ofMillis(500), Tier.SAMPLED, Path.of("/srv/state")));
    assertThat(config.snmp())
        .isEqualTo(
            new Config.Snmp(
                false,
                new InetSocketAddress(InetAddress.getAllByName("::1")[0], 1610),
                Map.of("o-and-m", "", "mme.1-ro", "mme 1"),
                true,
                List.of()));
    assertThat(config.agentx())
        .hasValue(new Config.Agentx(UnixDomainSocketAddress.of("/run/agentx"), true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [agent]\\ninterval = 5                        | 2 | agent.interval: unknown key; known here: interval-ms, best-tier, state-dir
          color = true                                 | 1 | color: unknown key; known here: agent, snmp, guest, ne, agentx, overload, alarm, notification-log, notify, history, http, otlp
          snmp = 5                                     | 1 | snmp: must be a section, [snmp]
          [agent]\\n\\ninterval-ms = "fast"              | 3 | agent.interval-ms: must be a whole number
          [agent]\\ninterval-ms = 99                    | 2 | agent.interval-ms: must be from 100 to 60000
          [agent]\\ninterval-ms = 60001                 | 2 | agent.interval-ms: must be from 100 to 60000
          [agent]\\nbest-tier = "best"                  | 2 | agent.best-tier: "best" cannot be used: write one of "exact", "counted", "sampled"
          [agent]\\nstate-dir = "state"                 | 2 | agent.state-dir: "state" cannot be used: write a path from the root, for example /var/lib/vcpuacct
          [agent]\\nstate-dir = "/a\\u0000b"             | 2 | agent.state-dir: "/a\\0b" cannot be used: Nul character not allowed
          [guest]\\ntimeout-ms = 5001                 | 2 | guest.timeout-ms: must be from 100 to 5000
          [guest]\\nlibvirt = "on"                    | 2 | guest.libvirt: "on" cannot be used: write "off", or a URI of this host's libvirt, as "qemu:///system"
          [guest]\\nlibvirt = "qemu+ssh://h/system"   | 2 | guest.libvirt: "qemu+ssh://h/system" cannot be used: write "off", or a URI of this host's libvirt, as "qemu:///system"
          [guest]\\nlibvirt = "qemu:///system --all"  | 2 | guest.libvirt: "qemu:///system --all" cannot be used: write "off", or a URI of this host's libvirt, as "qemu:///system"
          [guest]\\nenabled = 1                       | 2 | guest.enabled: must be true or false
          [[guest.snmp]]\\nvm = "a"                  | 2 | guest.snmp.address is missing
          [[guest.snmp]]\\nvm = "a"\\naddress = "[::1]:1" | 2 | guest.snmp: write either community (SNMPv2c) or user (SNMPv3)
          [overload]\\non-percent = 101                 | 2 | overload.on-percent: must be from 1 to 100
          [overload]\\non-percent = 70                  | 2 | overload: off-percent must be less than on-percent, or shedding would flap
          [overload]\\ntarget-percent = 60              | 2 | overload: target-percent must not be less than off-percent
          [overload]\\nvalidity-ms = 2999               | 2 | overload.validity-ms: must be from 3000 to 86400000
          [[overload.ne]]\\non-percent = 90             | 2 | overload.ne.names is missing; write names = ["NAME", "PATTERN-*"]
          [alarm]\\nmax-per-minute = 1                 | 2 | alarm.max-per-minute: must be from 2 to 600
          [alarm.load]\\nraise-percent = 90            | 1 | alarm.load: unknown key; known here: effective-load, overhead, contention, guest-disagrees, guest-silent, vm-gone, vcpu-contention, exit-storm, scheduling-latency, tier-lowered, agent-late, ne-without-vms, ne, max-per-minute, forget-after-ms, history
          [alarm.effective-load]\\nraise = 90          | 2 | alarm.effective-load.raise: unknown key; known here: enabled, severity, raise-percent, clear-percent, raise-hold-ms, clear-hold-ms
          [alarm.effective-load]\\nraise-percent = 101 | 2 | alarm.effective-load.raise-percent: must be from 1 to 100
          [alarm.effective-load]\\nraise-percent = 79  | 2 | alarm.effective-load: clear-percent must not be more than raise-percent
          [alarm.vm-gone]\\nraise-percent = 1          | 2 | alarm.vm-gone.raise-percent: unknown key; known here: enabled, severity, raise-hold-ms, clear-hold-ms
          [alarm.overhead]\\nseverity = "bad"          | 2 | alarm.overhead.severity: "bad" cannot be used: write one of "critical", "major", "minor", "warning"
          [[alarm.ne]]\\nhistory = 5                   | 2 | alarm.ne.names is missing; write names = ["NAME", "PATTERN-*"]
          [[alarm.ne]]\\nnames = ["a"]\\n[alarm.ne.agent-late] | 3 | alarm.ne.agent-late: unknown key; known here: names, effective-load, overhead, contention, guest-disagrees, guest-silent, vm-gone, vcpu-contention, exit-storm, scheduling-latency, ne-without-vms
          [notification-log]\\nmax-megabytes = 0     | 2 | notification-log.max-megabytes: must be from 1 to 10000
          [[notify]]\\naddress = "127.0.0.1:162"       | 2 | notify.name is missing
          [[notify]]\\nname = "../x"                   | 2 | notify.name: "../x" cannot be used: write 1 to 32 letters, digits, dots, hyphens and underscores; no dot or hyphen first
          [[notify]]\\nname = "a"\\naddress = "127.0.0.1:162"\\ntype = "poll" | 4 | notify.type: "poll" cannot be used: write one of "trap", "inform"
          [[notify]]\\nname = "a"\\naddress = "127.0.0.1:162" | 2 | notify: write either community (SNMPv2c) or user (SNMPv3)
          [snmp]\\ncommunity = ""                       | 2 | snmp.community: "" cannot be used: the community must not be empty
          [snmp]\\nv2c-anywhere = "yes"                | 2 | snmp.v2c-anywhere: must be true or false
          [snmp]\\ncommunities = 5                     | 2 | snmp.communities: must be a section, [snmp.communities]
          [snmp.communities]\\na = 5                   | 2 | snmp.communities: must be a string in quotes
          [snmp.communities]\\n"" = "a"                | 2 | snmp.communities: the community must not be empty
          [snmp.communities]\\npublic = "a"            | 2 | snmp.communities: is the community of the default context; write another snmp.community
          [snmp]\\nlisten = 1161                        | 2 | snmp.listen: must be a string in quotes
          [snmp]\\nlisten = "1161"                      | 2 | snmp.listen: "1161" cannot be used: write ADDRESS:PORT, for example 127.0.0.1:1161 or [::1]:1161
          [snmp]\\nlisten = "127.0.0.1:snmp"            | 2 | snmp.listen: "127.0.0.1:snmp" cannot be used: the port must be a number from 1 to 65535
          [snmp]\\nlisten = "127.0.0.1:65536"           | 2 | snmp.listen: "127.0.0.1:65536" cannot be used: the port must be a number from 1 to 65535
          [snmp]\\nlisten = "::1:161"                   | 2 | snmp.listen: "::1:161" cannot be used: write an IPv6 address in brackets: [::1]:PORT
          [snmp]\\nlisten = "127.0.0.256:1161"          | 2 | snmp.listen: "127.0.0.256:1161" cannot be used: no such address or host name; write one of this host's addresses, or 0.0.0.0
          """)
  void aFaultIsSaidWithFileLineAndKey(String text, int line, String problem) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ":" + line + ": " + problem.replace("\\0", "\0"));
  }

  @Test
  void libvirtIsAskedUnlessItIsSwitchedOff() throws Exception {
    assertThat(read("[guest]").guest().libvirtUri()).contains("qemu:///system");
    assertThat(read("[guest]\nlibvirt = \"off\"").guest().libvirtUri()).isEmpty();
  }

  @Test
  void guestsAreRead() throws Exception {
    Path password = dir.resolve("password");
    Files.writeString(password, "a-long-password\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    GuestSettings guest =
        read("""
                [guest]
                enabled = false
                interval-ms = 2000
                timeout-ms = 2000
                libvirt = "qemu+unix:///system?socket=/run/libvirt/virtqemud-sock"
                [[guest.snmp]]
                vm = "mme-1"
                address = "127.0.0.1:161"
                community = "public"
                [[guest.snmp]]
                vm = "mme-2"
                address = "127.0.0.1:162"
                user = "reader"
                auth = "SHA-512"
                auth-password-file = "%s"
                privacy = "AES-256"
                privacy-password-file = "%s"
                """
                .formatted(password, password))
            .guest();

    assertThat(guest)
        .isEqualTo(
            new GuestSettings(
                false,
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Optional.of("qemu+unix:///system?socket=/run/libvirt/virtqemud-sock"),
                List.of(
                    new SnmpGuest(
                        "mme-1",
                        new InetSocketAddress(InetAddress.getAllByName("127.0.0.1")[0], 161),
                        new SnmpCredentials.Community("public")),
                    new SnmpGuest(
                        "mme-2",
                        new InetSocketAddress(InetAddress.getAllByName("127.0.0.1")[0], 162),
                        new SnmpCredentials.User(
                            "reader",
                            new SnmpCredentials.Authentication(
                                AuthProtocol.SHA_512, new Password("a-long-password")),
                            Optional.of(
                                new SnmpCredentials.Privacy(
                                    PrivacyProtocol.AES_256, new Password("a-long-password"))))))));
    assertThat(guest.toString()).doesNotContain("a-long-password", "public");
  }

  @Test
  void aPasswordThatOthersMayReadIsRefused() throws Exception {
    Path password = dir.resolve("password");
    Files.writeString(password, "a-long-password");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(
            () ->
                read(
                    """
                    [[guest.snmp]]
                    vm = "mme-1"
                    address = "127.0.0.1:161"
                    user = "reader"
                    auth = "SHA-256"
                    auth-password-file = "%s"
                    """
                        .formatted(password)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(":6: guest.snmp.auth-password-file: ")
        .hasMessageContaining("chmod o= ");
  }

  @Test
  void whatIsNotTomlIsSaidWithItsLine() {
    assertThatThrownBy(() -> read("[agent]\ninterval-ms = = 5\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file + ":2: not TOML: ");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> ConfigFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": no such file");
  }

  @Test
  void aFolderIsNotAConfiguration() {
    assertThatThrownBy(() -> ConfigFile.read(dir))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(dir + ": cannot be read: ");
  }

  @Test
  void whatIsNotTextIsRefused() throws IOException {
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> ConfigFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": not UTF-8 text");
  }

  private Config read(String text) throws IOException, ConfigException {
    Files.writeString(file, text);
    return ConfigFile.read(file);
  }
}
