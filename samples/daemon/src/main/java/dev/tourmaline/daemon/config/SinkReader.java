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
          .ifPresent(identity -> section.fault("type", "stands here twice: " + identity));
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
    Optional<Path> file = section.text("file").map(name -> scope.folder().resolve(name));
    file.ifPresent(
        path -> {
          Path folder = path.toAbsolutePath().resolveSibling("");
          if (Files.isDirectory(path)) {
            section.fault("file", "is '%s', a folder; it must be a file".formatted(path));
          } else if (!Files.isDirectory(folder)) {
            section.fault("file", "is '%s', but there is no folder %s".formatted(path, folder));
          } else if (!Files.isWritable(Files.exists(path) ? path : folder)) {
            section.fault("file", "is '%s', which cannot be written".formatted(path));
          }
        });
    return file.map(Sink.JsonLines::new);
  }
}
