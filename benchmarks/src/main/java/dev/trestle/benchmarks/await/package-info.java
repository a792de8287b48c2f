/** Straight-line code on a loop waits for a stage, beside a chain of callbacks. */
@NullMarked
package dev.trestle.benchmarks.await;

import org.jspecify.annotations.NullMarked;
