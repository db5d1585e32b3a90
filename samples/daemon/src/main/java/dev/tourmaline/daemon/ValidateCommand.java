package dev.tourmaline.daemon;

import dev.tourmaline.daemon.config.ConfigReader;
import dev.tourmaline.daemon.config.InvalidConfigException;
import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleProblem.Severity;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/** Checks rules. */
@CommandLine.Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {"Compiles rules and says everything that is wrong with them.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no errors; there may be warnings",
      "1:it failed",
      "2:there are errors, or the input is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tourmaline validate --rules ./rules",
      "  tourmaline validate --rules ./rules pack:navigation --format json",
      "  tourmaline validate --rules ./rules --config tourmaline.yaml",
      "  tourmaline validate --rules ./rules --format sarif > rules.sarif",
      "  tourmaline validate --rules pack:billing --show-drl"
    })
final class ValidateCommand implements Command {

  /** How problems are put out. */
  enum Format {
    TEXT,
    JSON,
    SARIF;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @CommandLine.Option(
      names = "--rules",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = RulePaths.HELP)
  private List<String> rulePaths = new ArrayList<>();

  @CommandLine.Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "the configuration under whose policy the rules are to run: what can never lead to a tour"
              + " there is a warning. Default: the policy without any settings")
  private Optional<Path> configFile = Optional.empty();

  @CommandLine.Option(
      names = "--product",
      paramLabel = "ID",
      description = "whose policy, where products of the configuration have their own")
  private Optional<String> product = Optional.empty();

  @CommandLine.Option(
      names = "--format",
      paramLabel = "text|json|sarif",
      defaultValue = "text",
      description = {
        "text (a line each, as editors parse it), json, or sarif (2.1.0, as code hosts show it)."
            + " Default: text"
      })
  private Format format = Format.TEXT;

  @CommandLine.Option(
      names = "--show-drl",
      description = "also print the rules that were compiled, file by file; not with sarif")
  private boolean showDrl;

  private final Shell shell;
  private TriggerPolicy policy = TriggerPolicy.defaults();

  ValidateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (showDrl && format == Format.SARIF) {
      faults.add("--show-drl goes with --format text or json, not with sarif");
    }
    if (product.isPresent() && configFile.isEmpty()) {
      faults.add("--product needs --config");
    }
    try {
      policy =
          configFile
              .map(file -> ConfigReader.readForReplay(file, shell.environment(), false, product))
              .map(ConfigReader.ForReplay::policy)
              .orElse(policy);
    } catch (InvalidConfigException e) {
      faults.addAll(e.lines());
    }
    return faults;
  }

  @Override
  public int run() {
    RulePaths read = RulePaths.read(rulePaths);
    List<RuleProblem> problems = new ArrayList<>();
    for (RulePaths.Fault fault : read.faults()) {
      problems.add(new RuleProblem(Severity.ERROR, fault.path(), 0, "", fault.message()));
    }
    problems.addAll(RuleBase.check(read.rules()));
    problems.addAll(RuleBase.contradictions(read.rules(), policy));
    ProblemReport report =
        new ProblemReport(problems, showDrl ? read.rules().sources() : List.of());
    shell
        .out()
        .print(
            switch (format) {
              case TEXT -> report.text(read.rules().sources().size());
              case JSON -> report.json();
              case SARIF -> report.sarif();
            });
    shell.out().flush();
    return report.errors() == 0 ? Tourmaline.OK : Tourmaline.WRONG_INPUT;
  }

  /** {@return the errors of rules, each a line} */
  static List<String> errors(RuleSet rules) {
    return RuleBase.check(rules).stream()
        .filter(problem -> problem.severity() == Severity.ERROR)
        .map(RuleProblem::toString)
        .toList();
  }
}
