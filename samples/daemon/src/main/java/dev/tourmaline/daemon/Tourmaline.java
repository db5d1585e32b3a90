package dev.tourmaline.daemon;

import dev.tourmaline.daemon.logging.LogFormat;
import dev.tourmaline.daemon.logging.Logs;
import dev.tourmaline.engine.rule.NearestName;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The program: starts product tours at the right moment, from the command line. */
@CommandLine.Command(
    name = Tourmaline.NAME,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Starts the right product tour by itself: reads what users do, recognises with"
          + " rules when somebody hesitates, and shows the tour in that visitor's browser.",
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
      "                                       reads your products' streams and starts tours",
      "  tourmaline explain --session ps_1 --url http://127.0.0.1:9090",
      "                                       why that visitor's tours did, or did not, start",
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

  /** Runs the program and ends the process. */
  public static void main(String[] arguments) {
    ShutdownHook shutdownHook = ShutdownHook.ofThisProcess();
    shutdownHook.exit(run(Shell.ofThisProcess(shutdownHook), arguments));
  }

  static int run(Shell shell, String... arguments) {
    Logs.quiet(LogFormat.TEXT, shell.err());
    return new Tourmaline(shell).commandLine().execute(asHelpOption(arguments));
  }

  /** Takes {@code help run} for what it means. */
  private static String[] asHelpOption(String[] arguments) {
    if (arguments.length == 0 || !arguments[0].equals("help")) {
      return arguments;
    }
    return arguments.length == 1 ? new String[] {"--help"} : new String[] {arguments[1], "--help"};
  }

  private CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    line.addSubcommand(new DemoCommand(shell));
    line.addSubcommand(new RunCommand(shell));
    line.addSubcommand(new ReplayCommand(shell));
    line.addSubcommand(new ValidateCommand(shell));
    line.addSubcommand(new RegisterCommand(shell));
    line.addSubcommand(new ExplainCommand(shell));
    line.addSubcommand(new StatsCommand(shell));
    line.addSubcommand(new ObjectCommand(shell));
    line.setUsageHelpWidth(100);
    line.setOut(new PrintWriter(shell.out(), true, Charset.defaultCharset()));
    line.setErr(new PrintWriter(shell.err(), true, Charset.defaultCharset()));
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
    Set<String> faults = new LinkedHashSet<>();
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
      faults.add("a command is missing; begin with 'tourmaline demo'");
    }
    return refuse(line, faults);
  }

  private int refuse(CommandLine line, Set<String> faults) {
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
    if (error instanceof CommandLine.UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (error instanceof CommandLine.ParameterException wrong
        && wrong.getArgSpec() instanceof OptionSpec option
        && wrong.getValue() != null) {
      return "%s is '%s', it must be %s"
          .formatted(option.longestName(), wrong.getValue(), expected(option));
    }
    String message = String.valueOf(error.getMessage());
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String unmatched(CommandLine.UnmatchedArgumentException error) {
    CommandLine line = error.getCommandLine();
    String word = error.getUnmatched().get(0);
    if (error.isUnknownOption()) {
      String hint =
          error.getSuggestions().isEmpty()
              ? ""
              : "; did you mean " + String.join(" or ", error.getSuggestions()) + "?";
      return "there is no option '%s'%s".formatted(word, hint);
    }
    if (line.getSubcommands().isEmpty()) {
      return "'%s' is one word too many; the command takes options alone".formatted(word);
    }
    return "there is no command '%s'; %s"
        .formatted(word, NearestName.hint(word, line.getSubcommands().keySet()));
  }

  private static String expected(OptionSpec option) {
    return option.type().isEnum()
        ? option.paramLabel().replace("|", " or ")
        : option.type() == int.class ? "a whole number" : option.paramLabel();
  }
}
