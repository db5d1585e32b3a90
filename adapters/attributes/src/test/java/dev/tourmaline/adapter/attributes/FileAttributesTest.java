package dev.tourmaline.adapter.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.user.UserKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAttributesTest {

  @TempDir Path folder;

  private Path file(String json) throws IOException {
    return Files.writeString(folder.resolve("users.json"), json);
  }

  private static Map<String, Object> of(FileAttributes attributes, String user) {
    return attributes.of(UserKey.ofUser("prod", user)).toCompletableFuture().join();
  }

  @Test
  void whatTheFileSaysOfAUserIsKnown() throws IOException {
    FileAttributes attributes =
        FileAttributes.read(
            file("{\"prod\":{\"ann\":{\"plan\":\"pro\",\"seats\":5,\"beta\":true,\"x\":null}}}"));
    assertThat(of(attributes, "ann")).isEqualTo(Map.of("plan", "pro", "seats", 5L, "beta", true));
    assertThat(of(attributes, "bob")).isEmpty();
    assertThat(attributes.of(UserKey.ofUser("other", "ann")).toCompletableFuture().join())
        .isEmpty();
  }

  @Test
  void aChangeIsReadAndAFaultLeavesWhatWasBefore() throws IOException {
    FileAttributes attributes =
        FileAttributes.read(file("{\"prod\":{\"ann\":{\"plan\":\"pro\"}}}"));
    Path file = file("{\"prod\":{\"ann\":{\"plan\":\"free\"}}}");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    assertThat(of(attributes, "ann")).containsEntry("plan", "free");
    Files.setLastModifiedTime(file("{\"prod\":{\"ann\":"), FileTime.fromMillis(2_000));
    assertThat(of(attributes, "ann")).containsEntry("plan", "free");
    Files.delete(file);
    assertThat(of(attributes, "ann")).containsEntry("plan", "free");
  }

  @Test
  void aFileThatHoldsSomethingElseIsRefusedAtTheStart() throws IOException {
    Path list = file("[]");
    assertThatThrownBy(() -> FileAttributes.read(list)).hasMessageContaining("no JSON object");
    Path flat = file("{\"prod\":{\"ann\":\"pro\"}}");
    assertThatThrownBy(() -> FileAttributes.read(flat)).hasMessageContaining("ann");
  }
}
