package org.vcpuacct.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vcpuacct.host.Text.bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.host.TracepointFormat.Field;

class TracepointFormatTest {

  private static final String FORMAT =
      """
      name: kvm_exit
      ID: 1701
      format:
      \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
      \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

      \tfield:unsigned int exit_reason;\toffset:8;\tsize:4;\tsigned:0;
      \tfield:unsigned long args[6];\toffset:16;\tsize:48;\tsigned:0;
      \tfield:__data_loc char[] name;\toffset:64;\tsize:4;\tsigned:1;
      \tfield:const char * where;\toffset:72;\tsize:8;

      print fmt: "vcpu %u reason %s%s%s", REC->vcpu_id, (REC->isa == 1) ? "a" : "b"
      """;

  @Test
  void readsTheNumberAndTheLayout() throws Exception {
    TracepointFormat format = TracepointFormat.parse(bytes(FORMAT));

    assertThat(format.name()).isEqualTo("kvm_exit");
    assertThat(format.id()).isEqualTo(1701);
    assertThat(format.fields().values())
        .containsExactly(
            new Field("common_type", 0, 2, false),
            new Field("common_pid", 4, 4, true),
            new Field("exit_reason", 8, 4, false),
            new Field("args", 16, 48, false),
            new Field("name", 64, 4, true),
            new Field("where", 72, 8, false));
    assertThat(format.field("exit_reason")).contains(new Field("exit_reason", 8, 4, false));
    assertThat(format.field("isa")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ID: 1701", "name: kvm_exit", "offset:8;", "size:48;", "int common_pid"})
  void refusesAFileInWhichAPartIsMissing(String part) {
    assertThatThrownBy(() -> TracepointFormat.parse(bytes(FORMAT.replace(part, ""))))
        .isInstanceOf(MalformedProcFileException.class)
        .hasMessageStartingWith("tracefs format: ");
  }
}
