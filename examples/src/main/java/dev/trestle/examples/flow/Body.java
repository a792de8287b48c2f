package dev.trestle.examples.flow;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.Channel;
import dev.trestle.bridge.ChannelClosedException;
import dev.trestle.bridge.SyncToAsync;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is sent in pieces, for readers of either colour. One reader at a time; the other colour than
 * its own goes through the bridge.
 */
interface Body {
  /** The next piece; null at the end. Blocks until it is there. */
  byte @Nullable [] next() throws IOException;

  /** The next piece, later. */
  CompletionStage<byte @Nullable []> nextAsync();

  /** Gives up what has not been read. */
  void close();

  /** All of it, if it is there already; null for what comes in pieces. */
  default byte @Nullable [] whole() {
    return null;
  }

  static Body of(byte[] all) {
    return new Whole(all);
  }

  static Body of(InputStream in) {
    return new Streamed(in);
  }

  /**
   * Pieces that a call makes meanwhile. For a view that answers at once: the answer of one that was
   * given up is dropped, and nobody would end the call.
   *
   * @param pieces where it sends them
   * @param maker the call; the pieces end when it does, and as it does
   */
  static Body of(Channel<byte[]> pieces, CompletableFuture<Void> maker) {
    var unused = maker.whenComplete((made, failure) -> pieces.close());
    return new Made(pieces, maker);
  }

  /** All at once. */
  final class Whole implements Body {
    private final byte[] all;
    private boolean read;

    private Whole(byte[] all) {
      this.all = all;
    }

    @Override
    public byte @Nullable [] next() {
      byte[] piece = read || all.length == 0 ? null : all;
      read = true;
      return piece;
    }

    @Override
    public CompletionStage<byte @Nullable []> nextAsync() {
      return CompletableFuture.completedFuture(next());
    }

    @Override
    public void close() {}

    @Override
    public byte[] whole() {
      return all.clone();
    }
  }

  /** From a stream that blocks, and is bound to the thread of its request. */
  final class Streamed implements Body {
    private static final SyncToAsync BLOCKING = SyncToAsync.threadSensitive();

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 14];

    private Streamed(InputStream in) {
      this.in = in;
    }

    @Override
    public byte @Nullable [] next() throws IOException {
      int size = in.read(buffer);
      return size < 0 ? null : Arrays.copyOf(buffer, size);
    }

    @Override
    public CompletionStage<byte @Nullable []> nextAsync() {
      return BLOCKING.call(this::next);
    }

    @Override
    public void close() {}
  }

  /** Through a channel, which has both colours itself. */
  final class Made implements Body {
    private final Channel<byte[]> pieces;
    private final CompletableFuture<Void> maker;

    private Made(Channel<byte[]> pieces, CompletableFuture<Void> maker) {
      this.pieces = pieces;
      this.maker = maker;
    }

    @Override
    public byte @Nullable [] next() throws IOException {
      try {
        return pieces.blocking().receive();
      } catch (ChannelClosedException end) {
        return AsyncToSync.create().call(() -> maker.thenApply(made -> null), IOException.class);
      }
    }

    @Override
    public CompletionStage<byte @Nullable []> nextAsync() {
      return pieces
          .async()
          .receive()
          .exceptionallyCompose(
              end ->
                  end instanceof ChannelClosedException
                      ? maker.thenApply(made -> null)
                      : CompletableFuture.failedFuture(end));
    }

    @Override
    public void close() {
      pieces.close();
      pieces.discard();
      maker.cancel(true);
    }
  }
}
