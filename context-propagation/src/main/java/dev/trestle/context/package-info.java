/**
 * Values that follow a call from thread to thread.
 *
 * <p>Read {@link dev.trestle.context.Local} first, a variable that belongs to a call and not to a
 * thread, then {@link dev.trestle.context.Context}, all such values at one moment. Thread-locals of
 * other libraries take part when an accessor for them is registered with Micrometer's {@code
 * ContextRegistry}; the one for SLF4J's MDC is registered here, as soon as a logging backend with
 * an MDC is on the class path.
 *
 * <p>A thread that Trestle did not prepare has no values: nothing is inherited when a thread is
 * started, and nothing stays behind on a pooled thread.
 *
 * <p>Unless a method says otherwise, a null argument is refused with a {@link NullPointerException}
 * that names the parameter, and every type here may be used from any number of threads at once.
 */
@NullMarked
package dev.trestle.context;

import org.jspecify.annotations.NullMarked;
