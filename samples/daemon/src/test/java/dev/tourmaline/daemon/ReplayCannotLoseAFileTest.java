package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCannotLoseAFileTest {

  private static final String OLD = "the tours of last week\n";

  @TempDir Path folder;

  private final Running program = new Running();
  private Path rules;
  private Path events;
  private String frames = "";
  private Path out;

  @BeforeEach
  void write() throws IOException {
    rules =
        Files.writeString(
            folder.resolve("again.drl"),
            """
            rule "Seen" @flow("tour_seen") when
                $a : Action( pageview )
            then
                tours.offer($a, "seen");
            end
            """);
    frames = Frames.pageview("ps_1", "/a", 1_700_000_000) + '\n';
    events = Files.writeString(folder.resolve("events.jsonl"), frames);
    out = Files.writeString(folder.resolve("out.jsonl"), OLD);
  }

  @Test
  void theEventsAreNeverTheOutputByWhicheverName() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path soft = Files.createSymbolicLink(folder.resolve("soft"), events);
    Path hard = Files.createLink(folder.resolve("hard"), events);
    Path around = inner.resolve("../events.jsonl");
    Path chain = Files.createSymbolicLink(folder.resolve("chain"), Path.of("soft"));

    for (Path name : new Path[] {events, soft, hard, around, chain}) {
      assertThat(replay("--out", name.toString())).isEqualTo(2);
      assertThat(program.err()).contains("'" + name + "', which is the file of the events");
    }
    assertThat(events).hasContent(frames);
  }

  @Test
  void aFileOfTheRulesIsNeverTheOutput() throws IOException {
    String text = Files.readString(rules);

    assertThat(replay("--out", rules.toString())).isEqualTo(2);
    rules = folder;
    assertThat(replay("--out", folder.resolve("again.drl").toString())).isEqualTo(2);

    assertThat(program.err()).contains("which is a file of the rules and would be lost");
    assertThat(folder.resolve("again.drl")).hasContent(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rules", "gzip", "utf-16", "rejected"})
  void whatFailsLeavesAnEarlierOutputAlone(String fault) throws IOException {
    if (fault.equals("rules")) {
      Files.writeString(rules, "rule \"Seen\" when Acton() then end\n");
    } else if (fault.equals("gzip")) {
      Files.write(events, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
    } else {
      Charset charset = fault.equals("utf-16") ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
      Files.write(events, (frames.replace("{", "<") + "no frame").getBytes(charset));
    }

    assertThat(replay("--out", out.toString())).isEqualTo(2);

    assertThat(out).hasContent(OLD);
    assertThat(names()).containsExactlyInAnyOrder("again.drl", "events.jsonl", "out.jsonl");
  }

  @Test
  void aWholeOutputTakesTheModeAndThePlaceOfTheOldOne() throws IOException {
    Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("out.jsonl"));

    assertThat(replay("--out", link.toString())).as(program.err()).isZero();

    assertThat(link).isSymbolicLink();
    assertThat(Files.readAllLines(out)).singleElement().asString().contains("tour_seen");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rw-r-----");
    assertThat(names()).hasSize(4);
  }

  @Test
  void aNewOutputHasTheModeOfAnyNewFile() throws IOException {
    Path other = Files.createFile(folder.resolve("other"));
    Path fresh = folder.resolve("new.jsonl");

    assertThat(replay("--out", fresh.toString())).isZero();

    assertThat(Files.getPosixFilePermissions(fresh))
        .isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void aFullDeviceIsSaidAndIsAFailure() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "this system has no /dev/full");
    assertThat(replay("--out", full.toString())).isEqualTo(1);
    assertThat(program.err())
        .contains("--out is '/dev/full', which cannot be written: No space left on device")
        .doesNotContain("\tat ");
    assertThat(full).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32"})
  void framesInWiderUnitsAreNamedAndAreNoSuccess(String charset) throws IOException {
    Files.write(events, frames.getBytes(Charset.forName(charset)));

    assertThat(replay()).isEqualTo(2);

    assertThat(program.err())
        .contains("the frames are in " + charset.substring(0, 6), "they must be in UTF-8");
    assertThat(program.out()).isEmpty();
  }

  @Test
  void aByteOrderMarkCostsNoFrame() throws IOException {
    Files.writeString(events, "\uFEFF" + frames);
    assertThat(replay()).isZero();
    assertThat(program.err()).containsPattern("rejected +0\n");
  }

  @Test
  void eventsOfWhichNothingIsUnderstoodAreNoSuccess() throws IOException {
    Files.writeString(events, "one\ntwo\n");

    assertThat(replay()).isEqualTo(2);

    assertThat(program.err())
        .containsPattern("rejected +2 ")
        .contains("none of whose lines is a frame");
  }

  @Test
  void moreLanesThanAMachineHasAreRefused() throws IOException {
    assertThat(replay("--lanes", "100000")).isEqualTo(2);
    assertThat(program.err())
        .contains("--lanes is 100000, it must be from 1 to 1024")
        .doesNotContain("a fault of the program itself");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private int replay(String... more) {
    String[] arguments = {
      "replay", "--rules", rules.toString(), "--events", events.toString(), "--policy", "off"
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return program.with("TOURMALINE_CACHE", "off").run(all);
  }
}
