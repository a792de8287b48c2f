package dev.trestle.threadsensitive;

/**
 * What cancelling does to a blocking body that is already running. One that has not started never
 * starts, whatever the policy.
 *
 * <p>Whichever is chosen, the calls that the body made are cancelled too, and the hooks it
 * registered with {@link Calls#onCancel} are run.
 */
public enum CancelPolicy {
  /**
   * The future completes at once; the body runs to its end, and nobody waits for it. The default:
   * an interrupt in the middle of a database driver or a file store can break more than the call.
   */
  DETACH,

  /**
   * As {@link #DETACH}, and the thread is interrupted, once, while the body runs and never later.
   * On the thread of a blocked caller, whose interrupts are its owner's, it is the same as {@link
   * #DETACH}.
   */
  INTERRUPT,

  /**
   * The future completes when the body ends, with what the body yields; {@code cancel} returns
   * false. A time limit, and a completion from outside, still end the future at once.
   */
  WAIT
}
