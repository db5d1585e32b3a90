package dev.tourmaline.daemon;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Says what a running program has counted, and what its rules bring about. */
@CommandLine.Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Says what a running program has counted since its start, and for each rule with a goal"
          + " whether its tour makes a difference to those who got it against those held out.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:here they are",
      "1:the program does not answer, or does not let you in",
      "2:the input is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tourmaline stats --url http://127.0.0.1:9090 --token-file admin.token",
      "  tourmaline stats --url http://127.0.0.1:9090 --format json",
      "",
      AdminOptions.TOKEN_HELP
    })
final class StatsCommand implements Command {

  @CommandLine.Mixin private AdminOptions admin = new AdminOptions();

  @CommandLine.Mixin private FormatOption format = new FormatOption();

  private final Shell shell;

  StatsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public List<String> faults() {
    return admin.faults(shell);
  }

  @Override
  public int run() throws IOException {
    AdminPort port = admin.port(shell);
    AdminPort.Answer answer = port.get("/stats", Map.of());
    if (!answer.isOk()) {
      return port.refuse(answer);
    }
    shell.out().print(format.isJson() ? answer.text() : StatsText.of(answer.json()));
    shell.out().flush();
    return Tourmaline.OK;
  }
}
