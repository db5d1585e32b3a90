package dev.tourmaline.daemon.config;

import dev.tourmaline.daemon.config.DaemonConfig.Sink;
import dev.tourmaline.engine.rule.NearestName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code sinks} of a configuration. */
final class SinkReader {

  private static final Duration BROWSER_TTL = Duration.ofSeconds(30);
  private static final List<String> TYPES = List.of("log", "jsonl", "browser");

  private final Faults faults;
  private final Template.Scope scope;

  SinkReader(Faults faults, Template.Scope scope) {
    this.faults = faults;
    this.scope = scope;
  }

  List<Sink> read(Section root, boolean http) {
    if (!root.has("sinks")) {
      return http
          ? List.of(new Sink.Log(), new Sink.Browser(BROWSER_TTL))
          : List.of(new Sink.Log());
    }
    List<Section> sections = root.sections("sinks");
    if (sections.isEmpty() && faults.isEmpty()) {
      root.fault("sinks", "is an empty list; leave it out for the log and the browser");
    }
    List<Sink> sinks = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Section section : sections) {
      section.missing("type", "it must be " + String.join(", ", TYPES));
      Optional<Sink> sink = sink(section, http);
      sink.ifPresent(sinks::add);
      sink.map(SinkReader::identity)
          .filter(identity -> !seen.add(identity))
          .ifPresent(
              identity ->
                  section.fault(
                      "type",
                      "stands here twice: "
                          + section.shown(section.has("file") ? "file" : "type", identity)));
      section.end();
    }
    return sinks;
  }

  private static String identity(Sink sink) {
    return sink instanceof Sink.JsonLines lines
        ? "jsonl with a file named " + lines.file().getFileName()
        : sink.type();
  }

  private Optional<Sink> sink(Section section, boolean http) {
    String type = section.text("type").orElse("");
    switch (type) {
      case "":
        return Optional.empty();
      case "log":
        return Optional.of(new Sink.Log());
      case "jsonl":
        return jsonLines(section);
      case "browser":
        if (!http) {
          section.fault("type", "is 'browser', which needs the block http for browsers to call");
        }
        return Optional.of(new Sink.Browser(section.duration("ttl", BROWSER_TTL, false)));
      case "webhook":
        List.of("url", "secret", "ttl").forEach(section::has);
        section.fault(
            "type",
            "is 'webhook', which is not yet available; there are " + String.join(", ", TYPES));
        return Optional.empty();
      default:
        List.of("file", "ttl").forEach(section::has);
        section.fault(
            "type", "is '%s'; %s".formatted(section.raw("type"), NearestName.hint(type, TYPES)));
        return Optional.empty();
    }
  }

  private Optional<Sink> jsonLines(Section section) {
    section.missing("file", "such as triggers.jsonl");
    Optional<String> name = section.text("file");
    Optional<Path> file = name.flatMap(scope::path);
    if (name.isPresent() && file.isEmpty()) {
      section.fault("file", "is no path");
    }
    file.flatMap(SinkReader::fault)
        .ifPresent(
            fault ->
                section.fault(
                    "file", "is '%s', %s".formatted(section.shown("file", file.get()), fault)));
    return file.map(Sink.JsonLines::new);
  }

  private static Optional<String> fault(Path file) {
    if (Files.isDirectory(file)) {
      return Optional.of("a folder; it must be a file");
    }
    Path folder = file.toAbsolutePath().resolveSibling("");
    if (!Files.isDirectory(folder)) {
      return Optional.of("but the folder of that file does not exist");
    }
    return Files.isWritable(Files.exists(file) ? file : folder)
        ? Optional.empty()
        : Optional.of("which cannot be written");
  }
}
