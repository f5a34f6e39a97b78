package org.vcpuacct.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the configuration are told without the secrets beside them. */
class SecretsInFaultsTest {

  private static final String SECRET = "Sesame-7";

  private static final String USER = "[[snmp.user]]\nname = \"a\"\nauth = \"SHA-256\"\n";

  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[snmp]\ncommunity = Sesame-7\n",
        "[snmp]\ncommunity = [\"Sesame-7\"]\n",
        "[snmp.communities]\nSesame-7 = \n",
        "[snmp.communities]\nSesame-7 = 5\n",
        "[snmp]\ncommunity = \"Sesame-7\"\n[snmp.communities]\nSesame-7 = \"ne\"\n",
        USER + "auth-password = Sesame-7\n",
        USER + "auth-password = [\"Sesame-7\"]\n",
        USER + "auth-password = \"Sesame-7\"\nprivacy = \"DES\"\n",
        USER + "auth-password = \"Sesame-7\"\nprivacy-password = \"Sesame-7\"\n",
        "[[guest.snmp]]\nvm = \"a\"\naddress = \"a\"\ncommunity = \"Sesame-7\"\n",
        "[[notify]]\nname = \"a\"\naddress = \"a\"\ncommunity = \"Sesame-7\"\n",
        "[otlp]\nurl = \"http://me:Sesame-7@127.0.0.1/\"\n",
        "[otlp]\nurl = \"http://me:Sesame-7@127.0.0.1/ a\"\n",
        "[otlp]\nurl = http://me:Sesame-7@127.0.0.1/\n"
      })
  void aFaultDoesNotRepeatASecret(String text) throws Exception {
    Path file = Files.writeString(dir.resolve("vcpuacct.conf"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    Throwable fault = catchThrowable(() -> ConfigFile.read(file));

    assertThat(fault).isInstanceOf(ConfigException.class).hasMessageContaining("vcpuacct.conf");
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain(SECRET);
    }
  }
}
