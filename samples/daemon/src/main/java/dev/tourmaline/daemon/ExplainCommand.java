package dev.tourmaline.daemon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Says why a session's tours did, or did not, start. */
@CommandLine.Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Says why a session's tours did, or did not, start: the last decisions with the gate that"
          + " held a tour back and its numbers, and for each rule that offered nothing what came"
          + " nearest to it.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is explained",
      "1:the program does not answer, or does not let you in",
      "2:the input is wrong, or the session is not known"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tourmaline explain --session ps_1 --url http://127.0.0.1:9090 --token-file admin.token",
      "  tourmaline explain --session ps_1 --product prod_abc --url http://127.0.0.1:9090 --format json",
      "",
      AdminOptions.TOKEN_HELP
    })
final class ExplainCommand implements Command {

  @CommandLine.Option(
      names = "--session",
      required = true,
      paramLabel = "ID",
      description = "the session")
  private Optional<String> session = Optional.empty();

  @CommandLine.Option(
      names = "--product",
      paramLabel = "ID",
      description = "its product; may be left out where the program serves one")
  private Optional<String> product = Optional.empty();

  @CommandLine.Mixin private AdminOptions admin = new AdminOptions();

  @CommandLine.Mixin private FormatOption format = new FormatOption();

  private final Shell shell;

  ExplainCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public List<String> faults() {
    List<String> faults = new ArrayList<>(admin.faults(shell));
    session.filter(String::isBlank).ifPresent(id -> faults.add("--session is blank"));
    product.filter(String::isBlank).ifPresent(id -> faults.add("--product is blank"));
    return faults;
  }

  @Override
  public int run() throws IOException {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("session", session.orElseThrow());
    product.ifPresent(id -> query.put("product", id));
    AdminPort port = admin.port(shell);
    AdminPort.Answer answer = port.get("/explain", query);
    if (!answer.isOk()) {
      return port.refuse(answer);
    }
    shell.out().print(format.isJson() ? answer.text() : ExplanationText.of(answer.json()));
    shell.out().flush();
    boolean isEmpty =
        !answer.json().path("known").asBoolean() && answer.json().path("decisions").isEmpty();
    return isEmpty ? Tourmaline.WRONG_INPUT : Tourmaline.OK;
  }
}
