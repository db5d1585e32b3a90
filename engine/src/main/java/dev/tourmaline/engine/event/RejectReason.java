package dev.tourmaline.engine.event;

/** Why a frame or an action was rejected. */
public enum RejectReason {
  /** Not JSON, or cut short. */
  MALFORMED_JSON,
  /** Not valid UTF-8. */
  BAD_ENCODING,
  /** A field holds a value of another type, or the frame is no object. */
  WRONG_TYPE,
  /** A field that must be there is not, such as the frame's type. */
  MISSING_FIELD,
  /** A number that is not finite or does not fit. */
  BAD_NUMBER,
  /** A time outside the years 2000 to 9999. */
  BAD_TIME,
  /** A time later than the frame's arrival plus five minutes. */
  TIME_IN_FUTURE,
  /** A text field longer than 64 KiB, or a field's name longer than 4 KiB. */
  FIELD_TOO_LONG,
  /** Nested deeper than 64 levels. */
  NESTED_TOO_DEEP,
  /** A frame longer than 16 MiB, or with more than 100,000 actions. */
  FRAME_TOO_LONG,
  /** A frame of another product than the one that its source carries. */
  OTHER_PRODUCT,
  /** An id of a product, a session, a user or a tour that is longer than 512 characters. */
  ID_TOO_LONG
}
