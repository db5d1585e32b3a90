package dev.tourmaline.engine.control;

import java.time.Instant;
import java.util.Objects;

/**
 * A kill switch, and how it stands: nothing is shown of what is switched off. Immutable.
 *
 * @param scope what it switches
 * @param productId the product; empty text for all products
 * @param name the flow's id or the rule's name; empty text for a product or everything
 * @param on whether tours are shown
 * @param actor who has set it
 * @param reason why, in words; may be empty
 * @param at when
 */
public record Switch(
    Scope scope,
    String productId,
    String name,
    boolean on,
    String actor,
    String reason,
    Instant at) {

  /** What a switch turns off and on. */
  public enum Scope {
    /** Every tour of every product. */
    EVERYTHING,
    /** Every tour of a product. */
    PRODUCT,
    /** A flow, whoever asks for it. */
    FLOW,
    /** What a rule offers. */
    RULE
  }

  /**
   * Checks that it names what it switches.
   *
   * @param scope what it switches
   * @param productId the product, or empty text
   * @param name the flow or the rule, or empty text
   * @param on whether tours are shown
   * @param actor who has set it
   * @param reason why
   * @param at when
   * @throws IllegalArgumentException if the product, flow or rule is missing or too much
   */
  public Switch {
    Objects.requireNonNull(at, "at");
    boolean isNamed = scope == Scope.FLOW || scope == Scope.RULE;
    if (isNamed == name.isBlank()) {
      throw new IllegalArgumentException(
          "a switch of scope %s %s".formatted(scope, isNamed ? "needs a name" : "has no name"));
    }
    if (scope == Scope.PRODUCT && productId.isBlank()) {
      throw new IllegalArgumentException("a switch of scope PRODUCT needs a product");
    }
    if (scope == Scope.EVERYTHING && !productId.isBlank()) {
      throw new IllegalArgumentException("a switch of scope EVERYTHING has no product");
    }
    if (actor.isBlank()) {
      throw new IllegalArgumentException("a switch needs an actor, whoever sets it");
    }
  }

  /**
   * {@return whether another one switches the same}
   *
   * @param other the other
   */
  public boolean isOfSame(Switch other) {
    return scope == other.scope && productId.equals(other.productId) && name.equals(other.name);
  }

  /** {@return what it switches, in words} */
  public String subject() {
    return switch (scope) {
      case EVERYTHING -> "everything";
      case PRODUCT -> "product " + productId;
      case FLOW -> "flow \"" + name + "\"" + ofProduct();
      case RULE -> "rule \"" + name + "\"" + ofProduct();
    };
  }

  private String ofProduct() {
    return productId.isEmpty() ? "" : " of product " + productId;
  }
}
