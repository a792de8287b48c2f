/**
 * What it costs to take values along: to capture them, to have them while a task runs elsewhere,
 * and to put back what was there. Elsewhere is the same thread without the values, so that no
 * handing over is measured. {@code Locals} has those that carry values of their own, {@code
 * ThreadLocals} those that carry the thread-locals of others.
 */
@NullMarked
package dev.trestle.benchmarks.context;

import org.jspecify.annotations.NullMarked;
