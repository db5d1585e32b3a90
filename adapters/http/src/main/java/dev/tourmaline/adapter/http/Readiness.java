package dev.tourmaline.adapter.http;

/**
 * Whether a host can do its work now. A lost upstream does not make it unready: the streams and the
 * sessions it serves go on.
 *
 * @param ready whether it can
 * @param reason why not, or what is worth knowing though it can; may be empty
 */
public record Readiness(boolean ready, String reason) {

  /** {@return readiness with nothing to add} */
  public static Readiness yes() {
    return new Readiness(true, "");
  }

  /**
   * {@return readiness with a remark}
   *
   * @param remark what is worth knowing, such as a lost upstream
   */
  public static Readiness yes(String remark) {
    return new Readiness(true, remark);
  }

  /**
   * {@return the lack of it}
   *
   * @param reason why, and what to check
   */
  public static Readiness no(String reason) {
    return new Readiness(false, reason);
  }
}
