package dev.tourmaline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EmbeddedToursTest {

  private static final Path SOURCE =
      Path.of("src/main/java/dev/tourmaline/embedded/EmbeddedTours.java");
  private static final Path README = Path.of("../../README.md");
  private static final Pattern BLOCK =
      Pattern.compile(
          "<!-- embedded -->\\s*```java\\n(.*?)```\\s*<!-- embedded -->", Pattern.DOTALL);

  @Test
  void theThirdVisitPrintsTheTour() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      EmbeddedTours.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo("tour_billing_help: third visit to billing within ten minutes\n");
  }

  @Test
  void theWholeProgramIsAtMostFortyLines() throws IOException {
    assertThat(Files.readAllLines(SOURCE)).hasSizeLessThanOrEqualTo(40);
  }

  @Test
  void theReadmeShowsThisProgram() throws IOException {
    assertThat(README).as("the README that shows the embedded sample").exists();
    Matcher block = BLOCK.matcher(Files.readString(README));
    assertThat(block.find())
        .as("README.md has a ```java block between two lines '<!-- embedded -->'")
        .isTrue();
    assertThat(block.group(1).strip())
        .as("the README's block, which must be a copy of %s", SOURCE)
        .isEqualTo(Files.readString(SOURCE).strip());
  }
}
