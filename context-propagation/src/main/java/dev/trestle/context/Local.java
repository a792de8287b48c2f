package dev.trestle.context;

import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A variable whose value follows the call: a bridge call, and every dependent stage, sees the value
 * that was set where it was made.
 *
 * <pre>{@code
 * static final Local<String> TENANT = Local.named("tenant");
 *
 * TENANT.where("acme", () -> orders.find(id));   // seen by everything that find calls
 * }</pre>
 *
 * <p>A body that runs elsewhere gets a copy: what it sets is its own, and is written back only to a
 * thread that waits for it in an {@code AsyncToSync} call.
 *
 * <p>Unset is not null: {@link #get} of an unset variable fails, while null is a value like any
 * other.
 *
 * @param <T> the type of the value
 */
public final class Local<T extends @Nullable Object> {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final String name;

  /** Spread over the int range, so that the low bits serve as a table index. */
  final int hash = NEXT.getAndIncrement() * 0x9E3779B9;

  private Local(String name) {
    this.name = name;
  }

  /**
   * Makes a new variable, unset everywhere.
   *
   * @param name what messages and {@link #toString} call it; it need not be unique
   * @param <T> the type of the value
   * @return the variable, to be kept in a static final field
   */
  public static <T extends @Nullable Object> Local<T> named(String name) {
    return new Local<>(Objects.requireNonNull(name, "name"));
  }

  /**
   * Returns the value that the current call sees.
   *
   * @return the value, which is null only if null was set
   * @throws NoSuchElementException if the variable is not set here
   */
  public T get() {
    Object value = Context.current().locals.get(this);
    if (value == Locals.ABSENT) {
      throw new NoSuchElementException(
          "Local '"
              + name
              + "' is not set on thread '"
              + Thread.currentThread().getName()
              + "'; set it where the call begins, or use orElse");
    }
    return cast(value);
  }

  /**
   * Returns the value that the current call sees, or another if there is none.
   *
   * @param other what to return if the variable is not set here; may be null
   * @return the value, or {@code other}
   */
  public T orElse(T other) {
    Object value = Context.current().locals.get(this);
    return value == Locals.ABSENT ? other : cast(value);
  }

  /**
   * Tells whether the current call sees a value.
   *
   * @return true if {@link #get} would return
   */
  public boolean isSet() {
    return Context.current().locals.get(this) != Locals.ABSENT;
  }

  /**
   * Sets the value for the rest of the current call, and for what it calls from now on.
   *
   * <p><b>Context.</b> Calls already made keep the value they were made with. On a thread that is
   * not inside any call of Trestle's the value stays until {@link #remove}, as a thread-local's
   * does; prefer {@link #where}, which cannot be forgotten.
   *
   * @param value the new value; may be null
   */
  public void set(T value) {
    Context current = Context.current();
    Context.replace(current.withLocals(current.locals.with(this, value)));
  }

  /** Unsets the variable, as locally as {@link #set} sets it. */
  public void remove() {
    Context current = Context.current();
    Context.replace(current.withLocals(current.locals.without(this)));
  }

  /**
   * Runs a body that sees a value, and puts back what was there before.
   *
   * <p><b>Threads.</b> The body runs on the calling thread, before this method returns.
   *
   * @param value the value that the body sees; may be null
   * @param body what to run
   * @param <R> the type of the result
   * @return what the body returned
   * @throws Exception what the body threw
   */
  public <R extends @Nullable Object> R where(T value, Callable<R> body) throws Exception {
    Objects.requireNonNull(body, "body");
    Object before = Context.current().locals.get(this);
    set(value);
    try {
      return body.call();
    } finally {
      if (before == Locals.ABSENT) {
        remove();
      } else {
        set(cast(before));
      }
    }
  }

  /**
   * Returns the name.
   *
   * @return the name given to {@link #named}
   */
  @Override
  public String toString() {
    return name;
  }

  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // Locals holds under this key only what set(T) was given
  private T cast(@Nullable Object value) {
    return (T) value;
  }
}
