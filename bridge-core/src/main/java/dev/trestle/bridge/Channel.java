package dev.trestle.bridge;

import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A bounded line of items between blocking and async code. It has two faces that may be used at the
 * same time, from any number of threads and tasks: {@link #async} and {@link #blocking}.
 *
 * <pre>{@code
 * Channel<String> messages = Channel.bounded("messages", 16);
 * messages.blocking().send("ping");                  // waits while 16 items are in it
 * messages.async().receive().thenAccept(this::log);
 * }</pre>
 *
 * <p>Items come out in the order in which they went in. Who waits is served in the order in which
 * it came, whichever face it uses.
 *
 * <p><b>Threads.</b> No method but those of the blocking face blocks. Dependents of the futures run
 * on the event loop that the method is called on; without one, on a worker.
 *
 * @param <T> the type of the items, which are not null
 */
public final class Channel<T> {
  private final String name;
  private final int capacity;
  private final Async<T> async = new Async<>(this);
  private final Blocking<T> blocking = new Blocking<>(this);

  // Guarded by this. Nobody waits to receive while there is an item, and nobody waits to send while
  // there is room.
  private final Deque<Sent<T>> items = new ArrayDeque<>();
  private final Map<Waiting<@Nullable Void>, T> senders = new LinkedHashMap<>();
  private final Set<Waiting<T>> receivers = new LinkedHashSet<>();
  private boolean closed;
  private long sent;

  /** An item that has its place in the order, which it keeps when a receiver gives it back. */
  private record Sent<T>(T item, long number) {}

  private Channel(String name, int capacity) {
    this.name = name;
    this.capacity = capacity;
  }

  /**
   * Makes a channel.
   *
   * @param name for messages
   * @param capacity how many items it holds that nobody has received yet
   * @param <T> the type of the items
   * @return the channel, open and empty
   * @throws IllegalArgumentException if it holds less than one item
   */
  public static <T> Channel<T> bounded(String name, int capacity) {
    Objects.requireNonNull(name, "name");
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "channel '" + name + "' must hold 1 item or more, but is given " + capacity);
    }
    return new Channel<>("channel '" + name + "'", capacity);
  }

  /**
   * Returns the face for async code.
   *
   * @return always the same
   */
  public Async<T> async() {
    return async;
  }

  /**
   * Returns the face for code that may block, and for tasks of an event loop.
   *
   * @return always the same
   */
  public Blocking<T> blocking() {
    return blocking;
  }

  /**
   * Takes no more items. Those that are in it can still be received; after that, and for all who
   * wait, there is a {@link ChannelClosedException}. Closing again does nothing.
   */
  public void close() {
    List<Waiting<?>> left = new ArrayList<>();
    synchronized (this) {
      closed = true;
      left.addAll(senders.keySet());
      left.addAll(receivers);
      senders.clear();
      receivers.clear();
    }
    left.forEach(waiting -> waiting.refuse(closedException()));
  }

  /**
   * Closes the channel, and takes out what nobody has received.
   *
   * @return the items, the oldest first
   */
  public List<T> discard() {
    close();
    synchronized (this) {
      List<T> left = items.stream().map(Sent::item).toList();
      items.clear();
      return left;
    }
  }

  /**
   * Returns how many items are in the channel at this moment.
   *
   * @return the number, at most the capacity and those that a cancelled receiver gave back
   */
  public synchronized int size() {
    return items.size();
  }

  private ChannelClosedException closedException() {
    return new ChannelClosedException(name + " is closed");
  }

  private CompletableFuture<@Nullable Void> send(T item) {
    Objects.requireNonNull(item, "item");
    Waiting<@Nullable Void> sending =
        new Waiting<>("room in " + name, List::of, this::forget, ignored -> {});
    boolean open;
    boolean taken;
    Waiting<T> receiver;
    Sent<T> last;
    synchronized (this) {
      last = new Sent<>(item, sent);
      open = !closed;
      receiver = open ? first(receivers) : null;
      taken = receiver != null || (open && items.size() < capacity);
      if (taken) {
        sent++;
      }
      if (taken && receiver == null) {
        items.add(last);
      } else if (open && !taken) {
        senders.put(sending, item);
      }
    }
    if (!open) {
      sending.refuse(closedException());
    } else if (taken) {
      sending.giveAtOnce(null, () -> {});
    }
    if (receiver != null) {
      hand(last, receiver);
    }
    return sending;
  }

  private CompletableFuture<T> receive() {
    Waiting<T> receiving =
        new Waiting<>("an item of " + name, List::of, this::forget, ignored -> {});
    Sent<T> item;
    boolean empty;
    Waiting<@Nullable Void> sender = null;
    synchronized (this) {
      item = items.poll();
      empty = item == null && closed;
      if (item == null && !closed) {
        receivers.add(receiving);
      } else if (!senders.isEmpty() && items.size() < capacity) {
        sender = senders.keySet().iterator().next();
        T next = Objects.requireNonNull(senders.remove(sender), "who waits has an item");
        items.add(new Sent<>(next, sent++));
      }
    }
    if (empty) {
      receiving.refuse(closedException());
    } else if (item != null) {
      Sent<T> taken = item;
      receiving.giveAtOnce(taken.item(), () -> handOn(taken));
    }
    if (sender != null) {
      sender.give(null, () -> {});
    }
    return receiving;
  }

  private void hand(Sent<T> item, Waiting<T> receiver) {
    receiver.give(item.item(), () -> handOn(item));
  }

  /** Gives an item whose receiver has gone to the next one, or puts it back to its place. */
  private void handOn(Sent<T> item) {
    Waiting<T> next;
    synchronized (this) {
      next = first(receivers);
      if (next == null) {
        putBack(item);
      }
    }
    if (next != null) {
      hand(item, next);
    }
  }

  /** Under the lock. */
  private void putBack(Sent<T> item) {
    Deque<Sent<T>> before = new ArrayDeque<>();
    while (!items.isEmpty() && items.getFirst().number() < item.number()) {
      before.push(items.removeFirst());
    }
    items.addFirst(item);
    before.forEach(items::addFirst);
  }

  private synchronized void forget(Waiting<?> gone) {
    if (!receivers.remove(gone)) {
      senders.remove(gone);
    }
  }

  private static <W> @Nullable W first(Set<W> line) {
    var first = line.iterator();
    if (!first.hasNext()) {
      return null;
    }
    W waiting = first.next();
    first.remove();
    return waiting;
  }

  /**
   * Returns the name that messages use.
   *
   * @return the name
   */
  @Override
  public String toString() {
    return name;
  }

  /**
   * The face for async code.
   *
   * @param <T> the type of the items
   */
  public static final class Async<T> {
    private final Channel<T> channel;

    private Async(Channel<T> channel) {
      this.channel = channel;
    }

    /**
     * Sends an item.
     *
     * <p><b>Cancellation.</b> Cancelling the future takes the item back, if there was no room for
     * it yet.
     *
     * @param item the item
     * @return completes when the item is in the channel, or received; fails with {@link
     *     ChannelClosedException} if it never will be
     */
    public CompletableFuture<@Nullable Void> send(T item) {
      return channel.send(item);
    }

    /**
     * Receives an item.
     *
     * <p><b>Cancellation.</b> Cancelling the future gives up the place in the line; an item that
     * was on its way stays the first.
     *
     * @return completes with the item; fails with {@link ChannelClosedException} if there will be
     *     none
     */
    public CompletableFuture<T> receive() {
      return channel.receive();
    }
  }

  /**
   * The face for code that may block: its methods wait as {@link Tasks#await} does. In a task the
   * event loop goes on meanwhile; in a callback on an event loop they are refused.
   *
   * @param <T> the type of the items
   */
  public static final class Blocking<T> {
    private final Channel<T> channel;

    private Blocking(Channel<T> channel) {
      this.channel = channel;
    }

    /**
     * Sends an item, and waits for room if there is none.
     *
     * @param item the item
     * @throws ChannelClosedException if the channel is closed
     * @throws BridgeDeadlockException in a callback on an event loop
     */
    public void send(T item) {
      Tasks.refuseOnLoop(); // before there is anything to take back
      Tasks.await(channel.send(item));
    }

    /**
     * Waits for an item.
     *
     * @return the item
     * @throws ChannelClosedException if the channel is closed and empty
     * @throws BridgeDeadlockException in a callback on an event loop
     */
    public T receive() {
      Tasks.refuseOnLoop(); // before there is anything to take back
      return Tasks.await(channel.receive());
    }
  }
}
