package dev.trestle;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A tracer's thread-local: a span is current while a scope is open on the thread, and scopes must
 * be closed on the thread that opened them, inner ones first.
 */
public final class FakeTracer implements ThreadLocalAccessor<String>, AutoCloseable {
  private record Scope(String span, Scope outer) {}

  private final Map<Thread, Scope> current = new ConcurrentHashMap<>();
  private final List<String> mistakes = new CopyOnWriteArrayList<>();

  private FakeTracer() {}

  /** Makes a tracer and registers it, until it is closed. */
  public static FakeTracer register() {
    FakeTracer tracer = new FakeTracer();
    ContextRegistry.getInstance().registerThreadLocalAccessor(tracer);
    return tracer;
  }

  /** Returns the current span of this thread, or null. */
  public String span() {
    Scope scope = current.get(Thread.currentThread());
    return scope == null ? null : scope.span();
  }

  /** Opens a scope on this thread; a null span hides the outer one. */
  public void open(String span) {
    current.compute(Thread.currentThread(), (thread, outer) -> new Scope(span, outer));
  }

  /** Closes the innermost scope of this thread. */
  public void closeScope() {
    Scope scope = current.get(Thread.currentThread());
    if (scope == null) {
      mistakes.add("no scope to close on " + Thread.currentThread());
    } else if (scope.outer() == null) {
      current.remove(Thread.currentThread());
    } else {
      current.put(Thread.currentThread(), scope.outer());
    }
  }

  /** Tells on how many threads a scope is open. */
  public int threads() {
    return current.size();
  }

  /** Returns what was closed in the wrong order, or on the wrong thread. */
  public List<String> mistakes() {
    return mistakes;
  }

  @Override
  public Object key() {
    return "trestle.test.tracer";
  }

  @Override
  public String getValue() {
    return span();
  }

  @Override
  public void setValue(String span) {
    open(span);
  }

  @Override
  public void setValue() {
    open(null);
  }

  @Override
  public void restore(String previous) {
    closeScope();
    if (!Objects.equals(previous, span())) {
      mistakes.add("restored " + previous + " but the outer scope has " + span());
    }
  }

  @Override
  public void restore() {
    closeScope();
    if (span() != null) {
      mistakes.add("restored nothing but the outer scope has " + span());
    }
  }

  /** Unregisters it. */
  @Override
  public void close() {
    ContextRegistry.getInstance().removeThreadLocalAccessor(key());
  }
}
