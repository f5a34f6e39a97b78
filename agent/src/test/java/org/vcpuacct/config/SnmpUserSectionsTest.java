package org.vcpuacct.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.export.snmp.ContextNames;
import org.vcpuacct.export.snmp.SnmpUser;
import org.vcpuacct.snmp.AuthProtocol;
import org.vcpuacct.snmp.Password;
import org.vcpuacct.snmp.PrivacyProtocol;
import org.vcpuacct.snmp.SnmpCredentials.Authentication;
import org.vcpuacct.snmp.SnmpCredentials.Privacy;

class SnmpUserSectionsTest {

  private static final String SECRET = "correct horse";

  @TempDir private Path dir;
  private Path file;
  private Path secret;

  @BeforeEach
  void nameTheFiles() throws IOException {
    file = dir.resolve("vcpuacct.conf");
    secret = write("secret", SECRET + "\n", "rw-r-----");
  }

  @Test
  void aUserIsReadWithItsPasswords() throws Exception {
    write("privacy", " staple\tbattery ", "r--------");

    List<SnmpUser> users =
        users(
            """
            [[snmp.user]]
            name = "nms"
            auth = "SHA-512"
            auth-password-file = "DIR/secret"
            privacy = "AES-256"
            privacy-password-file = "DIR/privacy"
            contexts = ["", "mme 1"]

            [[snmp.user]]
            name = "graphs"
            auth = "SHA-224"
            auth-password = "correct horse"
            level = "authNoPriv"
            """);

    assertThat(users)
        .containsExactly(
            new SnmpUser(
                "nms",
                SnmpUser.Level.AUTH_PRIV,
                new Authentication(AuthProtocol.SHA_512, new Password(SECRET)),
                Optional.of(
                    new Privacy(PrivacyProtocol.AES_256, new Password(" staple\tbattery "))),
                new ContextNames(false, Set.of("", "mme 1"))),
            new SnmpUser(
                "graphs",
                SnmpUser.Level.AUTH_NO_PRIV,
                new Authentication(AuthProtocol.SHA_224, new Password(SECRET)),
                Optional.empty(),
                ContextNames.every()));
  }

  @Test
  void anAsteriskStandsForEveryContext() throws Exception {
    assertThat(users(user("contexts = [\"mme-1\", \"*\"]")).get(0).contexts())
        .isEqualTo(ContextNames.every());
  }

  @Test
  void nothingShowsAPassword() throws Exception {
    Config config = read(user(""));

    assertThat(config.snmp().users()).hasSize(1);
    assertThat(config.toString()).contains("nms").doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          auth = "SHA-256"                         | 2 | name is missing
          name = ""                                | 2 | name: "" cannot be used: write 1 to 32 octets
          name = "äääääääääääääääää"               | 2 | name: "äääääääääääääääää" cannot be used: write 1 to 32 octets
          name = "a"                               | 2 | auth is missing; write auth = "SHA-256"
          name = "a"\\nauth = "MD5"                 | 3 | auth: "MD5" cannot be used: write one of "SHA-224", "SHA-256", "SHA-384", "SHA-512"
          name = "a"\\nauth = "SHA-256"             | 2 | auth-password-file is missing; write the path of a file with the password
          AUTH\\nprivacy = "DES"                    | 5 | privacy: "DES" cannot be used: write one of "AES-128", "AES-192", "AES-256"
          AUTH\\nprivacy = "AES-128"                | 2 | privacy-password-file is missing; write the path of a file with the password
          AUTH\\nprivacy-password = "correct horse" | 2 | privacy is missing; write privacy = "AES-128"
          AUTH                                     | 2 | privacy is missing; write privacy = "AES-128" and a password, or level = "authNoPriv" to allow messages that anyone on the way can read
          AUTH\\nlevel = "noAuthNoPriv"             | 5 | level: "noAuthNoPriv" cannot be used: write one of "authNoPriv", "authPriv"
          AUTH\\nauth-password = "correct horse"    | 5 | auth-password: there is auth-password-file too; write one of them
          AUTH\\nlevel = "authNoPriv"\\ncontexts=[]  | 6 | contexts: names none; write ["*"] for all, "" for the default one
          AUTH\\nlevel = "authNoPriv"\\npassword="x" | 6 | password: unknown key; known here: name, level, auth, auth-password, auth-password-file, privacy, privacy-password, privacy-password-file, contexts
          """)
  void aFaultIsSaidWithFileLineAndKey(String text, int line, String problem) {
    String auth = "name = \"a\"\nauth = \"SHA-256\"\nauth-password-file = \"DIR/secret\"";
    String section = "[[snmp.user]]\n" + text.replace("\\n", "\n").replace("AUTH", auth);

    assertThatThrownBy(() -> read(section))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ":" + line + ": snmp.user." + problem);
  }

  @Test
  void twoUsersOfOneNameAreRefused() {
    assertThatThrownBy(() -> read(user("") + user("")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ":8: snmp.user.name: \"nms\" is the name of another user");
  }

  @Test
  void aContextThatNoMessageCanCarryIsRefused() {
    assertThatThrownBy(() -> read(user("contexts = [\"" + "x".repeat(256) + "\"]")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ":7: snmp.user.contexts: an SNMP context has at most 255 octets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-----w-", "rw-rw-rw-"})
  void aPasswordFileThatIsOpenToOthersIsRefused(String mode) throws IOException {
    write("secret", SECRET, mode);

    assertThatThrownBy(() -> read(user("")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(refused("other users can read or write " + secret + "; chmod o= " + secret));
  }

  @Test
  void aConfigurationThatIsOpenToOthersHoldsNoPassword() throws IOException {
    write("vcpuacct.conf", "", "rw-r--r--");

    assertThatThrownBy(() -> read("[[snmp.user]]\nname = 'a'\nauth = 'SHA-256'\n" + inline(SECRET)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "%1$s:4: snmp.user.auth-password: other users can read or write %1$s; chmod o= %1$s",
            file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''             | it has 0 lines; write the password in one
          one long\\ntwo | it has 2 lines; write the password in one
          sevenoo        | the password is too short: write one of at least 8 characters (RFC 3414 section 11.2)
          """)
  void aPasswordFileThatCannotBeUsedIsRefusedWithoutSayingItsContent(String text, String problem)
      throws IOException {
    write("secret", text.replace("\\n", "\n"), "rw-------");

    assertThatThrownBy(() -> read(user("")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(refused(problem));
  }

  @Test
  void whatIsNoPasswordFileIsRefused() throws IOException {
    assertRefused(dir.resolve("none"), "no such file");
    assertRefused(dir, "it is not a file");
    assertRefused(Path.of("/dev/null"), "it is not a file");
    assertRefused(write("long", "x".repeat(1025), "rw-------"), "it has more than 1024 octets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth-password = \"hunter2\"",
        "auth-password = hunter2",
        "auth-password = \"hunter2",
        "auth-password = hunter2 hunter2",
        "auth-password = \"\"\"hunter2\nhunter2\"\"\" hunter2",
        "auth-password = [\"hunter2\"]",
        "\"auth-password\" = 'hunter2' 'hunter2'",
      })
  void noComplaintRepeatsAPassword(String line) {
    String section = "[[snmp.user]]\nname = \"a\"\nauth = \"SHA-256\"\n" + line + "\n";

    assertThatThrownBy(() -> read(section))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file + ":")
        .hasMessageNotContaining("hunter2");
  }

  private void assertRefused(Path passwordFile, String problem) {
    assertThatThrownBy(() -> read(user("").replace("DIR/secret", passwordFile.toString())))
        .isInstanceOf(ConfigException.class)
        .hasMessage(refused(problem).replace(secret.toString(), passwordFile.toString()));
  }

  private String refused(String problem) {
    return file + ":4: snmp.user.auth-password-file: \"" + secret + "\" cannot be used: " + problem;
  }

  private static String user(String more) {
    return """
        [[snmp.user]]
        name = "nms"
        auth = "SHA-256"
        auth-password-file = "DIR/secret"
        privacy = "AES-128"
        privacy-password-file = "DIR/secret"
        """
        + more
        + (more.isEmpty() ? "" : "\n");
  }

  private static String inline(String password) {
    return "auth-password = \"" + password + "\"\n";
  }

  private List<SnmpUser> users(String text) throws IOException, ConfigException {
    return read(text).snmp().users();
  }

  private Config read(String text) throws IOException, ConfigException {
    if (!Files.exists(file)) {
      write("vcpuacct.conf", "", "rw-r-----");
    }
    Files.writeString(file, text.replace("DIR", dir.toString()));
    return ConfigFile.read(file);
  }

  private Path write(String name, String text, String mode) throws IOException {
    Path written = Files.writeString(dir.resolve(name), text);
    Files.setPosixFilePermissions(written, PosixFilePermissions.fromString(mode));
    return written;
  }
}
