package dev.trestle.bridge;

import dev.trestle.threadsensitive.BridgeException;

/** A channel that is closed takes no more, or has no more to give. */
public final class ChannelClosedException extends BridgeException {
  private static final long serialVersionUID = 1L;

  ChannelClosedException(String message) {
    super(message);
  }
}
