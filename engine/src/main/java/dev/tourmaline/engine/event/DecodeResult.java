package dev.tourmaline.engine.event;

import java.util.List;

/** The result of decoding one raw frame. Never an exception, never null. */
public sealed interface DecodeResult {

  /**
   * The frame holds an event.
   *
   * @param event the event, without the actions that were rejected
   * @param rejectedActions why single actions of a good batch were left out; usually empty
   * @param countDisagreed whether the batch's {@code count} differs from the length of its list
   */
  record Decoded(StreamEvent event, List<Rejected> rejectedActions, boolean countDisagreed)
      implements DecodeResult {}

  /**
   * The frame is well-formed and holds nothing to process.
   *
   * @param what "heartbeat", or the unknown event type
   */
  record Ignored(String what) implements DecodeResult {}

  /**
   * The frame, or one action of it, cannot be used.
   *
   * @param reason the kind of fault, for counting
   * @param detail where, which value, and what would be right; never an e-mail address or a secret
   */
  record Rejected(RejectReason reason, String detail) implements DecodeResult {}
}
