package dev.tourmaline.engine.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * One user interface action of a batch: a page view, a click, a submit and so on.
 *
 * <p>Absent text is the empty string; absent times are {@link Optional#empty()}. Times are kept to
 * the microsecond. Immutable and thread-safe; made by {@link #builder(String)}.
 */
public final class UiAction {

  private static final long ABSENT = 0;

  private final int index;
  private final String type;
  private final String title;
  private final String description;
  private final long startMicros;
  private final long endMicros;
  private final String rawUrl;
  private final String canonicalUrl;
  private final String sessionId;
  private final String userId;
  private final String email;
  private final String conversationId;

  private UiAction(Builder b) {
    index = b.index;
    type = b.type.isEmpty() ? PlainTitle.type(b.title) : b.type;
    title = b.title;
    description = b.description;
    startMicros = b.startMicros;
    endMicros = b.endMicros;
    rawUrl = b.rawUrl;
    canonicalUrl = b.canonicalUrl;
    sessionId = b.sessionId;
    userId = b.userId;
    email = b.email;
    conversationId = b.conversationId;
  }

  /**
   * {@return a builder of an action}
   *
   * @param type the lower-case event type: pageview, click, submit, type, focus, blur or a newer
   *     one; or empty text, for the one that the title plainly says
   */
  public static Builder builder(String type) {
    return new Builder(type);
  }

  /** {@return the position in the session's numbering, or -1 where absent} */
  public int index() {
    return index;
  }

  /**
   * {@return the lower-case event type; without one, what the title plainly says; else empty text}
   *
   * <p>{@code Page Load: Dashboard} is a {@code pageview}, {@code Click Save} and {@code Clicked
   * Save} are a {@code click}.
   */
  public String type() {
    return type;
  }

  /** {@return the human-readable label} */
  public String title() {
    return title;
  }

  /** {@return what the user did, in words} */
  public String description() {
    return description;
  }

  /** {@return when the action began; empty where the connector sent nothing or 0} */
  public Optional<Instant> start() {
    return instant(startMicros);
  }

  /** {@return when the action ended; empty where the connector sent nothing or 0} */
  public Optional<Instant> end() {
    return instant(endMicros);
  }

  /** {@return the URL as the browser showed it} */
  public String rawUrl() {
    return rawUrl;
  }

  /** {@return the URL with its variable parts replaced by {@code :id}} */
  public String canonicalUrl() {
    return canonicalUrl;
  }

  /** {@return the action's own session, which wins over its batch's; or empty text} */
  public String sessionId() {
    return sessionId;
  }

  /** {@return the action's own user, which wins over its batch's; or empty text} */
  public String userId() {
    return userId;
  }

  /** {@return the user's e-mail address, or empty text} */
  public String email() {
    return email;
  }

  /** {@return the conversation the action belongs to, or empty text} */
  public String conversationId() {
    return conversationId;
  }

  private static Optional<Instant> instant(long micros) {
    return micros == ABSENT
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UiAction that
        && index == that.index
        && startMicros == that.startMicros
        && endMicros == that.endMicros
        && type.equals(that.type)
        && title.equals(that.title)
        && description.equals(that.description)
        && rawUrl.equals(that.rawUrl)
        && canonicalUrl.equals(that.canonicalUrl)
        && sessionId.equals(that.sessionId)
        && userId.equals(that.userId)
        && email.equals(that.email)
        && conversationId.equals(that.conversationId);
  }

  @Override
  public int hashCode() {
    return Objects.hash(index, type, title, startMicros, rawUrl, sessionId);
  }

  @Override
  public String toString() {
    return "UiAction[%d %s '%s' at %s]".formatted(index, type, title, start().orElse(null));
  }

  /** Builds a {@link UiAction}. Not thread-safe. Everything not set is absent. */
  public static final class Builder {

    private String type;
    private int index = -1;
    private String title = "";
    private String description = "";
    private long startMicros = ABSENT;
    private long endMicros = ABSENT;
    private String rawUrl = "";
    private String canonicalUrl = "";
    private String sessionId = "";
    private String userId = "";
    private String email = "";
    private String conversationId = "";

    private Builder(String type) {
      this.type = Objects.requireNonNull(type, "type");
    }

    /**
     * {@return this builder, with the position in the session's numbering}
     *
     * @param index the position, from 0; -1 for absent
     */
    public Builder index(int index) {
      this.index = index;
      return this;
    }

    /**
     * {@return this builder, with the label}
     *
     * @param title the label
     */
    public Builder title(String title) {
      this.title = Objects.requireNonNull(title, "title");
      return this;
    }

    /**
     * {@return this builder, with what the user did}
     *
     * @param description what the user did, in words
     */
    public Builder description(String description) {
      this.description = Objects.requireNonNull(description, "description");
      return this;
    }

    /**
     * {@return this builder, with the time the action began}
     *
     * @param start the time, kept to the microsecond
     */
    public Builder start(Instant start) {
      this.startMicros = micros(start);
      return this;
    }

    /**
     * {@return this builder, with the time the action ended}
     *
     * @param end the time, kept to the microsecond
     */
    public Builder end(Instant end) {
      this.endMicros = micros(end);
      return this;
    }

    /**
     * {@return this builder, with the URL as the browser showed it}
     *
     * @param rawUrl the URL
     */
    public Builder rawUrl(String rawUrl) {
      this.rawUrl = Objects.requireNonNull(rawUrl, "rawUrl");
      return this;
    }

    /**
     * {@return this builder, with the URL whose variable parts are replaced}
     *
     * @param canonicalUrl the URL
     */
    public Builder canonicalUrl(String canonicalUrl) {
      this.canonicalUrl = Objects.requireNonNull(canonicalUrl, "canonicalUrl");
      return this;
    }

    /**
     * {@return this builder, with both URLs the same}
     *
     * @param url the URL
     */
    public Builder url(String url) {
      return rawUrl(url).canonicalUrl(url);
    }

    /**
     * {@return this builder, with the action's own session}
     *
     * @param sessionId the session's id, or empty text
     */
    public Builder sessionId(String sessionId) {
      this.sessionId = Objects.requireNonNull(sessionId, "sessionId");
      return this;
    }

    /**
     * {@return this builder, with the action's own user}
     *
     * @param userId the user's id, or empty text
     */
    public Builder userId(String userId) {
      this.userId = Objects.requireNonNull(userId, "userId");
      return this;
    }

    /**
     * {@return this builder, with the user's e-mail address}
     *
     * @param email the address, or empty text
     */
    public Builder email(String email) {
      this.email = Objects.requireNonNull(email, "email");
      return this;
    }

    /**
     * {@return this builder, with the conversation}
     *
     * @param conversationId the conversation's id, or empty text
     */
    public Builder conversationId(String conversationId) {
      this.conversationId = Objects.requireNonNull(conversationId, "conversationId");
      return this;
    }

    /**
     * {@return this builder, with the type}
     *
     * @param type the lower-case event type, or empty text for the one that the title plainly says
     */
    public Builder type(String type) {
      this.type = Objects.requireNonNull(type, "type");
      return this;
    }

    /**
     * {@return this builder, with the time the action began, in the decoder's unit}
     *
     * @param micros microseconds since the epoch; 0 for absent
     */
    public Builder startMicros(long micros) {
      this.startMicros = micros;
      return this;
    }

    /**
     * {@return this builder, with the time the action ended, in the decoder's unit}
     *
     * @param micros microseconds since the epoch; 0 for absent
     */
    public Builder endMicros(long micros) {
      this.endMicros = micros;
      return this;
    }

    /** Exact for every time that the wire format can carry. */
    private static long micros(Instant instant) {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    /** {@return the action} */
    public UiAction build() {
      return new UiAction(this);
    }
  }
}
