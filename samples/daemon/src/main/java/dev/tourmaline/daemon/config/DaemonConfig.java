package dev.tourmaline.daemon.config;

import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code run} is to run: a configuration file that was read and found good. Immutable; shows
 * no secret.
 *
 * @param products whose events are read, at least one
 * @param rules the rules of the products that have none of their own; empty if all have
 * @param http where browsers and servers call; empty for nowhere
 * @param admin where operators call; empty for nowhere
 * @param sinks where triggers go, at least one
 * @param policy when a tour is welcome
 * @param attributes where what is known of users comes from; empty for their tokens alone
 * @param warnings what is allowed and could be better, in sentences
 */
public record DaemonConfig(
    List<Product> products,
    Optional<RuleSources> rules,
    Optional<Http> http,
    Optional<Admin> admin,
    List<Sink> sinks,
    TriggerPolicy policy,
    Optional<Attributes> attributes,
    List<String> warnings) {

  /** Copies the lists. */
  public DaemonConfig {
    products = List.copyOf(products);
    sinks = List.copyOf(sinks);
    warnings = List.copyOf(warnings);
  }

  /** {@return the rules of a product: the narrower ones} */
  public RuleSources rulesOf(Product product) {
    return product.rules().or(this::rules).orElseThrow();
  }

  /** {@return the policy of a product: the narrower one} */
  public TriggerPolicy policyOf(Product product) {
    return product.policy().orElse(policy);
  }

  /** What happens when a stream is lost and trying again would not help. */
  public enum OnFatal {
    /** The daemon stops with exit code 1. */
    EXIT,
    /** It stays up and is not ready. */
    DEGRADE
  }

  /**
   * One product and its stream.
   *
   * @param id the connector's product identifier
   * @param url the stream's address
   * @param token the bearer token
   * @param onFatal what to do when the stream ends for good
   * @param usertourSecrets what Usertour's server signs its messages with, up to two; none where it
   *     sends none
   * @param rules its own rules, instead of those of the file
   * @param policy its own policy, which says what differs from that of the file
   */
  public record Product(
      String id,
      URI url,
      Secret token,
      OnFatal onFatal,
      List<Secret> usertourSecrets,
      Optional<RuleSources> rules,
      Optional<TriggerPolicy> policy) {

    /** Copies the list. */
    public Product {
      usertourSecrets = List.copyOf(usertourSecrets);
    }
  }

  /**
   * An address to listen on.
   *
   * @param name the host name or number
   * @param shown how a fault shows it: as it stands in the file, where it holds a reference
   */
  public record Host(String name, String shown) {}

  /**
   * The port for browsers and servers.
   *
   * @param host the address to listen on
   * @param port the port; 0 for any free one
   * @param sessionSecrets what session tokens are signed with, one or two
   * @param publishTokens what servers show, up to two; none closes their endpoints
   * @param cors the origins whose pages may call
   * @param publicOrigin the origin under which browsers reach the port; empty where nobody says
   * @param maxConnections how many connections may be open; empty for as many as files allow
   */
  public record Http(
      Host host,
      int port,
      List<Secret> sessionSecrets,
      List<Secret> publishTokens,
      List<String> cors,
      Optional<String> publicOrigin,
      OptionalInt maxConnections) {

    /** Copies the lists. */
    public Http {
      sessionSecrets = List.copyOf(sessionSecrets);
      publishTokens = List.copyOf(publishTokens);
      cors = List.copyOf(cors);
    }
  }

  /**
   * The port for operators.
   *
   * @param host the address to listen on
   * @param port the port; 0 for any free one
   * @param tokens what operators show, up to two
   */
  public record Admin(Host host, int port, List<Secret> tokens) {

    /** Copies the list. */
    public Admin {
      tokens = List.copyOf(tokens);
    }
  }

  /** Where what is known of users comes from. */
  public sealed interface Attributes {

    /**
     * A file of JSON.
     *
     * @param file the file
     */
    record OfFile(Path file) implements Attributes {}

    /**
     * Another service.
     *
     * @param url where to ask
     * @param token what is shown there
     * @param timeout how long an answer may take
     */
    record OfService(URI url, Optional<Secret> token, Duration timeout) implements Attributes {}
  }

  /** Where triggers go. */
  public sealed interface Sink {

    /** {@return the type, as the file says it} */
    String type();

    /** The log. */
    record Log() implements Sink {
      @Override
      public String type() {
        return "log";
      }
    }

    /**
     * A file, one line of JSON a trigger.
     *
     * @param file the file
     */
    record JsonLines(Path file) implements Sink {
      @Override
      public String type() {
        return "jsonl";
      }
    }

    /**
     * The visitor's browser.
     *
     * @param timeToLive how long a trigger waits for its browser
     */
    record Browser(Duration timeToLive) implements Sink {
      @Override
      public String type() {
        return "browser";
      }
    }
  }
}
