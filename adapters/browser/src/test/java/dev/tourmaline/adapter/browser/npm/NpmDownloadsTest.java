package dev.tourmaline.adapter.browser.npm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpmDownloadsTest {

  @TempDir private Path folder;

  @Test
  void anArchiveThatLiesThereIsReadWithoutNpm() throws Exception {
    byte[] archive = archive("first", "1", "dist/a.js", "let a;");
    Files.write(folder.resolve("scope-name-1.2.3.tgz"), archive);
    Path found =
        new NpmDownloads(folder, List.of("no-npm")).archive("@scope/name@1.2.3", sha512(archive));
    assertThat(NpmTarball.of(found, "dist/a.js")).isEqualTo("let a;".getBytes(UTF_8));
    assertThatThrownBy(() -> NpmTarball.of(found, "b.js")).hasMessageContaining("has no file b.js");
  }

  @Test
  void anArchiveWithAnotherDigestIsRefusedAndRemoved() throws Exception {
    byte[] archive = archive("a.js", "let a;");
    Path lying = Files.write(folder.resolve("name-1.2.3.tgz"), archive);
    NpmDownloads downloads = new NpmDownloads(folder, List.of("no-npm"));
    assertThatThrownBy(() -> downloads.archive("name@1.2.3", "of another"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("npm pack name@1.2.3 failed 3 times")
        .hasMessageContaining("apt-get install npm");
    assertThat(lying).doesNotExist();
  }

  private static byte[] archive(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream tar = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        byte[] header = new byte[512];
        put(header, 0, "package/" + namesAndTexts[i]);
        put(header, 124, "%011o ".formatted(namesAndTexts[i + 1].length()));
        tar.write(header);
        tar.write(Arrays.copyOf(namesAndTexts[i + 1].getBytes(UTF_8), 512));
      }
    }
    return bytes.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    System.arraycopy(text.getBytes(UTF_8), 0, header, at, text.length());
  }

  private static String sha512(byte[] bytes) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-512").digest(bytes));
  }
}
