/** A blocking thread calls async code. */
@NullMarked
package dev.trestle.benchmarks.wait;

import org.jspecify.annotations.NullMarked;
