package dev.trestle.threadsensitive;

/** How the wait of a blocked caller ends. */
enum Exit {
  /** It was not given up; who comes to do so comes too late. */
  RESULT,
  INTERRUPT,
  /** The time is over, as seen by this frame. */
  DEADLINE,
  /** A call further out was cancelled since its time is over, which is this one's as well. */
  DEADLINE_ABOVE,
  /** A call further out was cancelled. */
  CANCEL,
  /** It was proved that the result can never come. */
  DEADLOCK;

  /** Whether the end of the wait tells the body that waits that it is cancelled. */
  boolean tellsBody() {
    return this == DEADLINE_ABOVE || this == CANCEL;
  }
}
