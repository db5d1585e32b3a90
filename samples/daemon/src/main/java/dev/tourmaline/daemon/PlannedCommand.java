package dev.tourmaline.daemon;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command of the roadmap, which is recognised and answered with "not yet".
 *
 * @param name its name
 * @param purpose what it will do
 */
record PlannedCommand(String name, String purpose) implements Command {

  static List<PlannedCommand> all() {
    return List.of(
        new PlannedCommand("record", "writes the stream to files"),
        new PlannedCommand("test", "runs the scenarios beside the rules"),
        new PlannedCommand("stats", "shows what tours achieved"),
        new PlannedCommand("explain", "tells why a session got a tour, or none"),
        new PlannedCommand("watch", "follows decisions in the terminal"));
  }

  /** {@return the command line of this command, which takes any argument} */
  CommandLine line() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name(name);
    spec.usageMessage().description("Not yet there: " + purpose + ".").hidden(true);
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .hidden(true)
            .build());
    spec.parser().unmatchedOptionsArePositionalParams(true);
    return new CommandLine(spec);
  }

  @Override
  public List<String> faults() {
    return List.of("not yet: '%s', which %s, is on the roadmap".formatted(name, purpose));
  }

  @Override
  public int run() {
    throw new IllegalStateException(name + " always has a fault");
  }
}
