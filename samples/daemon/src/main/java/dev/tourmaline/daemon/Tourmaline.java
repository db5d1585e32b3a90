package dev.tourmaline.daemon;

import dev.tourmaline.daemon.logging.LogFormat;
import dev.tourmaline.daemon.logging.Logs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The program: starts product tours at the right moment, from the command line. */
@CommandLine.Command(
    name = Tourmaline.NAME,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Starts the right product tour by itself: reads what users do, recognises a moment with"
          + " rules, and shows the tour in that visitor's browser.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all went well",
      "1:it failed",
      "2:the input is wrong; every fault is listed"
    },
    footerHeading = "%nBegin here:%n",
    footer = {
      "  tourmaline demo                      a small shop with a tour, in your browser",
      "  tourmaline validate --rules ./rules  what is wrong with your rules, file and line",
      "  tourmaline replay --rules ./rules --events events.jsonl",
      "                                       which tours recorded events would have started",
      "  tourmaline run --config tourmaline.yaml",
      "                                       the real thing",
      "",
      "'tourmaline COMMAND --help' explains a command with examples.",
      "(tourmaline stands for: java -jar tourmaline.jar)"
    })
public final class Tourmaline {

  static final String NAME = "tourmaline";
  static final int OK = 0;
  static final int FAILED = 1;
  static final int WRONG_INPUT = 2;

  private final Shell shell;

  private Tourmaline(Shell shell) {
    this.shell = shell;
  }

  /**
   * Runs the program and ends the process.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    Termination termination = Termination.ofThisProcess();
    termination.exit(run(Shell.ofThisProcess(termination), arguments));
  }

  /** {@return the exit code of one run of the program} */
  static int run(Shell shell, String... arguments) {
    Logs.quiet(LogFormat.TEXT, shell.err());
    return new Tourmaline(shell).commandLine().execute(arguments);
  }

  private CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    line.addSubcommand(new DemoCommand(shell));
    line.addSubcommand(new RunCommand(shell));
    line.addSubcommand(new ReplayCommand(shell));
    line.addSubcommand(new ValidateCommand(shell));
    line.addSubcommand(new RegisterCommand(shell));
    for (LaterCommand later : LaterCommand.all()) {
      line.addSubcommand(later.name(), later.line());
    }
    line.setUsageHelpWidth(100);
    line.setOut(new PrintWriter(shell.out(), true));
    line.setErr(new PrintWriter(shell.err(), true));
    line.getSubcommands()
        .values()
        .forEach(sub -> sub.getCommandSpec().parser().collectErrors(true));
    line.getCommandSpec().parser().collectErrors(true);
    line.setExecutionStrategy(this::execute);
    return line;
  }

  private int execute(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    List<String> faults = new ArrayList<>();
    ParseResult last = parsed;
    last.errors().forEach(error -> faults.add(message(error)));
    while (last.hasSubcommand()) {
      last = last.subcommand();
      last.errors().forEach(error -> faults.add(message(error)));
    }
    CommandLine line = last.commandSpec().commandLine();
    if (line.getCommand() instanceof Command command) {
      faults.addAll(command.faults());
      return faults.isEmpty() ? run(command) : refuse(line, faults);
    }
    if (faults.isEmpty()) {
      faults.add("a command is missing");
    }
    return refuse(line, faults);
  }

  private int refuse(CommandLine line, List<String> faults) {
    faults.forEach(fault -> shell.err().println(NAME + ": " + fault));
    shell.err().println("'%s --help' explains.".formatted(line.getCommandSpec().qualifiedName()));
    return WRONG_INPUT;
  }

  private int run(Command command) {
    try {
      return command.run();
    } catch (IOException | UncheckedIOException e) {
      shell.err().println(NAME + ": " + e.getMessage());
    } catch (RuntimeException e) {
      shell.err().println(NAME + ": a fault of the program itself: " + e);
      e.printStackTrace(shell.err());
    }
    return FAILED;
  }

  private static String message(Exception error) {
    String message = error.getMessage();
    if (error instanceof CommandLine.UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      message += "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
    }
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
